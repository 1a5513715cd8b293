package council

import (
	"cmp"
	"slices"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/id"
)

// Counting is how the days of a deadline are counted from the day of the meeting.
type Counting string

// The ways of counting. Offices work neither on Saturdays, Sundays nor public holidays. Clear days leave out both ends:
// going back from the meeting they are those of a notice (CGCT, art. L2121-12), which no weekend moves; after it they
// are those of a delay, which ends on a working day (Code de procédure civile, art. 642).
const (
	CalendarDays Counting = "calendar"
	WorkingDays  Counting = "working"
	ClearDays    Counting = "clear"
)

// Countings lists the ways of counting in the order of forms.
func Countings() []Counting { return []Counting{CalendarDays, WorkingDays, ClearDays} }

// Settling is what meets a deadline: somebody says so, or the meeting reached a state that the room knows.
type Settling string

// The ways of settling.
const (
	BySomebody    Settling = ""
	OnConvening   Settling = "convened"
	OnApproval    Settling = "approved"  // of the minutes
	OnPublication Settling = "published" // of the minutes
)

// Settlings lists the ways of settling in the order of forms.
func Settlings() []Settling { return []Settling{BySomebody, OnConvening, OnApproval, OnPublication} }

// Deadline is a rule of a committee: what must be done so many days before or after each of its meetings. It holds for
// the meetings whose day is in its period.
type Deadline struct {
	ID        id.ID
	Version   int64
	Committee id.ID
	Thread    id.ID // the first row of this deadline: a change makes another
	Edition   int
	NameFR    string
	NameEN    string
	Days      int // from the day of the meeting: negative before, positive after
	Counting  Counting
	Post      id.ID // for whom; "" is the secretary of the meeting
	Settled   Settling
	calendar.Period
}

// Name is the name in a language.
func (d Deadline) Name(lang string) string {
	if lang == "en" {
		return cmp.Or(d.NameEN, d.NameFR)
	}
	return d.NameFR
}

// Ref names the deadline in acts.
func (d Deadline) Ref() act.Ref { return act.Ref{Type: "council_deadline", ID: d.Thread} }

func (d Deadline) row() act.Row { return act.Row{Table: "council_deadline", ID: d.ID} }

// On is the last day to do it for a meeting on day j.
func (d Deadline) On(region calendar.Region, j calendar.Day) calendar.Day {
	switch {
	case d.Days == 0:
		return j
	case d.Counting == WorkingDays:
		return region.AddWorkingDays(j, d.Days)
	case d.Counting == ClearDays && d.Days < 0:
		return ConveneBy(j, -d.Days)
	case d.Counting == ClearDays:
		return region.AddClearDays(j, d.Days)
	}
	return j.AddDays(d.Days)
}

// Met is what somebody said of a deadline of a meeting.
type Met struct {
	ID       id.ID
	Version  int64
	Meeting  id.ID
	Deadline id.ID // thread
	By       id.ID // post
	On       calendar.Day
}

func (m Met) row() act.Row { return act.Row{Table: "council_deadline_met", ID: m.ID} }

// MeetingDeadline is a deadline of one meeting.
type MeetingDeadline struct {
	Deadline
	Due  calendar.Day
	Said Met          // zero: nobody said anything
	Done calendar.Day // when it was met; "" while it is not, as far as Parvis knows
}

// Late tells whether it was met after its day, or is not met on a day after it.
func (d MeetingDeadline) Late(today calendar.Day) bool { return d.Due.Before(cmp.Or(d.Done, today)) }

// deadlinesOf computes the deadlines of a meeting, the earliest first.
func deadlinesOf(region calendar.Region, rules []Deadline, m Meeting, minutes Minutes, said []Met) []MeetingDeadline {
	var out []MeetingDeadline
	for _, rule := range rules {
		if !rule.Contains(m.Day) {
			continue
		}
		d := MeetingDeadline{Deadline: rule, Due: rule.On(region, m.Day)}
		if n := slices.IndexFunc(said, func(s Met) bool { return s.Deadline == rule.Thread && s.Meeting == m.ID }); n >= 0 {
			d.Said = said[n]
		}
		d.Done = d.settledOn(m, minutes)
		out = append(out, d)
	}
	slices.SortStableFunc(out, func(a, b MeetingDeadline) int { return cmp.Compare(a.Due, b.Due) })
	return out
}

// settledOn is the day on which the deadline was met.
func (d MeetingDeadline) settledOn(m Meeting, minutes Minutes) calendar.Day {
	switch d.Settled {
	case OnConvening:
		return m.ConvenedOn
	case OnApproval:
		return minutes.ApprovedOn
	case OnPublication:
		return minutes.PublishedOn
	}
	return d.Said.On
}
