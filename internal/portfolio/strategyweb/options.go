package strategyweb

import (
	"context"
	"strconv"
	"strings"

	"parvis/internal/identity"
	"parvis/internal/portfolio"
	"parvis/internal/portfolio/strategy"
	"parvis/internal/ui"
)

func listOptions[S ~string](ctx context.Context, prefix string, all []S) []ui.Option {
	out := make([]ui.Option, len(all))
	for n, v := range all {
		out[n] = ui.Option{Value: string(v), Label: ui.T(ctx, prefix+string(v))}
		if key := prefix + string(v) + ".hint"; ui.P(ctx).Has(key) {
			out[n].Hint = ui.T(ctx, key)
		}
	}
	return out
}

func chosen(none string, list []ui.Option) []ui.Option {
	return append([]ui.Option{{Label: none}}, list...)
}

// ownerField asks for the unit that answers for an indicator: it is searched where units are many.
func ownerField(ctx context.Context, v indicatorView) ui.Field {
	f := field(ctx, "set", "owner", string(v.Owner), false)
	f.Search, f.Said, f.Options = "unit", v.unit(v.Owner).Text, chosen(ui.T(ctx, "strategy.owner.none"), v.Units)
	return f
}

func strategyOptions(ctx context.Context, list []strategy.Strategy, by func(strategy.Strategy) string) []ui.Option {
	out := make([]ui.Option, len(list))
	for n, s := range list {
		out[n] = ui.Option{Value: by(s), Label: say(ctx, s.Title) + " (" + s.Number + ")"}
	}
	return out
}

func byNumber(s strategy.Strategy) string { return s.Number }
func byID(s strategy.Strategy) string     { return string(s.ID) }

func objectiveOptions(ctx context.Context, list []portfolio.Objective) []ui.Option {
	out := make([]ui.Option, len(list))
	for n, o := range list {
		out[n] = ui.Option{Value: string(o.ID), Label: o.Code + " · " + objectiveTitle(ctx, o)}
	}
	return out
}

func objectiveTitle(ctx context.Context, o portfolio.Objective) string {
	return say(ctx, strategy.Words{FR: o.TitleFR, EN: o.TitleEN})
}

// branchOptions are the objectives of a tree as parents, indented by their depth.
func branchOptions(ctx context.Context, tree []*strategy.Branch, value func(*strategy.Branch) string) []ui.Option {
	var out []ui.Option
	for _, b := range strategy.Walk(tree) {
		out = append(out, ui.Option{Value: value(b), Label: strings.Repeat("– ", b.Depth) + b.Code + " · " + say(ctx, b.Title)})
	}
	return out
}

func nodeOf(b *strategy.Branch) string      { return string(b.ID) }
func objectiveOf(b *strategy.Branch) string { return string(b.Objective) }

func gaugeOptions(ctx context.Context, list []strategy.Gauge) []ui.Option {
	out := make([]ui.Option, len(list))
	for n, g := range list {
		out[n] = ui.Option{Value: string(g.ID), Label: g.Number + " · " + say(ctx, g.Title) + " (" + g.Unit + ")"}
	}
	return out
}

func levelOptions(ctx context.Context, k strategy.Criterion) []ui.Option {
	out := make([]ui.Option, len(k.Levels))
	for n, l := range k.Levels {
		out[n] = ui.Option{Value: l.Code, Label: say(ctx, l.Label)}
	}
	return out
}

func criterionOptions(ctx context.Context, list []strategy.Criterion) []ui.Option {
	out := make([]ui.Option, len(list))
	for n, k := range list {
		out[n] = ui.Option{Value: k.Code, Label: say(ctx, k.Name)}
	}
	return out
}

func dilemmaOptions(ctx context.Context, list []strategy.Dilemma) []ui.Option {
	out := make([]ui.Option, len(list))
	for n, d := range list {
		out[n] = ui.Option{Value: d.Code, Label: say(ctx, d.Name)}
	}
	return out
}

func leanOptions(ctx context.Context, d strategy.Dilemma) []ui.Option {
	var out []ui.Option
	for _, l := range strategy.Leans() {
		out = append(out, ui.Option{Value: strconv.Itoa(int(l)), Label: leanText(ctx, d, l)})
	}
	return out
}

func postOptions(v identity.Visitor) []ui.Option {
	var out []ui.Option
	for _, p := range v.Posts {
		out = append(out, ui.Option{Value: string(p.ID), Label: p.Title})
	}
	return out
}

func segmentOptions(ctx context.Context) []ui.Option {
	return listOptions(ctx, "strategy.segment.", []string{"residents", "visitors", "firms", "associations", "agents", "elected"})
}

func procedureOptions(ctx context.Context) []ui.Option {
	return listOptions(ctx, "strategy.procedure.", []string{"deliberation", "committee", "direct"})
}
