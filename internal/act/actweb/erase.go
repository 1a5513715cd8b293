package actweb

import (
	"context"
	"net/http"

	"parvis/internal/act"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/ui"
	"parvis/internal/web"
)

// erasing are the routes by which an administrator effaces a text that a person asks to be effaced.
func (p *Pages) erasing() []web.Route {
	if p.Log == nil {
		return nil
	}
	const fr, en = "/journal/textes/{id}/effacer", "/public-log/texts/{id}/efface"
	return []web.Route{
		{Name: "log.erase", Method: "GET", FR: fr, EN: en, Audience: web.Admin, Handler: p.askErase},
		{Name: "log.erase", Method: "POST", FR: fr, EN: en, Audience: web.Admin, Handler: p.erase},
	}
}

// mayErase tells whether the page offers effacement. Whether it is allowed is asked of the powers.
func mayErase(ctx context.Context) bool {
	v := web.Of(ctx)
	return v.Has("log.erase") && v.Visitor.Is(identity.Admin)
}

// eraseForm is what an effacement asks for.
type eraseForm struct {
	Reason string `form:"reason,max=1000"`
}

// eraseView is the page that asks once more.
type eraseView struct {
	line
	text act.ReadText
}

func (p *Pages) eraseView(r *http.Request) (eraseView, error) {
	v := web.From(r)
	e, err := act.FindText(r.Context(), p.Readers, reader(v), id.ID(r.PathValue("id")))
	if err != nil {
		return eraseView{}, err
	}
	lines, err := p.lines(r.Context(), v, []act.Entry{e})
	if err != nil {
		return eraseView{}, err
	}
	if len(lines) == 0 {
		return eraseView{}, fault.New(fault.Denied, "actweb.withheld")
	}
	for _, t := range e.Texts {
		if t.ID == id.ID(r.PathValue("id")) && t.ErasedBy == "" {
			return eraseView{lines[0], t}, nil
		}
	}
	return eraseView{}, fault.New(fault.Gone, "act.text_erased")
}

func (p *Pages) askErase(w http.ResponseWriter, r *http.Request) error {
	view, err := p.eraseView(r)
	if err != nil {
		return err
	}
	return web.Render(w, r, erasePage(view))
}

func (p *Pages) erase(w http.ResponseWriter, r *http.Request) error {
	v := web.From(r)
	if err := identity.RequireWrite(v.Visitor); err != nil {
		return err
	}
	view, err := p.eraseView(r)
	if err != nil {
		return err
	}
	var form eraseForm
	if err := web.Decode(r, &form); err != nil {
		return web.Again(w, r, err, erasePage(view))
	}
	_, err = act.EraseText(r.Context(), p.Log, v.Visitor.Actor(""), act.Erasure{Text: view.text.ID, Reason: form.Reason, Copies: p.Copies})
	if err != nil {
		return web.Again(w, r, err, erasePage(view))
	}
	v.Acted(1)
	return web.Done(w, r, v.URL("log.act", view.entry.ID), "actweb.erase.done")
}

func eraseURL(ctx context.Context, t act.ReadText) string { return ui.Link(ctx, "log.erase", t.ID) }
