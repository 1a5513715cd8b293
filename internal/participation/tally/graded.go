package tally

import "slices"

// majority counts majority judgment. N, the number of judgments of every project, is the number of
// ballots that are not blank.
func (e *Election) majority() (*Outcome, error) {
	gradings, err := e.gradings()
	if err != nil {
		return nil, err
	}
	var order []int
	for p := range gradings {
		if e.in[p] {
			order = append(order, p)
		}
	}
	slices.SortFunc(order, func(a, b int) int {
		if c := CompareMajority(gradings[a], gradings[b]); c != 0 {
			return c
		}
		return e.breakTie(a, b)
	})
	out := &Outcome{Gradings: gradings}
	out.Ranks, out.Ties = e.majorityRanks(order, gradings)
	out.Winners, out.Turns = e.award(order, e.Stop)
	out.Completed = len(out.Winners)
	return out, nil
}

// gradings counts the grades of each project and fills in the missing ones.
func (e *Election) gradings() ([]Grading, error) {
	list, n := e.judgments()
	for p := range list {
		var err error
		if e.Projects[p].Withdrawn {
			continue
		}
		if list[p], err = list[p].filled(n, e.Fill); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// judgments counts the grades that were given, and the ballots that give any.
func (e *Election) judgments() (list []Grading, n int64) {
	if e.sums != nil {
		return slices.Clone(e.sums.Gradings), e.sums.N - e.sums.Blank
	}
	list = make([]Grading, len(e.Projects))
	for p := range list {
		list[p] = make(Grading, e.Grades)
	}
	for g, count := range e.ballots.count {
		ballot := e.ballots.group(g)
		if len(ballot) > 0 {
			n += int64(count)
		}
		for _, c := range ballot {
			list[c.Project][c.Points] += int64(count)
		}
	}
	return list, n
}

// majorityRanks gives the ranks of an order: equals share the rank, and are reported as ties.
func (e *Election) majorityRanks(order []int, gradings []Grading) (ranks []int, ties []Tie) {
	ranks = make([]int, len(e.Projects))
	for i := 0; i < len(order); {
		j := i
		for j < len(order) && CompareMajority(gradings[order[i]], gradings[order[j]]) == 0 {
			ranks[order[j]] = i + 1
			j++
		}
		if j > i+1 {
			ties = append(ties, e.tie(slices.Clone(order[i:j])))
		}
		i = j
	}
	return ranks, ties
}
