package portfolio_test

import (
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

// life does random things to one initiative, by random actors, right or wrong.
type life struct {
	*town
	r     *rapid.T
	i     portfolio.Initiative
	parts []portfolio.Part
}

func (l *life) pick(label string, n int) int { return rapid.IntRange(0, n-1).Draw(l.r, label) }

func (l *life) actor() act.Actor {
	return []act.Actor{mission, proprete, voirie, dsi, deputy, acttest.Resident("r")}[l.pick("actor", 6)]
}

// steps are things people do; their faults are part of life.
func (l *life) step() {
	switch l.pick("step", 11) {
	case 0:
		roles := []portfolio.PartRole{portfolio.Lead, portfolio.Lead, portfolio.CoLead, portfolio.Contribute}
		in := portfolio.Offer{Initiative: l.i.ID, Unit: units[l.pick("unit", len(units))], Role: roles[l.pick("role", len(roles))]}
		if len(l.parts) > 0 && rapid.Bool().Draw(l.r, "replaces") && in.Role == portfolio.Lead {
			in.Replaces = l.part().ID
		}
		if p, err := l.room.OfferPart(l.ctx, l.actor(), in); err == nil {
			l.parts = append(l.parts, p)
		}
	case 1, 2, 3:
		kinds := []portfolio.AnswerKind{portfolio.Accept, portfolio.Accept, portfolio.Counter, portfolio.Decline}
		p, by := l.part(), l.actor()
		if rapid.Bool().Draw(l.r, "itself") {
			by = map[id.ID]act.Actor{"u-proprete": proprete, "u-voirie": voirie, "u-dsi": dsi, "u-mission": mission}[p.Unit]
		}
		l.keep(l.room.AnswerPart(l.ctx, by, portfolio.Answer{Part: p.ID, Version: p.Version, Kind: kinds[l.pick("kind", 4)], Text: "texte"}))
	case 4:
		p := l.part()
		l.keep(l.room.AgreeToCounter(l.ctx, l.actor(), p.ID, p.Version))
	case 5:
		p := l.part()
		if lead, ok := l.sheet(inside("p-dsi"), l.i).Lead(); ok && rapid.Bool().Draw(l.r, "the lead") {
			p = lead
		}
		l.keep(l.room.EndPart(l.ctx, l.actor(), p.ID, p.Version, "fin"))
	case 6:
		p := l.part()
		roles := []portfolio.PartRole{portfolio.Lead, portfolio.Contribute}
		l.keep(l.room.AmendPart(l.ctx, l.actor(), p.ID, p.Version, roles[l.pick("role", 2)], "autre"))
	case 7, 9, 10:
		all := append(portfolio.NextStages(l.stored(l.i).Stage), portfolio.Stages()[l.pick("any", 10)])
		l.room.AdvanceInitiative(l.ctx, l.actor(), portfolio.Advance{Initiative: l.i.ID, Version: l.stored(l.i).Version,
			To: all[l.pick("stage", len(all))], Note: "note", Review: "2030-01-01"})
	case 8:
		l.pass(30)
	}
}

func (l *life) part() portfolio.Part {
	if len(l.parts) == 0 {
		return portfolio.Part{ID: "none"}
	}
	return l.parts[l.pick("part", len(l.parts))]
}

// keep follows the versions of the parts: a step may have changed others than its own.
func (l *life) keep(_ portfolio.Part, err error) {
	if err == nil {
		l.parts = l.sheet(inside("p-dsi"), l.i).Parts
	}
}

// check holds the invariants of parts.
func (l *life) check() {
	s := l.sheet(inside("p-dsi"), l.i)
	leads := 0
	for _, p := range s.Parts {
		if p.Role == portfolio.Lead && p.Status == portfolio.Accepted {
			leads++
		}
		if p.Partner() {
			l.checkConsent(p)
		}
	}
	if leads > 1 || s.Stage.Active() && leads != 1 {
		l.r.Fatalf("I3: %d accepted leads in stage %s", leads, s.Stage)
	}
	for _, p := range l.sheetOutside() {
		if p.Status != portfolio.Accepted && p.Status != portfolio.Ended {
			l.r.Fatalf("I4: outside, %s is shown with a part %s", p.Unit, p.Status)
		}
	}
}

func (l *life) sheetOutside() []portfolio.Part {
	return must(l.town, func() (portfolio.Sheet, error) { return l.room.Sheet(l.ctx, anonymous, l.i.Number) }).Parts
}

// checkConsent looks in the log for the unit's own act about these terms (I4).
func (l *life) checkConsent(p portfolio.Part) {
	verb := map[portfolio.Consent]string{portfolio.ByAccept: "portfolio.part.accept", portfolio.ByCounter: "portfolio.part.counter"}[p.Consent]
	post := must(l.town, func() (id.ID, error) {
		return db.One(l.ctx, l.db.Readers, db.Scalar[id.ID], `SELECT post FROM act WHERE object_id = $1 AND verb = $2 ORDER BY recorded_at DESC`, p.ID, verb)
	})
	speaker, _ := l.town.post(post, l.room.Today())
	if speaker.Unit != p.Unit {
		l.r.Fatalf("I4: %s is partner by an act of %s", p.Unit, post)
	}
	if p.Consent == portfolio.ByCounter && p.Effort != p.Counter {
		l.r.Fatalf("I4: the terms are %q, the unit offered %q", p.Effort, p.Counter)
	}
}

func TestLeadsAndConsentWhateverPeopleDo(t *testing.T) {
	at := clock.At(calendar.Day("2016-04-12").Clock(9, 0))
	dbtest.EachAt(t, at, func(t *testing.T, d *db.DB) {
		check(t, func(r *rapid.T) {
			c := newTown(t, d, at, acttest.Allow)
			l := &life{town: c, r: r, i: c.publish(c.signal("Collecte"))}
			if rapid.Bool().Draw(r, "already at work") {
				c.answer(proprete, c.offer(l.i, "u-proprete", portfolio.Lead), portfolio.Accept, "")
				c.advance(l.i, portfolio.Qualified, portfolio.Investigated)
				l.parts = l.sheet(inside("p-dsi"), l.i).Parts
			}
			for range rapid.IntRange(5, 30).Draw(r, "steps") {
				l.step()
				l.check()
			}
		})
		acttest.Clean(t, d)
	})
}

// What a visitor may read is one rule: single reads, lists, counts, maps, exports and the wall agree, and
// nothing that was public is ever hidden again without a tombstone (I17).
func TestEveryWayOfReadingAgrees(t *testing.T) {
	at := clock.At(calendar.Day("2016-04-12").Clock(9, 0))
	dbtest.EachAt(t, at, func(t *testing.T, d *db.DB) {
		check(t, func(r *rapid.T) {
			c := newTown(t, d, at, acttest.Allow)
			matter := string(id.Random()) // the initiatives of this run among those of others
			public, internal, gone := c.population(r, matter)
			f := portfolio.Filter{Matter: matter}
			for name, v := range map[string]identity.Visitor{"anonymous": anonymous, "resident": {Kind: identity.Resident, Account: "r"},
				"agent": inside("p-dsi"), "elected": elected("e-voirie"), "admin": {Kind: identity.Admin, Account: "a"}} {
				want := slices.Clone(public)
				if v.Inside() {
					want = append(want, internal...)
				}
				slices.Sort(want)
				for way, got := range c.waysOfReading(v, f, append(append(slices.Clone(public), internal...), gone...)) {
					if !slices.Equal(got, want) {
						r.Fatalf("%s by %s: %v, want %v", name, way, got, want)
					}
				}
			}
		})
	})
}

func (c *town) population(r *rapid.T, matter string) (public, internal, gone []id.ID) {
	for range rapid.IntRange(1, 6).Draw(r, "n") {
		b := brief("Titre")
		b.Matter = matter
		i := must(c, func() (portfolio.Initiative, error) {
			return c.room.SignalInitiative(c.ctx, mission, portfolio.Signal{Brief: b})
		})
		fate := rapid.SampledFrom([]string{"internal", "public", "published and withdrawn"}).Draw(r, "fate")
		if fate != "internal" {
			c.publish(i)
		}
		switch fate {
		case "internal":
			internal = append(internal, i.ID)
		case "public":
			public = append(public, i.ID)
		default:
			c.ok(second(c.room.WithdrawInitiative(c.ctx, mission, i.ID, c.stored(i).Version, "motif")))
			c.wants("portfolio.initiative.withdrawn", second(c.room.Sheet(c.ctx, anonymous, i.Number)))
			gone = append(gone, i.ID)
		}
	}
	c.ok(second(c.room.SaveDraft(c.ctx, inside("p-dsi"), portfolio.Draft{Kind: portfolio.DraftInitiative, Title: matter, Body: matter})))
	return public, internal, gone
}

// standing lists which of some initiatives stand on a wall.
func standing(w portfolio.Wall, of []id.ID) []id.ID {
	out := []id.ID{}
	for _, col := range w.Columns {
		for _, card := range col.Cards {
			if slices.Contains(of, card.ID) {
				out = append(out, card.ID)
			}
		}
	}
	return out
}

// waysOfReading lists what each way shows, sorted.
func (c *town) waysOfReading(v identity.Visitor, f portfolio.Filter, all []id.ID) map[string][]id.ID {
	out := map[string][]id.ID{"one by one": {}, "list": {}, "export": {}}
	for _, i := range all {
		if _, err := c.room.Sheet(c.ctx, v, string(i)); err == nil {
			out["one by one"] = append(out["one by one"], i)
		}
	}
	l := must(c, func() (portfolio.List, error) {
		return c.room.List(c.ctx, v, portfolio.ListQuery{Filter: f, PerPage: 100})
	})
	for _, s := range l.Items {
		out["list"] = append(out["list"], s.ID)
	}
	for _, s := range must(c, func() ([]portfolio.Summary, error) { return c.room.Rows(c.ctx, v, f) }) {
		out["export"] = append(out["export"], s.ID)
	}
	w := must(c, func() (portfolio.Wall, error) {
		return c.room.Wall(c.ctx, v, portfolio.View{GroupBy: portfolio.ByStageGroup, Filter: f}, "")
	})
	out["wall"] = standing(w, all)
	whole := must(c, func() (portfolio.Wall, error) {
		return c.room.Wall(c.ctx, v, portfolio.View{GroupBy: portfolio.ByStageGroup}, "")
	})
	out["whole wall"] = standing(whole, all)
	counts := must(c, func() (portfolio.Counts, error) { return c.room.Counts(c.ctx, v, f) })
	m := must(c, func() (portfolio.MapView, error) { return c.room.Map(c.ctx, v, f) })
	if counts.Total != l.Total || m.ByPlace["centre"] != l.Total || w.Initiatives != l.Total || len(l.Items) != l.Total {
		c.Errorf("counted %d, on the map %d, on the wall %d, listed %d", counts.Total, m.ByPlace["centre"], w.Initiatives, l.Total)
	}
	for way := range out {
		slices.Sort(out[way])
	}
	return out
}
