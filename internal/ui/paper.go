package ui

import "context"

// Edition is the option of a new edition of a document of which n editions were handed in.
func Edition(ctx context.Context, thread, title string, n int) Option {
	return Option{Value: thread, Label: T(ctx, "ui.paper.next", "title", title, "n", n+1)}
}
