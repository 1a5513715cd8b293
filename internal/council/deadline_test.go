package council_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"parvis/internal/act/acttest"
	"parvis/internal/calendar"
	"parvis/internal/council"
	"parvis/internal/id"
)

// TestDaysOfDeadlines counts from meetings beside Easter (1 April 2018; the Monday is a holiday), beside 1 May, and over
// the nights on which the hour changes. The days were counted by hand on a calendar.
func TestDaysOfDeadlines(t *testing.T) {
	const calendarDays, working, clear = council.CalendarDays, council.WorkingDays, council.ClearDays
	for name, c := range map[string]struct {
		days     int
		counting council.Counting
		j, want  calendar.Day
	}{
		"the day itself, a Sunday":             {0, working, "2018-04-01", "2018-04-01"},
		"J-12, a Saturday stays one":           {-12, calendarDays, "2018-04-05", "2018-03-24"},
		"J-3 over the night of summer time":    {-3, calendarDays, "2018-03-27", "2018-03-24"},
		"J+3 over the night of winter time":    {3, calendarDays, "2018-10-26", "2018-10-29"},
		"J-6 worked over Easter":               {-6, working, "2018-04-05", "2018-03-27"},
		"J-1 worked, the Monday is a holiday":  {-1, working, "2018-04-03", "2018-03-30"},
		"J+5 worked over 1 May":                {5, working, "2018-04-26", "2018-05-04"},
		"J-5 clear, no weekend counts less":    {-5, clear, "2018-04-05", "2018-03-30"},
		"J-5 clear may end on Easter Sunday":   {-5, clear, "2018-04-07", "2018-04-01"},
		"J+5 clear":                            {5, clear, "2018-04-24", "2018-04-30"},
		"J+5 clear does not end on 1 May":      {5, clear, "2018-04-25", "2018-05-02"},
		"J+14 calendar may end on a holiday":   {14, calendarDays, "2018-04-17", "2018-05-01"},
		"J+8 over the end of a year":           {8, calendarDays, "2018-12-27", "2019-01-04"},
		"J+2 worked over 25 December":          {2, working, "2018-12-24", "2018-12-27"},
		"J-12 on 29 February of a leap year":   {-12, calendarDays, "2020-03-12", "2020-02-29"},
		"J-1 worked before a bridge of Ascent": {-1, working, "2018-05-11", "2018-05-09"},
	} {
		d := council.Deadline{Days: c.days, Counting: c.counting}
		if got := d.On(calendar.Metropole, c.j); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// TestDeadlinesCountWhatTheySay holds each way of counting to its own definition, whatever the day.
func TestDeadlinesCountWhatTheySay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var region calendar.Region
		j := calendar.Day("2017-01-01").AddDays(rapid.IntRange(0, 365*6).Draw(t, "j"))
		n := rapid.IntRange(-40, 40).Filter(func(n int) bool { return n != 0 }).Draw(t, "days")
		d := council.Deadline{Days: n, Counting: rapid.SampledFrom(council.Countings()).Draw(t, "counting")}
		due := d.On(region, j)
		if n < 0 != due.Before(j) || due == j {
			t.Fatalf("%s is on the wrong side of %s", due, j)
		}
		switch d.Counting {
		case council.CalendarDays:
			if got := j.DaysUntil(due); got != n {
				t.Fatalf("%d days from %s to %s", got, j, due)
			}
		case council.WorkingDays:
			if got := workedBetween(region, j, due); !region.IsWorkingDay(due) || got != max(n, -n) {
				t.Fatalf("%d working days from %s to %s", got, j, due)
			}
		case council.ClearDays:
			if n < 0 && due.ClearDaysUntil(j) != -n {
				t.Fatalf("%d clear days from %s to %s", due.ClearDaysUntil(j), due, j)
			}
			if n > 0 && (due != region.NextWorkingDay(j.AddDays(n+1)) || j.ClearDaysUntil(due) < n) {
				t.Fatalf("%s after %s", due, j)
			}
		}
	})
}

// workedBetween counts the working days from one day to another: the first is left out, the last is not.
func workedBetween(region calendar.Region, j, due calendar.Day) (n int) {
	step := 1
	if due.Before(j) {
		step = -1
	}
	for d := j; d != due; {
		if d = d.AddDays(step); region.IsWorkingDay(d) {
			n++
		}
	}
	return n
}

func papersIn() council.DeadlineForm {
	return council.DeadlineForm{NameFR: "Pièces déposées", NameEN: "Papers handed in", Days: 6, Counting: council.WorkingDays}
}

func (c *town) deadline(t table, f council.DeadlineForm) council.Deadline {
	c.Helper()
	return must(c, func() (council.Deadline, error) { return c.room.AddDeadline(c.ctx, secretary, t.ID, f) })
}

