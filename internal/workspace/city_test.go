package workspace_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"slices"
	"testing"

	"parvis/internal/act"
	"parvis/internal/act/acttest"
	"parvis/internal/calendar"
	"parvis/internal/clock"
	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/fact"
	"parvis/internal/fault"
	"parvis/internal/i18n"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/mail"
	"parvis/internal/notify"
	"parvis/internal/portfolio"
	"parvis/internal/portfolio/portfolioweb"
	"parvis/internal/portfolio/strategy"
	"parvis/internal/portfolio/strategyweb"
	"parvis/internal/powers"
	"parvis/internal/powers/powersweb"
	"parvis/internal/web"
	"parvis/internal/workspace"
)

const today calendar.Day = "2018-03-12"

// city is a city with the workspace under test; it is empty until an import or found fills it.
type city struct {
	testing.TB
	ctx      context.Context
	db       *db.DB
	clock    *clock.Set
	log      *act.Log
	engine   *powers.Engine
	founder  act.Actor
	room     *portfolio.Room
	aims     *strategy.Room
	identity *identity.Identity
	catalog  *i18n.Catalog
	notifier *notify.Notifier
	work     *workspace.Workspace
	relay    *fact.Relay
	table    *web.Table
}

func each(t *testing.T, test func(*city)) {
	at := clock.At(today.Clock(9, 0))
	dbtest.EachAt(t, at, func(t *testing.T, d *db.DB) {
		at.Move(today.Clock(9, 0))
		c := newCity(t, d, at)
		test(c)
		acttest.Clean(t, d)
	})
}

func newCity(t testing.TB, d *db.DB, at *clock.Set) *city {
	c := &city{TB: t, ctx: context.Background(), db: d, clock: at}
	verbs, err := act.NewVerbs(powers.Verbs(), identity.Verbs(), portfolio.Verbs(), strategy.Verbs())
	c.ok(err)
	c.engine, c.founder = powers.NewEngine(verbs)
	c.log = act.NewLog(d.Writer, verbs, identity.Guard(c.engine.Decide))
	c.room = portfolio.New(portfolio.Config{Log: c.log, Reads: d.Readers, Writer: d.Writer, Clock: at,
		Directory: portfolio.PowersDirectory(c.engine, at)})
	c.aims = strategy.New(strategy.Config{Log: c.log, Reads: d.Readers, Writer: d.Writer, Portfolio: c.room, Clock: at})
	c.table = newTable(c)
	c.catalog, err = i18n.Load(workspace.Messages, mail.Messages, notify.Messages)
	c.ok(err)
	c.identity, err = identity.New(identity.Config{City: "Valmont", Origin: origin, Clock: at, Readers: d.Readers, Writer: d.Writer,
		Log: c.log, Security: slog.New(slog.NewTextHandler(io.Discard, nil))})
	c.ok(err)
	mailer, err := mail.New(mail.Config{From: mail.Address{Name: "Valmont", Email: "mission@valmont.example"}, City: "Ville de Valmont",
		Site: origin}, c.catalog)
	c.ok(err)
	c.notifier, err = notify.New(notify.Config{Secret: []byte("a key of thirty-two bytes or more"), Mailer: mailer, Directory: workspace.People(c.identity),
		Kinds: workspace.Kinds(), Links: notify.Links{Thing: func(_ string, about act.Ref) string { return origin + "/id/" + about.Type + "/" + string(about.ID) },
			Awaited: func(lang string) string { return origin + c.url(lang, "portfolio.todo") },
			End:     func(lang, token string) string { return origin + c.url(lang, workspace.EndRoute, token) }}})
	c.ok(err)
	if missing := c.notifier.Missing(c.catalog); len(missing) > 0 {
		c.Fatal(missing)
	}
	c.work = workspace.New(workspace.Config{DB: d, Log: c.log, Portfolio: c.room, Strategy: c.aims, Identity: c.identity, Mailer: mailer, Notifier: c.notifier,
		Catalog: c.catalog, Clock: at, Origin: origin, Domain: "valmont.example", URL: c.url,
		City: powers.NewBody{Kind: "commune", Code: "VALMONT", Name: "Ville de Valmont", Period: calendar.Since("2010-01-01")},
		Profile: powers.Installation{Document: powers.Shipped(powers.MunicipalTeam), From: today, LegalAct: "DEL-1",
			Motive: "La ville choisit comment elle se gouverne.", Basis: []string{"CGCT L2121-29"}}})
	c.relay, err = fact.NewRelay(d, at, c.work.Consumers()...)
	c.ok(err)
	c.deliver() // the consumers see the city for the first time
	return c
}

const origin = "https://parvis.valmont.example"

// url finds addresses in the table of the rooms themselves: a letter that names a page which is not
// there would lead nowhere.
func (c *city) url(lang, route string, args ...any) string { return c.table.URL(lang, route, args...) }

func newTable(c *city) *web.Table {
	c.Helper()
	table, err := web.NewTable(slices.Concat(portfolioweb.New(portfolioweb.Config{Room: c.room}).Routes(), strategyweb.New(strategyweb.Config{Room: c.aims}).Routes(),
		powersweb.New(powersweb.Config{}).Routes(), (&workspace.Workspace{}).Routes()))
	c.ok(err)
	return table
}

func (c *city) deliver() {
	c.Helper()
	_, err := c.relay.Deliver(c.ctx)
	c.ok(err)
	standing, err := c.relay.Standings(c.ctx)
	c.ok(err)
	for _, s := range standing {
		if s.Trouble != "" {
			c.Errorf("%s: %s", s.Consumer, s.Trouble)
		}
	}
}

func (c *city) ok(err error) {
	c.Helper()
	if err != nil {
		if f, is := errors.AsType[*fault.Error](err); is {
			c.Fatalf("%s %v %v: %v", f.Key, f.Args, f.Fields, err)
		}
		c.Fatal(err)
	}
}

// agent is whoever holds the post of that code today.
func (c *city) agent(code string) act.Actor {
	c.Helper()
	post := c.post(code)
	places := must2(c)(powers.PostsOn(c.ctx, c.db.Readers, []id.ID{post}, c.now()))
	return act.Actor{Kind: act.Agent, Account: "cpt-" + id.ID(code), Post: post, Holder: places[post].Holder, Channel: "web"}
}

func must2(c *city) func(map[id.ID]powers.Place, error) map[id.ID]powers.Place {
	return func(m map[id.ID]powers.Place, err error) map[id.ID]powers.Place { c.Helper(); c.ok(err); return m }
}

func (c *city) now() powers.Moment { return powers.Now(c.clock.Now()) }

func (c *city) post(code string) id.ID {
	c.Helper()
	p, err := powers.PostOfCode(c.ctx, c.db.Readers, code, c.now())
	c.ok(err)
	if p == "" {
		c.Fatalf("no post %s", code)
	}
	return p
}

func (c *city) unit(code string) id.ID {
	c.Helper()
	u, err := powers.UnitOfCode(c.ctx, c.db.Readers, code, c.now())
	c.ok(err)
	if u == "" {
		c.Fatalf("no unit %s", code)
	}
	return u
}

// count counts the rows of a table.
func (c *city) count(table string) int {
	c.Helper()
	n, err := db.One(c.ctx, c.db.Readers, db.Scalar[int], `SELECT COUNT(*) FROM `+table)
	c.ok(err)
	return n
}
