package tally

import (
	"math/big"
	"strconv"
)

// Report is an outcome as the command prints it and as files publish it. Amounts are decimal text in
// units of currency, so that no reader rounds them.
type Report struct {
	Rule       string            `json:"rule"`
	Rules      string            `json:"rules_sha256,omitempty"`
	Winners    []string          `json:"winners"`
	TotalCost  string            `json:"total_cost"`
	Budget     string            `json:"budget,omitempty"`
	Voters     int64             `json:"voters"`
	Count      int               `json:"count"`
	Completed  []string          `json:"completed,omitempty"`
	Endowment  string            `json:"endowment,omitempty"`
	Raises     int64             `json:"raises,omitempty"`
	Comparison *ComparisonJSON   `json:"comparison,omitempty"`
	Ranks      map[string]int    `json:"ranks,omitempty"`
	Funded     map[string]string `json:"funded,omitempty"`
	Ties       []TieJSON         `json:"ties,omitempty"`
	Excluded   int64             `json:"excluded_voters"`
	EJRPlus    []string          `json:"ejr_plus_cost_violations"`
}

// ComparisonJSON is a Comparison as published.
type ComparisonJSON struct {
	EqualShares int64 `json:"prefer_equal_shares"`
	Greedy      int64 `json:"prefer_greedy"`
	Indifferent int64 `json:"indifferent"`
	Kept        bool  `json:"equal_shares_kept"`
}

// TieJSON is a Tie as published.
type TieJSON struct {
	Projects []string `json:"projects"`
	First    string   `json:"first"`
	By       string   `json:"by"`
}

// NewReport makes the report of an outcome.
func NewReport(e *Election, out *Outcome) Report {
	q := e.Measure(out.Winners)
	r := Report{Rule: out.Rule, Winners: e.IDs(out.Winners), TotalCost: e.Money(out.Spent), Voters: e.N(), Count: len(out.Winners),
		Completed: e.IDs(out.Winners[out.Completed:]), Raises: out.Raises, Excluded: q.WithoutWinner, EJRPlus: e.IDs(q.EJRPlus)}
	if e.Budget > 0 {
		r.Budget = e.Money(e.Budget)
	}
	if out.Endowment != nil {
		r.Endowment = new(big.Rat).Quo(out.Endowment, big.NewRat(e.Unit, 1)).RatString()
	}
	if c := out.Comparison; c != nil {
		r.Comparison = &ComparisonJSON{c.EqualShares, c.Greedy, c.Indifferent, c.Kept}
	}
	for _, t := range out.Ties {
		r.Ties = append(r.Ties, TieJSON{e.IDs(t.Projects), e.Projects[t.Chosen].ID, t.By})
	}
	r.perProject(e, out)
	return r
}

// perProject adds what some rules give to each project.
func (r *Report) perProject(e *Election, out *Outcome) {
	for p, rank := range out.Ranks {
		if rank > 0 {
			if r.Ranks == nil {
				r.Ranks = map[string]int{}
			}
			r.Ranks[e.Projects[p].ID] = rank
		}
	}
	for p, given := range out.Funded {
		if given > 0 {
			if r.Funded == nil {
				r.Funded = map[string]string{}
			}
			r.Funded[e.Projects[p].ID] = e.Money(given)
		}
	}
}

// Money writes an amount in units of currency, with the decimals that are not zero.
func (e *Election) Money(minor int64) string {
	whole := strconv.FormatInt(minor/e.Unit, 10)
	rest := minor % e.Unit
	if rest == 0 {
		return whole
	}
	digits := strconv.FormatInt(e.Unit+rest, 10)[1:]
	for digits[len(digits)-1] == '0' {
		digits = digits[:len(digits)-1]
	}
	return whole + "." + digits
}
