package portfolioweb

import (
	"context"
	"strconv"
	"strings"

	"parvis/internal/calendar"
	"parvis/internal/identity"
	"parvis/internal/portfolio"
	"parvis/internal/ui"
	"parvis/internal/web"
)

// actLinks are the pages from which an agent acts on an initiative.
func actLinks(ctx context.Context, number string) []ui.Item {
	var out []ui.Item
	for _, name := range []string{"revise", "stage", "carriers", "dossier", "ask"} {
		if !web.Of(ctx).Has("portfolio.initiative." + name) {
			continue
		}
		out = append(out, ui.Item{Label: ui.T(ctx, "portfolio.act."+name), URL: ui.Link(ctx, "portfolio.initiative."+name, number)})
	}
	return out
}

func mineLede(ctx context.Context, n int) string {
	if n == 0 {
		return ui.T(ctx, "portfolio.mine.none")
	}
	return ui.N(ctx, "portfolio.mine.lede", n)
}

// todayOf is the legal day of the request.
func todayOf(ctx context.Context) calendar.Day { return calendar.DayOf(web.Of(ctx).Now) }

// decideOptions are the ways out with their price and their consequence, and « none of these ».
func decideOptions(ctx context.Context, a arbitrationView) []ui.Option {
	var out []ui.Option
	for n, o := range a.Options {
		label := o.Label
		if !o.Cost.IsZero() {
			label += " · " + ui.P(ctx).Money(o.Cost)
		}
		hint := o.Consequence
		if a.Recommended == n+1 {
			hint = strings.TrimSpace(ui.T(ctx, "portfolio.option.recommended") + ". " + hint)
		}
		out = append(out, ui.Option{Value: strconv.Itoa(n + 1), Label: label, Hint: hint})
	}
	return append(out, ui.Option{Value: "0", Label: ui.T(ctx, "portfolio.decide.otherwise"), Hint: ui.T(ctx, "portfolio.decide.otherwise.hint")})
}

func segmentOptions(ctx context.Context) []ui.Option {
	var out []ui.Option
	for _, s := range segments() {
		out = append(out, ui.Option{Value: s, Label: segment(ctx, s)})
	}
	return out
}

func procedureOptions(ctx context.Context) []ui.Option {
	var out []ui.Option
	for _, p := range []string{"arbitration", "committee", "direct"} {
		out = append(out, ui.Option{Value: p, Label: procedure(ctx, p)})
	}
	return out
}

// attempted tells whether the form was just refused, or another about the same thing.
func attempted(ctx context.Context, form string) bool {
	a := ui.FrameOf(ctx).Attempt
	if a == nil {
		return false
	}
	_, about, _ := strings.Cut(form, ".")
	_, tried, _ := strings.Cut(a.Form, ".")
	return a.Form == form || about != "" && about == tried
}

func actionOf(ctx context.Context, a arbitrationView) string {
	return ui.Link(ctx, "portfolio.arbitration", a.Number)
}

// single is the visitor as somebody with one post: the form does not ask which, the question says it.
func single(v identity.Visitor) identity.Visitor {
	v.Posts = v.Posts[:min(1, len(v.Posts))]
	return v
}

func stanceOptions(ctx context.Context) []ui.Option {
	var out []ui.Option
	for _, s := range []portfolio.Stance{portfolio.InFavour, portfolio.Reserved, portfolio.Against} {
		out = append(out, ui.Option{Value: string(s), Label: ui.T(ctx, "portfolio.stance."+string(s))})
	}
	return out
}

// initiativeCrumbs lead from a page about an initiative back to it.
func initiativeCrumbs(ctx context.Context, s sheetView) []ui.Item {
	return []ui.Item{{Label: ui.T(ctx, "portfolio.list.title"), URL: ui.Link(ctx, "portfolio.list")},
		{Label: s.Title, URL: ui.Link(ctx, "portfolio.initiative", s.Number)}}
}

func originOptions(ctx context.Context) []ui.Option {
	var out []ui.Option
	for _, o := range portfolio.Origins() {
		out = append(out, ui.Option{Value: string(o), Label: ui.T(ctx, "portfolio.brief.origin."+string(o))})
	}
	return out
}

func texts[S ~string](list []S) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = string(s)
	}
	return out
}

func orUntitled(ctx context.Context, title string) string {
	if title == "" {
		return ui.T(ctx, "portfolio.draft.untitled")
	}
	return title
}

// sectorOptions are the sectors of outside actors, none of them first.
func sectorOptions(ctx context.Context) []ui.Option {
	all := []ui.Option{{Label: ui.T(ctx, "portfolio.sector.unsaid")}}
	for _, s := range portfolio.Sectors() {
		all = append(all, ui.Option{Value: string(s), Label: ui.T(ctx, "portfolio.sector."+string(s))})
	}
	return all
}
