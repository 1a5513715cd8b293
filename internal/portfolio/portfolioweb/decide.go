package portfolioweb

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/portfolio"
	"parvis/internal/web"
)

// decideForm is the form of a decision. What it leaves empty is filled from the context by the room.
type decideForm struct {
	Version    int64        `form:"version"`
	Chosen     int          `form:"chosen"` // 1 to 5, 0: none of them, -1: nothing chosen yet
	Decision   string       `form:"decision,max=500"`
	Motive     string       `form:"why,max=8000"`
	Segments   []string     `form:"for"`
	Effective  calendar.Day `form:"when"`
	Procedure  string       `form:"how,max=80"`
	Instrument string       `form:"instrument,max=200"`
	BudgetLine string       `form:"budget_line,max=200"`
	Basis      string       `form:"basis,max=2000"` // one per line
	Keep       bool         `form:"keep"`
	Draft      id.ID        `form:"draft,max=64"`
	Step       string       `form:"step,max=20"`
	Actions    []actionRow
}

// actionRow is one line of « suites à donner » under a decision.
type actionRow struct {
	What string       `form:"what,max=2000"`
	Unit id.ID        `form:"unit,max=64"`
	Post id.ID        `form:"post,max=64"`
	Due  calendar.Day `form:"due"`
}

// actionRows is how many things a decision may order at once on the page; more are added afterwards.
const actionRows = 3

func readDecision(r *http.Request) (decideForm, error) {
	f := decideForm{Chosen: -1}
	if err := web.Decode(r, &f); err != nil {
		return f, err
	}
	bad := fault.New(fault.Invalid, "fault.invalid")
	for n := range actionRows {
		row := actionRow{What: r.PostForm.Get(rowField("what", n)), Unit: id.ID(r.PostForm.Get(rowField("unit", n))),
			Post: id.ID(r.PostForm.Get(rowField("post", n)))}
		if due := r.PostForm.Get(rowField("due", n)); due != "" {
			day, err := calendar.ParseDay(due)
			if err != nil {
				bad.At(rowField("due", n), "portfolio.bad_day")
			}
			row.Due = day
		}
		if row != (actionRow{}) {
			row.check(bad, n)
			f.Actions = append(f.Actions, row)
		}
	}
	if f.Chosen < 0 {
		bad.At("chosen", "portfolio.choose")
	}
	if f.Chosen == 0 && f.Decision == "" {
		bad.At("decision", "portfolio.decide.say_what")
	}
	return f, bad.OrNil()
}

// check wants a line that was begun to be whole.
func (row actionRow) check(bad *fault.Error, n int) {
	for name, value := range map[string]string{"what": row.What, "unit": string(row.Unit), "due": string(row.Due)} {
		if value == "" {
			bad.At(rowField(name, n), "portfolio.required")
		}
	}
}

func rowField(name string, n int) string { return fmt.Sprintf("%s%d", name, n+1) }

func (f decideForm) answers(lang string) portfolio.Answers {
	return portfolio.Answers{Segments: f.Segments, Motive: f.Motive, Lang: lang, Effective: f.Effective, Procedure: f.Procedure,
		Instrument: f.Instrument, BudgetLine: f.BudgetLine, Basis: lines(f.Basis)}
}

// over lays the form over what the context answers, for the page that is read before deciding.
func (f decideForm) over(a portfolio.Answers) portfolio.Answers {
	if len(f.Segments) > 0 {
		a.Segments, a.Units, a.Places = f.Segments, nil, nil
	}
	a.Motive = cmp.Or(f.Motive, a.Motive)
	a.Effective = cmp.Or(f.Effective, a.Effective)
	a.Procedure = cmp.Or(f.Procedure, a.Procedure)
	a.Instrument = cmp.Or(f.Instrument, a.Instrument)
	a.BudgetLine = cmp.Or(f.BudgetLine, a.BudgetLine)
	if basis := lines(f.Basis); len(basis) > 0 {
		a.Basis = basis
	}
	return a
}

// decide takes a decision in two steps: the page to read before, then the act.
func (p *Pages) decide(w http.ResponseWriter, r *http.Request) error {
	view, err := p.half(r)
	if err != nil {
		return err
	}
	f, err := readDecision(r)
	view.Form, view.Draft = f, f.Draft
	if view.decider() == "" {
		return web.Refuse(w, r, fault.New(fault.Denied, "portfolio.decide.not_asked"), arbitrationPage(view))
	}
	if err != nil {
		return web.Again(w, r, err, arbitrationPage(view))
	}
	if f.Step == "edit" {
		return web.Render(w, r, arbitrationPage(view))
	}
	if err := view.complete(); err != nil {
		return web.Again(w, r, err, arbitrationPage(view))
	}
	v := web.From(r)
	if identity.RequireFresh(v.Visitor, v.Now) != nil && !v.Visitor.ReadOnly {
		return p.proveFirst(w, r, view)
	}
	if f.Step != "decide" {
		return web.Render(w, r, confirmPage(view))
	}
	return p.decideNow(w, r, view)
}

