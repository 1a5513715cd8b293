package portal

import (
	"context"
	"net/http"

	"parvis/internal/identity"
	"parvis/internal/portfolio"
	"parvis/internal/ui"
	"parvis/internal/web"
)

// view is what the first page shows.
type view struct {
	recent  []portfolio.Summary
	figures []ui.Figure
	waiting int
	mine    string // route of the visitor's own work, "" for residents
	quiet   bool   // nothing is highlighted before a vote
}

func (p *Portal) home(w http.ResponseWriter, r *http.Request) error {
	v := web.From(r)
	shown := view{quiet: v.BeforeVote()}
	list, err := p.Portfolio.List(r.Context(), v.Visitor, portfolio.ListQuery{PerPage: 6})
	if err != nil {
		return err
	}
	counts, err := p.Portfolio.Counts(r.Context(), v.Visitor, portfolio.Filter{})
	if err != nil {
		return err
	}
	shown.recent, shown.figures = list.Items, figures(v, counts)
	if shown.mine = mine(v); shown.mine != "" {
		todo, arbitrations, err := p.waiting(r.Context(), v.Visitor)
		if err != nil {
			return err
		}
		shown.waiting = todo + arbitrations
	}
	return web.Render(w, r, homePage(p, v, shown))
}

// mine is the page of the visitor's own work.
func mine(v *web.Visit) string {
	switch {
	case v.Visitor.Is(identity.Elected) && v.Has("portfolio.mine"):
		return "portfolio.mine"
	case v.Visitor.Is(identity.Agent) && v.Has("portfolio.todo"):
		return "portfolio.todo"
	}
	return ""
}

func figures(v *web.Visit, c portfolio.Counts) []ui.Figure {
	sum := func(stages ...portfolio.Stage) string {
		n := 0
		for _, s := range stages {
			n += c.Stages[s]
		}
		return v.P.Number(int64(n))
	}
	return []ui.Figure{
		{Label: v.P.T("portal.figure.all"), Value: v.P.Number(int64(c.Total))},
		{Label: v.P.T("portal.figure.study"), Value: sum(portfolio.Signalled, portfolio.Qualified, portfolio.Investigated)},
		{Label: v.P.T("portal.figure.test"), Value: sum(portfolio.Tested, portfolio.Iterating)},
		{Label: v.P.T("portal.figure.running"), Value: sum(portfolio.Scaling, portfolio.Operating)},
	}
}

func (p *Portal) waiting(ctx context.Context, v identity.Visitor) (todo, arbitrations int, err error) {
	if p.Waiting == nil || !v.Inside() {
		return 0, 0, nil
	}
	return p.Waiting(ctx, v)
}
