package participation

import (
	"context"

	"parvis/internal/db"
	"parvis/internal/id"
)

func putProgress(tx db.Transaction, p Progress) error {
	return tx.Exec(`INSERT INTO op_participation_count (election, state, done, total, trouble, moved_at) VALUES ($1,$2,$3,$4,$5,$6)
		ON CONFLICT (election) DO UPDATE SET state = excluded.state, done = excluded.done, total = excluded.total,
		trouble = excluded.trouble, moved_at = excluded.moved_at`,
		p.Election, string(p.State), p.Done, p.Total, p.Trouble, db.Micros(tx.Now()))
}

func loadProgress(ctx context.Context, q db.Querier, election id.ID) (Progress, error) {
	return db.One(ctx, q, func(r db.Row) (p Progress, err error) {
		return p, r.Scan(&p.Election, &p.State, &p.Done, &p.Total, &p.Trouble)
	}, `SELECT election, state, done, total, trouble FROM op_participation_count WHERE election = $1`, election)
}
