package participationweb

import (
	"context"
	"net/http"
	"slices"

	"parvis/internal/fault"
	"parvis/internal/participation"
	"parvis/internal/participation/tally"
	"parvis/internal/ui"
	"parvis/internal/web"
)

// compareView sets the result beside what another rule gives on the same ballots.
type compareView struct {
	lotView
	Rules []string // that may be tried
	Trial *participation.Trial
}

func (p *Pages) compare(w http.ResponseWriter, r *http.Request) error {
	e, err := p.read(r)
	if err != nil {
		return err
	}
	l, err := p.fill(r, e, r.PathValue("lot"))
	if err != nil {
		return err
	}
	if !l.May {
		return fault.New(fault.Denied, "participation.trial.denied")
	}
	view := compareView{lotView: l, Rules: participation.RulesToTry(l.Doc, l.LotSheet.Lot)}
	if rule := r.URL.Query().Get("rule"); rule != "" {
		if !slices.Contains(view.Rules, rule) {
			return fault.New(fault.NotFound, "tally.unknown_rule", "rule", rule)
		}
		t, err := p.Room.Try(r.Context(), web.From(r).Visitor, e.Sheet, l.LotSheet.Lot, rule)
		if err != nil {
			return err
		}
		view.Trial = &t
	}
	return web.Render(w, r, comparePage(view))
}

// both, only and other are the winners of the two rules that they share and that they do not.
func (c compareView) both() []participation.Project {
	return c.pick(func(won, tried bool) bool { return won && tried })
}

func (c compareView) only() []participation.Project {
	return c.pick(func(won, tried bool) bool { return won && !tried })
}

func (c compareView) other() []participation.Project {
	return c.pick(func(won, tried bool) bool { return !won && tried })
}

func (c compareView) pick(want func(won, tried bool) bool) (out []participation.Project) {
	for _, p := range c.Projects {
		if want(p.Won(), slices.Contains(c.Trial.Winners, p.Code)) {
			out = append(out, p)
		}
	}
	return out
}

// graded tells whether the rules to try read grades as points, which has to be said.
func (c compareView) graded() bool { return c.Doc.Ballot.Kind == "grades" }

// ballotKind is how the rules to try read the ballots.
func (c compareView) ballotKind() string {
	if c.graded() {
		return "points"
	}
	return c.Doc.Ballot.Kind
}

// triedFamily is the key under which the rule tried is told in plain words.
func (c compareView) triedFamily() string {
	r, _ := tally.ParseRule(c.Trial.Rule) // it was counted
	return family(&tally.Document{Ballot: tally.BallotRules{Kind: c.ballotKind()}}, r)
}

// options lists the rules to try under their names: first those that cities use, one of each family.
func (c compareView) options(ctx context.Context) []ui.Option {
	usual := []string{"greedy_score", "mes_cost_add1u", "mes_points_add1u", "mes_borda_city_add1u", "phragmen", "majority_judgment"}
	var first, rest []ui.Option
	for _, n := range c.Rules {
		o := ui.Option{Value: n, Label: ruleName(ctx, c.ballotKind(), n)}
		if slices.Contains(usual, n) {
			o.Group = ui.T(ctx, "participation.compare.usual")
			first = append(first, o)
		} else {
			o.Group = ui.T(ctx, "participation.compare.all")
			rest = append(rest, o)
		}
	}
	return append(first, rest...)
}
