package strategyweb_test

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"testing"

	"parvis/internal/act"
	"parvis/internal/act/acttest"
	"parvis/internal/calendar"
	"parvis/internal/clock"
	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/portfolio"
	"parvis/internal/portfolio/portfolioweb"
	"parvis/internal/portfolio/strategy"
	"parvis/internal/portfolio/strategyweb"
	"parvis/internal/web"
	"parvis/internal/web/webtest"
)

// town is a small city with a strategy on a real database, and a site over it.
type town struct {
	*testing.T
	ctx       context.Context
	room      *strategy.Room
	projects  *portfolio.Room
	site      *web.Site
	plan      strategy.Strategy
	node      strategy.Node
	draft     strategy.Strategy // internal
	indicator strategy.Indicator
	hidden    strategy.Indicator // internal
	grid      strategy.Grid
	project   portfolio.Initiative
	dilemma   strategy.Dilemma
}

var (
	missionActor = acttest.Agent("mission")
	mayorActor   = acttest.Agent("maire")
	visitors     = map[string]identity.Visitor{
		"anonymous": {},
		"resident":  {Kind: identity.Resident, Account: "cpt-voisine"},
		"mission":   {Kind: identity.Agent, Account: "cpt-mission", Posts: []identity.PostRef{{ID: "mission", Title: "Mission"}}},
	}
)

func newTown(t *testing.T) *town {
	at := clock.At(calendar.Day("2018-03-12").Clock(9, 0))
	d := dbtest.SQLite(t, at)
	log := acttest.Log(t, d, portfolio.Verbs(), strategy.Verbs())
	posts := func(_ context.Context, _ db.Querier, list []id.ID, _ calendar.Day) (map[id.ID]portfolio.Post, error) {
		out := map[id.ID]portfolio.Post{}
		for _, p := range list {
			out[p] = portfolio.Post{ID: p, Title: string(p), Held: true}
		}
		return out, nil
	}
	units := func(context.Context, db.Querier, []id.ID, calendar.Day) (map[id.ID]portfolio.Unit, error) {
		return nil, nil
	}
	c := &town{T: t, ctx: context.Background()}
	c.projects = portfolio.New(portfolio.Config{Log: log, Reads: d.Readers, Writer: d.Writer, Clock: at, Directory: portfolio.Directory{Posts: posts, Units: units}})
	c.room = strategy.New(strategy.Config{Log: log, Reads: d.Readers, Writer: d.Writer, Portfolio: c.projects, Clock: at, Taxonomies: []strategy.Taxonomy{strategy.SDG()}})
	pages := strategyweb.New(strategyweb.Config{Room: c.room, Portfolio: c.projects})
	others := portfolioweb.New(portfolioweb.Config{Room: c.projects, Beside: pages.Beside})
	cfg := webtest.Config(t, append(append(pages.Routes(), others.Routes()...), stubs()...), strategyweb.Messages, portfolioweb.Messages, act.Messages)
	cfg.Clock = at
	cfg.Assets = append(cfg.Assets, strategyweb.Assets)
	c.site = webtest.New(t, cfg)
	t.Cleanup(func() { acttest.Clean(t, d) })
	return c
}

// stubs stand for the pages of other packages to which these link.
func stubs() []web.Route {
	empty := func(w http.ResponseWriter, _ *http.Request) error { w.WriteHeader(http.StatusNoContent); return nil }
	return []web.Route{{Name: web.SignInRoute, Method: "GET", FR: "/connexion", EN: "/sign-in", Audience: web.Public, Handler: empty},
		{Name: "log.act", Method: "GET", FR: "/journal/{id}", EN: "/log/{id}", Audience: web.Public, Handler: empty}}
}

func must[T any](t *town) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func (c *town) ok(err error) {
	c.Helper()
	if err != nil {
		c.Fatal(err)
	}
}

func answers() portfolio.Answers {
	return portfolio.Answers{Segments: []string{"residents"}, Motive: "La ville sait ce qu’elle veut.", Lang: "fr", Basis: []string{"2018-09"}}
}

