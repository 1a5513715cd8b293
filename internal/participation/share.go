package participation

import (
	"cmp"
	"context"
	"errors"
	"io"
	"slices"

	"parvis/internal/participation/pabulib"
)

// mostShared is how many winners are named beside a project that lost.
const mostShared = 3

// share says of each project that lost which winners its supporters support most. It is told only where
// every ballot is public, from which anybody can count it.
func (r *Room) share(ctx context.Context, l Lot, projects []Project) error {
	f, err := r.openBallots(l)
	if err != nil {
		return err
	}
	defer f.Close()
	votes, err := pabulib.Open(f, pabulib.Options{})
	if err != nil {
		return err
	}
	both := make([][]int64, len(projects))
	for i := range both {
		both[i] = make([]int64, len(projects))
	}
	for {
		v, err := votes.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err := cmp.Or(err, ctx.Err()); err != nil {
			return err
		}
		pairs(both, projects, v)
	}
	for i := range projects {
		if !projects[i].Won() {
			projects[i].Why.Shared = largest(both[i], projects)
		}
	}
	return nil
}

// pairs counts the losers and the winners of one ballot together.
func pairs(both [][]int64, projects []Project, v *pabulib.Vote) {
	for _, lost := range v.Choices {
		if projects[lost.Project].Won() {
			continue
		}
		for _, won := range v.Choices {
			if projects[won.Project].Won() {
				both[lost.Project][won.Project]++
			}
		}
	}
}

func largest(with []int64, projects []Project) []Shared {
	var list []Shared
	for i, n := range with {
		if n > 0 {
			list = append(list, Shared{projects[i].Code, n})
		}
	}
	slices.SortStableFunc(list, func(a, b Shared) int { return cmp.Compare(b.Voters, a.Voters) })
	return list[:min(mostShared, len(list))]
}
