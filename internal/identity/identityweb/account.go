package identityweb

import (
	"encoding/json"
	"net/http"

	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/web"
)

// ownAccount is what the account page shows.
type ownAccount struct {
	identity.Account
	Visitor  identity.Visitor
	Sessions []identity.Session
	Passkeys []identity.Passkey

	Mails       string // route of the page of mails; "": none for this visitor
	HasPasskeys bool   // the site has an address that allows them
}

func (p *Pages) own(r *http.Request) (a ownAccount, err error) {
	a.Visitor, a.HasPasskeys = web.From(r).Visitor, p.identity.HasPasskeys()
	if a.Visitor.Inside() {
		a.Mails = p.mails
	}
	if a.Account, err = p.identity.Account(r.Context(), a.Visitor.Account); err != nil {
		return a, err
	}
	if a.Sessions, err = p.identity.Sessions(r.Context(), a.Visitor); err != nil {
		return a, err
	}
	a.Passkeys, err = p.identity.Passkeys(r.Context(), a.Visitor)
	return a, err
}

// account shows one's own account.
func (p *Pages) account(w http.ResponseWriter, r *http.Request) error {
	a, err := p.own(r)
	if err != nil {
		return err
	}
	return web.Render(w, r, accountPage(a))
}

// preferences changes the name and the language.
func (p *Pages) preferences(w http.ResponseWriter, r *http.Request) error {
	var form struct {
		Name string `form:"name,max=120"`
		Lang string `form:"lang"`
	}
	v := web.From(r)
	err := web.Decode(r, &form)
	if err == nil {
		err = p.identity.Preferences(r.Context(), v.Visitor, form.Name, form.Lang)
	}
	if err != nil {
		a, reading := p.own(r)
		if reading != nil {
			return reading
		}
		return web.Again(w, r, err, accountPage(a))
	}
	return web.Done(w, r, v.URL(web.AccountRoute), "identity.preferences.saved")
}

// revoke ends one session, or all the others.
func (p *Pages) revoke(w http.ResponseWriter, r *http.Request) error {
	v := web.From(r)
	session := id.ID(r.PostFormValue("session"))
	if session == "" && r.PostFormValue("all") == "" {
		return fault.New(fault.Invalid, "fault.invalid")
	}
	if err := p.identity.Revoke(r.Context(), v.Visitor, session, p.client(r)); err != nil {
		return err
	}
	return web.Done(w, r, v.URL(web.AccountRoute), "identity.session.revoked")
}

// export gives a copy of everything kept about the person.
func (p *Pages) export(w http.ResponseWriter, r *http.Request) error {
	data, err := p.identity.Export(r.Context(), web.From(r).Visitor, p.client(r))
	if err != nil {
		return err
	}
	body, err := json.MarshalIndent(data, "", "  ")
	if err != nil {
		return err
	}
	private(w)
	web.Download(w, web.JSON, "donnees-personnelles.json")
	w.Write(body) // a reader that has gone can be told nothing
	return nil
}

// erasure says what erasing an account does.
func (p *Pages) erasure(w http.ResponseWriter, r *http.Request) error {
	a, err := p.own(r)
	if err != nil {
		return err
	}
	return web.Render(w, r, erasePage(a.Account))
}

// erase forgets the account, once the person has ticked that they understood.
func (p *Pages) erase(w http.ResponseWriter, r *http.Request) error {
	v := web.From(r)
	if r.PostFormValue("sure") != "true" {
		a, err := p.own(r)
		if err != nil {
			return err
		}
		unsure := fault.New(fault.Invalid, "identity.erase.unsure").At("sure", "identity.erase.unsure")
		return web.Again(w, r, unsure, erasePage(a.Account))
	}
	if err := p.identity.Erase(r.Context(), v.Visitor, p.client(r)); err != nil {
		return err
	}
	p.cookies.Clear(w, sessionCookie)
	return web.Done(w, r, "/"+v.Lang+"/", "identity.erased")
}
