package calendar

import "time"

// IsWorkingDay tells whether offices work on that day ("jour ouvré"): neither Saturday, Sunday nor
// public holiday.
func (r Region) IsWorkingDay(d Day) bool {
	if !d.Valid() {
		return false
	}
	w := d.Weekday()
	return w != time.Saturday && w != time.Sunday && r.HolidayKey(d) == ""
}

// NextWorkingDay is d itself when it is a working day, else the first one after it.
func (r Region) NextWorkingDay(d Day) Day { return r.seek(d, 1) }

// AddWorkingDays is the n-th working day after d, or before d when n is negative; d itself for 0.
func (r Region) AddWorkingDays(d Day, n int) Day {
	step := 1
	if n < 0 {
		step, n = -1, -n
	}
	for ; n > 0; n-- {
		next := r.seek(d.AddDays(step), step)
		if next == d {
			return d // an end of the calendar
		}
		d = next
	}
	return d
}

func (r Region) seek(d Day, step int) Day {
	for d != "" && !r.IsWorkingDay(d) {
		next := d.AddDays(step)
		if next == d {
			return d
		}
		d = next
	}
	return d
}

// AddClearDays is the last day of a delay of n clear days ("jours francs") that an act on d opens:
// neither the day of the act nor the n-th day counts, and a delay that would end on a Saturday, a
// Sunday or a holiday ends on the next working day (Code de procédure civile, art. 642; the same
// usage before administrative courts).
func (r Region) AddClearDays(d Day, n int) Day {
	return r.NextWorkingDay(d.AddDays(n + 1))
}

// AddClearMonths is the last day of a delay of n clear months ("délai franc"), such as the two
// months to challenge an act (Code de justice administrative, art. R421-1 and R421-5).
func (r Region) AddClearMonths(d Day, n int) Day {
	return r.NextWorkingDay(d.AddMonths(n).AddDays(1))
}

// ClearDaysUntil counts the clear days between an act and an event, neither of which counts: a
// council must be called five clear days before it sits (CGCT, art. L2121-12). It is negative when
// the event does not come after the act, and -1 when either is unknown.
func (d Day) ClearDaysUntil(event Day) int { return d.DaysUntil(event) - 1 }
