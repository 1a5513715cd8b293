package tally

import (
	"math"

	"parvis/internal/fault"
)

// Totals are what some rules need of the ballots, and what may be published where ballots may not.
type Totals struct {
	N        int64     // valid ballots, blank ones included
	Blank    int64     // of which blank
	Votes    []int64   // of each project: ballots naming it, as Election.Votes
	Scores   []int64   // of each project: the sum that the rule ranks by; nil where that is the votes
	Gradings []Grading // of each project: grades given, missing ones not filled in; nil for other ballots
}

// TotalsAreEnough tells whether a rule needs no more of these ballots than their Totals.
func (r Rule) TotalsAreEnough() bool { return r.ranked() }

// Totals sums the ballots as the rule will need them.
func (e *Election) Totals(r Rule) Totals {
	t := Totals{N: e.N(), Blank: e.blank(), Votes: e.votes}
	switch u := e.ranksBy(r); {
	case e.Kind == Grades:
		t.Gradings, _ = e.judgments()
	case !u.unit():
		t.Scores = e.scores(u)
	}
	return t
}

// ranksBy is the utility whose sums a ranked rule compares.
func (e *Election) ranksBy(r Rule) Utility {
	if r.PerCost {
		return r.Utility
	}
	return e.Kind.declared()
}

func (e *Election) blank() (n int64) {
	if e.sums != nil {
		return e.sums.Blank
	}
	for g, count := range e.ballots.count {
		if len(e.ballots.group(g)) == 0 {
			n += int64(count)
		}
	}
	return n
}

// FromTotals makes an election out of sums. Only rules for which TotalsAreEnough may count it, and only
// the one that the sums were made for; Measure says nothing of its voters.
func FromTotals(t Terms, projects []Project, sums Totals) (*Election, error) {
	b, err := NewBuilder(t, projects)
	if err != nil {
		return nil, err
	}
	if err := sums.check(len(projects), b.e.Grades); err != nil {
		return nil, err
	}
	b.e.votes, b.e.ballots.n, b.e.sums = sums.Votes, sums.N, &sums
	return b.Election(), nil
}

// enough tells whether an election made of sums has those that a rule needs; one made of ballots has
// them all.
func (s *Totals) enough(e *Election, r Rule) bool {
	if s == nil {
		return true
	}
	return r.TotalsAreEnough() && (e.Kind != Grades || s.Gradings != nil) && (e.ranksBy(r).unit() || s.Scores != nil)
}

// check refuses sums that no ballots could give.
func (s Totals) check(projects, grades int) error {
	bad := s.N < 0 || s.N > math.MaxInt32 || s.Blank < 0 || s.Blank > s.N || len(s.Votes) != projects
	bad = bad || s.Scores != nil && len(s.Scores) != projects || s.Gradings != nil && len(s.Gradings) != projects
	for p := 0; p < projects && !bad; p++ {
		bad = s.Votes[p] < 0 || s.Votes[p] > s.N-s.Blank
		bad = bad || s.Scores != nil && s.Scores[p] < 0
		if s.Gradings != nil {
			bad = bad || len(s.Gradings[p]) != grades || s.Gradings[p].check() != nil || s.Gradings[p].Total() != s.Votes[p]
		}
	}
	if bad {
		return fault.New(fault.Invalid, "tally.totals")
	}
	return nil
}
