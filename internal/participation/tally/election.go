package tally

import (
	"cmp"
	"math/big"
	"slices"

	"parvis/internal/fault"
)

// Kind says what a ballot holds.
type Kind int

// The kinds of ballot.
const (
	Approval Kind = iota // a set of projects
	Ordinal              // projects by rank, the best first
	Points               // projects with points, at least 0 (cumulative and scoring ballots)
	Grades               // projects with a grade, 0 the worst (majority judgment)
	Amounts              // projects with an amount of money, in minor units (knapsack with levels)
)

// maxAmount bounds costs and budgets, in minor units: beyond any public budget, far from overflow.
const maxAmount = 1 << 53

// Project is one candidate of a lot.
type Project struct {
	ID        string
	Cost      int64 // minor units of currency
	Withdrawn bool  // out of the tally, not of the ballot
	Popular   bool  // counts towards the reserved share
	District  string
	Category  string
}

// Terms are what the rules of a vote fix for one lot, beside the name of the rule.
type Terms struct {
	Kind      Kind
	Budget    int64    // minor units; 0: no envelope, the seats alone count
	Unit      int64    // minor units in one unit of currency: the step of add1
	MaxLength int      // ranks an ordinal ballot may hold; 0: the number of projects
	Threshold int64    // least score of greedy_score_threshold
	MinVotes  int64    // projects with fewer ballots naming them are out
	CostBar   int64    // Świecie's eligibility with 3: votes/n ≥ cost/(3·budget); 0: none
	Grades    int      // grades of the scale
	Fill      Fill     // what a missing grade counts for
	Cap       int64    // a project that costs more is out, minor units; 0: none
	Seats     int      // number of winners, for ranked rules; 0: the envelope alone counts
	Stop      bool     // ranked rules: stop at the first project that does not fit, whatever the rule's name
	Reserve   int64    // ranked rules: money kept for popular districts first, minor units
	Order     []string // ids in the order that breaks the last ties, frozen before the vote; nil: by bytes
}

// Election is one lot ready to be counted. It does not change; any number of rules may count it at once.
type Election struct {
	Terms
	Projects []Project
	ballots  ballots
	votes    []int64 // ballots naming each project
	frozen   []int32 // place of each project in the frozen order
	in       []bool  // projects the tally may select
	sums     *Totals // what stands for the ballots where only their sums are known
}

// N is the number of valid ballots, blank ones included.
func (e *Election) N() int64 { return e.ballots.n }

// Distinct is the number of different ballots.
func (e *Election) Distinct() int { return len(e.ballots.count) }

// Votes is the number of ballots naming a project; with points, giving it more than 0.
func (e *Election) Votes(project int) int64 { return e.votes[project] }

// Eligible tells whether the tally may select a project.
func (e *Election) Eligible(project int) bool { return e.in[project] }

// validate refuses what cannot be counted.
func validate(t Terms, projects []Project) error {
	bad := fault.New(fault.Invalid, "tally.election")
	if t.Budget < 0 || t.Budget > maxAmount || t.Budget == 0 && t.Seats == 0 {
		bad.At("budget", "tally.amount", "value", t.Budget)
	}
	if t.Unit <= 0 || t.Unit > 1_000_000 {
		bad.At("unit", "tally.unit", "value", t.Unit)
	}
	if t.Reserve < 0 || t.Reserve > t.Budget {
		bad.At("reserve", "tally.reserve", "value", t.Reserve)
	}
	if t.Budget == 0 && t.CostBar > 0 {
		bad.At("cost_bar", "tally.terms")
	}
	if t.Seats < 0 || t.Kind == Grades && (t.Grades < 2 || t.Grades > 100) {
		bad.At("seats", "tally.terms")
	}
	seen := make(map[string]bool, len(projects))
	for _, p := range projects {
		if seen[p.ID] || p.ID == "" {
			bad.At(p.ID, "tally.project_id")
		}
		if p.Cost < 0 || p.Cost > maxAmount {
			bad.At(p.ID, "tally.amount", "value", p.Cost)
		}
		seen[p.ID] = true
	}
	return bad.OrNil()
}

// frozenOrder gives each project its place in the order that breaks the last ties.
func frozenOrder(t Terms, projects []Project) ([]int32, error) {
	place := make(map[string]int32, len(t.Order))
	for i, id := range t.Order {
		place[id] = int32(i)
	}
	order := make([]int32, len(projects))
	for i := range order {
		order[i] = int32(i)
		if _, known := place[projects[i].ID]; len(t.Order) > 0 && !known {
			return nil, fault.New(fault.Invalid, "tally.order_incomplete", "project", projects[i].ID)
		}
	}
	slices.SortFunc(order, func(a, b int32) int {
		if len(t.Order) > 0 {
			return cmp.Compare(place[projects[a].ID], place[projects[b].ID])
		}
		return cmp.Compare(projects[a].ID, projects[b].ID)
	})
	rank := make([]int32, len(projects))
	for i, p := range order {
		rank[p] = int32(i)
	}
	return rank, nil
}

// eligible applies withdrawals, the minimum of votes, the cap and the bar on cost.
func (e *Election) eligible(p int) bool {
	if e.Projects[p].Withdrawn || e.votes[p] < e.MinVotes || e.Cap > 0 && e.Projects[p].Cost > e.Cap {
		return false
	}
	if e.CostBar == 0 {
		return true
	}
	have := new(big.Int).Mul(big.NewInt(e.votes[p]), new(big.Int).Mul(big.NewInt(e.CostBar), big.NewInt(e.Budget)))
	need := new(big.Int).Mul(big.NewInt(e.Projects[p].Cost), big.NewInt(e.N()))
	return have.Cmp(need) >= 0
}

// before tells which of two tied projects comes first: lowest cost, most votes, frozen order.
func (e *Election) before(a, b int) bool { return e.breakTie(a, b) < 0 }

func (e *Election) breakTie(a, b int) int {
	return cmp.Or(
		cmp.Compare(e.Projects[a].Cost, e.Projects[b].Cost),
		cmp.Compare(e.tieVotes(b), e.tieVotes(a)),
		cmp.Compare(e.frozen[a], e.frozen[b]))
}

// tieVotes is the number of votes as ties see it: grades are no votes.
func (e *Election) tieVotes(p int) int64 {
	if e.Kind == Grades {
		return 0
	}
	return e.votes[p]
}

// IDs gives the ids of projects.
func (e *Election) IDs(projects []int) []string {
	ids := make([]string, len(projects))
	for i, p := range projects {
		ids[i] = e.Projects[p].ID
	}
	return ids
}

// cost sums the costs of projects.
func (e *Election) cost(projects []int) int64 {
	var sum int64
	for _, p := range projects {
		sum += e.Projects[p].Cost
	}
	return sum
}
