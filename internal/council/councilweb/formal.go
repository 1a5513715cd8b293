package councilweb

import (
	"context"
	"net/http"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/council"
	"parvis/internal/fault"
	"parvis/internal/identity"
	"parvis/internal/web"
)

// formalView is one formal act with its deadlines.
type formalView struct {
	council.Formal
	Clocks []council.LegalClock
	Papers []council.SentPaper // that leave with it; inside alone
	Today  calendar.Day
	MayAct bool
	Inside bool
}

func (p *Pages) formalView(r *http.Request) (formalView, error) {
	v := web.From(r)
	f, err := p.Room.Formal(r.Context(), v.Visitor, r.PathValue("ref"))
	if err != nil {
		return formalView{}, err
	}
	view := formalView{Formal: f, Clocks: f.Clocks(p.Room.Region()), Today: p.Room.Today(), Inside: v.Visitor.Inside(),
		MayAct: v.Visitor.Inside() && !v.Visitor.ReadOnly}
	if view.Leaves() {
		x, err := p.Room.Exchange(r.Context(), v.Visitor, f.Ref, p.sender())
		if err != nil {
			return view, err
		}
		view.Papers = x.Acts[0].Papers
	}
	return view, nil
}

// Leaves tells whether the act has an exchange file that the reader may have.
func (v formalView) Leaves() bool { return v.Inside && v.Status != council.FormalWithdrawn }

func (p *Pages) formal(w http.ResponseWriter, r *http.Request) error {
	view, err := p.formalView(r)
	if err != nil {
		return err
	}
	return web.Render(w, r, formalPage(view))
}

func (p *Pages) actOnFormal(w http.ResponseWriter, r *http.Request) error {
	view, err := p.formalView(r)
	if err != nil {
		return err
	}
	var f formalForm
	if err := web.Decode(r, &f); err != nil {
		return web.Refuse(w, r, err, formalPage(view))
	}
	v := web.From(r)
	if f.Do == "publish" {
		if err := identity.RequireFresh(v.Visitor, v.Now); err != nil {
			return err
		}
	}
	if err := p.doFormal(r.Context(), v.Visitor.Actor(""), view.Formal, f); err != nil {
		return web.Refuse(w, r, err, formalPage(view))
	}
	return web.Done(w, r, v.URL("council.formal", view.Ref), "council.formal.done."+f.Do)
}

func (p *Pages) doFormal(ctx context.Context, by act.Actor, of council.Formal, f formalForm) (err error) {
	switch f.Do {
	case "revise":
		_, err = p.Room.ReviseFormal(ctx, by, of.ID, f.Version, f.form())
	case "send":
		_, err = p.Room.SendFormal(ctx, by, of.ID, f.Version)
	case "mask":
		_, err = p.Room.MaskFormal(ctx, by, of.ID, f.Version, f.masks())
	case "publish":
		_, err = p.Room.PublishFormal(ctx, by, of.ID, f.Version, f.Reviewed)
	case "appeal":
		_, err = p.Room.NoteAppeal(ctx, by, of.ID, f.Version, f.Received, f.Refused)
	case "withdraw":
		_, err = p.Room.WithdrawFormal(ctx, by, of.ID, f.Version, f.Reason)
	default:
		err = fault.New(fault.Invalid, "fault.invalid")
	}
	return err
}
