package i18n

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"parvis/internal/calendar"
)

// Day prints a day in full: "5 avril 2014", "1er mai 2014", "5 April 2014". The unknown day prints
// "date inconnue", the open end "sans date de fin".
func (p *Printer) Day(d calendar.Day) string {
	if text, special := p.specialDay(d); special {
		return text
	}
	y, m, dd := d.Date()
	return p.dayOfMonth(dd) + " " + p.month(m) + " " + strconv.Itoa(y)
}

// DayShort prints a day for tables: "05/04/2014" in both languages, as British usage allows.
func (p *Printer) DayShort(d calendar.Day) string {
	if text, special := p.specialDay(d); special {
		return text
	}
	y, m, dd := d.Date()
	return fmt.Sprintf("%02d/%02d/%04d", dd, m, y)
}

// Weekday prints a day with its name: "samedi 5 avril 2014", "Saturday 5 April 2014".
func (p *Printer) Weekday(d calendar.Day) string {
	if text, special := p.specialDay(d); special {
		return text
	}
	return p.T("i18n.weekday."+strconv.Itoa(int(d.Weekday()))) + " " + p.Day(d)
}

func (p *Printer) specialDay(d calendar.Day) (string, bool) {
	switch {
	case !d.Valid():
		return p.T("i18n.day.unknown"), true
	case d == calendar.Forever:
		return p.T("i18n.day.forever"), true
	}
	return "", false
}

// dayOfMonth is the number, with the ordinal that French keeps for the first.
func (p *Printer) dayOfMonth(d int) string {
	if d == 1 && p.lang == French {
		return "1er"
	}
	return strconv.Itoa(d)
}

func (p *Printer) month(m time.Month) string { return p.T("i18n.month." + strconv.Itoa(int(m))) }

// MonthYear prints "avril 2014".
func (p *Printer) MonthYear(d calendar.Day) string {
	if text, special := p.specialDay(d); special {
		return text
	}
	y, m, _ := d.Date()
	return p.month(m) + " " + strconv.Itoa(y)
}

// Fuzzy prints a date as well as it is known: "2014", "2e trimestre 2014", "mai 2014", "6 mai 2014".
func (p *Printer) Fuzzy(f calendar.Fuzzy) string {
	switch f.Precision() {
	case calendar.ToYear:
		return string(f)
	case calendar.ToQuarter:
		return p.T("i18n.quarter."+strconv.Itoa(f.Quarter()), "year", string(f[:4]))
	case calendar.ToMonth:
		return p.MonthYear(f.Start())
	}
	return p.Day(f.Start())
}

// Period prints a period by its first and last days: "du 1er avril au 30 juin 2014", "depuis le …",
// "jusqu'au …", "le …" for one day.
func (p *Printer) Period(per calendar.Period) string {
	last := per.Last()
	switch {
	case per.From == "" && per.Open():
		return p.T("i18n.period.always")
	case per.From == "":
		return p.T("i18n.period.until", "last", last)
	case per.Open():
		return p.T("i18n.period.since", "first", per.From)
	case per.Empty():
		return p.T("i18n.period.empty")
	case per.From == last:
		return p.T("i18n.period.single", "first", per.From)
	}
	return p.T("i18n.period.both", "first", p.firstDay(per.From, last), "last", last)
}

// firstDay leaves out the month and year that the last day repeats.
func (p *Printer) firstDay(first, last calendar.Day) string {
	y1, m1, d1 := first.Date()
	y2, m2, _ := last.Date()
	switch {
	case y1 == y2 && m1 == m2:
		return p.dayOfMonth(d1)
	case y1 == y2:
		return p.dayOfMonth(d1) + " " + p.month(m1)
	}
	return p.Day(first)
}

// Time prints an instant in the time of Paris: "5 avril 2014 à 14 h 05", "5 April 2014 at 14:05".
func (p *Printer) Time(t time.Time) string {
	if t.IsZero() {
		return p.T("i18n.day.unknown")
	}
	return p.T("i18n.instant", "day", calendar.DayOf(t), "time", p.Clock(t))
}

// Clock prints the hour of an instant in Paris: "14 h 05" or "14:05".
func (p *Printer) Clock(t time.Time) string {
	return p.Hour(calendar.Hour(t.In(calendar.Paris()).Format("15:04")))
}

// Hour prints an hour of a day: "14 h 05" or "14:05"; what is no hour as it stands.
func (p *Printer) Hour(h calendar.Hour) string {
	hours, minutes, ok := strings.Cut(strings.TrimPrefix(string(h), "0"), ":")
	if !ok || p.lang != French {
		return strings.TrimPrefix(string(h), "0")
	}
	return hours + noBreak + "h" + noBreak + minutes
}

// Age prints how long passed from one day to another in its two largest units: "1 an et 11 mois",
// "3 mois et 2 jours", "3 jours", "aujourd'hui" for none.
func (p *Printer) Age(from, to calendar.Day) string {
	y, m, d := from.Span(to)
	if y == 0 && m == 0 && d == 0 {
		return p.T("i18n.age.today")
	}
	var parts []string
	for _, u := range []struct {
		key string
		n   int
	}{{"i18n.age.year", y}, {"i18n.age.month", m}, {"i18n.age.day", d}} {
		if u.n > 0 {
			parts = append(parts, p.N(u.key, int64(u.n)))
		} else if len(parts) > 0 {
			break // "2 ans et 3 jours" would promise a precision that "2 ans" does not need
		}
	}
	return p.List(parts[:min(2, len(parts))])
}

// Ago prints how long passed between two instants: the age in days from one day on, else hours or
// minutes: "2 heures", "moins d'une minute". The sentence around it ("il y a …") is the catalogue's.
func (p *Printer) Ago(from, now time.Time) string {
	switch d := now.Sub(from); {
	case d < time.Minute:
		return p.T("i18n.age.now")
	case d < time.Hour:
		return p.N("i18n.age.minute", int64(d/time.Minute))
	case d < 24*time.Hour:
		return p.N("i18n.age.hour", int64(d/time.Hour))
	}
	return p.Age(calendar.DayOf(from), calendar.DayOf(now))
}

// List prints "a, b et c".
func (p *Printer) List(items []string) string { return p.join(items, p.T("i18n.list.and")) }

// ListOr prints "a, b ou c".
func (p *Printer) ListOr(items []string) string { return p.join(items, p.T("i18n.list.or")) }

func (p *Printer) join(items []string, word string) string {
	n := len(items)
	if n < 2 {
		return strings.Join(items, "")
	}
	return strings.Join(items[:n-1], ", ") + " " + word + " " + items[n-1]
}
