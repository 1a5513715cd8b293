package portfolio_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

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
)

// town is a small city: units are named u-…, their posts p-…, elected posts e-….
type town struct {
	testing.TB
	ctx   context.Context
	db    *db.DB
	clock *clock.Set
	room  *portfolio.Room
	left  map[id.ID]calendar.Day // posts that nobody holds from that day on
	solo  bool                   // the profile refuses co-leads
}

var units = []id.ID{"u-proprete", "u-voirie", "u-dsi", "u-mission"}

func forEachTown(t *testing.T, test func(*town)) {
	at := clock.At(calendar.Day("2016-04-12").Clock(9, 0))
	dbtest.EachAt(t, at, func(t *testing.T, d *db.DB) {
		at.Move(calendar.Day("2016-04-12").Clock(9, 0))
		c := newTown(t, d, at, acttest.Allow)
		test(c)
		acttest.Clean(t, d)
	})
}

func newTown(t testing.TB, d *db.DB, at *clock.Set, decide act.Decider) *town {
	c := &town{TB: t, ctx: context.Background(), db: d, clock: at, left: map[id.ID]calendar.Day{}}
	blobs, err := blob.Open(t.TempDir())
	c.ok(err)
	c.room = portfolio.New(portfolio.Config{Log: acttest.LogWith(t, d, decide, portfolio.Verbs()), Reads: d.Readers, Writer: d.Writer,
		Clock: at, Directory: c.directory(), Blobs: blobs})
	return c
}

func (c *town) directory() portfolio.Directory {
	return portfolio.Directory{
		Posts: func(_ context.Context, _ db.Querier, posts []id.ID, day calendar.Day) (map[id.ID]portfolio.Post, error) {
			out := map[id.ID]portfolio.Post{}
			for _, p := range posts {
				if post, ok := c.post(p, day); ok {
					out[p] = post
				}
			}
			return out, nil
		},
		Units: func(_ context.Context, _ db.Querier, list []id.ID, _ calendar.Day) (map[id.ID]portfolio.Unit, error) {
			out := map[id.ID]portfolio.Unit{}
			for _, u := range list {
				if strings.HasPrefix(string(u), "u-") {
					out[u] = portfolio.Unit{ID: u, Code: strings.ToUpper(string(u[2:])), Name: "Direction " + string(u[2:])}
				}
			}
			return out, nil
		},
		SpeaksFor: func(_ context.Context, _ db.Querier, post, unit id.ID, day calendar.Day) (bool, error) {
			p, ok := c.post(post, day)
			return ok && p.Unit == unit, nil
		},
		PostByCode: func(_ context.Context, _ db.Querier, code string, day calendar.Day) (id.ID, error) {
			if p, ok := c.post(id.ID(code), day); ok {
				return p.ID, nil
			}
			return "", nil
		},
		UnitByCode: func(_ context.Context, _ db.Querier, code string, _ calendar.Day) (id.ID, error) {
			if u := id.ID("u-" + strings.ToLower(code)); slices.Contains(units, u) || strings.HasPrefix(code, "X") {
				return u, nil
			}
			return "", nil
		},
		CoLeads: func(context.Context, db.Querier, calendar.Day) (bool, error) { return !c.solo, nil },
	}
}

// post: "p-voirie-1" belongs to "u-voirie"; "e-proprete" is elected.
func (c *town) post(p id.ID, day calendar.Day) (portfolio.Post, bool) {
	end, left := c.left[p]
	held := !left || day.Before(end)
	switch {
	case strings.HasPrefix(string(p), "e-"):
		return portfolio.Post{ID: p, Code: string(p), Title: "Adjoint " + string(p[2:]), Elected: true, Held: held}, true
	case strings.HasPrefix(string(p), "p-"):
		unit, _, _ := strings.Cut(string(p[2:]), "-")
		return portfolio.Post{ID: p, Code: string(p), Title: "Poste " + string(p[2:]), Unit: "u-" + id.ID(unit), Held: held}, true
	}
	return portfolio.Post{}, false
}

func agent(post id.ID) act.Actor { return acttest.Agent(post) }

var (
	mission  = agent("p-mission")
	proprete = agent("p-proprete")
	voirie   = agent("p-voirie")
	dsi      = agent("p-dsi")
	deputy   = agent("e-proprete")
)

var anonymous = identity.Visitor{}

func inside(post id.ID) identity.Visitor {
	unit, _, _ := strings.Cut(string(post[2:]), "-")
	return identity.Visitor{Kind: identity.Agent, Account: "cpt-" + post, Posts: []identity.PostRef{{ID: post, UnitID: "u-" + id.ID(unit)}}}
}