// complete refuses a decision in which one of the six questions has no answer (I9).
func (a arbitrationView) complete() error {
	err := fault.New(fault.Invalid, "act.incomplete")
	for _, q := range a.Form.over(a.ArbitrationSheet.Draft).Missing(a.decider(), cmp.Or(a.Form.Decision, a.chosenLabel())) {
		err.At(string(q), "act.incomplete."+string(q))
	}
	return err.OrNil()
}

// chosenLabel is the label of the option that the form chooses.
func (a arbitrationView) chosenLabel() string {
	if n := a.Form.Chosen; n > 0 && n <= len(a.Options) {
		return a.Options[n-1].Label
	}
	return ""
}

// preview is the decision as it would stand.
func (a arbitrationView) preview(today calendar.Day) portfolio.Arbitration {
	out := a.Arbitration
	out.Answers = a.Form.over(a.ArbitrationSheet.Draft)
	out.Decision, out.DecidedBy, out.DecidedOn = cmp.Or(a.Form.Decision, a.chosenLabel()), a.decider(), today
	return out
}

func (p *Pages) decideNow(w http.ResponseWriter, r *http.Request, view arbitrationView) error {
	v, f := web.From(r), view.Form
	var actions []portfolio.NewAction
	for _, row := range f.Actions {
		actions = append(actions, portfolio.NewAction{What: row.What, Unit: row.Unit, Post: row.Post, Due: row.Due})
	}
	done, err := p.Room.DecideArbitration(r.Context(), v.Visitor.Actor(view.decider()), portfolio.DecideForm{Arbitration: view.ID,
		Version: f.Version, Chosen: f.Chosen, Decision: f.Decision, Answers: f.answers(v.Lang), Actions: actions, Keep: f.Keep})
	if err != nil {
		return web.Again(w, r, err, arbitrationPage(view))
	}
	if f.Draft != "" {
		if err := p.Room.DropDraft(r.Context(), v.Visitor, f.Draft); err != nil {
			v.Note("draft_kept", true) // the decision stands; an orphan draft is only untidy
		}
	}
	key := "portfolio.decide.done_internal"
	if done.Visibility == act.Public {
		key = "portfolio.decide.done"
	}
	return web.Done(w, r, v.URL("portfolio.arbitration", done.Number), key, "number", view.Initiative.Number)
}

// proveFirst keeps what was typed as a draft of its author, lets the visitor prove who they are, and
// comes back to the same form.
func (p *Pages) proveFirst(w http.ResponseWriter, r *http.Request, view arbitrationView) error {
	v := web.From(r)
	body, err := json.Marshal(view.Form)
	if err != nil {
		return err
	}
	d, err := p.Room.SaveDraft(r.Context(), v.Visitor, portfolio.Draft{ID: view.Form.Draft, Kind: portfolio.DraftArbitration,
		Initiative: view.Initiative.ID, Title: view.Question, Body: string(body)})
	if err != nil {
		return err
	}
	if !v.Has(web.SignInRoute) {
		return identity.RequireFresh(v.Visitor, v.Now)
	}
	back := v.URL("portfolio.arbitration", view.Number) + "?draft=" + url.QueryEscape(string(d.ID))
	return web.See(w, r, v.URL(web.SignInRoute)+"?back="+url.QueryEscape(back))
}

// takeUpDecision fills the form from a draft. Another's draft does not exist for the visitor.
func (p *Pages) takeUpDecision(r *http.Request, draft id.ID, view *arbitrationView) error {
	d, err := p.Room.Draft(r.Context(), web.From(r).Visitor, draft)
	if fault.KindOf(err) == fault.NotFound {
		return nil // decided or dropped meanwhile: the page shows how things stand
	}
	if err != nil || d.Kind != portfolio.DraftArbitration || d.Initiative != view.Initiative.ID {
		return err
	}
	f := decideForm{Chosen: -1}
	if err := json.Unmarshal([]byte(d.Body), &f); err != nil {
		return err
	}
	f.Version, f.Draft = view.Version, draft
	view.Form, view.Draft = f, draft
	return nil
}
