package tally

import (
	"context"
	"math/big"
	"slices"
)

// counter keeps what several rules on one election have in common: the search for the endowment is
// nearly all of the work, and completions and comparisons begin from the same outcome.
type counter struct {
	e     *Election
	bases map[base]*Outcome
}

// base names an outcome before completion.
type base struct {
	utility Utility
	endow   Endowment
}

// equalShares counts the Method of Equal Shares with the endowment, completion and comparison of
// the rule.
func (c *counter) equalShares(ctx context.Context, r Rule) (*Outcome, error) {
	key := base{r.Utility, r.Endowment}
	if c.bases[key] == nil {
		out, err := c.e.shares(ctx, key)
		if err != nil {
			return nil, err
		}
		c.bases[key] = out
	}
	out := *c.bases[key]
	out.Winners, out.Ties = slices.Clone(out.Winners), slices.Clone(out.Ties)
	c.e.complete(r, &out)
	if r.Compare {
		c.e.compare(&out)
	}
	return &out, nil
}

// shares plays Equal Shares with the endowment sought.
func (e *Election) shares(ctx context.Context, b base) (*Outcome, error) {
	if e.N() == 0 {
		return &Outcome{Endowment: new(big.Rat)}, nil
	}
	m := newMarket(e, b.utility)
	k, err := m.raises(ctx, b.endow)
	if err != nil {
		return nil, err
	}
	last := newRun(m)
	if err := last.endowed(b.endow, k); err != nil {
		return nil, err
	}
	last.play()
	out := last.outcome()
	out.Raises = k
	return out, nil
}

// endowed begins a run with the endowment raised k times. Shares are budget/n, kept as a fraction.
func (r *run) endowed(kind Endowment, k int64) error {
	e := r.m.e
	budget, n, step := big.NewInt(e.Budget), big.NewInt(e.N()), big.NewInt(r.m.step)
	if kind == Add1Integral {
		start := new(big.Int).Quo(budget, new(big.Int).Mul(n, step))
		start.Add(start, big.NewInt(k))
		return r.begin(start.Mul(start, step), big.NewInt(1))
	}
	raised := new(big.Int).Mul(step, big.NewInt(k))
	return r.begin(raised.Add(raised.Mul(raised, n), budget), n)
}

// outcome gives the result of a run that has been played.
func (r *run) outcome() *Outcome {
	out := &Outcome{Winners: r.winners(), Spent: r.spent, Ties: r.ties,
		Endowment: new(big.Rat).SetFrac(r.endow, r.den0)}
	den := new(big.Int).Set(r.den0)
	for _, p := range r.prices {
		den.Mul(den, big.NewInt(p.w))
		out.Purchases = append(out.Purchases, Purchase{Project: int(r.m.goods[p.good]),
			Price: new(big.Rat).SetFrac(p.num, den), Full: p.full, Poor: p.poor})
	}
	out.Completed = len(out.Winners)
	return out
}

// complete spends what is left by the greedy rule of the completion.
func (e *Election) complete(r Rule, out *Outcome) {
	if r.Complete == NoCompletion {
		return
	}
	u := r.Utility
	if r.Complete == ByVotes {
		u = ByCost // by votes
	}
	chosen := make([]bool, len(e.Projects))
	for _, p := range out.Winners {
		chosen[p] = true
	}
	list := e.byRatio(u, func(p int) bool { return !chosen[p] })
	a := newAward(len(e.Projects), e.Budget-out.Spent, 0)
	more := a.walk(e, list.order, false, all)
	out.Winners = append(out.Winners, more...)
	out.Ties = append(out.Ties, list.ties...)
	out.Turns = a.turns
}

// compare keeps greedy_score instead where strictly more voters approve more of its projects.
func (e *Election) compare(out *Outcome) {
	greedy := e.greedy(Rule{})
	shares, score := e.holds(out.Winners), e.holds(greedy.Winners)
	c := &Comparison{}
	for g, count := range e.ballots.count {
		var a, b int
		for _, choice := range e.ballots.group(g) {
			a += shares[choice.Project]
			b += score[choice.Project]
		}
		switch {
		case a > b:
			c.EqualShares += int64(count)
		case a < b:
			c.Greedy += int64(count)
		default:
			c.Indifferent += int64(count)
		}
	}
	c.Kept = c.Greedy <= c.EqualShares
	out.Comparison = c
	if !c.Kept {
		out.Winners, out.Ties = slices.Clone(greedy.Winners), greedy.Ties
		out.Completed, out.Purchases, out.Turns = len(out.Winners), nil, greedy.Turns
	}
}

// holds marks a set of projects with 1.
func (e *Election) holds(projects []int) []int {
	in := make([]int, len(e.Projects))
	for _, p := range projects {
		in[p] = 1
	}
	return in
}
