package councilweb

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"strings"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/council"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/web"
)

// formalsView is the list of the formal acts.
type formalsView struct {
	All       []council.Formal
	Decisions []council.DecisionLine // of which an act may be made
	MayAct    bool
}

// formalForm is what is typed of a formal act.
type formalForm struct {
	Do         string             `form:"do,max=20"`
	Version    int64              `form:"version"`
	Decision   id.ID              `form:"decision,max=64"`
	Kind       council.FormalKind `form:"kind,max=20"`
	Title      string             `form:"title,max=1000"`
	MatterCode string             `form:"matter_code,max=10"`
	MatterName string             `form:"matter_name,max=250"`
	BudgetYear string             `form:"budget_year,max=9"`
	BudgetName string             `form:"budget_name,max=250"`
	Transmit   bool               `form:"transmit"`
	Remedies   bool               `form:"remedies"`
	Signatory  string             `form:"signatory,max=250"`
	Masks      string             `form:"masks"`
	Reviewed   bool               `form:"reviewed"`
	Reason     string             `form:"reason,max=20000"`
}

func (f formalForm) form() council.FormalForm {
	return council.FormalForm{Decision: f.Decision, Kind: f.Kind, FormalText: council.FormalText{Title: f.Title, MatterCode: f.MatterCode,
		MatterName: f.MatterName, BudgetYear: f.BudgetYear, BudgetName: f.BudgetName, Transmit: f.Transmit, Remedies: f.Remedies, Signatory: f.Signatory}}
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
	view.Decisions, err = p.Room.DecisionsToFormalise(r.Context(), v.Visitor)
	return view, err
}

func (p *Pages) formals(w http.ResponseWriter, r *http.Request) error {
	view, err := p.formalsView(r)
	if err != nil {
		return err
	}
	return web.Render(w, r, formalsPage(view))
}

func (p *Pages) prepareFormal(w http.ResponseWriter, r *http.Request) error {
	view, err := p.formalsView(r)
	if err != nil {
		return err
	}
	var f formalForm
	if err := web.Decode(r, &f); err != nil {
		return web.Refuse(w, r, err, formalsPage(view))
	}
	v := web.From(r)
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
	Today  calendar.Day
	MayAct bool
	Inside bool
}

func (p *Pages) formalView(r *http.Request) (formalView, error) {
	v := web.From(r)
	f, err := p.Room.Formal(r.Context(), v.Visitor, r.PathValue("ref"))
	return formalView{Formal: f, Clocks: f.Clocks(p.Room.Region()), Today: p.Room.Today(), Inside: v.Visitor.Inside(),
		MayAct: v.Visitor.Inside() && !v.Visitor.ReadOnly}, err
}

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
	default:
		_, err = p.Room.WithdrawFormal(ctx, by, of.ID, f.Version, f.Reason)
	}
	return err
}

// formalFile sends the file for the délibération tool and the parapheur.
func (p *Pages) formalFile(w http.ResponseWriter, r *http.Request) error {
	ref := r.PathValue("ref")
	var body bytes.Buffer
	if err := p.Room.ExchangeFile(r.Context(), web.From(r).Visitor, &body, ref, p.City, p.SIRET); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/zip")
	w.Header().Set("Content-Disposition", `attachment; filename="`+ref+`.zip"`)
	w.Header().Set("Cache-Control", "private, no-store")
	w.Write(body.Bytes()) // a reader that has gone can be told nothing
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
