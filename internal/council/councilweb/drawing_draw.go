package councilweb

import (
	"net/http"
	"slices"

	"parvis/internal/council"
	"parvis/internal/web"
)

// drawView is the form that draws a circuit.
type drawView struct {
	Form       drawingForm
	Sheet      *council.DrawingSheet // of a new edition; nil for a new circuit
	Committees []council.CommitteeLine
	Matters    []council.Item
	Would      asking
	Units      []Choice
	AllPosts   []Choice
	At         int // the step to look at, 0 for none
}

// committee is the one for which the circuit is drawn.
func (v drawView) committee() (council.CommitteeLine, bool) {
	for _, c := range v.Committees {
		if c.Code == v.Form.Committee {
			return c, true
		}
	}
	return council.CommitteeLine{}, false
}

// newDrawing draws the first edition of a circuit.
func (p *Pages) newDrawing(w http.ResponseWriter, r *http.Request) error {
	view := drawView{Form: drawingForm{Committee: r.URL.Query().Get("comite"), Binds: string(council.BindsNothing)}}
	lines, err := p.Room.Committees(r.Context(), web.From(r).Visitor)
	if err != nil {
		return err
	}
	view.Committees = slices.DeleteFunc(lines, func(l council.CommitteeLine) bool { return l.ClosedOn != "" })
	if _, known := view.committee(); !known && len(view.Committees) > 0 {
		view.Form.Committee = view.Committees[0].Code
	}
	view.Form.press("add")
	return p.draw(w, r, view)
}

// redraw draws an edition of a circuit that exists, from what is followed or was begun.
func (p *Pages) redraw(w http.ResponseWriter, r *http.Request) error {
	s, err := p.Room.Drawing(r.Context(), web.From(r).Visitor, r.PathValue("committee"), r.PathValue("code"))
	if err != nil {
		return err
	}
	view := drawView{Sheet: &s, Form: drawn(s.Latest()), Committees: []council.CommitteeLine{{Committee: s.Committee}}}
	view.Form.Committee = s.Committee.Code
	return p.draw(w, r, view)
}

type drawButton struct {
	Do string `form:"do,max=20"`
}

// draw shows the form, changes it as one of its buttons asks, or sends it to the room.
func (p *Pages) draw(w http.ResponseWriter, r *http.Request, view drawView) error {
	if r.Method == http.MethodGet {
		return p.showDraw(w, r, view, nil)
	}
	var in drawButton
	err := web.Decode(r, &in)
	view.Form = readDrawing(r.PostForm, err == nil)
	if view.Sheet != nil {
		view.Form.Committee = view.Sheet.Committee.Code
	}
	if err != nil {
		return p.showDraw(w, r, view, err)
	}
	if in.Do != "draw" {
		view.At = view.Form.press(in.Do)
		return p.showDraw(w, r, view, nil)
	}
	c, _ := view.committee()
	code := ""
	if view.Sheet != nil {
		code = view.Sheet.Code
	}
	t, err := p.Room.DrawTemplate(r.Context(), web.Actor(r), view.Form.room(c.ID, code))
	if err != nil {
		sent := view.Form.values()
		sent["_form"], sent["as"] = r.PostForm["_form"], r.PostForm["as"]
		r.PostForm = sent
		return p.showDraw(w, r, view, err)
	}
	return web.Done(w, r, web.From(r).URL("council.drawing", c.Code, t.Code), "council.drawing.done.draw")
}

// showDraw shows the form as it stands, with what is wrong in it.
func (p *Pages) showDraw(w http.ResponseWriter, r *http.Request, view drawView, bad error) (err error) {
	c, _ := view.committee()
	if view.Matters, err = p.Room.Matters(r.Context(), web.From(r).Visitor, c.ID); err != nil {
		return err
	}
	if !slices.ContainsFunc(view.Matters, func(i council.Item) bool { return i.ID == view.Form.Matter }) {
		view.Form.Matter = ""
	}
	if view.Would, err = p.asking(r, c.ID, view.Form.specs(), view.Form.Matter); err != nil {
		return err
	}
	if view.Units, err = choices(r, p.Names.AllUnits); err != nil {
		return err
	}
	if view.AllPosts, err = choices(r, p.Names.AllPosts); err != nil {
		return err
	}
	if bad != nil {
		return web.Refuse(w, r, bad, stepsNamed(drawPage(view)))
	}
	return web.Render(w, r, drawPage(view))
}
