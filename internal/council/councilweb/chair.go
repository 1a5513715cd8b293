package councilweb

import (
	"context"
	"slices"

	"parvis/internal/council"
	"parvis/internal/ui"
)

// chairs are who may preside an item: the president of the meeting, or a member in the room who is not recused.
func (v fileView) chairs(ctx context.Context, i council.ItemFile) []ui.Option {
	out := []ui.Option{{Label: ui.T(ctx, "councilweb.chair.meeting", "post", v.Book.post(v.Meeting.President).Long)}}
	for _, o := range v.roomPosts() {
		away := slices.ContainsFunc(recusals(i), func(x council.Interest) bool { return string(x.Post) == o.Value })
		if o.Value != string(v.Meeting.President) && !away {
			out = append(out, o)
		}
	}
	return out
}

// requestHint says who may ask for a method: the law says so of a council alone.
func requestHint(ctx context.Context, c council.Committee) string {
	if c.Kind == council.Council {
		return ui.T(ctx, "councilweb.ballot.requested.council")
	}
	return ui.T(ctx, "councilweb.ballot.requested.hint")
}
