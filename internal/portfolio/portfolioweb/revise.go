package portfolioweb

import (
	"encoding/json"
	"net/http"

	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/portfolio"
	"parvis/internal/web"
)

// briefView is the form of a sheet: of a new one, or of one that is revised.
type briefView struct {
	Form       briefForm
	Book       *book
	Visitor    identity.Visitor
	Objectives []portfolio.Objective
	Elected    []Choice
	Drafts     []portfolio.Draft
	Sheet      *sheetView // nil: a new one
}

func (p *Pages) briefView(r *http.Request, b *book) (briefView, error) {
	v := web.From(r)
	view := briefView{Form: briefForm{Lang: v.Lang, Origin: portfolio.Demand}, Book: b, Visitor: v.Visitor}
	var err error
	if view.Objectives, err = p.Room.Objectives(r.Context()); err != nil {
		return view, err
	}
	view.Elected, err = choices(r, p.Names.Elected)
	return view, err
}

func (p *Pages) revise(w http.ResponseWriter, r *http.Request) error {
	s, err := p.sheet(r)
	if err != nil {
		return err
	}
	view, err := p.briefView(r, s.Book)
	if err != nil {
		return err
	}
	view.Sheet, view.Form = &s, briefOf(s.Initiative)
	if r.Method == http.MethodGet {
		return web.Render(w, r, revisePage(view))
	}
	return p.reviseNow(w, r, view)
}

func (p *Pages) reviseNow(w http.ResponseWriter, r *http.Request, view briefView) error {
	v, now := web.From(r), view.Sheet.Initiative
	f := briefForm{}
	err := web.Decode(r, &f)
	f.Objectives = splitIDs(f.Objectives)
	brief, bad := f.brief()
	if err == nil {
		err = bad
	}
	if err != nil {
		return web.Refuse(w, r, err, revisePage(view))
	}
	_, err = p.Room.ReviseInitiative(r.Context(), web.Actor(r), portfolio.Revise{Initiative: now.ID, Version: f.Version, Brief: brief, Motive: f.Motive})
	if fault.KindOf(err) == fault.Conflict && f.Version != now.Version {
		return web.Conflict(w, r, err, f.stale(v, now))
	}
	if err != nil {
		return web.Refuse(w, r, err, revisePage(view))
	}
	return web.Done(w, r, v.URL("portfolio.initiative", now.Number), "portfolio.done.revise")
}

// newInitiative is the form of a problem that nobody has told the city yet, and the drafts kept of it.
func (p *Pages) newInitiative(w http.ResponseWriter, r *http.Request) error {
	view, err := p.newView(r)
	if err != nil {
		return err
	}
	if draft := id.ID(r.URL.Query().Get("draft")); draft != "" {
		d, err := p.Room.Draft(r.Context(), view.Visitor, draft)
		if err != nil {
			return err
		}
		if err := json.Unmarshal([]byte(d.Body), &view.Form); err != nil {
			return err
		}
		view.Form.Draft = d.ID
	}
	return web.Render(w, r, newPage(view))
}

func (p *Pages) newView(r *http.Request) (briefView, error) {
	b, err := p.openIDs(r, postIDs(web.From(r).Visitor), nil)
	if err != nil {
		return briefView{}, err
	}
	view, err := p.briefView(r, b)
	if err != nil {
		return view, err
	}
	all, err := p.Room.Drafts(r.Context(), view.Visitor)
	for _, d := range all {
		if d.Kind == portfolio.DraftInitiative {
			view.Drafts = append(view.Drafts, d)
		}
	}
	return view, err
}

// createInitiative signals it, keeps it as a draft of its author alone, or drops the draft.
func (p *Pages) createInitiative(w http.ResponseWriter, r *http.Request) error {
	view, err := p.newView(r)
	if err != nil {
		return err
	}
	f := briefForm{}
	if err := web.Decode(r, &f); err != nil {
		return web.Refuse(w, r, err, newPage(view))
	}
	view.Form = f
	switch f.Do {
	case "draft":
		return p.keepDraft(w, r, view)
	case "drop":
		if err := p.Room.DropDraft(r.Context(), view.Visitor, f.Draft); err != nil {
			return err
		}
		return web.Done(w, r, web.From(r).URL("portfolio.new"), "portfolio.done.drop")
	}
	return p.signal(w, r, view)
}

func (p *Pages) keepDraft(w http.ResponseWriter, r *http.Request, view briefView) error {
	v, f := web.From(r), view.Form
	title := f.Title
	if title == "" {
		title = clip(f.Problem, 80)
	}
	body, err := json.Marshal(f)
	if err != nil {
		return err
	}
	d, err := p.Room.SaveDraft(r.Context(), v.Visitor, portfolio.Draft{ID: f.Draft, Kind: portfolio.DraftInitiative, Title: title, Body: string(body)})
	if err != nil {
		return web.Refuse(w, r, err, newPage(view))
	}
	return web.Done(w, r, v.URL("portfolio.new")+"?draft="+string(d.ID), "portfolio.done.draft")
}

func (p *Pages) signal(w http.ResponseWriter, r *http.Request, view briefView) error {
	v, f := web.From(r), view.Form
	brief, err := f.brief()
	if err != nil {
		return web.Refuse(w, r, err, newPage(view))
	}
	i, err := p.Room.SignalInitiative(r.Context(), web.Actor(r), portfolio.Signal{Brief: brief, Sponsors: f.Sponsors, Draft: f.Draft})
	if err != nil {
		return web.Refuse(w, r, err, newPage(view))
	}
	return web.Done(w, r, v.URL("portfolio.initiative", i.Number), "portfolio.done.signal", "number", i.Number)
}
