package powers

import (
	"context"

	"parvis/internal/db"
	"parvis/internal/id"
)

// PostAt is the page of a post as everybody reads it.
func PostAt(ctx context.Context, q db.Querier, post id.ID, m Moment) (*PostSheet, error) {
	return PostFor(ctx, q, post, m, false)
}
