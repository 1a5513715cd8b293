package identityweb

import (
	"net/http"

	"parvis/internal/fault"
	"parvis/internal/identity"
	"parvis/internal/web"
)

// assertionOptions answers the script of the sign-in page with a challenge.
func (p *Pages) assertionOptions(w http.ResponseWriter, r *http.Request) error {
	if err := p.slow(r); err != nil {
		return err
	}
	options, ceremony, err := p.identity.BeginAssertion(r.Context())
	return p.challenge(w, options, ceremony, err)
}

// creationOptions answers the script of the account page with a challenge.
func (p *Pages) creationOptions(w http.ResponseWriter, r *http.Request) error {
	options, ceremony, err := p.identity.BeginPasskey(r.Context(), web.From(r).Visitor)
	return p.challenge(w, options, ceremony, err)
}

func (p *Pages) challenge(w http.ResponseWriter, options []byte, ceremony string, err error) error {
	if err != nil {
		return err
	}
	p.cookies.Set(w, ceremonyCookie, ceremony, identity.CeremonyFor)
	w.Header().Set("Content-Type", web.JSON)
	w.Header().Set("Cache-Control", "no-store")
	w.Write(options) // a reader that has gone can be told nothing
	return nil
}

// usePasskey signs in with a passkey, or proves again who is signed in.
func (p *Pages) usePasskey(w http.ResponseWriter, r *http.Request) error {
	v := web.From(r)
	ceremony, answer := p.cookies.Get(r, ceremonyCookie), []byte(r.PostFormValue("credential"))
	var pass identity.Pass
	var err error
	if v.Visitor.SignedIn() {
		pass, err = p.identity.Confirm(r.Context(), v.Visitor, ceremony, answer, p.client(r))
	} else {
		pass, err = p.identity.SignInByPasskey(r.Context(), ceremony, answer, p.client(r), p.cookies.Get(r, sessionCookie))
	}
	if k := fault.KindOf(err); k == fault.Unauthenticated || k == fault.Denied {
		return p.refuse(w, r, err)
	}
	if err != nil {
		return err
	}
	return p.welcome(w, r, pass, back(r))
}

// refuse shows the doors again and says why none opened.
func (p *Pages) refuse(w http.ResponseWriter, r *http.Request, err error) error {
	d := p.door(r)
	d.Refused = keyOf(err)
	return web.RenderStatus(w, r, web.Status(err), signInPage(d))
}

// addPasskey keeps a new key.
func (p *Pages) addPasskey(w http.ResponseWriter, r *http.Request) error {
	v := web.From(r)
	label := r.PostFormValue("label")
	if label == "" {
		label = identity.Device(r.UserAgent())
	}
	pass, err := p.identity.FinishPasskey(r.Context(), v.Visitor, p.cookies.Get(r, ceremonyCookie),
		[]byte(r.PostFormValue("credential")), label, p.client(r))
	if err != nil {
		return err
	}
	p.enter(w, r, pass)
	return web.Done(w, r, v.URL(web.AccountRoute), "identity.passkey.added")
}

// passkey shows one key: to rename it, or to remove it.
func (p *Pages) passkey(w http.ResponseWriter, r *http.Request) error {
	key, err := p.ownKey(r)
	if err != nil {
		return err
	}
	return web.Render(w, r, passkeyPage(key))
}

func (p *Pages) ownKey(r *http.Request) (identity.Passkey, error) {
	keys, err := p.identity.Passkeys(r.Context(), web.From(r).Visitor)
	if err != nil {
		return identity.Passkey{}, err
	}
	for _, k := range keys {
		if k.ID == r.PathValue("key") {
			return k, nil
		}
	}
	return identity.Passkey{}, fault.New(fault.NotFound, "identity.passkey.not_found")
}

func (p *Pages) changePasskey(w http.ResponseWriter, r *http.Request) error {
	v := web.From(r)
	key := r.PathValue("key")
	if r.PostFormValue("do") == "remove" {
		if err := p.identity.RemovePasskey(r.Context(), v.Visitor, key, p.client(r)); err != nil {
			return err
		}
		return web.Done(w, r, v.URL(web.AccountRoute), "identity.passkey.removed")
	}
	if err := p.identity.RenamePasskey(r.Context(), v.Visitor, key, r.PostFormValue("label")); err != nil {
		return err
	}
	return web.Done(w, r, v.URL(web.AccountRoute), "identity.passkey.renamed")
}
