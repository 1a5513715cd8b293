package tally

import (
	"cmp"
	"math/bits"
	"slices"
)

// Quality measures an outcome beyond its list of winners. A ballot supports the projects it names
// (with points, those it gives any); blank ballots are counted, and without a winner.
type Quality struct {
	Spent, Budget    int64 // minor units
	Voters           int64
	WithoutWinner    int64 // ballots that support no winner
	SupportedWinners int64 // winners supported, summed over ballots
	SupportedCost    int64 // cost of the winners supported, summed over ballots; minor units
	Districts        []Part
	Categories       []Part
	EJRPlus          []int // projects that break EJR+ with cost utilities
}

// Part compares the money that a district or a category receives with the votes it was given.
type Part struct {
	Name          string
	Spent, Votes  int64
	Projects, Won int
}

// Measure computes the quality of a set of winners.
func (e *Election) Measure(winners []int) Quality {
	q := Quality{Spent: e.cost(winners), Budget: e.Budget, Voters: e.N()}
	won := e.holds(winners)
	for g, count := range e.ballots.count {
		var number, cost int64
		for _, c := range e.ballots.group(g) {
			if won[c.Project] == 1 {
				number++
				cost += e.Projects[c.Project].Cost
			}
		}
		if number == 0 {
			q.WithoutWinner += int64(count)
		}
		q.SupportedWinners += int64(count) * number
		q.SupportedCost += int64(count) * cost
	}
	q.Districts = e.parts(won, func(p Project) string { return p.District })
	q.Categories = e.parts(won, func(p Project) string { return p.Category })
	q.EJRPlus = e.ejrPlus(won)
	return q
}

// parts groups projects by a name; projects without one are left out.
func (e *Election) parts(won []int, name func(Project) string) []Part {
	at := map[string]int{}
	var list []Part
	for p, project := range e.Projects {
		n := name(project)
		if n == "" || project.Withdrawn {
			continue
		}
		i, known := at[n]
		if !known {
			i = len(list)
			at[n] = i
			list = append(list, Part{Name: n})
		}
		list[i].Projects++
		list[i].Votes += e.votes[p]
		list[i].Won += won[p]
		list[i].Spent += int64(won[p]) * project.Cost
	}
	slices.SortFunc(list, func(a, b Part) int { return cmp.Compare(a.Name, b.Name) })
	return list
}

// ejrPlus lists the projects not selected for which some k of their supporters each have
// u + cost ≤ k × budget / n, where u is the cost of the winners they support (Brill and Peters, EC
// 2023, with cost utilities). Taking supporters by increasing u makes k as large as it can be.
func (e *Election) ejrPlus(won []int) []int {
	if e.Budget == 0 || e.Kind == Grades {
		return nil
	}
	worth := make([]int64, len(e.ballots.count))
	support := make([][]int32, len(e.Projects))
	for g := range e.ballots.count {
		for _, c := range e.ballots.group(g) {
			worth[g] += int64(won[c.Project]) * e.Projects[c.Project].Cost
			if won[c.Project] == 0 && !e.Projects[c.Project].Withdrawn {
				support[c.Project] = append(support[c.Project], int32(g))
			}
		}
	}
	var list []int
	for p, groups := range support {
		slices.SortFunc(groups, func(a, b int32) int { return cmp.Compare(worth[a], worth[b]) })
		if e.violates(p, groups, worth) {
			list = append(list, p)
		}
	}
	return list
}

func (e *Election) violates(p int, groups []int32, worth []int64) bool {
	var k int64
	for _, g := range groups {
		k += int64(e.ballots.count[g])
		hi1, lo1 := bits.Mul64(uint64(worth[g]+e.Projects[p].Cost), uint64(e.N()))
		hi2, lo2 := bits.Mul64(uint64(k), uint64(e.Budget))
		if compare128(hi1, lo1, hi2, lo2) <= 0 {
			return true
		}
	}
	return false
}