// dues are the days of the deadlines of a meeting, by name; those that are met are marked.
func (c *town) dues(m council.Meeting) map[string]string {
	c.Helper()
	out := map[string]string{}
	for _, d := range c.file(inside("p-mission"), m).Deadlines {
		out[d.NameFR] = string(d.Due)
		if d.Done != "" {
			out[d.NameFR] += " done " + string(d.Done)
		}
	}
	return out
}

func (c *town) same(what string, got, want any) {
	c.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		c.Errorf("%s:\n%s", what, diff)
	}
}

// TestTheDeadlinesOfAMeeting follows three deadlines of a committee through a meeting that moves, and one that is
// changed after another meeting was held.
func TestTheDeadlinesOfAMeeting(t *testing.T) {
	forEachTown(t, func(c *town) {
		of := c.committee()
		in := c.deadline(of, papersIn())
		c.deadline(of, council.DeadlineForm{NameFR: "Convocation", Days: 7, Counting: council.CalendarDays, Settled: council.OnConvening})
		c.deadline(of, council.DeadlineForm{NameFR: "Compte rendu", Days: 8, After: true, Counting: council.CalendarDays, Settled: council.OnApproval})
		m := c.prepare(of, "2018-04-05")
		c.item(m, "Un point", council.ForInfo)
		c.same("prepared", c.dues(m), map[string]string{"Pièces déposées": "2018-03-27", "Convocation": "2018-03-29", "Compte rendu": "2018-04-13"})
		c.same("outside", len(c.file(anonymous, c.publicMeeting(of)).Deadlines), 0)

		first := c.todo(m, in)
		c.stepped(c.room.ReviseMeeting(c.ctx, secretary, m.ID, c.meeting(m).Version, council.MeetingForm{Day: "2018-04-12", Clock: "14:30"}))
		moved := c.todo(m, in)
		c.same("the same entry, newer", []any{moved.UID, moved.Sequence > first.Sequence, moved.Due}, []any{first.UID, true, calendar.Day("2018-04-04")})
		c.ok(c.room.MeetDeadline(c.ctx, secretary, m.ID, in.Thread, true))
		c.same("moved", c.dues(m), map[string]string{"Pièces déposées": "2018-04-04 done 2018-01-08", "Convocation": "2018-04-05", "Compte rendu": "2018-04-20"})
		done := c.todo(m, in)
		c.same("done, newer", []any{done.UID, done.Sequence > moved.Sequence, done.Completed.IsZero()}, []any{first.UID, true, false})
		c.wants("council.deadline.unchanged", c.room.MeetDeadline(c.ctx, secretary, m.ID, in.Thread, true))
		c.ok(c.room.MeetDeadline(c.ctx, secretary, m.ID, in.Thread, false))

		c.open(of, c.meeting(m))
		c.stepped(c.room.CloseMeeting(c.ctx, secretary, m.ID, c.meeting(m).Version))
		c.clock.Move(calendar.Day("2018-04-16").Clock(9, 0))
		drafted := must(c, func() (council.Minutes, error) { return c.room.DraftMinutes(c.ctx, secretary, m.ID, c.words("fr")) })
		must(c, func() (council.Minutes, error) { return c.room.ApproveMinutes(c.ctx, secretary, m.ID, drafted.Version) })
		held := map[string]string{"Pièces déposées": "2018-04-04", "Convocation": "2018-04-05 done 2018-01-08", "Compte rendu": "2018-04-20 done 2018-04-16"}
		c.same("held", c.dues(m), held)

		next := c.prepare(of, "2018-05-03")
		changed := papersIn()
		changed.Days = 3
		must(c, func() (council.Deadline, error) {
			return c.room.ReviseDeadline(c.ctx, secretary, of.ID, in.Thread, in.Version, changed)
		})
		c.same("changed since", c.dues(m), held)
		c.same("the next one", c.dues(next)["Pièces déposées"], "2018-04-27")
		rules := must(c, func() ([]council.Deadline, error) { return c.room.Deadlines(c.ctx, inside("p-mission"), of.ID) })
		c.same("by their days", rules[1].NameFR, "Pièces déposées")
		c.ok(c.room.EndDeadline(c.ctx, secretary, of.ID, in.Thread, rules[1].Version))
		c.same("taken away", c.dues(next)["Pièces déposées"], "")
		c.same("and kept", c.dues(m), held)
	})
}

// todo is the entry of an agenda for a deadline of a meeting.
func (c *town) todo(m council.Meeting, of council.Deadline) calendar.Todo {
	c.Helper()
	f := c.file(inside("p-mission"), m)
	for _, d := range f.Deadlines {
		if d.Thread == of.Thread {
			return council.DeadlineLine{MeetingDeadline: d, Sitting: council.MeetingLine{Meeting: f.Meeting, Of: f.Committee}}.Todo("fr", "example", "", c.clock.Now())
		}
	}
	c.Fatal("no such deadline")
	return calendar.Todo{}
}

