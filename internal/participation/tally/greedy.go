package tally

import (
	"math/bits"
	"slices"
)

// ranking is an order of projects by an exact ratio, ties broken.
type ranking struct {
	order []int
	ties  []Tie
}

// rank orders the eligible projects for which keep holds by num/den, greatest first. A project of
// score 0 is last whatever it costs; one that costs nothing has an infinite ratio.
func (e *Election) rank(num, den []int64, keep func(p int) bool) ranking {
	var r ranking
	for p := range e.Projects {
		if e.in[p] && keep(p) {
			r.order = append(r.order, p)
		}
	}
	compare := func(a, b int) int { return compareRatio(num[b], den[b], num[a], den[a]) }
	slices.SortFunc(r.order, func(a, b int) int {
		if c := compare(a, b); c != 0 {
			return c
		}
		return e.breakTie(a, b)
	})
	for i := 0; i < len(r.order); {
		j := i + 1
		for j < len(r.order) && compare(r.order[i], r.order[j]) == 0 {
			j++
		}
		if j > i+1 {
			r.ties = append(r.ties, e.tie(slices.Clone(r.order[i:j])))
		}
		i = j
	}
	return r
}

// compareRatio compares a/b with c/d, all at least 0. A zero numerator is the least of all, then a
// zero denominator the greatest.
func compareRatio(a, b, c, d int64) int {
	if a == 0 || c == 0 {
		return int(min(a, 1) - min(c, 1))
	}
	hi1, lo1 := bits.Mul64(uint64(a), uint64(d))
	hi2, lo2 := bits.Mul64(uint64(c), uint64(b))
	return compare128(hi1, lo1, hi2, lo2)
}

func compare128(hi1, lo1, hi2, lo2 uint64) int {
	switch {
	case hi1 != hi2 && hi1 < hi2, hi1 == hi2 && lo1 < lo2:
		return -1
	case hi1 == hi2 && lo1 == lo2:
		return 0
	}
	return 1
}

// byScore ranks by votes, points or the points of ranks, as the ballots are.
func (e *Election) byScore(keep func(p int) bool) ranking {
	return e.rank(e.scores(e.Kind.declared()), e.ones(), keep)
}

// byRatio ranks by utility per cost; with cost utilities that is by votes.
func (e *Election) byRatio(u Utility, keep func(p int) bool) ranking {
	if u == ByCost {
		return e.rank(e.votes, e.ones(), keep)
	}
	costs := make([]int64, len(e.Projects))
	for p := range costs {
		costs[p] = e.Projects[p].Cost
	}
	return e.rank(e.scores(u), costs, keep)
}

func (e *Election) ones() []int64 { return slices.Repeat([]int64{1}, len(e.Projects)) }

func all(int) bool { return true }

// greedy counts the rules that walk down a ranking.
func (e *Election) greedy(r Rule) *Outcome {
	keep := all
	if r.Threshold {
		score := e.scores(e.Kind.declared())
		keep = func(p int) bool { return score[p] >= e.Threshold }
	}
	ranked := e.byScore
	if r.PerCost {
		ranked = func(keep func(int) bool) ranking { return e.byRatio(r.Utility, keep) }
	}
	list := ranked(keep)
	winners, turns := e.award(list.order, r.NoSkip || e.Stop)
	return &Outcome{Winners: winners, Ties: list.ties, Completed: len(winners), Turns: turns}
}
