package council_test

import (
	"testing"

	"parvis/internal/calendar"
	"parvis/internal/council"
)

// A recours gracieux is noted by its days, which must be able to follow each other; outside nobody is told that there was one.
func TestARequestToReconsiderIsNoted(t *testing.T) {
	forEachTown(t, func(c *town) {
		f := c.sent()
		c.wants("council.formal.state", errOf(c.room.NoteAppeal(c.ctx, secretary, f.ID, f.Version, "2018-01-26", "")))
		c.returns(f, "2018-014", "2018-01-23", "2018-01-24", "2018-01-25")
		read := func() council.Formal {
			return must(c, func() (council.Formal, error) { return c.room.Formal(c.ctx, inside("p-greffe"), f.Ref) })
		}
		f = read()
		today := calendar.DayOf(c.clock.Now())
		for _, s := range []struct {
			received, refused calendar.Day
			want              string
		}{
			{"", "", "received:council.required"},
			{"2018-01-22", "", "received:council.formal.appeal.before_signed"},
			{today.AddDays(1), "", "received:council.formal.appeal.future"},
			{today, today.AddDays(-1), "refused:council.formal.appeal.before_received"},
			{today, today.AddDays(1), "refused:council.formal.appeal.future"},
		} {
			c.wants(s.want, errOf(c.room.NoteAppeal(c.ctx, secretary, f.ID, f.Version, s.received, s.refused)))
		}
		c.wants("council.stale", errOf(c.room.NoteAppeal(c.ctx, secretary, f.ID, f.Version+1, today, "")))
		c.ok(errOf(c.room.NoteAppeal(c.ctx, secretary, f.ID, f.Version, today, "")))
		f = read()
		c.ok(errOf(c.room.NoteAppeal(c.ctx, secretary, f.ID, f.Version, today, today))) // what was noted is corrected
		f = read()
		if f.Appealed != today || f.Refused != today || f.Status != council.FormalReturned {
			c.Errorf("%+v", f)
		}
		c.ok(errOf(c.room.PublishFormal(c.ctx, secretary, f.ID, f.Version, true)))
		out := must(c, func() (council.Formal, error) { return c.room.Formal(c.ctx, anonymous, f.Ref) })
		if out.Appealed != "" || out.Refused != "" || read().Appealed != today {
			c.Errorf("outside: %+v", out.FormalDays)
		}
	})
}
