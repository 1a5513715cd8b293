package strategy_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"parvis/data/ademe"
	"parvis/internal/act"
	"parvis/internal/act/acttest"
	"parvis/internal/blob"
	"parvis/internal/calendar"
	"parvis/internal/clock"
	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/portfolio"
	"parvis/internal/portfolio/strategy"
)

// town is a small city: units are named u-…, posts p-….
type town struct {
	testing.TB
	ctx      context.Context
	db       *db.DB
	clock    *clock.Set
	room     *strategy.Room
	projects *portfolio.Room
	log      *act.Log
}

var (
	mission   = acttest.Agent("p-mission")
	mayor     = acttest.Agent("p-maire")
	neighbour = acttest.Resident("cpt-voisine")
	anonymous = identity.Visitor{}
	inside    = identity.Visitor{Kind: identity.Agent, Account: "cpt-p-mission", Posts: []identity.PostRef{{ID: "p-mission"}}}
)

func forEachTown(t *testing.T, test func(*town)) {
	at := clock.At(calendar.Day("2014-06-12").Clock(9, 0))
	dbtest.EachAt(t, at, func(t *testing.T, d *db.DB) {
		at.Move(calendar.Day("2014-06-12").Clock(9, 0))
		test(newTown(t, d, at, acttest.Allow))
		acttest.Clean(t, d)
	})
}

func newTown(t testing.TB, d *db.DB, at *clock.Set, decide act.Decider) *town {
	log := acttest.LogWith(t, d, decide, portfolio.Verbs(), strategy.Verbs())
	units := func(_ context.Context, _ db.Querier, list []id.ID, _ calendar.Day) (map[id.ID]portfolio.Unit, error) {
		out := map[id.ID]portfolio.Unit{}
		for _, u := range list {
			if u[:2] == "u-" {
				out[u] = portfolio.Unit{ID: u, Code: string(u[2:])}
			}
		}
		return out, nil
	}
	projects := portfolio.New(portfolio.Config{Log: log, Reads: d.Readers, Writer: d.Writer, Clock: at, Directory: portfolio.Directory{Units: units,
		Posts: func(_ context.Context, _ db.Querier, posts []id.ID, _ calendar.Day) (map[id.ID]portfolio.Post, error) {
			out := map[id.ID]portfolio.Post{}
			for _, p := range posts {
				out[p] = portfolio.Post{ID: p, Title: string(p), Held: true}
			}
			return out, nil
		}}})
	file, err := ademe.Files.Open(ademe.Indicators)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	defined, err := strategy.ADEME(file)
	if err != nil {
		t.Fatal(err)
	}
	blobs, err := blob.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return &town{TB: t, ctx: context.Background(), db: d, clock: at, projects: projects, log: log,
		room: strategy.New(strategy.Config{Log: log, Reads: d.Readers, Writer: d.Writer, Portfolio: projects, Units: units, Clock: at,
			Taxonomies: []strategy.Taxonomy{defined, strategy.SDG()}, Blobs: blobs})}
}

func (c *town) to(day calendar.Day) { c.clock.Move(day.Clock(9, 0)) }
func (c *town) pass(days int)       { c.clock.Advance(time.Duration(days) * 24 * time.Hour) }

func must[T any](c testing.TB) func(T, error) T {
	return func(v T, err error) T {
		c.Helper()
		if err != nil {
			c.Fatal(err)
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

// wants checks the key of an error; of its first field when it is a form. "" means none.
func (c *town) wants(key string, err error) {
	c.Helper()
	if got := keyOf(err); got != key {
		c.Errorf("got %q (%v), want %q", got, err, key)
	}
}

func keyOf(err error) string {
	f, ok := errors.AsType[*fault.Error](err)
	switch {
	case err == nil:
		return ""
	case !ok:
		return err.Error()
	case f.Key == "strategy.form" && len(f.Fields) > 0:
		return f.Fields[0].Name + ":" + f.Fields[0].Key
	}
	return f.Key
}

func failed[T any](_ T, err error) error { return err }

func answers() portfolio.Answers {
	return portfolio.Answers{Segments: []string{"residents"}, Motive: "La ville sait ce qu'elle veut.", Lang: "fr", Basis: []string{"Délibération 2014-12"}, Instrument: "2014-12"}
}

func (c *town) draft(title string, from calendar.Day, replaces id.ID) strategy.Strategy {
	c.Helper()
	return must[strategy.Strategy](c)(c.room.Write(c.ctx, mission, strategy.Write{Title: strategy.Words{FR: title}, Purpose: strategy.Words{FR: "Pour que la ville serve."},
		Kind: strategy.DigitalPlan, From: from, Replaces: replaces, ReplacesWhy: "Le précédent parlait aux machines."}))
}

func (c *town) place(s strategy.Strategy, code, title, weight string, parent id.ID) strategy.Node {
	c.Helper()
	return must[strategy.Node](c)(c.room.SetNode(c.ctx, mission, strategy.SetNode{Strategy: s.ID, Code: code, Title: strategy.Words{FR: title}, Kind: strategy.Outcome, Weight: weight, Parent: parent}))
}

func (c *town) adopt(s strategy.Strategy) strategy.Strategy {
	c.Helper()
	return must[strategy.Strategy](c)(c.room.Adopt(c.ctx, mayor, strategy.Adopt{Strategy: s.ID, Version: s.Version, Answers: answers()}))
}

func (c *town) indicator(objective id.ID) strategy.Indicator {
	c.Helper()
	return must[strategy.Indicator](c)(c.room.SetIndicator(c.ctx, mission, newIndicator(objective)))
}

func newIndicator(objective id.ID) strategy.SetIndicator {
	return strategy.SetIndicator{Objective: objective, Title: strategy.Words{FR: "Kilomètres de collecte"}, Unit: "km/an", Direction: strategy.Down,
		Baseline: "1000", BaselineAt: "2013", Method: "Relevé des véhicules", Source: "Propreté", Frequency: strategy.Yearly, Owner: "u-dpe", Codes: []string{"sdg:11.6", "ademe:cae_1.a"}}
}

func (c *town) signal(title string, objectives ...id.ID) portfolio.Initiative {
	c.Helper()
	return must[portfolio.Initiative](c)(c.projects.SignalInitiative(c.ctx, mission, portfolio.Signal{Brief: portfolio.Brief{Title: title, Problem: "Les camions roulent à vide.",
		Sufferer: "Les équipes", Origin: portfolio.Demand, Matter: "proprete", Places: []string{"centre"}, Objectives: objectives}}))
}
