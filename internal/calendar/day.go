package calendar

import (
	"time"
	_ "time/tzdata" // the legal time of Paris must not depend on the machine's files

	"parvis/internal/fault"
)

// Day is a legal day, "YYYY-MM-DD" in Europe/Paris. The empty Day means that it is not known.
type Day string

// Forever is the open end of a period.
const Forever Day = "9999-12-31"

var paris = mustLoad("Europe/Paris")

func mustLoad(name string) *time.Location {
	loc, err := time.LoadLocation(name)
	if err != nil {
		panic(err) // impossible: time/tzdata is linked in
	}
	return loc
}

// Paris is the location of legal time.
func Paris() *time.Location { return paris }

// DayOf returns the legal day of an instant; the zero instant has none.
func DayOf(t time.Time) Day {
	if t.IsZero() {
		return ""
	}
	return civil(t.In(paris))
}

// NewDay returns the day of a year, month and day of month, which may overflow as in time.Date.
func NewDay(year int, month time.Month, day int) Day {
	return civil(time.Date(year, month, day, 0, 0, 0, 0, time.UTC))
}

// ParseDay reads exactly "YYYY-MM-DD", the form of storage, of machines and of <input type="date">.
// The empty text is the unknown day. Faults: Invalid calendar.day.format, calendar.day.impossible.
func ParseDay(s string) (Day, error) {
	if s == "" {
		return "", nil
	}
	y, m, d, ok := split(s)
	if !ok {
		return "", fault.New(fault.Invalid, "calendar.day.format", "value", s)
	}
	if !exists(y, m, d) {
		return "", fault.New(fault.Invalid, "calendar.day.impossible", "value", s)
	}
	return Day(s), nil
}

// Valid tells whether d is a day that exists between the years 1 and 9999.
func (d Day) Valid() bool {
	y, m, dd, ok := split(string(d))
	return ok && exists(y, m, dd)
}

// Date gives the parts of the day; all are zero when the day is unknown or malformed.
func (d Day) Date() (year int, month time.Month, day int) {
	y, m, dd, ok := split(string(d))
	if !ok {
		return 0, 0, 0
	}
	return y, time.Month(m), dd
}

// Year gives the year, 0 when the day is unknown.
func (d Day) Year() int {
	y, _, _ := d.Date()
	return y
}

// Time gives the instant at which the day begins in Paris, the zero time when it is unknown.
// Days of 23 and 25 hours exist: never add 24 hours to it, use AddDays.
func (d Day) Time() time.Time {
	y, m, dd := d.Date()
	if y == 0 {
		return time.Time{}
	}
	return time.Date(y, m, dd, 0, 0, 0, 0, paris)
}

// Hour is an hour of a day as clocks show it, "14:30"; "" when it is not known.
type Hour string

// Clock gives the instant at which the clocks of Paris show hour:minute on that day. An hour that
// does not exist (the spring change) is the same one hour later; an hour that exists twice is the first.
func (d Day) Clock(hour, minute int) time.Time {
	y, m, dd := d.Date()
	if y == 0 {
		return time.Time{}
	}
	t := time.Date(y, m, dd, hour, minute, 0, 0, paris)
	if repeated(t) {
		return t.Add(-time.Hour)
	}
	if t.Hour() < hour%24 {
		return t.Add(time.Hour)
	}
	return t
}

// repeated tells whether the clocks of Paris showed the same hour one hour before t already.
func repeated(t time.Time) bool {
	return t.In(paris).Hour() == t.Add(-time.Hour).In(paris).Hour()
}

// Weekday gives the day of the week; only meaningful for a known day.
func (d Day) Weekday() time.Weekday { return d.utc().Weekday() }

// Known tells whether the day is known.
func (d Day) Known() bool { return d != "" }

// Before tells whether d comes before e; an unknown day comes before and after nothing.
func (d Day) Before(e Day) bool { return d != "" && e != "" && d < e }

// After tells whether d comes after e; an unknown day comes before and after nothing.
func (d Day) After(e Day) bool { return e.Before(d) }

// AddDays moves by n days. Unknown stays unknown and Forever stays Forever; a result outside the
// years 1 to 9999 is the nearest end.
func (d Day) AddDays(n int) Day {
	if d == "" || d == Forever {
		return d
	}
	return clamp(d.utc().AddDate(0, 0, n))
}

// AddMonths moves by n months, from day of month to the same day of month ("de quantième à
// quantième"); when that day is missing, to the last day of the month (Code de procédure civile, art. 641).
func (d Day) AddMonths(n int) Day {
	if d == "" || d == Forever {
		return d
	}
	y, m, dd := d.Date()
	first := time.Date(y, m+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return clamp(first.AddDate(0, 0, min(dd, last)-1))
}

// AddYears moves by n years, 29 February becoming the 28th where it is missing.
func (d Day) AddYears(n int) Day { return d.AddMonths(12 * n) }

// DaysUntil counts the days from d to e, negative when e comes first, 0 when either is unknown.
func (d Day) DaysUntil(e Day) int {
	if d == "" || e == "" {
		return 0
	}
	return int(e.utc().Sub(d.utc()) / (24 * time.Hour)) // UTC days all last 24 hours
}

// Span counts whole years, months and days from d to e, as people count an age. It is zero when
// either is unknown or e is not after d.
func (d Day) Span(e Day) (years, months, days int) {
	if !d.Before(e) {
		return 0, 0, 0
	}
	y1, m1, _ := d.Date()
	y2, m2, _ := e.Date()
	total := (y2-y1)*12 + int(m2-m1)
	if d.AddMonths(total).After(e) {
		total--
	}
	return total / 12, total % 12, d.AddMonths(total).DaysUntil(e)
}

func (d Day) utc() time.Time {
	y, m, dd := d.Date()
	return time.Date(y, m, dd, 0, 0, 0, 0, time.UTC)
}

func clamp(t time.Time) Day {
	switch {
	case t.Year() > 9999:
		return Forever
	case t.Year() < 1:
		return "0001-01-01"
	}
	return civil(t)
}

// civil writes the date of t without the allocations of time.Format's layout parsing.
func civil(t time.Time) Day {
	y, m, d := t.Date()
	b := [10]byte{
		byte('0' + y/1000%10), byte('0' + y/100%10), byte('0' + y/10%10), byte('0' + y%10), '-',
		byte('0' + int(m)/10), byte('0' + int(m)%10), '-', byte('0' + d/10), byte('0' + d%10),
	}
	return Day(b[:])
}

func split(s string) (y, m, d int, ok bool) {
	if len(s) != 10 || s[4] != '-' || s[7] != '-' {
		return 0, 0, 0, false
	}
	y, ok1 := digits(s[:4])
	m, ok2 := digits(s[5:7])
	d, ok3 := digits(s[8:])
	return y, m, d, ok1 && ok2 && ok3
}

func digits(s string) (n int, ok bool) {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, s != ""
}

func exists(y, m, d int) bool {
	return y >= 1 && m >= 1 && m <= 12 && d >= 1 && d <= daysIn(y, m)
}

func daysIn(y, m int) int {
	return time.Date(y, time.Month(m)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}
