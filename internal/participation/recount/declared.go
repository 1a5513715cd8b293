package recount

import (
	"parvis/internal/fault"
	"parvis/internal/participation/pabulib"
	"parvis/internal/participation/tally"
)

// RulesFor makes the rules of a vote out of what a .pb file says, for one lot of that name. rule "" is
// the one that the file declares.
func RulesFor(h *pabulib.Header, rule, lot string) (*tally.Document, error) {
	if rule == "" {
		r, err := tally.Declared(h)
		if err != nil {
			return nil, err
		}
		rule = r.Name
	}
	whole := func(key string) int { n, _ := h.Int(key); return int(n) }
	d := &tally.Document{Format: tally.DocumentFormat, Title: clean(h.Get("description")), Rule: rule, Currency: h.Get("currency"),
		Conventions: tally.Conventions{Missing: "worst", Fit: "skip", Threshold: int64(whole("min_project_score_threshold"))},
		Publish:     tally.Publication{Ballots: true, Totals: true}}
	d.Ballot = tally.BallotRules{Kind: "approval", MinLength: whole("min_length")}
	switch h.Get("vote_type") {
	case "ordinal":
		d.Ballot.Kind = "ordinal"
	case "cumulative", "scoring":
		d.Ballot.Kind, d.Ballot.MaxPoints, d.Ballot.MaxSumPoints = "points", whole("max_points"), whole("max_sum_points")
	}
	budget, ok := h.Amount("budget")
	d.Decimals = budget.Places
	for _, p := range h.Projects {
		d.Decimals = max(d.Decimals, p.Cost.Places)
	}
	own := tally.LotDocument{ID: lot, Name: lot}
	if own.Budget, ok = budget.Scaled(d.Decimals); !ok {
		return nil, fault.New(fault.TooLarge, "tally.overflow")
	}
	if n := whole("max_length"); n < len(h.Projects) {
		own.MaxLength = n
	}
	d.Lots = []tally.LotDocument{own}
	return d, d.CheckFreeze()
}

// DraftFor says what a .pb file says of its election, the ballots aside.
func DraftFor(h *pabulib.Header, id string, rules *tally.Document) Draft {
	return Draft{ID: id, Title: h.Get("description"), Country: h.Get("country"), Unit: h.Get("unit"), Instance: h.Get("instance"),
		Begin: dashed(h.Get("date_begin")), End: dashed(h.Get("date_end")), Rules: rules}
}
