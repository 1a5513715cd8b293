package participation

import (
	"context"

	"parvis/internal/db"
	"parvis/internal/id"
)

func putTrial(tx *db.Tx, lot id.ID, t Trial) error {
	return tx.Exec(`INSERT INTO op_participation_trial (lot, rule, body) VALUES ($1,$2,$3) ON CONFLICT (lot, rule) DO UPDATE SET body = excluded.body`,
		lot, t.Rule, db.JSON(t))
}

func loadTrial(ctx context.Context, q db.Querier, lot id.ID, rule string) (Trial, error) {
	body, err := db.One(ctx, q, db.Scalar[string], `SELECT body FROM op_participation_trial WHERE lot = $1 AND rule = $2`, lot, rule)
	if err != nil {
		return Trial{}, err
	}
	return db.FromJSON[Trial](body)
}
