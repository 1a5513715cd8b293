package identityweb

import (
	"net/http"

	"parvis/internal/fault"
	"parvis/internal/identity"
	"parvis/internal/web"
)

// door is what the sign-in page shows.
type door struct {
	Back      string
	Confirm   bool // signed in already: prove it again
	Demo      bool
	DemoOwn   bool // signed in as a demonstration account
	Passkeys  bool
	Providers []identity.Provider
	Refused   string // message key of a refusal at a provider
}

func (p *Pages) door(r *http.Request) door {
	v := web.From(r).Visitor
	return door{Back: back(r), Confirm: v.SignedIn(), Demo: p.identity.Demo(), DemoOwn: p.identity.Demo() && v.Demo,
		Passkeys: p.identity.HasPasskeys(), Providers: p.identity.Providers(), Refused: refusals[r.URL.Query().Get("echec")]}
}

// refusals are the failures that a provider's callback may send here, by their name in the address.
var refusals = map[string]string{
	"ceremonie": "identity.ceremony.gone", "refus": "identity.oidc.refused", "inconnu": "identity.oidc.unknown",
	"autre": "identity.oidc.other", "adresse": "identity.oidc.email_taken", "absent": "identity.oidc.unreachable",
}

// signIn shows the ways in; to who is in already, the ways to prove it again.
func (p *Pages) signIn(w http.ResponseWriter, r *http.Request) error {
	return web.Render(w, r, signInPage(p.door(r)))
}

// askLink sends a link, or says that it did.
func (p *Pages) askLink(w http.ResponseWriter, r *http.Request) error {
	var form struct {
		Email string `form:"email,required,max=254"`
	}
	if err := p.slow(r); err != nil {
		return err
	}
	v := web.From(r)
	err := web.Decode(r, &form)
	if err == nil {
		err = p.identity.RequestLink(r.Context(), form.Email, v.Lang, back(r), p.client(r))
	}
	if err != nil {
		return web.Again(w, r, err, signInPage(p.door(r)))
	}
	return web.See(w, r, v.URL("sign_in.sent"))
}

// sent says the same thing whether or not somebody has the address.
func (p *Pages) sent(w http.ResponseWriter, r *http.Request) error {
	return web.Render(w, r, sentPage())
}

func (p *Pages) registration(w http.ResponseWriter, r *http.Request) error {
	return web.Render(w, r, registerPage(back(r)))
}

func (p *Pages) register(w http.ResponseWriter, r *http.Request) error {
	var form struct {
		Email string `form:"email,required,max=254"`
		Name  string `form:"name,required,max=120"`
	}
	if err := p.slow(r); err != nil {
		return err
	}
	v := web.From(r)
	err := web.Decode(r, &form)
	if err == nil {
		err = p.identity.Register(r.Context(), form.Email, form.Name, v.Lang, back(r), p.client(r))
	}
	if err != nil {
		return web.Again(w, r, err, registerPage(back(r)))
	}
	return web.See(w, r, v.URL("sign_in.sent"))
}

// openLink shows the button of a link. It changes nothing: mail scanners come here too.
func (p *Pages) openLink(w http.ResponseWriter, r *http.Request) error {
	private(w)
	token := r.URL.Query().Get("token")
	link, err := p.identity.PeekLink(r.Context(), token)
	if fault.KindOf(err) == fault.Gone {
		return web.RenderStatus(w, r, http.StatusGone, linkGonePage())
	}
	if err != nil {
		return err
	}
	return web.Render(w, r, linkPage(link, token))
}

// useLink consumes the link and lets in.
func (p *Pages) useLink(w http.ResponseWriter, r *http.Request) error {
	private(w)
	pass, err := p.identity.UseLink(r.Context(), r.PostFormValue("token"), p.client(r), p.cookies.Get(r, sessionCookie))
	if fault.KindOf(err) == fault.Gone {
		return web.RenderStatus(w, r, http.StatusGone, linkGonePage())
	}
	if err != nil {
		return err
	}
	return p.welcome(w, r, pass, pass.Back)
}

// signOut ends the session, here and at the provider that opened it.
func (p *Pages) signOut(w http.ResponseWriter, r *http.Request) error {
	ended, err := p.identity.SignOut(r.Context(), p.cookies.Get(r, sessionCookie), p.client(r))
	if err != nil {
		return err
	}
	p.cookies.Clear(w, sessionCookie)
	v := web.From(r)
	if away := p.identity.EndAtProvider(r.Context(), ended); away != "" {
		private(w)
		return web.Render(w, r, leavingPage("identity.sign_out.provider", away))
	}
	return web.Done(w, r, "/"+v.Lang+"/", "identity.signed_out")
}