// publicMeeting is a meeting that people outside know of.
func (c *town) publicMeeting(of table) council.Meeting {
	c.Helper()
	m := c.prepare(of, "2018-01-30")
	c.item(m, "Un point public", council.ForInfo)
	c.stepped(c.room.ConveneMeeting(c.ctx, secretary, m.ID, c.meeting(m).Version, ""))
	return m
}

// TestWhomADeadlineWaitsFor asks, post by post and day by day, what waits.
func TestWhomADeadlineWaitsFor(t *testing.T) {
	forEachTown(t, func(c *town) {
		of := c.committee()
		mine := papersIn()
		mine.NameFR, mine.Post = "Relire les pièces", "p-expert"
		own := c.deadline(of, mine)
		c.deadline(of, papersIn())
		m := c.prepare(of, "2018-04-05") // both due on 27 March
		for _, row := range []struct {
			day  calendar.Day
			post id.ID
			want []string
		}{
			{"2018-03-16", "p-greffe", nil}, // eleven days before
			{"2018-03-17", "p-greffe", []string{"Pièces déposées"}},
			{"2018-03-17", "p-expert", []string{"Relire les pièces"}},
			{"2018-03-17", "e-maire", nil}, // the committee has a secretary
			{"2018-03-17", "e-ann", nil},
			{"2018-04-20", "p-greffe", []string{"Pièces déposées"}}, // late, and still there
		} {
			c.clock.Move(row.day.Clock(9, 0))
			c.same(string(row.day)+" "+string(row.post), c.waitsFor(row.post), row.want)
		}
		c.ok(c.room.EndMember(c.ctx, mission, of.ID, of.seats["p-greffe"].ID, "2018-04-20"))
		c.clock.Move(calendar.Day("2018-04-21").Clock(9, 0))
		c.same("without a secretary", c.waitsFor("e-maire"), []string{"Pièces déposées"})
		c.ok(c.room.MeetDeadline(c.ctx, acttest.Agent("p-expert"), m.ID, own.Thread, true))
		c.same("met", c.waitsFor("p-expert"), []string(nil))
		c.stepped(c.room.CancelMeeting(c.ctx, mission, m.ID, c.meeting(m).Version, "Trop peu de monde"))
		c.same("cancelled", c.waitsFor("e-maire"), []string(nil))
		c.wants("council.agenda.over", c.room.MeetDeadline(c.ctx, acttest.Agent("p-expert"), m.ID, own.Thread, false))
	})
}

func (c *town) waitsFor(post id.ID) (names []string) {
	c.Helper()
	p := must(c, func() (council.Pending, error) { return c.room.Pending(c.ctx, inside(post)) })
	for _, l := range p.Deadlines {
		names = append(names, l.NameFR)
	}
	if p.Count() != len(names) {
		c.Errorf("%d things wait, %d are deadlines", p.Count(), len(names))
	}
	return names
}

// TestRefusedDeadlines: each defect is told at its field, and nothing of it is kept.
func TestRefusedDeadlines(t *testing.T) {
	forEachTown(t, func(c *town) {
		of := c.committee()
		edited := func(edit func(*council.DeadlineForm)) council.DeadlineForm {
			f := papersIn()
			edit(&f)
			return f
		}
		for want, f := range map[string]council.DeadlineForm{
			"name:council.required":     edited(func(f *council.DeadlineForm) { f.NameFR = "  " }),
			"days:council.between":      edited(func(f *council.DeadlineForm) { f.Days = -1 }),
			"counting:council.choose":   edited(func(f *council.DeadlineForm) { f.Counting = "lunar" }),
			"settled:council.choose":    edited(func(f *council.DeadlineForm) { f.Settled = "magic" }),
			"post:council.unknown_post": edited(func(f *council.DeadlineForm) { f.Post = "nobody" }),
		} {
			c.wants(want, errOf(c.room.AddDeadline(c.ctx, secretary, of.ID, f)))
		}
		d := c.deadline(of, papersIn())
		c.wants("council.stale", errOf(c.room.ReviseDeadline(c.ctx, secretary, of.ID, d.Thread, d.Version+1, papersIn())))
		c.wants("council.stale", c.room.EndDeadline(c.ctx, secretary, of.ID, d.Thread, d.Version+1))
		c.wants("council.deadline.not_found", c.room.EndDeadline(c.ctx, secretary, of.ID, "nothing", 1))
		itself := c.deadline(of, edited(func(f *council.DeadlineForm) { f.Settled = council.OnConvening }))
		m := c.prepare(of, "2018-04-05")
		c.wants("council.deadline.settles_itself", c.room.MeetDeadline(c.ctx, secretary, m.ID, itself.Thread, true))
		c.wants("council.deadline.not_found", c.room.MeetDeadline(c.ctx, secretary, m.ID, "nothing", true))
		c.pass(24 * time.Hour)
		c.ok(c.room.EndDeadline(c.ctx, secretary, of.ID, d.Thread, d.Version))
		c.wants("council.deadline.not_found", c.room.EndDeadline(c.ctx, secretary, of.ID, d.Thread, d.Version+1))
	})
}
