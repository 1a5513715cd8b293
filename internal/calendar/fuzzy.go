package calendar

import (
	"strconv"
	"time"

	"parvis/internal/fault"
)

// Fuzzy is a date known as well as the archives know it: "2014", "2014-Q2", "2014-05" or
// "2014-05-06" (the forms of ISO 8601, the quarter as in ISO 8601-2). Empty means unknown.
type Fuzzy string

// Precision says how well a Fuzzy date is known, from worst to best.
type Precision int

// The precisions.
const (
	Unknown Precision = iota
	ToYear
	ToQuarter
	ToMonth
	ToDay
)

// ParseFuzzy reads exactly one of the four forms; the empty text is the unknown date.
// Faults: Invalid calendar.fuzzy.format.
func ParseFuzzy(s string) (Fuzzy, error) {
	f := Fuzzy(s)
	if s != "" && f.Precision() == Unknown {
		return "", fault.New(fault.Invalid, "calendar.fuzzy.format", "value", s)
	}
	return f, nil
}

// Precision tells how well the date is known; Unknown also for a malformed text.
func (f Fuzzy) Precision() Precision {
	s := string(f)
	switch {
	case len(s) == 10 && Day(s).Valid():
		return ToDay
	case len(s) < 4 || !Day(s[:4]+"-01-01").Valid():
		return Unknown
	case len(s) == 4:
		return ToYear
	case len(s) == 7 && s[4:6] == "-Q" && s[6] >= '1' && s[6] <= '4':
		return ToQuarter
	case len(s) == 7 && Day(s+"-01").Valid():
		return ToMonth
	}
	return Unknown
}

// Start is the first day that the date may mean, empty when it is unknown.
func (f Fuzzy) Start() Day {
	switch f.Precision() {
	case ToDay:
		return Day(f)
	case ToMonth:
		return Day(f + "-01")
	case ToQuarter:
		return NewDay(f.Year(), time.Month(f.Quarter()*3-2), 1)
	case ToYear:
		return Day(f + "-01-01")
	}
	return ""
}

// End is the last day that the date may mean (itself included), empty when it is unknown.
func (f Fuzzy) End() Day {
	start := f.Start()
	switch f.Precision() {
	case ToMonth:
		return start.AddMonths(1).before()
	case ToQuarter:
		return start.AddMonths(3).before()
	case ToYear:
		return NewDay(f.Year(), time.December, 31)
	}
	return start
}

// before is the eve; the months that end with Forever need it, because Forever does not move.
func (d Day) before() Day {
	if d == Forever {
		return d
	}
	return d.AddDays(-1)
}

// Period is the half-open span of the days that the date may mean.
func (f Fuzzy) Period() Period { return Through(f.Start(), f.End()) }

// Year is the year, 0 when the date is unknown.
func (f Fuzzy) Year() int {
	if f.Precision() == Unknown {
		return 0
	}
	y, _ := strconv.Atoi(string(f[:4]))
	return y
}

// Quarter is 1 to 4, or 0 when the date is not known that well.
func (f Fuzzy) Quarter() int {
	switch f.Precision() {
	case ToQuarter:
		return int(f[6] - '0')
	case ToMonth, ToDay:
		_, m, _ := f.Start().Date()
		return (int(m) + 2) / 3
	}
	return 0
}

// Before tells whether f is certainly before g: no day that f may mean is as late as one of g.
func (f Fuzzy) Before(g Fuzzy) bool { return f.End().Before(g.Start()) }