func brief(title string) portfolio.Brief {
	return portfolio.Brief{Title: title, Problem: "Les corbeilles débordent le samedi.", Sufferer: "Les riverains", Origin: portfolio.Supply,
		OriginNote: "Offre d'un fournisseur", Matter: "proprete", Places: []string{"centre"}, Initials: "BF", Tags: []string{"capteurs", "déchets"}}
}

func (c *town) signal(title string) portfolio.Initiative {
	c.Helper()
	return must(c, func() (portfolio.Initiative, error) {
		return c.room.SignalInitiative(c.ctx, mission, portfolio.Signal{Brief: brief(title), Sponsors: []id.ID{"e-proprete", "e-voirie", "e-numerique"}})
	})
}

// led is an initiative with an accepted lead.
func (c *town) led(title string) portfolio.Initiative {
	c.Helper()
	i := c.signal(title)
	p := c.offer(i, "u-proprete", portfolio.Lead)
	c.answer(proprete, p, portfolio.Accept, "")
	return c.stored(i)
}

func (c *town) offer(i portfolio.Initiative, unit id.ID, role portfolio.PartRole) portfolio.Part {
	c.Helper()
	return must(c, func() (portfolio.Part, error) {
		return c.room.OfferPart(c.ctx, mission, portfolio.Offer{Initiative: i.ID, Unit: unit, Role: role, Effort: "deux agents"})
	})
}

func (c *town) answer(by act.Actor, p portfolio.Part, kind portfolio.AnswerKind, text string) portfolio.Part {
	c.Helper()
	return must(c, func() (portfolio.Part, error) {
		return c.room.AnswerPart(c.ctx, by, portfolio.Answer{Part: p.ID, Version: p.Version, Kind: kind, Text: text})
	})
}

func (c *town) advance(i portfolio.Initiative, stages ...portfolio.Stage) portfolio.Initiative {
	c.Helper()
	for _, s := range stages {
		i = must(c, func() (portfolio.Initiative, error) {
			return c.room.AdvanceInitiative(c.ctx, mission, portfolio.Advance{Initiative: i.ID, Version: c.stored(i).Version, To: s})
		})
	}
	return i
}

func (c *town) publish(i portfolio.Initiative) portfolio.Initiative {
	c.Helper()
	return must(c, func() (portfolio.Initiative, error) {
		return c.room.PublishInitiative(c.ctx, mission, portfolio.Publish{Initiative: i.ID, Version: c.stored(i).Version})
	})
}

// stored is the initiative as it stands.
func (c *town) stored(i portfolio.Initiative) portfolio.Initiative {
	c.Helper()
	return c.sheet(inside("p-mission"), i).Initiative
}

func (c *town) sheet(v identity.Visitor, i portfolio.Initiative) portfolio.Sheet {
	c.Helper()
	return must(c, func() (portfolio.Sheet, error) { return c.room.Sheet(c.ctx, v, string(i.ID)) })
}

func (c *town) ask(i portfolio.Initiative, edit ...func(*portfolio.AskForm)) portfolio.Arbitration {
	c.Helper()
	in := portfolio.AskForm{Initiative: i.ID, Case: portfolio.Case{Question: "Généraliser à toute la ville ?", Context: "L'essai a réussi.",
		Options: []portfolio.Option{{Label: "Généraliser"}, {Label: "Arrêter"}}, Recommended: 1,
		Asked: []portfolio.AskedPost{{Post: "e-proprete", Capacity: portfolio.Decides}, {Post: "p-dsi", Capacity: portfolio.Opinion}}}}
	for _, e := range edit {
		e(&in)
	}
	return must(c, func() (portfolio.Arbitration, error) { return c.room.AskArbitration(c.ctx, mission, in) })
}

func must[T any](c testing.TB, fn func() (T, error)) T {
	c.Helper()
	v, err := fn()
	if err != nil {
		c.Fatal(err)
	}
	return v
}

func (c *town) ok(err error) {
	c.Helper()
	if err != nil {
		c.Fatal(err)
	}
}

// wants checks that err has the key; "" means no error.
func (c *town) wants(key string, err error) {
	c.Helper()
	if got := keyOf(err); got != key {
		c.Errorf("got %q (%v), want %q", got, err, key)
	}
}

// keyOf is the message key of a fault: of its only field if it is a form with one.
func keyOf(err error) string {
	if err == nil {
		return ""
	}
	f, ok := errors.AsType[*fault.Error](err)
	if !ok {
		return err.Error()
	}
	if f.Key == "portfolio.form" && len(f.Fields) > 0 {
		return f.Fields[0].Name + ":" + f.Fields[0].Key
	}
	return f.Key
}

func (c *town) pass(days int) { c.clock.Advance(time.Duration(days) * 24 * time.Hour) }

func fields(err error) []fault.Field {
	f, ok := errors.AsType[*fault.Error](err)
	if !ok {
		return nil
	}
	return f.Fields
}

func dayOf(s string) calendar.Day { return calendar.Day(s) }
