package councilweb

import (
	"net/http"
	"strings"

	"parvis/internal/calendar"
	"parvis/internal/council"
	"parvis/internal/id"
	"parvis/internal/web"
)

// formalsView is the list of the formal acts.
type formalsView struct {
	All       []council.Formal
	Meetings  []council.FormalsOfMeeting
	Decisions []council.DecisionLine // of which an act may be made
	Proposed  council.FormalForm     // of the decision that was chosen; zero while none is
	MayAct    bool
}

// formalForm is what is typed of a formal act.
type formalForm struct {
	Do         string             `form:"do,max=20"`
	Version    int64              `form:"version"`
	Decision   id.ID              `form:"decision,max=64"`
	Meeting    id.ID              `form:"meeting,max=64"`
	Kind       council.FormalKind `form:"kind,max=20"`
	Title      string             `form:"title,max=1000"`
	MatterCode string             `form:"matter_code,max=10"`
	BudgetYear string             `form:"budget_year,max=9"`
	BudgetName string             `form:"budget_name,max=250"`
	Transmit   bool               `form:"transmit"`
	Remedies   bool               `form:"remedies"`
	Signatory  string             `form:"signatory,max=250"`
	Masks      string             `form:"masks"`
	Reviewed   bool               `form:"reviewed"`
	Reason     string             `form:"reason,max=20000"`
	Received   calendar.Day       `form:"received"`
	Refused    calendar.Day       `form:"refused"`
}

func (f formalForm) form() council.FormalForm {
	return council.FormalForm{Decision: f.Decision, Kind: f.Kind, FormalText: council.FormalText{Title: f.Title, MatterCode: f.MatterCode,
		BudgetYear: f.BudgetYear, BudgetName: f.BudgetName, Transmit: f.Transmit, Remedies: f.Remedies, Signatory: f.Signatory}}
}

// masks reads one passage a line.
func (f formalForm) masks() []council.Mask {
	var out []council.Mask
	for _, line := range strings.Split(f.Masks, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, council.Mask{Passage: line})
		}
	}
	return out
}

func (p *Pages) formalsView(r *http.Request) (formalsView, error) {
	v := web.From(r)
	all, err := p.Room.Formals(r.Context(), v.Visitor)
	if err != nil {
		return formalsView{}, err
	}
	view := formalsView{All: all, MayAct: v.Visitor.Inside() && !v.Visitor.ReadOnly}
	if view.Meetings, err = p.Room.ByMeeting(r.Context(), v.Visitor, all); err != nil {
		return view, err
	}
	view.Decisions, err = p.Room.DecisionsToFormalise(r.Context(), v.Visitor)
	return view, err
}

// formals lists the acts; with a decision in the address, the form of its act is there, filled with what is known.
func (p *Pages) formals(w http.ResponseWriter, r *http.Request) error {
	view, err := p.formalsView(r)
	if err != nil {
		return err
	}
	if decision := id.ID(r.URL.Query().Get("decision")); decision != "" && view.MayAct {
		if view.Proposed, err = p.Room.ProposeFormal(r.Context(), web.From(r).Visitor, decision); err != nil {
			return err
		}
	}
	return web.Render(w, r, formalsPage(view))
}

// prepareFormal makes the act of a decision, or notes that all the acts of a meeting were handed over.
func (p *Pages) prepareFormal(w http.ResponseWriter, r *http.Request) error {
	view, err := p.formalsView(r)
	if err != nil {
		return err
	}
	var f formalForm
	if err := web.Decode(r, &f); err != nil {
		view.Proposed.Decision = id.ID(r.PostForm.Get("decision"))
		return web.Refuse(w, r, err, formalsPage(view))
	}
	v := web.From(r)
	if f.Do == "send_all" {
		n, err := p.Room.SendFormals(r.Context(), v.Visitor.Actor(""), f.Meeting)
		if err != nil {
			return web.Refuse(w, r, err, formalsPage(view))
		}
		return web.Done(w, r, v.URL("council.formals"), "council.formals.done.send_all", "n", n)
	}
	view.Proposed = f.form()
	done, err := p.Room.PrepareFormal(r.Context(), v.Visitor.Actor(""), f.form())
	if err != nil {
		return web.Refuse(w, r, err, formalsPage(view))
	}
	return web.Done(w, r, v.URL("council.formal", done.Ref), "council.formal.done.prepare")
}
