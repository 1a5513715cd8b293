package council_test

import (
	"testing"

	"parvis/internal/act/acttest"
	"parvis/internal/council"
	"parvis/internal/id"
	"parvis/internal/identity"
)

// succeeds hands a post over to somebody else: who sees through it from now on.
func (c *town) succeeds(post id.ID) identity.Visitor {
	c.next[post] = true
	return identity.Visitor{Kind: identity.Agent, Account: "cpt2-" + post, Posts: []identity.PostRef{{ID: post, Holder: c.holder(post)}}}
}

// TestARecusalIsAPersons: said by the member or noted by the bureau, it binds whoever held the post then, and not the
// next holder, who may have to withdraw in their own name.
func TestARecusalIsAPersons(t *testing.T) {
	forEachTown(t, func(c *town) {
		tb := c.committee()
		m := c.prepare(tb, "2018-01-22")
		i := c.item(m, "Le capteur", council.ForDecision)
		c.ok(errOf(c.room.DeclareInterest(c.ctx, ann, council.InterestForm{Item: i.ID, Event: "recuse", Nature: council.Shares, Note: "Des parts."})))
		c.ok(errOf(c.room.DeclareInterest(c.ctx, secretary, council.InterestForm{Item: i.ID, Post: "e-ben", Event: "recuse", Nature: council.Family, Note: "Des parts."})))
		away := func(v identity.Visitor, want bool) {
			t.Helper()
			f, _ := c.file(v, m).Item(i.ID)
			if f.Withheld != want || (f.Summary == "") != want {
				t.Errorf("%s: withheld %v, %q", v.Posts[0].Holder, f.Withheld, f.Summary)
			}
		}
		reads := func(v identity.Visitor, want int) {
			t.Helper()
			if f, _ := c.file(v, m).Item(i.ID); len(f.Declared) != want || want > 0 && f.Declared[0].Note != "Des parts." {
				t.Errorf("%s reads the declarations %+v", v.Posts[0].Holder, f.Declared)
			}
		}
		reads(inside("e-ann"), 1)
		reads(c.succeeds("e-ann"), 0)
		delete(c.next, "e-ann")
		reads(inside("e-cleo"), 0)
		reads(inside("p-greffe"), 2)
		away(inside("e-ann"), true)
		away(inside("e-ben"), true)
		for _, post := range []id.ID{"e-ann", "e-ben"} {
			away(c.succeeds(post), false)
			away(inside(post), true) // who left and kept a session reads nothing more
		}
		c.open(tb, m)
		b := must(c, func() (council.Ballot, error) {
			return c.room.OpenBallot(c.ctx, secretary, council.BallotForm{Item: i.ID, Motion: "Adopter"})
		})
		if b.Base.Recused != 0 || b.Entitled != 4 {
			t.Errorf("the next holders vote: %+v", b.Base)
		}
		next := acttest.Agent("e-ben")
		next.Holder = c.holder("e-ben")
		c.ok(c.room.CastVoice(c.ctx, next, b.ID, tb.seats["e-ben"].ID, council.For))
		c.ok(errOf(c.room.DeclareInterest(c.ctx, next, council.InterestForm{Item: i.ID, Event: "recuse", Nature: council.Mandate})))
		if f, _ := c.file(inside("p-greffe"), m).Item(i.ID); len(f.Interests) != 1 {
			t.Errorf("the recusals shown: %+v", f.Interests)
		}
		b = must(c, func() (council.Ballot, error) {
			return c.room.CloseBallot(c.ctx, secretary, council.CloseForm{Ballot: b.ID, Voices: tb.by(map[id.ID]council.Choice{"e-maire": council.For})})
		})
		if b.Base.Recused != 1 || b.Entitled != 3 || b.For != 1 {
			t.Errorf("the count: %+v %+v", b.Base, b.Tally)
		}
	})
}

// TestNobodyIsRecusedFromAnEmptyPost: the bureau cannot withdraw nobody.
func TestNobodyIsRecusedFromAnEmptyPost(t *testing.T) {
	forEachTown(t, func(c *town) {
		tb := c.committee()
		i := c.item(c.prepare(tb, "2018-01-22"), "Le capteur", council.ForDecision)
		c.left["e-ben"] = firstDay
		c.wants("post:council.interest.vacant", errOf(c.room.DeclareInterest(c.ctx, secretary, council.InterestForm{Item: i.ID, Post: "e-ben", Event: "recuse"})))
	})
}

// TestASittingWaitsForItsDay: it opens on the day to which its members were called, or is moved first.
func TestASittingWaitsForItsDay(t *testing.T) {
	forEachTown(t, func(c *town) {
		tb := c.committee(func(f *council.CommitteeForm) {
			f.Rules.Quorum, f.Rules.Notice, f.Rules.LockDays = council.NoQuorum, 0, 0
		})
		m := c.prepare(tb, "2018-01-22")
		c.item(m, "Le capteur", council.ForDecision)
		c.stepped(c.room.ConveneMeeting(c.ctx, secretary, m.ID, c.meeting(m).Version, ""))
		c.clock.Move(m.Day.AddDays(-1).Clock(23, 30)) // half past ten in universal time: still the day before in Paris
		c.wants("council.meeting.too_early", errOf(c.room.OpenMeeting(c.ctx, secretary, m.ID, c.meeting(m).Version, "", "")))
		f := council.MeetingForm{Day: m.Day.AddDays(-1), Clock: "23:45", Place: m.Place}
		c.stepped(c.room.ReviseMeeting(c.ctx, secretary, m.ID, c.meeting(m).Version, f))
		c.arrive(tb, m, "e-maire")
		c.stepped(c.room.OpenMeeting(c.ctx, secretary, m.ID, c.meeting(m).Version, "", ""))
	})
}
