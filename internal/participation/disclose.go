package participation

import "parvis/internal/participation/recount"

// What a lot discloses is decided by recount.Disclose, which also writes the public files.

// shown is a lot as far as it may be told, to whoever asks: agents have no more right than others to
// know how twelve people voted.
func (l Lot) shown() Lot {
	if l.sums() {
		r := *l.Result
		r.WithoutWinner, r.SupportedWinners, r.SupportedCost, r.EJRPlus = 0, 0, 0, nil
		l.Result = &r
	}
	if !l.secret() {
		return l
	}
	r := l.Result
	l.Voters, l.Blank = 0, 0
	l.Result = &Result{Rule: r.Rule, Disclosure: r.Disclosure, Budget: r.Budget, Seats: r.Seats, Reserve: r.Reserve, Spent: r.Spent, Won: r.Won, Grades: r.Grades}
	return l
}

// shown is a project of a lot, likewise: whether it won and in which place.
func (p Project) shown(l Lot) Project {
	if l.Result == nil {
		p.Votes = 0 // no sums before the count
	}
	if l.sums() {
		w := *p.Why
		w.Full, w.Poor = 0, 0
		p.Why = &w
	}
	if !l.secret() {
		return p
	}
	p.Votes = 0
	cause := "undisclosed"
	if p.Won() {
		cause = "selected"
	}
	if p.Withdrawn {
		cause = "withdrawn"
	}
	p.Why = &Why{Cause: cause, Left: -1, Median: -1}
	return p
}

// sums tells whether a lot tells its sums but not its ballots: what only ballots can tell is left out.
func (l Lot) sums() bool { return l.Result != nil && l.Result.Disclosure == recount.OnlyTotals }

// secret tells whether a lot tells its winners and their order alone.
func (l Lot) secret() bool { return l.Result != nil && l.Result.Disclosure == recount.OnlyWinners }
