package calendar

import "time"

// Region is a part of France with its own list of public holidays: those of the Code du travail,
// art. L3133-1, plus local ones. The zero Region is mainland France.
type Region int

// The regions.
const (
	Metropole     Region = iota
	AlsaceMoselle        // art. L3134-13: Good Friday (where there is a protestant church) and 26 December
	Guadeloupe           // the abolition of slavery in the five next: art. L3422-2
	Guyane
	Martinique
	Mayotte
	Reunion
)

// Holiday is one public holiday; Key is the message that names it.
type Holiday struct {
	Day Day
	Key string
}

// Easter returns Easter Sunday of a Gregorian year (Meeus, Astronomical Algorithms, ch. 8).
func Easter(year int) Day {
	a, b, c := year%19, year/100, year%100
	d, e := b/4, b%4
	g := (8*b + 13) / 25
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 19*l) / 433
	month := (h + l - 7*m + 90) / 25
	return NewDay(year, time.Month(month), (h+l-7*m+33*month+19)%32)
}

// Holidays lists the public holidays of a year in order. The list is today's law: 8 May, for
// instance, was not a holiday from 1960 to 1981.
func (r Region) Holidays(year int) []Holiday {
	var all []Holiday
	for d := NewDay(year, time.January, 1); d.Year() == year; d = d.AddDays(1) {
		if key := r.HolidayKey(d); key != "" {
			all = append(all, Holiday{d, key})
		}
		if d.AddDays(1) == d {
			break // the calendar ends with the year 9999
		}
	}
	return all
}

// HolidayKey is the message key of the holiday on that day, "" when it is none.
func (r Region) HolidayKey(d Day) string {
	y, m, dd := d.Date()
	if y == 0 {
		return ""
	}
	if key := fixedHoliday(m, dd); key != "" {
		return key
	}
	if key := r.localHoliday(m, dd); key != "" {
		return key
	}
	if m >= time.March && m <= time.June {
		return r.movableHoliday(Easter(y).DaysUntil(d))
	}
	return ""
}

func fixedHoliday(m time.Month, d int) string {
	switch int(m)*100 + d {
	case 101:
		return "calendar.holiday.new_year"
	case 501:
		return "calendar.holiday.labour"
	case 508:
		return "calendar.holiday.victory"
	case 714:
		return "calendar.holiday.national"
	case 815:
		return "calendar.holiday.assumption"
	case 1101:
		return "calendar.holiday.all_saints"
	case 1111:
		return "calendar.holiday.armistice"
	case 1225:
		return "calendar.holiday.christmas"
	}
	return ""
}

func (r Region) localHoliday(m time.Month, d int) string {
	day := int(m)*100 + d
	switch {
	case r == AlsaceMoselle && day == 1226:
		return "calendar.holiday.second_christmas"
	case r == Guadeloupe && day == 527, r == Guyane && day == 610, r == Martinique && day == 522,
		r == Mayotte && day == 427, r == Reunion && day == 1220:
		return "calendar.holiday.abolition"
	}
	return ""
}

func (r Region) movableHoliday(afterEaster int) string {
	switch {
	case afterEaster == 1:
		return "calendar.holiday.easter_monday"
	case afterEaster == 39:
		return "calendar.holiday.ascension"
	case afterEaster == 50:
		return "calendar.holiday.whit_monday"
	case afterEaster == -2 && r == AlsaceMoselle:
		return "calendar.holiday.good_friday"
	}
	return ""
}
