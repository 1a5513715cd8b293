package strategy

import (
	"parvis/internal/calendar"
	"parvis/internal/fault"
)

// slot is which of the periods of a frequency a day is in, counted from the year 0.
func (f Frequency) slot(d calendar.Day) int {
	year, month, _ := d.Date()
	return (year*12 + int(month) - 1) / f.Months()
}

// fits refuses a period longer than the indicator's own: a whole year says nothing of one of its quarters. A shorter one
// fits: what is counted once a year may be counted in June.
func (i Indicator) fits(p calendar.Fuzzy) error {
	if i.Frequency.slot(p.Start()) == i.Frequency.slot(p.End()) {
		return nil
	}
	return fault.New(fault.Invalid, "strategy.measure.longer."+string(i.Frequency), "period", p)
}

// together tells whether two periods are of the same month, quarter, half or year of the indicator, which has one measure
// for each.
func (i Indicator) together(a, b calendar.Fuzzy) bool {
	return i.Frequency.slot(a.End()) == i.Frequency.slot(b.End())
}
