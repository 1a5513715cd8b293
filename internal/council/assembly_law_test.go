package council_test

import (
	"testing"

	"parvis/internal/calendar"
	"parvis/internal/council"
	"parvis/internal/id"
)

// TestTheLawSetsTheRulesOfACouncil: what it does not leave to a council is refused with its article; a committee that the
// city makes for itself chooses.
func TestTheLawSetsTheRulesOfACouncil(t *testing.T) {
	for _, s := range []struct {
		what string
		edit func(*council.CommitteeForm)
		want string
	}{
		{"lawful", func(*council.CommitteeForm) {}, ""},
		{"a roll call", func(f *council.CommitteeForm) { f.Method = council.RollCall }, ""},
		{"no quorum", func(f *council.CommitteeForm) { f.Quorum = council.NoQuorum }, "quorum:council.law.quorum"},
		{"a third", func(f *council.CommitteeForm) { f.Quorum = council.ThirdQuorum }, "quorum:council.law.quorum"},
		{"its president decides", func(f *council.CommitteeForm) { f.Voting = council.Chair }, "voting:council.law.voting"},
		{"two thirds", func(f *council.CommitteeForm) { f.Voting = council.TwoThirds }, "voting:council.law.voting"},
		{"a tie is nobody's", func(f *council.CommitteeForm) { f.Casting = false }, "casting:council.law.casting"},
		{"always secret", func(f *council.CommitteeForm) { f.Method = council.Secret }, "method:council.law.method"},
		{"two powers", func(f *council.CommitteeForm) { f.PowersMax = 2 }, "powers_max:council.between"},
		{"days that are not clear", func(f *council.CommitteeForm) { f.ClearDays = false }, "notice:council.law.notice"},
		{"four clear days", func(f *council.CommitteeForm) { f.Notice = 4 }, "notice:council.law.notice"},
		{"three in a small commune", func(f *council.CommitteeForm) { f.Notice, f.NotesWaived = 3, true }, ""},
		{"two in a small commune", func(f *council.CommitteeForm) { f.Notice, f.NotesWaived = 2, true }, "notice:council.law.notice"},
	} {
		t.Run(s.what, func(t *testing.T) {
			forEachTown(t, func(c *town) {
				f := rules()
				f.Kind, f.Notice, f.ClearDays, f.LockDays = council.Council, 5, true, 1
				s.edit(&f)
				c.wants(s.want, errOf(c.room.FoundCommittee(c.ctx, mission, f)))
				f.Kind, f.Code = council.Copil, "AUTRE"
				tb, err := c.room.FoundCommittee(c.ctx, mission, f)
				c.wants("", err)
				f.Kind = council.Council
				c.wants(s.want, errOf(c.room.ReviseCommittee(c.ctx, mission, tb.ID, tb.Version, f)))
			})
		})
	}
}

// TestACouncilHasNoDeputies: neither seated in it, nor left over from what it was.
func TestACouncilHasNoDeputies(t *testing.T) {
	forEachTown(t, func(c *town) {
		tb := c.assembly()
		deputy := council.SeatForm{Committee: tb.ID, Post: "p-dep", Role: council.Deputy, StandsIn: tb.seats["e-ann"].ID}
		c.wants("role:council.law.deputy", errOf(c.room.SeatMember(c.ctx, mission, deputy)))
		was := c.committee()
		f := rules()
		f.Kind, f.ClearDays = council.Council, true
		c.wants("kind:council.law.deputies", errOf(c.room.ReviseCommittee(c.ctx, mission, was.ID, was.Version, f)))
		c.ok(c.room.EndMember(c.ctx, mission, was.ID, was.seats["p-dep"].ID, ""))
		c.ok(errOf(c.room.ReviseCommittee(c.ctx, mission, was.ID, was.Version, f)))
	})
}

// TestASessionOpensOnItsDay: not before, not after, though one that sits goes on past midnight; a council is kept by one
// of its members who is in the room.
func TestASessionOpensOnItsDay(t *testing.T) {
	forEachTown(t, func(c *town) {
		tb := c.assembly()
		m := c.prepare(tb, "2018-01-22")
		i := c.item(m, "Plan vélo", council.ForInfo)
		c.convene(m)
		enter := func(clock string, posts ...id.ID) error {
			return c.room.Arrive(c.ctx, secretary, council.ArriveForm{Meeting: m.ID, Members: tb.ids(posts...), Clock: clock})
		}
		open := func(keeps id.ID) error {
			return errOf(c.room.OpenMeeting(c.ctx, secretary, m.ID, c.meeting(m).Version, "", keeps))
		}
		c.clock.Move(calendar.Day("2018-01-31").Clock(14, 30))
		c.wants("council.meeting.too_late", enter("", "e-maire", "e-ann", "e-ben"))
		c.wants("council.meeting.too_late", open("e-ann"))
		c.ok(c.move(m, "2018-02-12", "20:00", ""))
		c.clock.Move(calendar.Day("2018-02-12").Clock(20, 0))
		c.ok(enter("", "e-maire", "e-ann", "e-ben", "p-greffe", "p-expert"))
		for _, keeps := range []id.ID{"", "p-greffe", "p-expert", "e-cleo", "p-nobody"} {
			c.wants("secretary:council.law.secretary", open(keeps))
		}
		c.ok(open("e-ann"))
		c.clock.Move(calendar.Day("2018-02-13").Clock(0, 20))
		c.wants("clock:council.presence.future", enter("00:30", "e-cleo"))
		c.ok(enter("23:50", "e-cleo"))
		stays := c.file(inside("p-mission"), m).Assembly.Stays
		if last := stays[len(stays)-1].ArrivedAt; !last.Equal(calendar.Day("2018-02-12").Clock(23, 50)) {
			c.Errorf("Cleo came at %s", last)
		}
		c.ok(errOf(c.room.TakeNote(c.ctx, president, i.ID, c.stored(i).Version, "")))
	})
}
