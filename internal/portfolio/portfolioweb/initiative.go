package portfolioweb

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"slices"

	"github.com/a-h/templ"

	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/portfolio"
	"parvis/internal/web"
)

// sheetView is the page of one initiative, and what the pages around it share.
type sheetView struct {
	portfolio.Sheet
	Book    *book
	Visitor identity.Visitor
	MayAct  bool // forms are shown; the powers answer when they are sent
	Follow  bool // letters can be sent
	Journal templ.Component
	Beside  templ.Component
	Mine    map[id.ID]bool // parts that one of the visitor's posts may answer for
}

// sheet reads the initiative of the address. A tombstone is a fault of kind Gone.
func (p *Pages) sheet(r *http.Request) (sheetView, error) {
	v := web.From(r)
	s, err := p.Room.Sheet(r.Context(), v.Visitor, r.PathValue("number"))
	if err != nil {
		return sheetView{}, err
	}
	view := sheetView{Sheet: s, Visitor: v.Visitor, MayAct: mayAct(v.Visitor), Follow: p.AskToConfirm != nil && s.Public()}
	if view.Book, err = p.open(r, s.Posts, s.Units); err != nil {
		return view, err
	}
	if err := view.Book.name(r, view.Book.units, p.Names.Units, known(view.answerUnits())); err != nil {
		return view, err
	}
	if err := view.Book.name(r, view.Book.posts, p.Names.Posts, postIDs(v.Visitor)); err != nil {
		return view, err
	}
	view.Mine, err = p.mine(r.Context(), v.Visitor, s.Parts)
	return view, err
}

// answerUnits are the units for which something was decided.
func (s sheetView) answerUnits() []id.ID {
	var out []id.ID
	for _, a := range s.Arbitrations {
		out = append(out, a.Answers.Units...)
	}
	return out
}

func postIDs(v identity.Visitor) []id.ID {
	out := make([]id.ID, len(v.Posts))
	for i, p := range v.Posts {
		out[i] = p.ID
	}
	return out
}

// mine finds the parts for which the visitor may answer.
func (p *Pages) mine(ctx context.Context, v identity.Visitor, parts []portfolio.Part) (map[id.ID]bool, error) {
	out := map[id.ID]bool{}
	for _, part := range parts {
		if part.Unit == "" || !mayAct(v) {
			continue
		}
		ok, err := p.speaks(ctx, v, part.Unit)
		if err != nil {
			return nil, err
		}
		out[part.ID] = ok
	}
	return out, nil
}

func (p *Pages) speaks(ctx context.Context, v identity.Visitor, unit id.ID) (bool, error) {
	for _, post := range v.Posts {
		if post.UnitID == unit {
			return true, nil
		}
		if p.SpeaksFor == nil {
			continue
		}
		if ok, err := p.SpeaksFor(ctx, post.ID, unit); ok || err != nil {
			return ok, err
		}
	}
	return false, nil
}

func (p *Pages) initiative(w http.ResponseWriter, r *http.Request) error {
	s, err := p.sheet(r)
	if fault.KindOf(err) == fault.Gone {
		return p.tombstone(w, r, err)
	}
	if err != nil {
		return err
	}
	if key := r.PathValue("number"); key != s.Number {
		return web.See(w, r, web.From(r).URL("portfolio.initiative", s.Number)) // found by its id: one address is enough
	}
	if p.Config.Journal != nil {
		s.Journal = p.Config.Journal(r.Context(), s.Ref())
	}
	if p.Config.Beside != nil {
		if s.Beside, err = p.Config.Beside(r.Context(), s.Initiative); err != nil {
			return err
		}
	}
	return web.Render(w, r, initiativePage(s))
}

// tombstone says that something was here (I17).
func (p *Pages) tombstone(w http.ResponseWriter, r *http.Request, err error) error {
	f, ok := errors.AsType[*fault.Error](err)
	if !ok {
		return err
	}
	var journal templ.Component
	return web.RenderStatus(w, r, http.StatusGone, tombstonePage(web.From(r).P.Error(f), journal))
}

// partGroups sorts parts the way people ask about them: who is in it, who was asked, who is only said
// to be in it, and what is over.
type partGroups struct{ In, Asked, Stated, Over []portfolio.Part }

func (s sheetView) groups() partGroups {
	var g partGroups
	for _, part := range s.Parts {
		switch {
		case part.Partner():
			g.In = append(g.In, part)
		case part.Status == portfolio.Proposed || part.Status == portfolio.Countered:
			g.Asked = append(g.Asked, part)
		case part.Status == portfolio.Reported:
			g.Stated = append(g.Stated, part)
		default:
			g.Over = append(g.Over, part)
		}
	}
	slices.SortStableFunc(g.In, func(a, b portfolio.Part) int { return leadFirst(b) - leadFirst(a) })
	return g
}

func leadFirst(p portfolio.Part) int {
	switch p.Role {
	case portfolio.Lead:
		return 2
	case portfolio.CoLead:
		return 1
	}
	return 0
}

// who names the unit or the outside actor of a part.
func (s sheetView) who(p portfolio.Part) Label {
	if p.Unit == "" {
		return Label{Short: p.Actor, Long: p.Actor}
	}
	return s.Book.unit(p.Unit)
}

// decided and waiting part the questions; what was withdrawn is left to the journal.
func (s sheetView) decided() []portfolio.ArbitrationLine {
	var out []portfolio.ArbitrationLine
	for _, a := range slices.Backward(s.Arbitrations) {
		if a.Status == portfolio.Decided {
			out = append(out, a)
		}
	}
	return out
}

func (s sheetView) waiting() []portfolio.ArbitrationLine {
	var out []portfolio.ArbitrationLine
	for _, a := range s.Arbitrations {
		if a.Waiting() || a.Status == portfolio.Returned {
			out = append(out, a)
		}
	}
	return out
}

// budgetSources groups the figures by who states them.
func (s sheetView) budgetSources() []budgetSource {
	by := map[string][]portfolio.Figure{}
	for _, f := range s.Budget {
		by[f.Source] = append(by[f.Source], f)
	}
	var out []budgetSource
	for _, name := range slices.Sorted(maps.Keys(by)) {
		out = append(out, budgetSource{name, by[name]})
	}
	return out
}

type budgetSource struct {
	Name    string
	Figures []portfolio.Figure
}
