package portfolioweb

import (
	"cmp"
	"context"

	"parvis/internal/calendar"
	"parvis/internal/portfolio"
	"parvis/internal/ui"
)

func wallTitle(ctx context.Context, w wallView) string {
	return cmp.Or(w.Board.Name, ui.T(ctx, "portfolio.wall.title"))
}

// groupItems are the ways to group the wall, as tabs.
func groupItems(ctx context.Context, w wallView) []ui.Item {
	var out []ui.Item
	for _, g := range portfolio.Groupings() {
		out = append(out, ui.Item{Label: ui.T(ctx, "portfolio.wall.by."+string(g)), Current: w.GroupBy == g,
			URL: ui.Link(ctx, "portfolio.wall") + w.Form.query(func(f *wallForm) { f.By = g })})
	}
	return out
}

func orderOptions(ctx context.Context) []ui.Option {
	var out []ui.Option
	for _, o := range portfolio.CardOrders() {
		out = append(out, ui.Option{Value: string(o), Label: ui.T(ctx, "portfolio.wall.order."+string(o))})
	}
	return out
}

func snapshotOptions(ctx context.Context, list []portfolio.Snapshot) []ui.Option {
	var out []ui.Option
	for _, s := range list {
		out = append(out, ui.Option{Value: string(s.ID), Label: s.Title + " (" + ui.P(ctx).Day(s.TakenOn) + ")"})
	}
	return out
}

func shortOf(b *book, part portfolio.CardPart) string {
	if part.Unit == "" {
		return part.Actor
	}
	return b.unit(part.Unit).Short
}

// waitAge says how long a question has waited in silence; a wait that somebody chose is none.
func waitAge(ctx context.Context, day calendar.Day, days int) string {
	if days == 0 {
		return ui.T(ctx, "portfolio.wall.on_purpose")
	}
	return ui.P(ctx).Age(day.AddDays(-days), day)
}

// stageName names a stage that an address or a form gave: it may be none of ours.
func stageName(ctx context.Context, s string) string {
	if !portfolio.Stage(s).Valid() {
		return s
	}
	return ui.T(ctx, "portfolio.stage."+s)
}
