package passation_test

import (
	"testing"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/id"
	"parvis/internal/portfolio"
	"parvis/internal/portfolio/passation"
	"parvis/internal/powers"
)

// due runs what the clock does and tells how many handovers it opened.
func (h *hall) due() int {
	h.Helper()
	h.clock.Advance(1e9)
	return must(h, func() (int, error) { return h.room.OpenDue(h.ctx) })
}

func (h *hall) all() []passation.Sheet {
	h.Helper()
	return must(h, func() ([]passation.Sheet, error) { return h.room.Handovers(h.ctx, h.visitor(h.leaves)) })
}

// leave ends the holding of the head of the mission and appoints nobody.
func (h *hall) leave(day calendar.Day) {
	h.Helper()
	h.city.Do(h, h.city.Agent("SG"), func(tx *act.Tx) error { return powers.EndHolding(tx, h.leaves.Holder, day, "ARR-2018-9") })
}

// goesOn appoints the head of the mission anew from the day of the departure, and endsAgain takes that back.
func (h *hall) goesOn(day calendar.Day) {
	h.Helper()
	person := must(h, func() (id.ID, error) {
		return db.One(h.ctx, h.city.DB.Readers, db.Scalar[id.ID], `SELECT DISTINCT person FROM powers_holder WHERE thing = $1`, h.leaves.Holder)
	})
	h.city.Do(h, h.city.Agent("SG"), func(tx *act.Tx) (err error) {
		h.again, err = powers.Appoint(tx, powers.Appointment{Post: h.leaves.Post, Person: person, Period: calendar.Since(day), LegalAct: "ARR-2018-11"})
		return err
	})
}

func (h *hall) endsAgain(day calendar.Day) {
	h.Helper()
	h.clock.Advance(1e9)
	h.city.Do(h, h.city.Agent("SG"), func(tx *act.Tx) error { return powers.EndHolding(tx, h.again, day, "ARR-2018-12") })
}

// A departure opens its handover without anyone thinking of it, once, and says which act led to it.
func TestADepartureOpensItsHandover(t *testing.T) {
	for name, c := range map[string]struct {
		in, wait int // days until the departure, and until the clock looks again
		filled   bool
		first    int // handovers opened at once
		then     int // when the clock looks again
	}{
		"it leaves in three weeks":               {in: 20, first: 1},
		"somebody is appointed for the day":      {in: 20, filled: true, first: 1},
		"it leaves in half a year":               {in: 180, wait: 130, then: 1},
		"it is gone for long, the post is empty": {in: 20, wait: 400, first: 1},
	} {
		t.Run(name, func(t *testing.T) {
			forEachHall(t, func(h *hall) {
				if n := h.due(); n != 0 {
					h.Fatalf("nobody leaves, %d opened", n)
				}
				day := today.AddDays(c.in)
				if c.filled {
					h.succeeds(day)
				} else {
					h.leave(day)
				}
				if n := h.due(); n != c.first {
					h.Errorf("opened %d, want %d", n, c.first)
				}
				h.clock.Move(today.AddDays(c.wait).Clock(9, 0))
				if n := h.due(); n != c.then {
					h.Errorf("opened %d later, want %d", n, c.then)
				}
				s := h.all()
				if len(s) != 1 || len(s[0].Items) != 2 || s[0].LeavesOn != day || s[0].OpenedBy != "" {
					h.Fatalf("%+v", s)
				}
				cause := must(h, func() (string, error) {
					return db.One(h.ctx, h.city.DB.Readers, db.Scalar[string], `SELECT c.verb FROM act a JOIN act c ON c.id = a.cause WHERE a.verb = 'passation.open'`)
				})
				if cause != "powers.holder.end" {
					h.Errorf("caused by %s", cause)
				}
			})
		})
	}
}

// A departure of long ago is never forgotten while the post still holds what was held then; what the post
// received since is its next holder's.
func TestALateDeparture(t *testing.T) {
	forEachHall(t, func(h *hall) {
		h.clock.Move(today.AddDays(200).Clock(9, 0))
		next := h.succeeds(today.AddDays(10))
		h.clock.Advance(1e9)
		h.wants("", h.projects.OpenQuestion(h.ctx, next, portfolio.OpenForm{Initiative: h.project.ID, Kind: portfolio.Legal, Question: "Qui paie ?",
			Post: next.Post, Due: today.AddDays(230)}))
		if a := must(h, func() (passation.Alarms, error) { return h.room.Alarms(h.ctx, h.visitor(h.leaves)) }); len(a.Leaving) != 1 || a.Leaving[0].Things != 2 || !a.Leaving[0].Gone {
			h.Errorf("gone for 190 days: %+v", a.Leaving)
		}
		if n := h.due(); n != 1 || len(h.all()[0].Items) != 2 {
			h.Errorf("opened %d: %+v", n, h.all())
		}
	})
}

