package identityweb

import (
	"errors"
	"net/http"

	"parvis/internal/fault"
	"parvis/internal/identity"
	"parvis/internal/web"
)

// keyOf is the message key of a fault, "" when err is none.
func keyOf(err error) string {
	if f, ok := errors.AsType[*fault.Error](err); ok {
		return f.Key
	}
	return ""
}

// toProvider leads to an OpenID provider, by a page of ours: a form must not lead elsewhere directly
// (form-action of the content security policy holds along the whole way, which goes on from there).
func (p *Pages) toProvider(w http.ResponseWriter, r *http.Request) error {
	if err := p.slow(r); err != nil {
		return err
	}
	v := web.From(r)
	address, ceremony, err := p.identity.BeginProvider(r.Context(), r.PathValue("provider"), v.Visitor, v.Lang, back(r))
	if err != nil {
		return err
	}
	private(w)
	p.cookies.Set(w, providerCookie, ceremony, identity.CeremonyFor)
	return web.Render(w, r, leavingPage("identity.sign_in.provider", address))
}

// fromProvider takes the provider's answer. The address is in French because it is registered once;
// whoever came in English goes on in English, refused or not.
func (p *Pages) fromProvider(w http.ResponseWriter, r *http.Request) error {
	private(w)
	v := web.From(r)
	pass, lang, err := p.identity.FinishProvider(r.Context(), r.PathValue("provider"), p.cookies.Get(r, providerCookie),
		r.URL.Query(), p.client(r), p.cookies.Get(r, sessionCookie))
	p.cookies.Clear(w, providerCookie)
	if lang == "" {
		lang = v.Lang
	}
	if key := keyOf(err); key != "" {
		for name, known := range refusals {
			if key == known {
				return web.See(w, r, withQuery(v.Frame.Link(lang, web.SignInRoute), "echec", name))
			}
		}
	}
	if err != nil {
		return err
	}
	p.enter(w, r, pass)
	return web.See(w, r, web.Local(pass.Back, "/"+lang+"/"))
}
