package tally

import (
	"cmp"
	"slices"
)

// chunk is a slice of a project that the same voters want.
type chunk struct {
	project int
	size    int64 // minor units
	votes   int64
}

// perDollar counts knapsack ballots dollar by dollar (Goel, Krishnaswamy, Sakshuwong and Aitamurto,
// "Knapsack Voting for Participatory Budgeting", 2019): each dollar of a project is a candidate, its
// votes are the voters who give the project at least that much, most votes win. Dollars with the same
// voters are one chunk. A level of votes is taken whole if it fits; otherwise its chunks by
// increasing size, until one does not fit: that one gets the rest, in part, and the count stops. A
// winner has at least one whole chunk.
func (e *Election) perDollar() *Outcome {
	out := &Outcome{Funded: make([]int64, len(e.Projects)), Partial: -1}
	chunks := e.chunks()
	left := e.Budget
	for len(chunks) > 0 && out.Partial < 0 && left > 0 {
		n := 1
		for n < len(chunks) && chunks[n].votes == chunks[0].votes {
			n++
		}
		left = out.level(e, chunks[:n], left)
		chunks = chunks[n:]
	}
	out.Completed = len(out.Winners)
	return out
}

// level gives money to the chunks of one level of votes.
func (out *Outcome) level(e *Election, level []chunk, left int64) int64 {
	var total int64
	for _, c := range level {
		total += c.size
	}
	bySize := func(a, b chunk) int { return cmp.Or(cmp.Compare(a.size, b.size), e.breakTie(a.project, b.project)) }
	if total > left {
		slices.SortFunc(level, bySize)
		out.reportLevel(e, level)
	}
	for _, c := range level {
		given := min(c.size, left)
		out.Funded[c.project] += given
		left -= given
		if given < c.size {
			if given > 0 {
				out.Partial = c.project
			}
			return 0
		}
		if !slices.Contains(out.Winners, c.project) {
			out.Winners = append(out.Winners, c.project)
		}
	}
	return left
}

// reportLevel reports the ties of a level that cannot be given whole.
func (out *Outcome) reportLevel(e *Election, level []chunk) {
	for i := 0; i < len(level); {
		j := i + 1
		for j < len(level) && level[j].size == level[i].size {
			j++
		}
		if j > i+1 {
			var tied []int
			for _, c := range level[i:j] {
				tied = append(tied, c.project)
			}
			out.Ties = append(out.Ties, e.tie(tied))
		}
		i = j
	}
}

// chunks cuts every project where the number of its voters changes, most votes first.
func (e *Election) chunks() []chunk {
	amounts := make([]map[int64]int64, len(e.Projects)) // voters by amount given
	for g, count := range e.ballots.count {
		for _, c := range e.ballots.group(g) {
			amount := int64(c.Points)
			if e.Kind == Approval {
				amount = e.Projects[c.Project].Cost
			}
			if amounts[c.Project] == nil {
				amounts[c.Project] = map[int64]int64{}
			}
			amounts[c.Project][amount] += int64(count)
		}
	}
	var list []chunk
	for p, by := range amounts {
		if e.in[p] {
			list = append(list, cut(p, by, e.votes[p])...)
		}
	}
	slices.SortFunc(list, func(a, b chunk) int {
		return cmp.Or(cmp.Compare(b.votes, a.votes), e.breakTie(a.project, b.project))
	})
	return list
}

func cut(project int, by map[int64]int64, votes int64) []chunk {
	levels := make([]int64, 0, len(by))
	for amount := range by {
		levels = append(levels, amount)
	}
	slices.Sort(levels)
	var list []chunk
	var from int64
	for _, to := range levels {
		list = append(list, chunk{project: project, size: to - from, votes: votes})
		votes -= by[to]
		from = to
	}
	return list
}
