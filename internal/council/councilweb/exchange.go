package councilweb

import (
	"io"
	"net/http"

	"parvis/internal/council"
	"parvis/internal/web"
)

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