// tell fills the city: a public strategy with a measured objective, and a secret of each kind.
func (c *town) tell() {
	c.plan = must[strategy.Strategy](c)(c.room.Write(c.ctx, missionActor, strategy.Write{Title: strategy.Words{FR: "Plan stratégique", EN: "Strategic plan"},
		Purpose: strategy.Words{FR: "Pour que la ville serve"}, Kind: strategy.StrategicPlan, From: "2018-01-01"}))
	c.node = must[strategy.Node](c)(c.room.SetNode(c.ctx, missionActor, strategy.SetNode{Strategy: c.plan.ID, Code: "EAU-1", Title: strategy.Words{FR: "Moins d’eau perdue"}, Kind: strategy.Outcome}))
	c.plan = must[strategy.Strategy](c)(c.room.Adopt(c.ctx, mayorActor, strategy.Adopt{Strategy: c.plan.ID, Version: c.plan.Version, Answers: answers()}))
	c.ok(c.room.Publish(c.ctx, missionActor, c.plan.ID, c.plan.Version))
	c.draft = must[strategy.Strategy](c)(c.room.Write(c.ctx, missionActor, strategy.Write{Title: strategy.Words{FR: "Brouillon confidentiel"}, Purpose: strategy.Words{FR: "x"},
		Kind: strategy.OtherKind, From: "2023-01-01", Replaces: c.plan.ID, ReplacesWhy: "Parce que"}))
	c.indicator = c.count("Eau d’arrosage")
	c.ok(c.room.PublishIndicator(c.ctx, missionActor, c.indicator.ID, c.indicator.Version))
	must[strategy.Target](c)(c.room.SetTarget(c.ctx, missionActor, c.indicator.ID, "2020-12-31", "60"))
	must[strategy.Measure](c)(c.room.RecordMeasure(c.ctx, missionActor, strategy.Record{Indicator: c.indicator.ID, Period: "2016", Value: "80"}))
	must[strategy.Measure](c)(c.room.RecordMeasure(c.ctx, missionActor, strategy.Record{Indicator: c.indicator.ID, Period: "2017", Value: "70"}))
	c.hidden = c.count("Mesure confidentielle")
	c.project = must[portfolio.Initiative](c)(c.projects.SignalInitiative(c.ctx, missionActor, portfolio.Signal{Brief: portfolio.Brief{Title: "Arroser le sol", Problem: "L’eau se perd.",
		Sufferer: "Les jardiniers", Origin: portfolio.Demand, Matter: "eau", Places: []string{"centre"}, Objectives: []id.ID{c.node.Objective}}}))
	c.reading()
}

func (c *town) count(title string) strategy.Indicator {
	return must[strategy.Indicator](c)(c.room.SetIndicator(c.ctx, missionActor, strategy.SetIndicator{Objective: c.node.Objective, Title: strategy.Words{FR: title}, Unit: "m³",
		Direction: strategy.Down, Baseline: "90", BaselineAt: "2014", Method: "Compteurs", Source: "Espaces verts", Frequency: strategy.Yearly, Codes: []string{"sdg:6.4"}}))
}

func (c *town) reading() {
	c.ok(c.room.SetUsualDilemmas(c.ctx, missionActor))
	c.dilemma = must[[]strategy.Dilemma](c)(c.room.Dilemmas(c.ctx))[0]
	must[strategy.Position](c)(c.room.TakePosition(c.ctx, mayorActor, strategy.Take{Dilemma: c.dilemma.ID, Lean: 1, Answers: answers()}))
	c.grid = must[strategy.Grid](c)(c.room.WriteGrid(c.ctx, missionActor, strategy.WriteGrid{Title: strategy.Words{FR: "Référentiel"}, Intro: strategy.Words{FR: "Deux questions"}}))
	must[strategy.Criterion](c)(c.room.SetCriterion(c.ctx, missionActor, strategy.SetCriterion{Grid: c.grid.ID, Code: "besoin", Name: strategy.Words{FR: "Le besoin"}, Question: strategy.Words{FR: "Qui a le problème ?"},
		Levels: []strategy.Level{{Label: strategy.Words{FR: "Personne"}}, {Label: strategy.Words{FR: "Des habitants"}}}}))
	c.grid = must[strategy.Grid](c)(c.room.PublishGrid(c.ctx, missionActor, c.grid.ID, c.grid.Version))
}

func form(name string, version int64, fields ...string) url.Values {
	f := url.Values{"_form": {name}}
	if version > 0 {
		f.Set("version", strconv.FormatInt(version, 10))
	}
	for n := 0; n+1 < len(fields); n += 2 {
		f.Add(fields[n], fields[n+1])
	}
	return f
}
