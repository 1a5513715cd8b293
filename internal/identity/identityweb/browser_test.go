package identityweb_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"parvis/internal/act"
	"parvis/internal/act/acttest"
	"parvis/internal/calendar"
	"parvis/internal/clock"
	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/identity/identityweb"
	"parvis/internal/powers"
	"parvis/internal/ui/uitest"
	"parvis/internal/web"
	"parvis/internal/web/webtest"
)

var ctx = context.Background()

// town is a site with the pages of identity over a real database.
type town struct {
	t     *testing.T
	d     *db.DB
	clock *clock.Set
	id    *identity.Identity
	site  *web.Site
	mail  []identity.LinkMail
	posts map[id.ID][]identity.PostRef
}

func each(t *testing.T, test func(t *testing.T, c *town)) {
	t.Helper()
	eachWith(t, func(*identity.Config) {}, test)
}

func eachWith(t *testing.T, change func(*identity.Config), test func(t *testing.T, c *town)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(t, found(t, dbtest.SQLite, webtest.Origin, change)) })
	t.Run("postgres", func(t *testing.T) { test(t, found(t, dbtest.Postgres, webtest.Origin, change)) })
}

func found(t *testing.T, open func(testing.TB, clock.Clock) *db.DB, origin string, change func(*identity.Config)) *town {
	t.Helper()
	now := clock.At(webtest.Now)
	d := open(t, now)
	c := &town{t: t, d: d, clock: now, posts: map[id.ID][]identity.PostRef{}}
	own := identity.Config{City: "Ville de Valmont", Origin: origin, Demo: true, Clock: now,
		Readers: d.Readers, Writer: d.Writer, Log: acttest.LogWith(t, d, identity.Guard(acttest.Allow), identity.Verbs(), powers.Verbs()),
		Security: slog.New(slog.DiscardHandler), SendLink: c.keepMail,
		Posts: func(_ context.Context, person id.ID, _ calendar.Day) ([]identity.PostRef, error) {
			return c.posts[person], nil
		}}
	change(&own)
	var err error
	if c.id, err = identity.New(own); err != nil {
		t.Fatal(err)
	}
	pages := identityweb.New(identityweb.Config{Identity: c.id, Cookies: web.Cookies{Secure: strings.HasPrefix(origin, "https:")}, Clock: now})
	home := web.Route{Name: "home", Method: "GET", FR: "/", EN: "/", Audience: web.Public, Handler: func(w http.ResponseWriter, _ *http.Request) error {
		w.WriteHeader(http.StatusNoContent)
		return nil
	}}
	cfg := webtest.Config(t, append(pages.Routes(), home), identityweb.Messages)
	cfg.Origin, cfg.Clock, cfg.Identify = origin, now, pages.Identify
	cfg.Assets = append(cfg.Assets, identityweb.Assets)
	c.site = webtest.New(t, cfg)
	return c
}

// person opens an account.
func (c *town) person(n identity.NewAccount) identity.Account {
	c.t.Helper()
	a, err := c.id.Open(ctx, n)
	if err != nil {
		c.t.Fatal(err)
	}
	if n.Person != "" {
		c.posts[n.Person] = []identity.PostRef{{ID: "p1", Holder: "a1", Title: "Chargée de mission", Unit: "Mission", Layer: "service"}}
	}
	return a
}

// admin makes an account an administrator, as the founding of a city does.
func (c *town) admin(a identity.Account) {
	c.t.Helper()
	_, err := act.Do(ctx, acttest.Log(c.t, c.d, identity.Verbs()), act.Actor{Kind: act.System}, func(tx *act.Tx) (int, error) {
		return 0, identity.FirstAdministrator(tx, a.ID)
	})
	if err != nil {
		c.t.Fatal(err)
	}
}

// browser keeps cookies and sends what browsers send.
type browser struct {
	*town
	cookies map[string]string
}

func (c *town) browser() *browser { return &browser{c, map[string]string{}} }

// do sends a request and checks the answer as every page is checked.
func (b *browser) do(method, target string, form url.Values) *httptest.ResponseRecorder {
	b.t.Helper()
	return b.send(webtest.Request(method, target, form))
}

func (b *browser) send(r *http.Request) *httptest.ResponseRecorder {
	b.t.Helper()
	r.Header.Set("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0")
	for name, value := range b.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	w := httptest.NewRecorder()
	b.site.ServeHTTP(w, r)
	for _, cookie := range w.Result().Cookies() {
		if cookie.MaxAge < 0 {
			delete(b.cookies, cookie.Name)
			continue
		}
		b.cookies[cookie.Name] = cookie.Value
		if !strings.HasPrefix(cookie.Name, "__Host-") || !cookie.Secure || !cookie.HttpOnly || cookie.SameSite != http.SameSiteLaxMode {
			b.t.Errorf("an unsafe cookie: %s", cookie)
		}
	}
	if w.Code != http.StatusSeeOther && strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
		uitest.Page(b.t, w.Body.Bytes())
	}
	return w
}

// get opens a page that must answer with the status and hold the words.
func (b *browser) get(target string, status int, words ...string) string {
	b.t.Helper()
	return b.check(b.do("GET", target, nil), status, words)
}

// post sends a form that must answer with the status.
func (b *browser) post(target string, status int, form url.Values, words ...string) string {
	b.t.Helper()
	return b.check(b.do("POST", target, form), status, words)
}

func (b *browser) check(w *httptest.ResponseRecorder, status int, words []string) string {
	b.t.Helper()
	body := w.Body.String()
	if w.Code != status {
		b.t.Fatalf("status %d, want %d: %s", w.Code, status, body)
	}
	for _, word := range words {
		if !strings.Contains(body, word) {
			b.t.Errorf("the page lacks %q: %s", word, body)
		}
	}
	if w.Code == http.StatusSeeOther {
		return w.Header().Get("Location")
	}
	return body
}

// enter signs in as a demonstration account.
func (b *browser) enter(a identity.Account) {
	b.t.Helper()
	b.post("/fr/demonstration", http.StatusSeeOther, url.Values{"account": {string(a.ID)}})
}

func (c *town) keepMail(_ *db.Tx, m identity.LinkMail) error {
	c.mail = append(c.mail, m)
	return nil
}

// lastLink is the page to which the latest mail leads, by the name of its route.
func (c *town) lastLink() (address, token string) {
	c.t.Helper()
	if len(c.mail) == 0 {
		c.t.Fatal("no mail was sent")
	}
	m := c.mail[len(c.mail)-1]
	return c.site.Table().URL(m.Lang, "link") + "?token=" + m.Token, m.Token
}
