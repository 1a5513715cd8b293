package councilweb

import (
	"cmp"
	"net/http"
	"slices"

	"parvis/internal/calendar"
	"parvis/internal/council"
	"parvis/internal/id"
	"parvis/internal/web"
)

// circuitsView is the opinions and visas about an item, and the forms that ask for more.
type circuitsView struct {
	Item      council.Item
	Meeting   council.Meeting
	Committee string // code
	Flows     []*council.Flow
	Papers    []council.Paper
	Templates []council.CircuitTemplate
	Posts     map[id.ID]Label
	Units     []Choice
	AllPosts  []Choice
	Today     calendar.Day
	MayAct    bool
}

func (p *Pages) circuitsView(r *http.Request) (circuitsView, error) {
	v := web.From(r)
	flows, err := p.Room.CircuitsOf(r.Context(), v.Visitor, web.PathID(r, "item"))
	if err != nil {
		return circuitsView{}, err
	}
	desk, err := p.Room.CircuitDesk(r.Context(), v.Visitor, web.PathID(r, "item"))
	if err != nil {
		return circuitsView{}, err
	}
	view := circuitsView{Item: desk.Item, Meeting: desk.Meeting, Committee: desk.Committee, Papers: desk.Papers, Templates: desk.Templates, Flows: flows,
		Today: p.Room.Today(), MayAct: !v.Visitor.ReadOnly}
	var posts []id.ID
	for _, f := range flows {
		posts = append(posts, f.Circuit.OpenedBy)
		for _, one := range f.Visas {
			posts = append(posts, one.Post, cmp.Or(one.AnsweredBy, one.Post))
		}
	}
	if view.Posts, err = p.postNames(r, posts); err != nil {
		return view, err
	}
	if view.Units, err = p.offered(r, p.Names.AllUnits); err != nil {
		return view, err
	}
	view.AllPosts, err = p.offered(r, p.Names.AllPosts)
	return view, err
}

func (p *Pages) circuits(w http.ResponseWriter, r *http.Request) error {
	view, err := p.circuitsView(r)
	if err != nil {
		return err
	}
	return web.Render(w, r, circuitsPage(view))
}

type circuitForm struct {
	Do            string `form:"do,max=20"`
	Circuit       id.ID  `form:"circuit,max=64"`
	Version       int64  `form:"version"`
	Code          string `form:"code,max=64"`
	Paper         id.ID  `form:"paper,max=64"`
	Unit          id.ID  `form:"unit,max=64"`
	Post          id.ID  `form:"post,max=64"`
	Question      string `form:"question,max=20000"`
	Note          string `form:"note,max=20000"`
	Days          int    `form:"days"`
	Authoritative bool   `form:"authoritative"`
}

func (p *Pages) actOnCircuits(w http.ResponseWriter, r *http.Request) error {
	view, err := p.circuitsView(r)
	if err != nil {
		return err
	}
	var f circuitForm
	if err := web.Decode(r, &f); err != nil {
		return web.Again(w, r, err, circuitsPage(view))
	}
	if !slices.Contains([]string{"open", "consult", "resume", "withdraw"}, f.Do) {
		f.Do = "open"
	}
	if err := p.doCircuit(r, view.Item.ID, f); err != nil {
		return web.Again(w, r, err, circuitsPage(view))
	}
	v := web.From(r)
	return web.Done(w, r, v.URL("council.circuits", view.Item.ID), "council.circuit.done."+f.Do)
}

func (p *Pages) doCircuit(r *http.Request, item id.ID, f circuitForm) error {
	by := web.From(r).Visitor.Actor("")
	var err error
	switch f.Do {
	case "consult":
		_, err = p.Room.Consult(r.Context(), by, council.ConsultForm{Item: item, Post: f.Post, Unit: f.Unit, Question: f.Question,
			Authoritative: f.Authoritative, Days: f.Days, Paper: f.Paper})
	case "resume":
		_, err = p.Room.ResumeCircuit(r.Context(), by, f.Circuit, f.Version, f.Note)
	case "withdraw":
		_, err = p.Room.WithdrawCircuit(r.Context(), by, f.Circuit, f.Version, f.Note)
	case "open":
		_, err = p.Room.OpenCircuit(r.Context(), by, council.OpenForm{Item: item, Code: f.Code, Paper: f.Paper, Unit: f.Unit})
	}
	return err
}
