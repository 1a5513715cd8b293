package calendar

// Period is the half-open span of days From <= day < To. An empty From means since always; an empty
// To, like Forever, means without end. The store writes Forever.
type Period struct {
	From, To Day
}

// Since is the period that begins on from and has no end.
func Since(from Day) Period { return Period{from, Forever} }

// On is the period of one day.
func On(d Day) Period { return Period{d, d.AddDays(1)} }

// Through is the period from the first to the last day, both included: how people say it.
func Through(first, last Day) Period {
	if last == "" {
		last = Forever
	}
	return Period{first, last.AddDays(1)}
}

func (p Period) to() Day {
	if p.To == "" {
		return Forever
	}
	return p.To
}

// Open tells whether the period has no end.
func (p Period) Open() bool { return p.to() == Forever }

// Empty tells whether no day is in the period.
func (p Period) Empty() bool { return p.From >= p.to() }

// Last is the last day in the period, Forever when it is open.
func (p Period) Last() Day { return p.to().AddDays(-1) }

// Contains tells whether the day is in the period; an unknown day is in none.
func (p Period) Contains(d Day) bool { return d != "" && p.From <= d && d < p.to() }

// Overlaps tells whether the two periods have a day in common.
func (p Period) Overlaps(q Period) bool { return !p.Intersect(q).Empty() }

// Within tells whether every day of p is in q; an empty period is within any.
func (p Period) Within(q Period) bool {
	return p.Empty() || (q.From <= p.From && p.to() <= q.to())
}

// Intersect is the period of the days that are in both, possibly empty.
func (p Period) Intersect(q Period) Period {
	return Period{max(p.From, q.From), min(p.to(), q.to())}
}

// Days counts the days of the period, -1 when it has no end or no beginning.
func (p Period) Days() int {
	if p.Open() || p.From == "" {
		return -1
	}
	return max(0, p.From.DaysUntil(p.To))
}
