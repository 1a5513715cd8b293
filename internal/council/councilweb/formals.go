package councilweb

import (
	"context"
	"io"
	"net/http"
	"strings"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/council"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
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

// formalFile sends the file of one act for the délibération tool and the parapheur.
func (p *Pages) formalFile(w http.ResponseWriter, r *http.Request) error {
	x, err := p.Room.Exchange(r.Context(), web.From(r).Visitor, r.PathValue("ref"), p.sender())
	if err != nil {
		return err
	}
	return sendExchange(w, x, x.Acts[0].Ref)
}

// meetingActs sends the file of all the acts of a meeting.
func (p *Pages) meetingActs(w http.ResponseWriter, r *http.Request) error {
	x, err := p.Room.ExchangeOfMeeting(r.Context(), web.From(r).Visitor, r.PathValue("meeting"), p.sender())
	if err != nil {
		return err
	}
	return sendExchange(w, x, x.Acts[0].Meeting)
}

func (p *Pages) sender() council.Sender { return council.Sender{City: p.City, SIRET: p.SIRET} }

// sendExchange writes the archive as it is made. Once it has begun nothing else can be said: a failure cuts it off, and
// an archive without its end does not open.
func sendExchange(w http.ResponseWriter, x *council.Exchange, name string) error {
	w.Header().Set("Content-Type", "application/zip")
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`.zip"`)
	w.Header().Set("Cache-Control", "private, no-store")
	if err := x.Write(w); err != nil {
		panic(http.ErrAbortHandler)
	}
	return nil
}

// stageReturn reads a return file and shows what it would change.
func (p *Pages) stageReturn(w http.ResponseWriter, r *http.Request) error {
	view, err := p.formalsView(r)
	if err != nil {
		return err
	}
	const limit = 20 << 20
	up, err := web.File(r, "file", limit)
	if err != nil {
		return web.Refuse(w, r, err, formalsPage(view))
	}
	if up == nil {
		return web.Again(w, r, invalidField("file", "council.return.choose"), formalsPage(view))
	}
	defer up.File.Close()
	data, err := io.ReadAll(up.File)
	if err != nil {
		return err
	}
	v := web.From(r)
	s, err := p.Room.StageReturn(r.Context(), v.Visitor, data)
	if err != nil {
		return web.Refuse(w, r, err, formalsPage(view))
	}
	return web.See(w, r, v.URL("council.return.see", s.ID))
}

func (p *Pages) seeReturn(w http.ResponseWriter, r *http.Request) error {
	s, err := p.Room.Staged(r.Context(), web.From(r).Visitor, web.PathID(r, "staged"))
	if err != nil {
		return err
	}
	return web.Render(w, r, returnPage(s))
}

func (p *Pages) applyReturn(w http.ResponseWriter, r *http.Request) error {
	v := web.From(r)
	s, err := p.Room.Staged(r.Context(), v.Visitor, web.PathID(r, "staged"))
	if err != nil {
		return err
	}
	n, err := p.Room.ApplyReturn(r.Context(), v.Visitor.Actor(""), v.Visitor, s.ID)
	if err != nil {
		return web.Refuse(w, r, err, returnPage(s))
	}
	return web.Done(w, r, v.URL("council.formals"), "council.return.done", "n", n)
}
