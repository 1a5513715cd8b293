package tally

import (
	"cmp"
	"slices"
)

// sorted puts groups that begin with the same popular projects side by side, so that the supporters
// of a project lie close together in memory. Results do not depend on it.
func (b *ballots) sorted(votes []int64) ballots {
	place := popularity(votes)
	keys := make([]int32, 0, len(b.entries))
	for g := range b.count {
		for _, c := range b.group(g) {
			keys = append(keys, place[c.Project])
		}
		slices.Sort(keys[b.start[g]:])
	}
	order := make([]int32, len(b.count))
	for g := range order {
		order[g] = int32(g)
	}
	slices.SortFunc(order, func(x, y int32) int {
		return slices.Compare(keys[b.start[x]:b.start[x+1]], keys[b.start[y]:b.start[y+1]])
	})
	out := ballots{n: b.n, start: make([]int32, 1, len(b.start)), count: make([]int32, 0, len(b.count)), entries: make([]Choice, 0, len(b.entries))}
	for _, g := range order {
		out.entries = append(out.entries, b.group(int(g))...)
		out.start = append(out.start, int32(len(out.entries)))
		out.count = append(out.count, b.count[g])
	}
	return out
}

// popularity gives each project its place by votes, most first.
func popularity(votes []int64) []int32 {
	order := make([]int32, len(votes))
	for p := range order {
		order[p] = int32(p)
	}
	slices.SortStableFunc(order, func(x, y int32) int { return cmp.Compare(votes[y], votes[x]) })
	place := make([]int32, len(votes))
	for i, p := range order {
		place[p] = int32(i)
	}
	return place
}
