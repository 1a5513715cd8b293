package workspace

import (
	"context"

	"parvis/internal/db"
	"parvis/internal/id"
)

// hold keeps an act of which the followers of a project are not told before a vote.
func hold(tx *db.Tx, cause, initiative id.ID) error {
	return tx.Exec(`INSERT INTO op_news_held (act, initiative, held_at) VALUES ($1, $2, $3) ON CONFLICT (act) DO NOTHING`, cause, initiative, db.Micros(tx.Now()))
}

// heldBack lists the projects of which something is held back.
func heldBack(ctx context.Context, q db.Querier) ([]id.ID, error) {
	return db.All(ctx, q, db.Scalar[id.ID], `SELECT DISTINCT initiative FROM op_news_held ORDER BY initiative`)
}

// release lists the acts that were held back of a project, in their order, and keeps them no longer.
func release(tx *db.Tx, initiative id.ID) ([]id.ID, error) {
	acts, err := db.All(tx.Context(), tx, db.Scalar[id.ID], `SELECT act FROM op_news_held WHERE initiative = $1 ORDER BY held_at, act`, initiative)
	if err != nil {
		return nil, err
	}
	return acts, tx.Exec(`DELETE FROM op_news_held WHERE initiative = $1`, initiative)
}
