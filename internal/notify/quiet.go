package notify

import (
	"time"

	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// Quiet is when somebody is left alone, in minutes of the day, Paris time. From may be later than To:
// the night. From equal to To: never.
type Quiet struct {
	From, To int
	Weekends bool // all of Saturday and Sunday, and public holidays
}

// quietAgents is what an agent has who chose nothing: 20:00 to 07:00, and the week-ends.
var quietAgents = Quiet{From: 20 * 60, To: 7 * 60, Weekends: true}

const dayMinutes = 24 * 60

// next is the first instant, not before t, at which its reader may be told.
func (q Quiet) next(t time.Time) time.Time {
	day := calendar.DayOf(t)
	for range 30 { // no run of holidays is longer
		if !q.Weekends || calendar.Metropole.IsWorkingDay(day) {
			if at := q.open(day, t); !at.IsZero() {
				return at
			}
		}
		day = day.AddDays(1)
		t = day.Clock(0, 0)
	}
	return t
}

// open is the first instant of the day, not before t, outside the quiet hours; zero if there is none.
func (q Quiet) open(day calendar.Day, t time.Time) time.Time {
	at := func(minute int) time.Time { return day.Clock(minute/60, minute%60) }
	if q.From == q.To {
		return t
	}
	if q.From > q.To { // the night: quiet until To, and from From on
		if t.Before(at(q.To)) {
			return at(q.To)
		}
		if t.Before(at(q.From)) {
			return t
		}
		return time.Time{}
	}
	if t.Before(at(q.From)) || !t.Before(at(q.To)) {
		return t
	}
	return at(q.To)
}

// SetQuiet keeps the quiet hours that somebody chose. Faults: Invalid notify.quiet.
func (n *Notifier) SetQuiet(tx db.Transaction, account id.ID, q Quiet) error {
	if q.From < 0 || q.To < 0 || q.From >= dayMinutes || q.To >= dayMinutes {
		return fault.New(fault.Invalid, "notify.quiet")
	}
	return tx.Exec(`INSERT INTO op_notify_quiet (reader, from_min, to_min, weekends) VALUES ($1, $2, $3, $4) ON CONFLICT (reader)
		DO UPDATE SET from_min = excluded.from_min, to_min = excluded.to_min, weekends = excluded.weekends`,
		account, q.From, q.To, q.Weekends)
}
