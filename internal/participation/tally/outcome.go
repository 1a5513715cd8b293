package tally

import (
	"context"
	"math/big"

	"parvis/internal/fault"
)

// Tie is a choice that the scores left open: Projects were equal, Chosen went first because it costs
// less, has more votes or stands first in the frozen order (By: "cost", "votes", "order").
type Tie struct {
	Projects []int
	Chosen   int
	By       string
}

// Purchase is one selection of Equal Shares.
type Purchase struct {
	Project int
	Price   *big.Rat // what a supporter pays per unit of utility weight, in minor units
	Full    int64    // supporters who paid that price
	Poor    int64    // supporters who gave all they had left, which was less
}

// Comparison is the last step of Wieliczka: how many voters prefer which outcome.
type Comparison struct {
	EqualShares, Greedy, Indifferent int64
	Kept                             bool // Equal Shares stays
}

// Outcome is the result of one rule on one election.
type Outcome struct {
	Rule       string
	Winners    []int // in the order of selection
	Spent      int64 // minor units
	Ties       []Tie
	Turns      []Turn      // rankings and completions: every project whose turn came
	Purchases  []Purchase  // Equal Shares
	Completed  int         // winners from this place on come from the completion
	Raises     int64       // Equal Shares: units added to every endowment
	Endowment  *big.Rat    // Equal Shares: what every voter began with, in minor units
	Comparison *Comparison // Equal Shares with comparison
	Funded     []int64     // per-dollar: what each project receives
	Partial    int         // per-dollar: the project that receives only a part of a chunk, or -1
	Ranks      []int       // majority judgment: rank of each project, 0 if it is out
	Gradings   []Grading   // majority judgment: judgments of each project, missing ones filled in
}

// Count applies a rule to an election. The result depends on nothing else: neither on the machine
// nor on the number of its processors.
func Count(ctx context.Context, e *Election, r Rule) (*Outcome, error) {
	all, err := CountAll(ctx, e, []Rule{r})
	if err != nil {
		return nil, err
	}
	return all[0], nil
}

// CountAll applies several rules, doing once what they have in common.
func CountAll(ctx context.Context, e *Election, rules []Rule) ([]*Outcome, error) {
	c := &counter{e: e, bases: map[base]*Outcome{}}
	list := make([]*Outcome, len(rules))
	for i, r := range rules {
		out, err := c.count(ctx, r)
		if err != nil {
			return nil, err
		}
		list[i] = out
	}
	return list, nil
}

func (c *counter) count(ctx context.Context, r Rule) (out *Outcome, err error) {
	if !r.Counts(c.e.Kind) || !c.e.sums.enough(c.e, r) {
		return nil, fault.New(fault.Invalid, "tally.rule_ballots", "rule", r.Name)
	}
	if t := c.e.Terms; !r.ranked() && (t.Seats > 0 || t.Reserve > 0 || t.Budget == 0) {
		return nil, fault.New(fault.Invalid, "tally.rules_ranked", "rule", r.Name)
	}
	switch r.Family {
	case Greedy:
		out = c.e.greedy(r)
	case EqualShares:
		out, err = c.equalShares(ctx, r)
	case Phragmen:
		out, err = c.e.phragmen(ctx)
	case PerDollar:
		out = c.e.perDollar()
	case Majority:
		out, err = c.e.majority()
	}
	if err != nil {
		return nil, err
	}
	out.Rule = r.Name
	if out.Spent = c.e.cost(out.Winners); r.Family == PerDollar {
		out.Spent = sum(out.Funded)
	}
	return out, nil
}

func sum(list []int64) int64 {
	var s int64
	for _, v := range list {
		s += v
	}
	return s
}

// tie makes the report of a tie among projects, the chosen one being the first by the tie order.
func (e *Election) tie(projects []int) Tie {
	chosen := projects[0]
	for _, p := range projects[1:] {
		if e.before(p, chosen) {
			chosen = p
		}
	}
	by := "cost"
	for _, p := range projects {
		if p == chosen || e.Projects[p].Cost != e.Projects[chosen].Cost {
			continue
		}
		if e.tieVotes(p) == e.tieVotes(chosen) {
			by = "order"
			break
		}
		by = "votes"
	}
	return Tie{Projects: projects, Chosen: chosen, By: by}
}
