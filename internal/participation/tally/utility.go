package tally

// Utility says what a selected project is worth to a voter.
type Utility int

// The utilities. Ranks count from 1.
const (
	ByCost      Utility = iota // its cost, if the ballot names it
	ByCard                     // 1, if the ballot names it
	ByPoints                   // the points the ballot gives it
	ByBorda                    // projects on the ballot − rank: the last one is worth 0 (pabutools)
	ByBordaCity                // longest ballot allowed − rank + 1: Kraków's 3, 2, 1
)

// weight is what the choice at place i of a ballot is worth, in votes for ByCost (the cost is a
// common factor of all supporters, so that Equal Shares needs it only to compare projects).
func (e *Election) weight(u Utility, ballot []Choice, i int) int64 {
	switch u {
	case ByPoints:
		return int64(ballot[i].Points)
	case ByBorda:
		return int64(len(ballot) - 1 - i)
	case ByBordaCity:
		return max(0, int64(e.MaxLength-i))
	}
	return 1
}

// unit tells whether all weights are 1.
func (u Utility) unit() bool { return u == ByCost || u == ByCard }

// scores sums the weights each project receives.
func (e *Election) scores(u Utility) []int64 {
	if u.unit() {
		return e.votes
	}
	if e.sums != nil {
		return e.sums.Scores
	}
	sum := make([]int64, len(e.Projects))
	for g, count := range e.ballots.count {
		ballot := e.ballots.group(g)
		for i, c := range ballot {
			sum[c.Project] += int64(count) * e.weight(u, ballot, i)
		}
	}
	return sum
}

// declared is the utility that a plain count of this kind of ballot sums: votes, points, or the
// points of the ranks as cities give them.
func (k Kind) declared() Utility {
	switch k {
	case Ordinal:
		return ByBordaCity
	case Points:
		return ByPoints
	}
	return ByCard
}
