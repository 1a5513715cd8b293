package strategyweb

import (
	"net/http"

	"parvis/internal/act"
	"parvis/internal/id"
	"parvis/internal/portfolio"
	"parvis/internal/portfolio/strategy"
	"parvis/internal/web"
)

// placementView is where one initiative stands in the grid.
type placementView struct {
	frame
	Project  portfolio.Sheet
	Grid     strategy.Reading
	InForce  bool
	Standing map[string]strategy.Placement // by criterion, in the edition in force
	Earlier  []strategy.Placement          // replaced, or in other editions
	Editions map[id.ID]strategy.Reading
}

func (p *Pages) placementOf(r *http.Request) (view placementView, err error) {
	view = placementView{frame: p.frame(r), Standing: map[string]strategy.Placement{}, Editions: map[id.ID]strategy.Reading{}}
	if view.Project, err = p.Portfolio.Sheet(r.Context(), view.Visitor, r.PathValue("number")); err != nil {
		return view, err
	}
	g, found, err := p.latest(r, view.frame)
	if err != nil || !found {
		return view, err
	}
	view.InForce = true
	if view.Grid, err = p.Room.Reading(r.Context(), view.Visitor, g.Edition); err != nil {
		return view, err
	}
	return view, p.standing(r, &view)
}

func (p *Pages) standing(r *http.Request, view *placementView) error {
	list, err := p.Room.Placements(r.Context(), view.Project.Ref())
	if err != nil {
		return err
	}
	var posts []id.ID
	for _, pl := range list {
		posts = append(posts, pl.Post)
		if pl.Grid == view.Grid.ID && pl.ReplacedOn == "" {
			view.Standing[pl.Criterion] = pl
		} else {
			view.Earlier = append(view.Earlier, pl)
		}
	}
	editions, err := p.Room.Grids(r.Context(), view.Visitor)
	if err != nil {
		return err
	}
	for _, e := range editions {
		if view.Editions[e.ID], err = p.Room.Reading(r.Context(), view.Visitor, e.Edition); err != nil {
			return err
		}
	}
	return p.name(r, &view.frame, posts, nil)
}

type placeForm struct {
	Level  string `form:"level,max=40"`
	Reason string `form:"reason,max=8000"`
	Seen   id.ID  `form:"seen,max=64"`
}

func (p *Pages) placement(w http.ResponseWriter, r *http.Request) error {
	view, err := p.placementOf(r)
	if err != nil {
		return err
	}
	if r.Method == http.MethodGet {
		return web.Render(w, r, placementPage(view))
	}
	to := web.From(r).URL("strategy.placement", view.Project.Number)
	return perform(w, r, map[string]web.Deed{"place": web.Decoded(func(r *http.Request, by act.Actor, criterion string, f placeForm) error {
		_, err := p.Room.Place(r.Context(), by, strategy.Place{Subject: view.Project.Ref(), Criterion: criterion, Level: f.Level, Reason: f.Reason, Lang: view.Lang, Seen: f.Seen})
		return err
	})}, placementPage(view), &to)
}
