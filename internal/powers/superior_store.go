package powers

import (
	"context"

	"parvis/internal/db"
	"parvis/internal/id"
)

// parentOf is the unit above another at a moment; "" at the top.
func parentOf(ctx context.Context, q db.Querier, unit id.ID, m Moment) (id.ID, error) {
	return first(db.All(ctx, q, db.Scalar[id.ID], `SELECT l.parent FROM powers_unit_link l
		WHERE l.child = $1 AND l.nature = 'hierarchical' AND `+at("l", 2, 3)+` ORDER BY l.id LIMIT 1`, m.args(unit)...))
}
