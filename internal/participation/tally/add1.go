package tally

import (
	"context"
	"runtime"
	"sync"
)

// raises finds how many units add1 adds to every endowment: the first k whose outcome is exhaustive,
// or the last before the first that overspends.
//
// Outcomes are not monotone in k, so none is guessed at: they are played in parallel and read in
// order; only those are skipped that provably equal the one before (see stretch).
func (m *market) raises(ctx context.Context, kind Endowment) (int64, error) {
	if kind == Share || kind == Add1Overspend && m.allFit() {
		return 0, nil
	}
	runs := make([]*run, runtime.GOMAXPROCS(0))
	for i := range runs {
		runs[i] = newRun(m)
	}
	errs := make([]error, len(runs))
	for k, p := int64(0), (patience{}); ; {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		m.playAll(runs, errs, kind, k)
		for i, r := range runs {
			if errs[i] != nil {
				return 0, errs[i]
			}
			at := k + int64(i)
			if r.spent > m.e.Budget {
				return max(0, at-1), nil
			}
			if kind != Add1Overspend && r.exhaustive() {
				return at, nil
			}
		}
		k = p.after(runs[len(runs)-1], k+int64(len(runs))-1)
	}
}

// playAll plays the outcomes from k on, one for each run.
func (m *market) playAll(runs []*run, errs []error, kind Endowment, k int64) {
	var wg sync.WaitGroup
	for i, r := range runs {
		wg.Go(func() {
			if errs[i] = r.endowed(kind, k+int64(i)); errs[i] == nil {
				r.limit = m.e.Budget
				r.play()
			}
		})
	}
	wg.Wait()
}

// exhaustive tells whether no project that somebody supports fits in what is left.
func (r *run) exhaustive() bool {
	left := r.m.e.Budget - r.spent
	for g := range r.m.goods {
		if r.bought[g] < 0 && r.m.cost(int32(g)) <= left {
			return false
		}
	}
	return true
}

// allFit tells whether all supported projects together fit in the budget.
func (m *market) allFit() bool {
	left := m.e.Budget
	for g := range m.goods {
		left -= m.cost(int32(g))
		if left < 0 {
			return false
		}
	}
	return true
}
