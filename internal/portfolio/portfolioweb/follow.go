package portfolioweb

import (
	"net/http"

	"parvis/internal/fault"
	"parvis/internal/portfolio"
	"parvis/internal/web"
)

type followForm struct {
	Email string `form:"email,required,max=254"`
}

// follow asks an address to confirm; the page does not tell whether it follows already.
func (p *Pages) follow(w http.ResponseWriter, r *http.Request) error {
	s, err := p.sheet(r)
	if err != nil {
		return err
	}
	if p.AskToConfirm == nil {
		return fault.New(fault.NotFound, "fault.not_found")
	}
	var f followForm
	if err := web.Decode(r, &f); err != nil {
		return web.Again(w, r, err, initiativePage(s))
	}
	v := web.From(r)
	ask, err := p.Room.Follow(r.Context(), v.Visitor, s.ID, f.Email, v.Lang)
	if err != nil {
		return web.Again(w, r, err, initiativePage(s))
	}
	if ask.Confirm != "" {
		if err := p.AskToConfirm(r.Context(), ask, s.Initiative); err != nil {
			return err
		}
	}
	return web.Done(w, r, v.URL("portfolio.initiative", s.Number), "portfolio.follow.sent")
}

// followLink shows what a link of a letter is about, with a button; opening it changes nothing.
func (p *Pages) followLink(name string) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		about, err := p.Room.ReadFollow(r.Context(), r.PathValue("secret"))
		if err != nil {
			return err
		}
		private(w)
		return web.Render(w, r, followPage(name, r.PathValue("secret"), about))
	}
}

func (p *Pages) confirmFollow(w http.ResponseWriter, r *http.Request) error {
	about, err := p.Room.ReadFollow(r.Context(), r.PathValue("secret"))
	if err != nil {
		return err
	}
	if err := p.Room.ConfirmFollow(r.Context(), r.PathValue("secret")); err != nil {
		return err
	}
	return p.afterFollow(w, r, about, "portfolio.follow.confirmed")
}

func (p *Pages) leaveFollow(w http.ResponseWriter, r *http.Request) error {
	about, err := p.Room.ReadFollow(r.Context(), r.PathValue("secret"))
	if err != nil {
		return err
	}
	if err := p.Room.LeaveFollow(r.Context(), r.PathValue("secret")); err != nil {
		return err
	}
	return p.afterFollow(w, r, about, "portfolio.follow.left")
}

func (p *Pages) afterFollow(w http.ResponseWriter, r *http.Request, about portfolio.Summary, key string) error {
	return web.Done(w, r, web.From(r).URL("portfolio.initiative", about.Number), key)
}

// private keeps a page whose address is a secret out of caches and of the Referer header.
func private(w http.ResponseWriter) {
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Referrer-Policy", "no-referrer")
}
