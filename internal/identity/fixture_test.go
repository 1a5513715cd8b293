package identity_test

import (
	"context"
	"log/slog"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"parvis/internal/act/acttest"
	"parvis/internal/calendar"
	"parvis/internal/clock"
	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
)

type ctxt = context.Context

const origin = "https://parvis.exemple.fr"

var (
	ctx     = context.Background()
	monday  = time.Date(2018, 3, 12, 8, 0, 0, 0, time.UTC)
	browser = identity.Client{Address: "192.0.2.7", Agent: "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"}
)

// town is a city of one test: its identity, its clock, the mail it sent, the posts people hold.
type town struct {
	*identity.Identity
	t     *testing.T
	d     *db.DB
	clock *clock.Set
	mu    sync.Mutex
	mail  []identity.LinkMail
	posts map[id.ID][]identity.PostRef
}

func each(t *testing.T, test func(t *testing.T, c *town)) {
	t.Helper()
	eachWith(t, func(*identity.Config) {}, test)
}

func eachWith(t *testing.T, change func(*identity.Config), test func(t *testing.T, c *town)) {
	t.Helper()
	for _, engine := range []struct {
		name string
		open func(testing.TB, clock.Clock) *db.DB
	}{{"sqlite", dbtest.SQLite}, {"postgres", dbtest.Postgres}} {
		t.Run(engine.name, func(t *testing.T) {
			now := clock.At(monday)
			test(t, found(t, engine.open(t, now), now, change))
		})
	}
}

func found(t *testing.T, d *db.DB, now *clock.Set, change func(*identity.Config)) *town {
	t.Helper()
	c := &town{t: t, d: d, clock: now, posts: map[id.ID][]identity.PostRef{}}
	cfg := identity.Config{City: "Ville de Valmont", Origin: origin, Demo: true, Clock: now, Readers: d.Readers, Writer: d.Writer,
		Log: acttest.LogWith(t, d, identity.Guard(acttest.Allow), identity.Verbs()), Security: slog.New(slog.DiscardHandler),
		HTTP: http.DefaultClient,
		Posts: func(_ context.Context, person id.ID, _ calendar.Day) ([]identity.PostRef, error) {
			return c.posts[person], nil
		},
		SendLink: func(_ *db.Tx, m identity.LinkMail) error {
			c.mu.Lock()
			defer c.mu.Unlock()
			c.mail = append(c.mail, m)
			return nil
		},
	}
	change(&cfg)
	i, err := identity.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	c.Identity = i
	return c
}

// must stops the test at an error that it does not expect.
func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func (c *town) agent(name, email string) identity.Account {
	c.t.Helper()
	a := must(c.Open(ctx, identity.NewAccount{Kind: identity.AgentAccount, Email: email, Name: name, Person: id.ID("per-" + email), Matricule: "M-" + email}))
	c.posts[a.Person] = []identity.PostRef{{ID: "post-" + a.Person, Holder: "aff-" + a.Person, Title: "Chargée de mission", UnitID: "u1", Layer: "service"}}
	return a
}

func (c *town) resident(name, email string) identity.Account {
	c.t.Helper()
	return must(c.Open(ctx, identity.NewAccount{Kind: identity.ResidentAccount, Email: email, Name: name}))
}

// demo opens a demonstration account and signs in with it.
func (c *town) demo(name string) identity.Visitor {
	c.t.Helper()
	a := must(c.Open(ctx, identity.NewAccount{Kind: identity.AgentAccount, Name: name, Person: id.ID("per-" + name), Demo: true}))
	c.posts[a.Person] = []identity.PostRef{{ID: "post-" + a.Person, Holder: "aff-" + a.Person, Layer: "service"}}
	return c.visitor(must(c.EnterDemo(ctx, a.ID, browser, "")).Token)
}

func (c *town) visitor(token string) identity.Visitor {
	c.t.Helper()
	return must(c.Visitor(ctx, token))
}

// lastToken is the secret of the latest link sent.
func (c *town) lastToken() string {
	c.t.Helper()
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.mail) == 0 {
		c.t.Fatal("no link was sent")
	}
	return c.mail[len(c.mail)-1].Token
}

// byLink signs in with a link sent to the address.
func (c *town) byLink(email string) identity.Pass {
	c.t.Helper()
	if err := c.RequestLink(ctx, email, "fr", "/fr/a-faire", browser); err != nil {
		c.t.Fatal(err)
	}
	return must(c.UseLink(ctx, c.lastToken(), browser, ""))
}

func (c *town) count(statement string, args ...any) int64 {
	c.t.Helper()
	return must(db.One(ctx, c.d.Readers, db.Scalar[int64], statement, args...))
}

func (c *town) kinds() []identity.EventKind {
	c.t.Helper()
	var kinds []identity.EventKind
	for _, e := range must(c.Events(ctx, "", 100)) {
		kinds = append(kinds, e.Kind)
	}
	slices.Reverse(kinds)
	return kinds
}

// refused checks the kind and the key of a fault.
func refused(t *testing.T, err error, kind fault.Kind, key string) {
	t.Helper()
	if err == nil {
		t.Fatalf("allowed; want %s %s", kind, key)
	}
	if fault.KindOf(err) != kind || !hasKey(err, key) {
		t.Fatalf("got %v; want %s %s", err, kind, key)
	}
}

func hasKey(err error, key string) bool {
	f, ok := err.(*fault.Error)
	return ok && f.Key == key
}
