package participation

import (
	"context"
	"time"

	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// Every statement here names the account: what is staged belongs to whoever brought it.

func putStaged(tx *db.Tx, account id.ID, s Staged) error {
	return tx.Exec(`INSERT INTO op_participation_import (id, account, made_at, body) VALUES ($1,$2,$3,$4)
		ON CONFLICT (id) DO UPDATE SET body = excluded.body WHERE op_participation_import.account = excluded.account`,
		s.ID, account, db.Micros(s.MadeAt), db.JSON(s))
}

func loadStaged(ctx context.Context, q db.Querier, account, staged id.ID) (Staged, error) {
	body, err := db.One(ctx, q, db.Scalar[string], `SELECT body FROM op_participation_import WHERE id = $1 AND account = $2 AND account <> ''`, staged, account)
	if fault.KindOf(err) == fault.NotFound {
		return Staged{}, fault.New(fault.NotFound, "participation.import.not_found")
	}
	if err != nil {
		return Staged{}, err
	}
	s, err := db.FromJSON[Staged](body)
	s.wholeNumbers()
	return s, err
}

// wholeNumbers gives back to the arguments of repairs the type that JSON took from them.
func (s Staged) wholeNumbers() {
	for _, l := range s.Lots {
		for _, d := range l.Repairs {
			for i, a := range d.Args {
				if f, ok := a.(float64); ok {
					d.Args[i] = int64(f)
				}
			}
		}
	}
}

func deleteStaged(tx *db.Tx, account, staged id.ID) error {
	return tx.Exec(`DELETE FROM op_participation_import WHERE id = $1 AND account = $2`, staged, account)
}

// Sweep forgets what was staged more than a day ago: its files are orphans by then.
func (r *Room) Sweep(ctx context.Context) error {
	return r.writer.Sweep(ctx, 24*time.Hour, `DELETE FROM op_participation_import WHERE made_at < $1`)
}
