package councilweb

import (
	"net/http"

	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/web"
)

// secret keeps a page behind a secret address out of every cache and every referrer.
func secret(w http.ResponseWriter) {
	w.Header().Set("Cache-Control", "private, no-store")
	w.Header().Set("Referrer-Policy", "no-referrer")
}

func (p *Pages) letterView(r *http.Request) (visaView, error) {
	token := r.PathValue("token")
	l, err := p.Room.ReadVisaLetter(r.Context(), token)
	if err != nil {
		return visaView{}, err
	}
	names, err := p.postNames(r, []id.ID{l.Visa.Post})
	return visaView{VisaLine: l.VisaLine, Post: names[l.Visa.Post], To: web.From(r).URL("council.visa.letter", token), Today: p.Room.Today(),
		Form: l.Waits() && !l.Stale && !l.Spec.NoMail, Stale: l.Stale, Letter: true}, err
}

func (p *Pages) visaLetter(w http.ResponseWriter, r *http.Request) error {
	view, err := p.letterView(r)
	if err != nil {
		return err
	}
	secret(w)
	return web.Render(w, r, visaPage(view))
}

// answerVisaLetter gives the answer of the form behind the link. Only a POST does: mail scanners open links.
func (p *Pages) answerVisaLetter(w http.ResponseWriter, r *http.Request) error {
	view, err := p.letterView(r)
	if err != nil {
		return err
	}
	secret(w)
	var f visaForm
	if err := web.Decode(r, &f); err != nil {
		return web.Again(w, r, err, visaPage(view))
	}
	done, err := p.Room.ActByToken(r.Context(), r.PathValue("token"), f.Answer, f.Text)
	if fault.KindOf(err) == fault.Invalid {
		return web.Again(w, r, err, visaPage(view))
	}
	if err != nil {
		return err
	}
	view.Visa = done
	return web.Render(w, r, visaThanksPage(view))
}
