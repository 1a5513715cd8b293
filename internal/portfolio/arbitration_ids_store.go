package portfolio

import (
	"context"

	"parvis/internal/db"
	"parvis/internal/id"
)

// ArbitrationIDs lists the questions put about an initiative, a tombstone too: what the search must forget
// with it.
func ArbitrationIDs(ctx context.Context, q db.Querier, initiative id.ID) ([]id.ID, error) {
	return db.All(ctx, q, db.Scalar[id.ID], `SELECT id FROM portfolio_arbitration WHERE initiative = $1 ORDER BY id`, initiative)
}
