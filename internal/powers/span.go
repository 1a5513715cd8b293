package powers

import (
	"math"
	"time"

	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// never is the instant at which a standing statement ends.
const never int64 = math.MaxInt64

// Span is when a statement holds in law (legal days, half-open) and when the city made it and took it
// back. First is when the thing was first stated: later statements about it may only cut it short.
type Span struct {
	calendar.Period
	Recorded   int64 // microseconds UTC
	RecordedBy id.ID // act
	Ended      int64
	EndedBy    id.ID
	First      int64
	FirstBy    id.ID
}

// Late tells whether the thing was stated after the day on which it began to hold: a régularisation.
func (s Span) Late() bool { return s.lateFor(s.From) }

// lateFor tells whether, on that day, nobody could have known of the thing from the record.
func (s Span) lateFor(day calendar.Day) bool { return day.Before(s.Stated()) }

// Stated is the legal day on which the thing was first recorded.
func (s Span) Stated() calendar.Day { return calendar.DayOf(db.Instant(s.First)) }

// Moment is a pair of dates: what was in force on Day, as the record stood at Known.
type Moment struct {
	Day   calendar.Day
	Known time.Time
}

// Now is the moment of an instant: what is in force today, as known now.
func Now(t time.Time) Moment { return Moment{calendar.DayOf(t), t} }

// On is the same knowledge on another legal day; the empty day changes nothing.
func (m Moment) On(day calendar.Day) Moment {
	if day != "" {
		m.Day = day
	}
	return m
}

func (m Moment) args(first ...any) []any {
	return append(first, string(m.Day), db.Micros(m.Known))
}

// checkPeriod reads the legal days of a form: a first day is needed, an empty end is open.
func checkPeriod(err *fault.Error, p *calendar.Period) {
	if p.To == "" {
		p.To = calendar.Forever
	}
	switch {
	case p.From == "":
		err.At("from", "powers.from_missing")
	case !p.From.Valid() || !p.To.Valid():
		err.At("from", "powers.day_impossible")
	case p.Empty():
		err.At("to", "powers.period_empty")
	}
}
