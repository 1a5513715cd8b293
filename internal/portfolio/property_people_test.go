package portfolio_test

import (
	"context"
	"slices"
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

	"pgregory.net/rapid"
)

// carried is one initiative whose sponsors and owners come and go, by their charge or by their post, beside
// what the property knows of them.
type carried struct {
	*town
	r       *rapid.T
	i       portfolio.Initiative
	matter  string
	asked   portfolio.Arbitration
	charges map[charge]bool // in force
}

type charge struct {
	role portfolio.HolderRole
	post id.ID
}

var carriers = map[portfolio.HolderRole][]id.ID{
	portfolio.Sponsor: {"e-proprete", "e-voirie", "e-climat"},
	portfolio.Owner:   {"p-mission", "p-dsi", "e-voirie"},
}

func (c *carried) step() {
	role := rapid.SampledFrom([]portfolio.HolderRole{portfolio.Sponsor, portfolio.Owner}).Draw(c.r, "role")
	post := rapid.SampledFrom(carriers[role]).Draw(c.r, "post")
	switch rapid.IntRange(0, 4).Draw(c.r, "step") {
	case 0:
		add := map[portfolio.HolderRole]change{portfolio.Sponsor: c.room.AddSponsor, portfolio.Owner: c.room.AddOwner}[role]
		c.keep(charge{role, post}, true, add(c.ctx, mission, c.i.ID, post))
	case 1:
		end := map[portfolio.HolderRole]change{portfolio.Sponsor: c.room.EndSponsor, portfolio.Owner: c.room.EndOwner}[role]
		c.keep(charge{role, post}, false, end(c.ctx, mission, c.i.ID, post))
	case 2:
		c.left[post] = c.room.Today().AddDays(rapid.IntRange(0, 2).Draw(c.r, "leaves in"))
		c.told()
	case 3:
		delete(c.left, post)
		c.told()
	case 4:
		c.pass(rapid.IntRange(1, 3).Draw(c.r, "days"))
	}
}

type change = func(ctx context.Context, by act.Actor, initiative, post id.ID) error

func (c *carried) keep(what charge, inForce bool, err error) {
	if err == nil {
		c.charges[what] = inForce
	}
}

// told stands for the act of the powers that records who leaves or comes: the wall looks again after it.
func (c *carried) told() { c.ok(c.room.WriteNote(c.ctx, mission, c.i.ID, "mouvement")) }

// current are the posts in charge today, and held: the only ones that may be shown as such.
func (c *carried) current(role portfolio.HolderRole) []id.ID {
	out := []id.ID{}
	for _, p := range carriers[role] {
		if post, _ := c.post(p, c.room.Today()); c.charges[charge{role, p}] && post.Held {
			out = append(out, p)
		}
	}
	slices.Sort(out)
	return out
}

func (c *carried) same(role portfolio.HolderRole, way string, got []id.ID) {
	slices.Sort(got)
	if want := c.current(role); !slices.Equal(got, want) {
		c.r.Fatalf("%ss by the %s: %v, in charge and held: %v", role, way, got, want)
	}
}

func postsOf(holders []portfolio.Holder) []id.ID {
	out := []id.ID{}
	for _, h := range holders {
		out = append(out, h.Post)
	}
	return out
}

// checkPages compares what names the people of the initiative: its sheet, its card, the committee's file.
func (c *carried) checkPages(v identity.Visitor) {
	s := c.sheet(v, c.i)
	c.same(portfolio.Sponsor, "sheet", postsOf(s.Sponsors))
	c.same(portfolio.Owner, "sheet", postsOf(s.Owners))
	view := portfolio.View{GroupBy: portfolio.BySponsor, Filter: portfolio.Filter{Matter: c.matter}}
	for role, g := range map[portfolio.HolderRole]portfolio.GroupBy{portfolio.Sponsor: portfolio.BySponsor, portfolio.Owner: portfolio.ByOwner} {
		view.GroupBy = g
		columns, card := c.columns(v, view)
		c.same(role, "columns of the wall", columns)
		c.same(role, "card", map[portfolio.HolderRole][]id.ID{portfolio.Sponsor: card.Sponsors, portfolio.Owner: card.Owners}[role])
	}
	if !v.Inside() {
		return
	}
	file := must(c, func() (portfolio.Copil, error) { return c.room.Copil(c.ctx, v, "COPIL", view, "") })
	c.same(portfolio.Sponsor, "committee's file", postsOf(file.Sheets[0].Sponsors))
	c.same(portfolio.Owner, "committee's file", postsOf(file.Sheets[0].Owners))
}

