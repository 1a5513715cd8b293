package council

import (
	"time"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/id"
	"parvis/internal/portfolio"
)

// MeetingStatus is where a meeting stands.
type MeetingStatus string

// The states of a meeting.
const (
	Prepared  MeetingStatus = "prepared"
	Convened  MeetingStatus = "convened"
	Opened    MeetingStatus = "open"
	Suspended MeetingStatus = "suspended"
	Closed    MeetingStatus = "closed"
	Approved  MeetingStatus = "approved"
	Published MeetingStatus = "published"
	Cancelled MeetingStatus = "cancelled"
)

func meetingStates() portfolio.Machine {
	return portfolio.Machine{Name: "meeting", Start: string(Prepared), Moves: []portfolio.Move{
		{From: "prepared", Event: "convene", To: "convened", Needs: "an agenda, the notice or an urgency"},
		{From: "prepared", Event: "move", To: "prepared", Needs: "a day"},
		{From: "prepared", Event: "cancel", To: "cancelled", Needs: "reason"},
		{From: "convened", Event: "move", To: "convened", Needs: "a day"},
		{From: "convened", Event: "open", To: "open", Needs: "its day, quorum"},
		{From: "convened", Event: "lapse", To: "closed", Needs: "its hour, quorum lacking"},
		{From: "convened", Event: "cancel", To: "cancelled", Needs: "reason"},
		{From: "open", Event: "suspend", To: "suspended", Needs: "quorum lost, or a reason"},
		{From: "open", Event: "close", To: "closed", Needs: "no vote open"},
		{From: "suspended", Event: "resume", To: "open", Needs: "quorum"},
		{From: "suspended", Event: "close", To: "closed", Needs: "no vote open"},
		{From: "suspended", Event: "lapse", To: "closed", Needs: "quorum lacking"},
		{From: "closed", Event: "approve", To: "approved", Needs: "minutes"},
		{From: "approved", Event: "publish", To: "published", Needs: "occultation reviewed"},
	}}
}

// Meeting is a sitting of a committee. J is its day.
type Meeting struct {
	ID         id.ID
	Version    int64
	Committee  id.ID
	Year       int
	Seq        int
	Number     string // COPIL-2018-2
	Title      string
	Day        calendar.Day // J
	Clock      string       // HH:MM in Paris
	Minutes    int          // planned
	Place      string
	ConveneBy  calendar.Day // last day of the notice
	LockOn     calendar.Day // last day on which the agenda may change
	Status     MeetingStatus
	StatusOn   calendar.Day
	StatusNote string
	ConvenedOn calendar.Day
	OpenedAt   time.Time
	ClosedAt   time.Time
	President  id.ID // post that presides; "" until the meeting is open
	Secretary  id.ID // post that keeps the minutes
	Sequence   int   // of its calendar entry
	Again      id.ID // the meeting that lacked its quorum, of which this one is the second call; or ""
	ChangedAt  time.Time
	Visibility act.Visibility
	Law        *Law // nil until it is called, and of meetings called before 0075
}

// Law is what a meeting is held under: the kind and the rules of its committee on the day when it was called.
type Law struct {
	Kind  Kind
	Rules Rules
}

// Ref names the meeting in acts.
func (m Meeting) Ref() act.Ref { return act.Ref{Type: "meeting", ID: m.ID} }

func (m Meeting) row() act.Row { return act.Row{Table: "council_meeting", ID: m.ID} }

// Starts is the instant at which the meeting begins.
func (m Meeting) Starts() time.Time {
	t, err := time.Parse("15:04", m.Clock)
	if err != nil {
		return m.Day.Time()
	}
	return m.Day.Clock(t.Hour(), t.Minute())
}

// Locked tells whether the agenda may no longer change without the president and a reason: what the members
// were called to, after the lock. Before the notice nobody was told anything: a notice that leaves too late states
// its urgency instead.
func (m Meeting) Locked(today calendar.Day) bool {
	return m.Status != Prepared && (m.Status != Convened || today.After(m.LockOn))
}

// Sitting tells whether the meeting is being held.
func (m Meeting) Sitting() bool { return m.Status == Opened || m.Status == Suspended }

// Held tells whether the meeting took place.
func (m Meeting) Held() bool {
	return m.Status == Closed || m.Status == Approved || m.Status == Published
}

// Deadlines are the last days of the notice and of the agenda for a meeting on day, under the rules.
// The days of a notice are counted back from J. Clear days are those of the law, which leave out both ends and
// count every day of the week (CGCT, art. L2121-12). The rule of a house is stricter: a last day on which
// offices are closed moves to the working day before it.
func (r Rules) Deadlines(region calendar.Region, day calendar.Day) (conveneBy, lockOn calendar.Day) {
	lockOn = WorkingDayBy(region, day.AddDays(-r.LockDays))
	switch {
	case r.Notice == 0:
		return day, lockOn
	case r.ClearDays:
		return ConveneBy(day, r.Notice), lockOn
	}
	return WorkingDayBy(region, day.AddDays(-r.Notice)), lockOn
}

// WorkingDayBy is the last working day up to a day.
func WorkingDayBy(region calendar.Region, day calendar.Day) calendar.Day {
	if region.IsWorkingDay(day) {
		return day
	}
	return region.AddWorkingDays(day, -1)
}
