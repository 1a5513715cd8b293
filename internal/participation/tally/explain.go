package tally

import (
	"context"
	"math/big"
)

// Reason is why a project won or lost, in figures that a page puts into words.
type Reason struct {
	Project  int
	Selected bool
	Cause    string // one of Causes
	Place    int    // place in the ranking that decided (of the completion, for Equal Shares), from 1; 0: none
	Turn     int    // place in the order of selection, from 1; 0: not selected
	Left     int64  // what was left of the envelope when its turn came, minor units; -1: its turn never came
	Score    int64  // votes, points or points of ranks
	Price    *big.Rat
	Full     int64 // voters who paid the price in full
	Poor     int64 // voters who gave all they had left
	Holding  int64 // Equal Shares: what its supporters together have left at the end, minor units
	Gauge    Gauge // majority judgment
	Rank     int   // majority judgment
	Funded   int64 // per-dollar: what it receives
}

// Effective is the effective support of a project that Equal Shares did not buy: the part of its
// cost, in thousandths rounded down, that its supporters could still pay together at the end.
func (r Reason) Effective(cost int64) int64 {
	if cost == 0 {
		return 0
	}
	part := new(big.Int).Mul(big.NewInt(r.Holding), big.NewInt(1000))
	return part.Quo(part, big.NewInt(cost)).Int64()
}

// Causes lists what Reason.Cause may be.
func Causes() []string {
	return []string{
		"selected",         // by the rule
		"completed",        // by the completion of Equal Shares
		"partial",          // per-dollar: only a part of it is paid
		"withdrawn",        // after the ballot was printed
		"min_votes",        // fewer votes than the rules ask
		"cap",              // costs more than the rules allow
		"cost_bar",         // too few votes for its cost
		"threshold",        // its score is below the threshold
		"unsupported",      // no ballot gives it anything
		"no_room",          // its turn came, it cost more than was left
		"no_seat",          // its turn came, no seat was left
		"stopped",          // the walk had stopped before its turn
		"supporters_short", // its supporters could no longer pay it together
		"load",             // Phragmén: others had smaller loads until the count stopped
	}
}

// Explain gives the reason of every project, in the order of the projects.
func Explain(ctx context.Context, e *Election, r Rule, out *Outcome) ([]Reason, error) {
	list := make([]Reason, len(e.Projects))
	score := make([]int64, len(e.Projects))
	if e.Kind != Grades {
		score = e.scores(e.Kind.declared())
	}
	for p := range list {
		list[p] = Reason{Project: p, Left: -1, Score: score[p], Cause: e.outCause(r, p, score[p])}
	}
	for i, t := range out.Turns {
		if x := &list[t.Project]; x.Left < 0 {
			x.Place, x.Left = i+1, t.Left
		}
		list[t.Project].Cause = t.Cause
	}
	left := e.Budget
	for i, p := range out.Winners {
		list[p].Selected, list[p].Turn, list[p].Cause = true, i+1, "selected"
		if i >= out.Completed {
			list[p].Cause = "completed"
		}
		if list[p].Left < 0 {
			list[p].Left = left
		}
		left -= e.Projects[p].Cost
	}
	switch r.Family {
	case EqualShares:
		return list, explainShares(ctx, e, r, out, list)
	case PerDollar:
		explainPerDollar(out, list)
	case Majority:
		for p := range list {
			list[p].Gauge, list[p].Rank = out.Gradings[p].Gauge(), out.Ranks[p]
		}
	}
	return list, nil
}

// outCause says why a project has no turn at all.
func (e *Election) outCause(r Rule, p int, score int64) string {
	switch {
	case e.Projects[p].Withdrawn:
		return "withdrawn"
	case e.votes[p] < e.MinVotes:
		return "min_votes"
	case e.Cap > 0 && e.Projects[p].Cost > e.Cap:
		return "cap"
	case !e.in[p]:
		return "cost_bar"
	case r.Threshold && score < e.Threshold:
		return "threshold"
	case e.votes[p] == 0 && !r.ranked():
		return "unsupported"
	case r.Family == EqualShares:
		return "supporters_short"
	case r.Family == Phragmen && e.Projects[p].Cost > e.Budget:
		return "no_room"
	case r.Family == Phragmen:
		return "load"
	}
	return "stopped"
}

func explainPerDollar(out *Outcome, list []Reason) {
	for p := range list {
		list[p].Funded = out.Funded[p]
	}
	if out.Partial >= 0 && !list[out.Partial].Selected {
		list[out.Partial].Cause = "partial"
	}
}

// explainShares adds prices, and plays the outcome again to see what supporters have left.
func explainShares(ctx context.Context, e *Election, r Rule, out *Outcome, list []Reason) error {
	if e.N() == 0 || out.Comparison != nil && !out.Comparison.Kept {
		return nil
	}
	for _, b := range out.Purchases {
		list[b.Project].Price, list[b.Project].Full, list[b.Project].Poor = b.Price, b.Full, b.Poor
	}
	last := newRun(newMarket(e, r.Utility))
	if err := last.endowed(r.Endowment, out.Raises); err != nil {
		return err
	}
	last.play()
	for g, p := range last.m.goods {
		if err := ctx.Err(); err != nil {
			return err
		}
		list[p].Holding = last.holding(int32(g))
	}
	return nil
}

// holding is the money that the supporters of a good have left together, rounded down.
func (r *run) holding(g int32) int64 {
	a := account{paid: make([]int64, len(r.prices))}
	for i := r.m.from[g]; i < r.m.from[g+1]; i++ {
		if r.up[r.m.who[i]] > 0 {
			r.add(&a, r.m.who[i], int64(r.m.count[i]))
		}
	}
	v := r.value(&a)
	return v.Quo(v, r.den).Int64()
}
