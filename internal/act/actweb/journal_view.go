package actweb

import (
	"context"
	"fmt"

	"parvis/internal/ui"
)

// heading says how many acts are chosen, exactly while they can be counted at no cost.
func heading(ctx context.Context, n int64) string {
	if n > counted {
		return ui.T(ctx, "actweb.count_many", "n", int64(counted))
	}
	return ui.P(ctx).N("actweb.count", n)
}

func latest(ctx context.Context, q query) string {
	q.Before = ""
	return q.at(ui.Link(ctx, "log"))
}

func proofURL(leaf int64) string  { return fmt.Sprintf("/log/proof/%d", leaf) }
func proofName(leaf int64) string { return fmt.Sprintf("%d.tlog-proof", leaf) }
