package participationweb

import (
	"cmp"
	"context"
	"net/http"
	"slices"

	"parvis/internal/fault"
	"parvis/internal/i18n"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/participation"
	"parvis/internal/participation/tally"
	"parvis/internal/ui"
	"parvis/internal/web"
)

// manageView is what agents do with an election, at the stage it has reached.
type manageView struct {
	electionView
	Offered  []string
	Preset   string
	Proposed *tally.Document // imported: the rules proposed
	Text     string          // the document as proposed or typed
	Progress participation.Progress
	Won      []participation.Project // published: winners that may be tied to an initiative
	Visitor  identity.Visitor
}

// following asks the browser to come back while a count goes on.
func (m manageView) following() string {
	if m.Progress.State == participation.Waiting || m.Progress.State == participation.Counting {
		return "2"
	}
	return ""
}

func (p *Pages) manage(w http.ResponseWriter, r *http.Request) error {
	view, err := p.manageView(r)
	if err != nil {
		return err
	}
	return web.Render(w, r, managePage(view))
}

func (p *Pages) manageView(r *http.Request) (manageView, error) {
	e, err := p.read(r)
	m := manageView{electionView: e, Visitor: web.From(r).Visitor}
	if err != nil {
		return m, err
	}
	switch e.Stage {
	case participation.Imported:
		return m, p.propose(r, &m)
	case participation.Frozen:
		m.Progress, err = p.Room.CountProgress(r.Context(), e.ID)
	case participation.Published:
		err = p.winners(r, &m)
	}
	return m, err
}

// propose fills the form of the rules with a preset and with what was asked beside it.
func (p *Pages) propose(r *http.Request, m *manageView) (err error) {
	m.Offered = participation.RulesOffered(m.Lots)
	m.Preset = cmp.Or(r.FormValue("preset"), m.Offered[0])
	if !slices.Contains(m.Offered, m.Preset) {
		m.Preset = m.Offered[0]
	}
	if m.Proposed, err = p.Room.ProposeRules(r.Context(), m.Election, m.Lots, m.Preset); err != nil {
		return err
	}
	if r.FormValue("preset") != "" && r.Method == http.MethodGet {
		m.Proposed.Publish.Ballots = r.FormValue("publish") == "ballots"
		m.Proposed.Publish.WhatIf = r.FormValue("what_if") == "true"
	}
	m.Rule, m.Doc = participation.Rule(m.Proposed), m.Proposed
	m.Text = string(m.Proposed.Canonical())
	return nil
}

// ruleNames names every rule that the document proposed may name.
func (m manageView) ruleNames(p *i18n.Printer) (names []string) {
	for _, r := range tally.Rules() {
		if r.Fits(m.Proposed.Kind()) {
			names = append(names, RuleName(p, m.Proposed.Ballot.Kind, r.Name))
		}
	}
	return names
}

func (p *Pages) winners(r *http.Request, m *manageView) error {
	for _, l := range m.Lots {
		s, err := p.Room.LotSheet(r.Context(), m.Sheet, l.Code)
		if err != nil {
			return err
		}
		for _, project := range s.Projects {
			if project.Won() {
				m.Won = append(m.Won, project)
			}
		}
	}
	return nil
}

// electionForm is any of the forms of the page.
type electionForm struct {
	Do         string `form:"do"`
	Version    int64  `form:"version"`
	Rules      string `form:"rules"`
	Reason     string `form:"reason"`
	Project    id.ID  `form:"project"`
	Initiative string `form:"initiative"`
	As         id.ID  `form:"as"`
}

func (p *Pages) actOnElection(w http.ResponseWriter, r *http.Request) error {
	v := web.From(r)
	if err := identity.RequireWrite(v.Visitor); err != nil {
		return err
	}
	m, err := p.manageView(r)
	if err != nil {
		return err
	}
	var f electionForm
	if err := web.Decode(r, &f); err != nil {
		return web.Again(w, r, err, managePage(m))
	}
	deed, known := p.deeds()[f.Do]
	if !known {
		return fault.New(fault.Invalid, "fault.invalid")
	}
	if deed.fresh {
		if err := identity.RequireFresh(v.Visitor, v.Now); err != nil {
			return err
		}
	}
	if err := deed.do(r, m, f); err != nil {
		m.Text = cmp.Or(f.Rules, m.Text)
		return web.Again(w, r, err, managePage(m))
	}
	v.Acted(1)
	if f.Do == "withdraw" {
		return web.Done(w, r, v.URL("participation.list"), "participation.done.withdraw")
	}
	return web.Done(w, r, v.URL("participation.manage", m.Number), "participation.done."+f.Do)
}

// deed is one thing that can be done with an election.
type deed struct {
	fresh bool // whoever does it proves again who they are
	do    func(*http.Request, manageView, electionForm) error
}

func (p *Pages) deeds() map[string]deed {
	return map[string]deed{
		"freeze": {true, func(r *http.Request, m manageView, f electionForm) error {
			_, err := p.Room.FreezeRules(r.Context(), m.Visitor.Actor(f.As), participation.Freeze{Election: m.ID, Version: f.Version, Rules: f.Rules})
			return err
		}},
		"retry": {false, func(r *http.Request, m manageView, f electionForm) error {
			return p.Room.RetryCount(r.Context(), m.Visitor.Actor(f.As), m.ID)
		}},
		"publish": {true, func(r *http.Request, m manageView, f electionForm) error {
			_, err := p.Room.PublishResult(r.Context(), m.Visitor.Actor(f.As), m.ID, f.Version)
			return err
		}},
		"withdraw": {true, func(r *http.Request, m manageView, f electionForm) error {
			_, err := p.Room.Withdraw(r.Context(), m.Visitor.Actor(f.As), m.ID, f.Version, f.Reason)
			return err
		}},
		"link": {false, p.link},
	}
}

// link ties a winner to the initiative of a number; an empty number takes the tie away.
func (p *Pages) link(r *http.Request, m manageView, f electionForm) error {
	var initiative id.ID
	if f.Initiative != "" {
		if p.Portfolio == nil {
			return fault.New(fault.NotFound, "participation.link.unknown")
		}
		found, err := p.Portfolio.Named(r.Context(), m.Visitor, []id.ID{id.ID(f.Initiative)})
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return fault.New(fault.Invalid, "participation.form").At("initiative", "participation.link.unknown")
		}
		initiative = found[0].ID
	}
	return p.Room.LinkProject(r.Context(), m.Visitor.Actor(f.As), f.Project, initiative)
}

func presetOptions(ctx context.Context, names []string) []ui.Option {
	out := make([]ui.Option, len(names))
	for i, n := range names {
		out[i] = ui.Option{Value: n, Label: ui.T(ctx, "participation.preset."+n), Hint: ui.T(ctx, "participation.preset."+n+".hint")}
	}
	return out
}

func published(m manageView) string {
	if m.Proposed.Publish.Ballots {
		return "ballots"
	}
	return "totals"
}

func postOptions(v identity.Visitor) []ui.Option {
	out := make([]ui.Option, len(v.Posts))
	for i, p := range v.Posts {
		out[i] = ui.Option{Value: string(p.ID), Label: p.Title}
	}
	return out
}

func wonOptions(list []participation.Project) []ui.Option {
	out := make([]ui.Option, len(list))
	for i, p := range list {
		out[i] = ui.Option{Value: string(p.ID), Label: p.Title}
	}
	return out
}

// refused tells whether a form of this page was refused: it then stands open.
func refused(ctx context.Context, form string) bool {
	a := ui.FrameOf(ctx).Attempt
	return a != nil && a.Form == form
}
