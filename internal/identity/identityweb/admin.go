package identityweb

import (
	"net/http"
	"strconv"

	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/ui"
	"parvis/internal/web"
)

const accountsPerPage = 50

// accountList is one page of the accounts that match a search.
type accountList struct {
	Text   string
	Kind   string
	Only   string
	Found  []identity.Account
	Pager  ui.Pager
	Resets []identity.KeyReset
}

// accounts lists the accounts.
func (p *Pages) accounts(w http.ResponseWriter, r *http.Request) error {
	v, q := web.From(r), r.URL.Query()
	page, _ := strconv.Atoi(q.Get("page"))
	page = max(page, 1)
	l := accountList{Text: q.Get("q"), Kind: q.Get("kind"), Only: q.Get("only")}
	found, total, err := p.identity.Accounts(r.Context(), identity.AccountFilter{Text: l.Text, Kind: identity.AccountKind(l.Kind),
		Only: l.Only, Offset: (page - 1) * accountsPerPage, Limit: accountsPerPage})
	if err != nil {
		return err
	}
	if l.Resets, err = p.identity.KeyResets(r.Context()); err != nil {
		return err
	}
	q.Del("page")
	l.Found, l.Pager = found, ui.Pager{Page: page, Size: accountsPerPage, Total: total, URL: func(n int) string {
		return v.URL("admin.accounts") + "?" + q.Encode() + "&page=" + strconv.Itoa(n)
	}}
	return web.Render(w, r, accountsPage(l))
}

// accountView is one account as an administrator sees it.
type accountView struct {
	identity.Account
	Posts  []identity.PostRef
	Events []identity.Event
	Own    bool
	Reset  *identity.KeyReset // waits for a second administrator
	Mine   bool               // … and this visitor asked for it
}

func (p *Pages) view(r *http.Request) (a accountView, err error) {
	if a.Account, err = p.identity.Account(r.Context(), web.PathID(r, "account")); err != nil {
		return a, err
	}
	if a.Posts, err = p.identity.PostsToday(r.Context(), a.Person); err != nil {
		return a, err
	}
	if a.Events, err = p.identity.Events(r.Context(), a.ID, 20); err != nil {
		return a, err
	}
	me := web.From(r).Visitor.Account
	a.Own = a.ID == me
	waiting, err := p.identity.KeyResets(r.Context())
	for _, k := range waiting {
		if k.Account == a.ID {
			a.Reset, a.Mine = &k, k.AskedBy == me
		}
	}
	return a, err
}

// oneAccount shows an account and the decisions that can be taken about it.
func (p *Pages) oneAccount(w http.ResponseWriter, r *http.Request) error {
	a, err := p.view(r)
	if err != nil {
		return err
	}
	return web.Render(w, r, oneAccountPage(a))
}

// changeAccount takes one of these decisions.
func (p *Pages) changeAccount(w http.ResponseWriter, r *http.Request) error {
	var form struct {
		Do      string `form:"do,required"`
		Version int64  `form:"version"`
		Motive  string `form:"motive,max=500"`
	}
	if err := web.Decode(r, &form); err != nil {
		return err
	}
	v, account := web.From(r), web.PathID(r, "account")
	if err := p.decide(r, account, form.Do, form.Version, form.Motive); err != nil {
		return err
	}
	return web.Done(w, r, v.URL("admin.account", account), "identity.decided."+form.Do)
}

func (p *Pages) decide(r *http.Request, account id.ID, do string, version int64, motive string) error {
	v := web.From(r)
	switch c := identity.Change(do); c {
	case identity.GrantAdmin, identity.WithdrawAdmin, identity.Disable, identity.Enable:
		v.Acted(1)
		return p.identity.ChangeAccount(r.Context(), v.Visitor, account, version, c, motive)
	case "ask_reset":
		return p.identity.AskKeyReset(r.Context(), v.Visitor, account, p.client(r))
	case "confirm_reset":
		v.Acted(1)
		return p.identity.ConfirmKeyReset(r.Context(), v.Visitor, account)
	}
	return fault.New(fault.Invalid, "identity.account.change_unknown")
}

const eventsShown = 200

// security shows the latest events of the security log.
func (p *Pages) security(w http.ResponseWriter, r *http.Request) error {
	events, err := p.identity.Events(r.Context(), "", eventsShown)
	if err != nil {
		return err
	}
	return web.Render(w, r, securityPage(events))
}
