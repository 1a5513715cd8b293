package strategyweb

import (
	"net/http"
	"strconv"

	"parvis/internal/act"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/portfolio"
	"parvis/internal/portfolio/strategy"
	"parvis/internal/web"
)

// gridView is the page of an edition of the reading grid.
type gridView struct {
	frame
	strategy.Reading
	Editions    []strategy.Grid
	Annotations []strategy.Annotation
	Placed      []strategy.Placement
	Titles      map[id.ID]portfolio.Named // of the placed initiatives
	Account     bool                      // the visitor is somebody and may annotate
	Dilemmas    []strategy.Dilemma
}

func (p *Pages) currentGrid(w http.ResponseWriter, r *http.Request) error {
	f := p.frame(r)
	g, found, err := p.latest(r, f)
	if err != nil {
		return err
	}
	if !found {
		return web.Render(w, r, noGridPage(f))
	}
	return web.See(w, r, web.From(r).URL("strategy.grid.edition", g.Edition))
}

// latest is the latest published edition.
func (p *Pages) latest(r *http.Request, f frame) (strategy.Grid, bool, error) {
	all, err := p.Room.Grids(r.Context(), f.Visitor)
	for _, g := range all {
		if g.Frozen() {
			return g, true, err
		}
	}
	return strategy.Grid{}, false, err
}

func (p *Pages) gridOf(r *http.Request) (gridView, error) {
	view := gridView{frame: p.frame(r), Titles: map[id.ID]portfolio.Named{}}
	view.Account = view.Visitor.Account != ""
	edition, err := strconv.Atoi(r.PathValue("edition"))
	if err != nil {
		return view, fault.New(fault.NotFound, "strategy.grid.not_found")
	}
	if view.Reading, err = p.Room.Reading(r.Context(), view.Visitor, edition); err != nil {
		return view, err
	}
	if view.Editions, err = p.Room.Grids(r.Context(), view.Visitor); err != nil {
		return view, err
	}
	if view.Annotations, err = p.Room.Annotations(r.Context(), view.ID); err != nil {
		return view, err
	}
	if view.Dilemmas, err = p.Room.Dilemmas(r.Context()); err != nil {
		return view, err
	}
	return view, p.placed(r, &view)
}

// placed reads what stands in the edition, and its names.
func (p *Pages) placed(r *http.Request, view *gridView) (err error) {
	if view.Placed, err = p.Room.PlacedInitiatives(r.Context(), view.Visitor, view.ID); err != nil {
		return err
	}
	var which, posts []id.ID
	for _, pl := range view.Placed {
		which = append(which, pl.Subject.ID)
	}
	named, err := p.Portfolio.Named(r.Context(), view.Visitor, which)
	if err != nil {
		return err
	}
	for _, n := range named {
		view.Titles[n.ID] = n
	}
	for _, a := range view.Annotations {
		posts = append(posts, a.Post, a.AnsweredBy)
	}
	return p.name(r, &view.frame, posts, nil)
}

type annotateForm struct {
	Criterion string          `form:"criterion,max=40"`
	Kind      strategy.Remark `form:"kind,max=20"`
	Body      string          `form:"body,max=4000"`
	As        strategy.Voice  `form:"voice,max=20"`
	Name      string          `form:"name,max=200"`
}

func (p *Pages) grid(w http.ResponseWriter, r *http.Request) error {
	view, err := p.gridOf(r)
	if err != nil {
		return err
	}
	if r.Method == http.MethodGet {
		return web.Render(w, r, gridPage(view))
	}
	to := web.From(r).URL("strategy.grid.edition", view.Edition) + "#annotations"
	return perform(w, r, map[string]web.Deed{"annotate": web.Decoded(func(r *http.Request, by act.Actor, _ string, f annotateForm) error {
		_, err := p.Room.Annotate(r.Context(), view.Visitor, by, strategy.Annotate{Edition: view.Edition, Criterion: f.Criterion, Kind: f.Kind, Body: f.Body,
			Lang: view.Lang, As: f.As, Name: f.Name})
		return err
	})}, gridPage(view), &to)
}

// placedOn counts the initiatives on each level of a criterion.
func (g gridView) placedOn(criterion, level string) (out []portfolio.Named) {
	for _, pl := range g.Placed {
		if n, known := g.Titles[pl.Subject.ID]; known && pl.Criterion == criterion && pl.Level == level {
			out = append(out, n)
		}
	}
	return out
}