// A handover that was dropped opens again when its holder leaves on another day; not for the departure that was
// known when it was dropped.
func TestADroppedHandoverOpensAgain(t *testing.T) {
	forEachHall(t, func(h *hall) {
		s := h.opened() // said to leave in twenty days, nothing recorded
		h.wants("", h.room.Drop(h.ctx, h.city.Agent("SG"), s.ID, s.Version, "Elle reste."))
		h.leave(today.AddDays(40))
		if n := h.due(); n != 1 {
			h.Fatalf("opened %d", n)
		}
		again := h.sheet(s.Number)
		if again.Status != passation.Open || again.LeavesOn != today.AddDays(40) || len(again.Items) != 2 {
			h.Errorf("%+v", again)
		}
		h.wants("", h.room.Drop(h.ctx, h.city.Agent("SG"), again.ID, again.Version, "Tout est déjà confié."))
		if n := h.due(); n != 0 {
			h.Errorf("dropped knowingly, opened %d", n)
		}
	})
}

// A departure that is recorded anew for another day takes its handover along, unless somebody opened it by hand.
func TestADepartureMoves(t *testing.T) {
	for name, byHand := range map[string]bool{"it opened by itself": false, "somebody opened it": true} {
		t.Run(name, func(t *testing.T) {
			forEachHall(t, func(h *hall) {
				if byHand {
					h.opened()
				}
				h.leave(today.AddDays(20))
				h.due()
				h.clock.Advance(1e9)
				h.leave(today.AddDays(12))
				if n := h.due(); n != 0 {
					h.Errorf("opened %d more", n)
				}
				want := today.AddDays(12)
				if byHand {
					want = today.AddDays(20)
				}
				if s := h.all(); len(s) != 1 || s[0].LeavesOn != want || len(s[0].Items) != 2 {
					h.Errorf("%+v, want %s", s, want)
				}
			})
		})
	}
}

// Who stands above a post sees its handover while nobody looks after it.
func TestWhoStandsAbove(t *testing.T) {
	forEachHall(t, func(h *hall) {
		toSee := func(a act.Actor) (n int) {
			h.clock.Advance(1e9)
			for _, w := range must(h, func() ([]passation.Waiting, error) { return h.room.Waiting(h.ctx, h.visitor(a)) }) {
				n += w.ToSee
			}
			return n
		}
		sg, stranger := h.city.Agent("SG"), h.city.Agent("DIR-DPE")
		h.leave(today.AddDays(20))
		h.due()
		s := h.all()[0]
		if toSee(sg) != 2 || toSee(stranger) != 0 || toSee(h.leaves) != 0 {
			h.Errorf("nobody keeps it: %d above, %d elsewhere", toSee(sg), toSee(stranger))
		}
		h.wants("", h.room.SetInterim(h.ctx, sg, s.ID, s.Version, h.city.Posts["CHARGE"]))
		if toSee(sg) != 0 {
			h.Error("somebody keeps it now")
		}
	})
}

// A departure that is taken back, because the same person goes on at the post, drops the handover that opened by itself,
// with the act that says so as its cause; one in which somebody worked, or that somebody opened, stays and says it. Who
// leaves again has it opened again, for the same day too.
func TestADepartureIsTakenBack(t *testing.T) {
	day := today.AddDays(20)
	for name, c := range map[string]struct {
		before func(*hall) // what was done in it
		status passation.Status
		stays  bool
	}{
		"nobody worked in it": {status: passation.Dropped},
		"an interim was named": {status: passation.Open, stays: true, before: func(h *hall) {
			s := h.all()[0]
			h.wants("", h.room.SetInterim(h.ctx, h.city.Agent("SG"), s.ID, s.Version, h.city.Posts["CHARGE"]))
		}},
	} {
		t.Run(name, func(t *testing.T) {
			forEachHall(t, func(h *hall) {
				h.leave(day)
				h.due()
				if c.before != nil {
					c.before(h)
				}
				h.clock.Advance(1e9)
				h.goesOn(day)
				if n := h.due(); n != 0 {
					h.Errorf("opened %d", n)
				}
				s := h.sheet(h.all()[0].Number)
				if s.Status != c.status || s.Stays != c.stays || s.Cancelled() != (c.status == passation.Dropped) {
					h.Fatalf("%+v", s)
				}
				if !s.Cancelled() {
					return
				}
				cause := must(h, func() (string, error) {
					return db.One(h.ctx, h.city.DB.Readers, db.Scalar[string], `SELECT c.verb FROM act a JOIN act c ON c.id = a.cause WHERE a.verb = 'passation.drop'`)
				})
				if cause != "powers.holder.appoint" {
					h.Errorf("caused by %s", cause)
				}
				h.endsAgain(day)
				if n := h.due(); n != 1 || h.sheet(s.Number).Status != passation.Open {
					h.Errorf("opened %d again: %+v", n, h.all())
				}
			})
		})
	}
}
