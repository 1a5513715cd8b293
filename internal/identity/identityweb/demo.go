package identityweb

import (
	"net/http"

	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/web"
)

// demoAccount is one of the people a visitor of the demonstration may be.
type demoAccount struct {
	identity.Account
	Posts []identity.PostRef
}

// demo lists the people of the demonstration with what they are today.
func (p *Pages) demo(w http.ResponseWriter, r *http.Request) error {
	accounts, err := p.identity.DemoAccounts(r.Context())
	if err != nil {
		return err
	}
	list := make([]demoAccount, len(accounts))
	for n, a := range accounts {
		list[n].Account = a
		if list[n].Posts, err = p.identity.PostsToday(r.Context(), a.Person); err != nil {
			return err
		}
	}
	return web.Render(w, r, demoPage(list, back(r)))
}

func (p *Pages) enterDemo(w http.ResponseWriter, r *http.Request) error {
	pass, err := p.identity.EnterDemo(r.Context(), id.ID(r.PostFormValue("account")), p.client(r), p.cookies.Get(r, sessionCookie))
	if err != nil {
		return err
	}
	return p.welcome(w, r, pass, back(r))
}

// confirmDemo stands for the passkey of a demonstration account.
func (p *Pages) confirmDemo(w http.ResponseWriter, r *http.Request) error {
	pass, err := p.identity.ConfirmDemo(r.Context(), web.From(r).Visitor, p.client(r))
	if err != nil {
		return err
	}
	return p.welcome(w, r, pass, back(r))
}