// columns are the posts in whose columns the card stands, and the card.
func (c *carried) columns(v identity.Visitor, view portfolio.View) (in []id.ID, card portfolio.Card) {
	w := must(c, func() (portfolio.Wall, error) { return c.room.Wall(c.ctx, v, view, "") })
	for _, col := range w.Columns {
		for _, one := range col.Cards {
			card = one
			if col.Key != "" {
				in = append(in, id.ID(col.Key))
			}
		}
	}
	return in, card
}

// checkFilters compares what is found by a sponsor or an owner: the list, its counts, the export, the map
// and the wall.
func (c *carried) checkFilters(v identity.Visitor) {
	for role, posts := range carriers {
		found := map[string][]id.ID{"list": {}, "counts": {}, "export": {}, "map": {}, "filtered wall": {}}
		for _, post := range posts {
			f := portfolio.Filter{Matter: c.matter, Sponsor: post}
			if role == portfolio.Owner {
				f = portfolio.Filter{Matter: c.matter, Owner: post}
			}
			for way, n := range c.count(v, f) {
				if n > 0 {
					found[way] = append(found[way], post)
				}
			}
		}
		for way, got := range found {
			c.same(role, way, got)
		}
	}
}

func (c *carried) count(v identity.Visitor, f portfolio.Filter) map[string]int {
	l := must(c, func() (portfolio.List, error) { return c.room.List(c.ctx, v, portfolio.ListQuery{Filter: f}) })
	counts := must(c, func() (portfolio.Counts, error) { return c.room.Counts(c.ctx, v, f) })
	rows := must(c, func() ([]portfolio.Summary, error) { return c.room.Rows(c.ctx, v, f) })
	m := must(c, func() (portfolio.MapView, error) { return c.room.Map(c.ctx, v, f) })
	w := must(c, func() (portfolio.Wall, error) {
		return c.room.Wall(c.ctx, v, portfolio.View{GroupBy: portfolio.ByStageGroup, Filter: f}, "")
	})
	return map[string]int{"list": len(l.Items), "counts": counts.Total, "export": len(rows), "map": m.ByPlace["centre"], "filtered wall": w.Initiatives}
}

// checkMine: a question waits for the post: whoever has left it finds nothing, whoever holds it does.
func (c *carried) checkMine() {
	held, _ := c.post("e-proprete", c.room.Today())
	v := identity.Visitor{Kind: identity.Agent, Account: "parti"}
	if held.Held {
		v = elected("e-proprete")
	}
	mine := must(c, func() (portfolio.MyArbitrations, error) { return c.room.MyArbitrations(c.ctx, v) })
	there := slices.ContainsFunc(mine.Waiting, func(w portfolio.Waiting) bool { return w.ID == c.asked.ID })
	if there != held.Held {
		c.r.Fatalf("my arbitrations: the question is there: %v, the post is held: %v", there, held.Held)
	}
}

// I27: who has ended a charge, or left the post that bears it, is current nowhere.
func TestWhoHasLeftIsCurrentNowhere(t *testing.T) {
	at := clock.At(calendar.Day("2016-04-12").Clock(9, 0))
	dbtest.EachAt(t, at, func(t *testing.T, d *db.DB) {
		check(t, func(r *rapid.T) {
			c := &carried{town: newTown(t, d, at, acttest.Allow), r: r, matter: string(id.Random()), charges: map[charge]bool{}}
			b := brief("Collecte")
			b.Matter = c.matter
			c.i = c.publish(must(c, func() (portfolio.Initiative, error) {
				return c.room.SignalInitiative(c.ctx, mission, portfolio.Signal{Brief: b, Sponsors: []id.ID{"e-proprete"}})
			}))
			c.charges[charge{portfolio.Sponsor, "e-proprete"}], c.charges[charge{portfolio.Owner, "p-mission"}] = true, true
			c.asked = c.ask(c.i)
			for range rapid.IntRange(1, 6).Draw(r, "steps") {
				c.step()
			}
			for _, v := range []identity.Visitor{anonymous, inside("p-dsi")} {
				c.checkPages(v)
				c.checkFilters(v)
			}
			c.checkMine()
		})
		acttest.Clean(t, d)
	})
}
