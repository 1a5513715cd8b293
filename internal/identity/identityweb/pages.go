// Package identityweb is the pages of identity: signing in and out, one's own account, and for
// administrators the accounts, the directory and the security log.
//
// Everything but passkeys works without a script. Handlers decode, call identity, and answer; what may
// be done is decided there.
package identityweb

import (
	"embed"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"parvis/internal/clock"
	"parvis/internal/fault"
	"parvis/internal/identity"
	"parvis/internal/web"
)

// Messages holds the catalogues of identity: its pages, its mails, its faults, its acts.
//
//go:embed messages/*.toml
var Messages embed.FS

// Assets holds the script of passkeys and the few styles of these pages, for web.Config.Assets.
//
//go:embed js css
var Assets embed.FS

// Config is what the pages need.
type Config struct {
	Identity *identity.Identity
	Cookies  web.Cookies
	Clock    clock.Clock
	// Address gives the network address of the browser; nil: the other end of the connection.
	Address func(*http.Request) string
	// Mails is the name of the route where agents choose their mails; "": there is none.
	Mails string
}

// Pages answers the routes of identity.
type Pages struct {
	identity *identity.Identity
	cookies  web.Cookies
	address  func(*http.Request) string
	mails    string
	asked    *web.Limiter // links and ceremonies asked for, by address
}

// New makes the pages.
func New(c Config) *Pages {
	if c.Address == nil {
		c.Address = remote
	}
	if c.Clock == nil {
		c.Clock = clock.System{}
	}
	return &Pages{identity: c.Identity, cookies: c.Cookies, address: c.Address, mails: c.Mails,
		asked: web.NewLimiter(c.Clock, web.Rate{Burst: 30, PerMinute: 10})}
}

// The cookies of identity.
const (
	sessionCookie  = "session"
	ceremonyCookie = "ceremony" // a passkey challenge being answered
	providerCookie = "provider" // away at an OpenID provider
)

// Identify tells who is behind a request: it is the Identify of web.Config.
func (p *Pages) Identify(r *http.Request) (identity.Visitor, error) {
	return p.identity.Visitor(r.Context(), p.cookies.Get(r, sessionCookie))
}

func (p *Pages) client(r *http.Request) identity.Client {
	return identity.Client{Address: p.address(r), Agent: r.UserAgent()}
}

func remote(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

// slow refuses an address that asks for too much.
func (p *Pages) slow(r *http.Request) error {
	if _, ok := p.asked.Take(p.address(r)); !ok {
		return fault.New(fault.TooMany, "fault.too_many")
	}
	return nil
}

// enter gives the browser its session. The cookie's life is relative: a demonstration has a clock of its own.
func (p *Pages) enter(w http.ResponseWriter, r *http.Request, pass identity.Pass) {
	p.cookies.Set(w, sessionCookie, pass.Token, pass.Session.EndsAt.Sub(web.From(r).Now).Round(time.Second))
	p.cookies.Clear(w, ceremonyCookie)
	p.cookies.Clear(w, providerCookie)
}

// home is where a visitor goes who asked for no page: whoever may only read learns how to act.
func home(v *web.Visit, pass identity.Pass) string {
	if pass.Session.ReadOnly && v.Has(web.AccountRoute) {
		return v.URL(web.AccountRoute)
	}
	return "/" + v.Lang + "/"
}

// welcome leads a visitor who just signed in, or proved it again, to the page that was asked for.
func (p *Pages) welcome(w http.ResponseWriter, r *http.Request, pass identity.Pass, back string) error {
	p.enter(w, r, pass)
	v := web.From(r)
	key := "identity.welcome"
	if v.Visitor.Account == pass.Account.ID {
		key = "identity.confirmed"
	}
	return web.Done(w, r, web.Local(back, home(v, pass)), key, "name", pass.Account.Name)
}

// back is the page of this site to return to, named by the query or the form.
func back(r *http.Request) string {
	return web.Local(r.FormValue("back"), "")
}

// private keeps a page that shows a secret out of caches. Its address never leaves either: the
// Referrer-Policy of the site is same-origin, and no-referrer would take the Origin away from its form.
func private(w http.ResponseWriter) { w.Header().Set("Cache-Control", "no-store") }

func withQuery(address, name, value string) string {
	if value == "" {
		return address
	}
	separator := "?"
	if strings.Contains(address, "?") {
		separator = "&"
	}
	return address + separator + name + "=" + url.QueryEscape(value)
}
