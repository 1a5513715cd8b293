package recount

import (
	"slices"

	"parvis/internal/participation/tally"
)

// ResultFormat names the version of result.json.
const ResultFormat = "parvis-result/1"

// Result is result.json.
type Result struct {
	Format   string      `json:"format"`
	Election string      `json:"election"`
	Rules    string      `json:"rules_sha256"`
	Lots     []LotResult `json:"lots"`
}

// LotResult is the result of one lot, as far as it is published: of a lot whose ballots are not, what
// only they can tell is left out; of the smallest lots, all but the winners.
type LotResult struct {
	Lot        string                `json:"lot"`
	Rule       string                `json:"rule"`
	Winners    []string              `json:"winners"` // in the order of selection
	Total      string                `json:"total_cost,omitempty"`
	Budget     string                `json:"budget,omitempty"`
	Voters     int64                 `json:"voters,omitempty"`
	Completed  []string              `json:"completed,omitempty"` // those of them that a completion added
	Endowment  string                `json:"endowment,omitempty"` // what each voter began with: a fraction of units
	Raises     int64                 `json:"raises,omitempty"`
	Comparison *tally.ComparisonJSON `json:"comparison,omitempty"`
	Ranks      map[string]int        `json:"ranks,omitempty"`
	Funded     map[string]string     `json:"funded,omitempty"`
	Ties       []tally.TieJSON       `json:"ties,omitempty"`
	Excluded   *int64                `json:"voters_without_winner,omitempty"`
	EJRPlus    []string              `json:"ejr_plus_violations,omitempty"`
}

// result says what is published of the count of a lot.
func (l *lot) result() LotResult {
	how := l.published()
	r := tally.NewReport(l.election, l.outcome)
	out := LotResult{Lot: l.own.ID, Rule: r.Rule, Winners: r.Winners}
	if how == OnlyWinners {
		return out
	}
	out.Total, out.Budget, out.Voters, out.Completed, out.Endowment, out.Raises = r.TotalCost, r.Budget, r.Voters, r.Completed, r.Endowment, r.Raises
	out.Comparison, out.Ranks, out.Funded, out.Ties = r.Comparison, r.Ranks, r.Funded, r.Ties
	for _, t := range out.Ties {
		slices.Sort(t.Projects) // the order in which an engine met them is its own affair
	}
	if how == AllBallots {
		out.Excluded, out.EJRPlus = &r.Excluded, r.EJRPlus
	}
	return out
}

// numbers says of a lot what stands in the manifest.
func (l *lot) numbers() ManifestLot {
	out := ManifestLot{ID: l.own.ID, Published: l.published()}
	if out.Published != OnlyWinners {
		out.Ballots, out.Blank = l.election.N(), l.blank
	}
	return out
}
