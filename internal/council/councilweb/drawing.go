package councilweb

import (
	"net/http"
	"slices"

	"github.com/a-h/templ"

	"parvis/internal/act"
	"parvis/internal/council"
	"parvis/internal/id"
	"parvis/internal/web"
)

// drawingsView is the circuits of every committee that sits.
type drawingsView struct {
	All    []council.Drawing
	MayAct bool
}

// byCommittee cuts the list where the committee changes.
func (v drawingsView) byCommittee() [][]council.Drawing {
	var out [][]council.Drawing
	for _, d := range v.All {
		if n := len(out); n == 0 || out[n-1][0].Committee.ID != d.Committee.ID {
			out = append(out, nil)
		}
		out[len(out)-1] = append(out[len(out)-1], d)
	}
	return out
}

func (p *Pages) drawings(w http.ResponseWriter, r *http.Request) error {
	v := web.From(r)
	all, err := p.Room.Drawings(r.Context(), v.Visitor)
	if err != nil {
		return err
	}
	return web.Render(w, r, drawingsPage(drawingsView{all, !v.Visitor.ReadOnly}))
}

// asking is whom the steps would ask, with the names that saying it needs.
type asking struct {
	Steps      []council.Asking
	Posts      map[id.ID]Label
	Units      map[id.ID]Label
	Committees map[string]string // name by code
}

func (p *Pages) asking(r *http.Request, committee id.ID, steps []council.StepSpec, matter id.ID) (a asking, err error) {
	v := web.From(r)
	if a.Steps, err = p.Room.WouldAsk(r.Context(), v.Visitor, committee, steps, matter); err != nil {
		return a, err
	}
	var posts, units []id.ID
	for _, s := range a.Steps {
		for _, role := range s.Roles {
			for _, one := range role.Posts {
				posts = append(posts, one.Post)
			}
			if unit, ok := argument(role.Role, "this-unit"); ok {
				units = append(units, id.ID(unit))
			}
		}
	}
	if a.Posts, err = p.postNames(r, posts); err != nil {
		return a, err
	}
	b := book{units: map[id.ID]Label{}}
	if err = b.name(r.Context(), b.units, p.Names.Units, units); err != nil {
		return a, err
	}
	a.Units, a.Committees = b.units, map[string]string{}
	lines, err := p.Room.Committees(r.Context(), v.Visitor)
	for _, l := range lines {
		a.Committees[l.Code] = l.Name(v.Lang)
	}
	return a, err
}

// drawingView is the page of a circuit of a committee.
type drawingView struct {
	council.DrawingSheet
	Now     asking // of what is followed, or being drawn
	Past    map[id.ID]asking
	DrawnBy map[id.ID]Label
	Matter  id.ID
	MayAct  bool
	Journal templ.Component
}

func (p *Pages) drawingView(r *http.Request) (drawingView, error) {
	v := web.From(r)
	s, err := p.Room.Drawing(r.Context(), v.Visitor, r.PathValue("committee"), r.PathValue("code"))
	if err != nil {
		return drawingView{}, err
	}
	view := drawingView{DrawingSheet: s, MayAct: !v.Visitor.ReadOnly, Past: map[id.ID]asking{}}
	if wanted := id.ID(r.URL.Query().Get("point")); slices.ContainsFunc(s.Matters, func(i council.Item) bool { return i.ID == wanted }) {
		view.Matter = wanted
	}
	if followed, ok := s.Followed(); ok {
		if view.Now, err = p.asking(r, s.Committee.ID, followed.Steps, view.Matter); err != nil {
			return view, err
		}
	}
	var drawers []id.ID
	for _, e := range s.Editions {
		if drawers = append(drawers, e.DrawnBy); e.Status == council.TemplateInForce {
			continue
		}
		if view.Past[e.ID], err = p.asking(r, s.Committee.ID, e.Steps, view.Matter); err != nil {
			return view, err
		}
	}
	if view.DrawnBy, err = p.postNames(r, drawers); err != nil {
		return view, err
	}
	if e := s.Latest(); p.Journal != nil && e.ID != "" {
		view.Journal = p.Journal(r.Context(), e.Ref())
	}
	return view, nil
}

func (p *Pages) drawing(w http.ResponseWriter, r *http.Request) error {
	view, err := p.drawingView(r)
	if err != nil {
		return err
	}
	return web.Render(w, r, drawingPage(view))
}

func (p *Pages) actOnDrawing(w http.ResponseWriter, r *http.Request) error {
	view, err := p.drawingView(r)
	if err != nil {
		return err
	}
	page := func() (templ.Component, error) {
		again, err := p.drawingView(r)
		return drawingPage(again), err
	}
	to := web.From(r).URL("council.drawing", view.Committee.Code, view.Code)
	return perform(w, r, p.drawingDeeds(), page, to)
}

// drawingDeeds are what can be done with an edition: its id follows the dot in the name of the form.
func (p *Pages) drawingDeeds() map[string]web.Deed {
	return map[string]web.Deed{
		"put_in_force": web.Decoded(func(r *http.Request, by act.Actor, about string, f versioned) error {
			return nothing(p.Room.PublishTemplate(r.Context(), by, id.ID(about), f.Version))
		}),
		"give_up": web.Decoded(func(r *http.Request, by act.Actor, about string, f versioned) error {
			return nothing(p.Room.DropTemplate(r.Context(), by, id.ID(about), f.Version))
		}),
		"take_out": web.Decoded(func(r *http.Request, by act.Actor, about string, f because) error {
			return nothing(p.Room.CloseTemplate(r.Context(), by, id.ID(about), f.Version, f.Reason))
		}),
	}
}
