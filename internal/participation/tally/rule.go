package tally

import (
	"slices"
	"strings"

	"parvis/internal/fault"
)

// Family is the idea of a rule.
type Family int

// The families of rules.
const (
	Greedy Family = iota
	EqualShares
	Phragmen
	PerDollar
	Majority
)

// Endowment says how much money each voter of Equal Shares begins with.
type Endowment int

// The endowments.
const (
	Share         Endowment = iota // budget / n
	Add1                           // raised by one unit until the outcome is exhaustive or the next overspends
	Add1Overspend                  // raised until the next outcome overspends
	Add1Integral                   // Add1 from the whole part of budget / n
)

// Completion says how the money that Equal Shares leaves is spent.
type Completion int

// The completions.
const (
	NoCompletion Completion = iota
	Util                    // greedy, by the same utility per cost
	ByVotes                 // greedy, by votes whatever the utility (equalshares.net)
)

// Rule is a way of counting. Its name says all of it.
type Rule struct {
	Name      string
	Family    Family
	Utility   Utility // Equal Shares, and greedy per cost
	PerCost   bool    // greedy by utility per cost, otherwise by score
	NoSkip    bool    // greedy: stop at the first project that does not fit
	Threshold bool    // greedy: only projects whose score reaches Terms.Threshold
	Endowment Endowment
	Complete  Completion
	Compare   bool // keep greedy_score where strictly more voters prefer it (Wieliczka)
}

// Rules lists every rule by name, in a fixed order.
func Rules() []Rule {
	list := []Rule{
		{Name: "greedy_score"},
		{Name: "greedy_score_no_skip", NoSkip: true},
		{Name: "greedy_score_threshold", Threshold: true},
		{Name: "greedy_cost", Utility: ByCost, PerCost: true},
		{Name: "greedy_card", Utility: ByCard, PerCost: true},
		{Name: "greedy_points", Utility: ByPoints, PerCost: true},
		{Name: "greedy_borda", Utility: ByBorda, PerCost: true},
		{Name: "greedy_borda_city", Utility: ByBordaCity, PerCost: true},
		{Name: "phragmen", Family: Phragmen},
		{Name: "per_dollar", Family: PerDollar},
		{Name: "majority_judgment", Family: Majority},
	}
	for _, u := range []string{"cost", "card", "points", "borda", "borda_city"} {
		list = append(list, equalShares(u)...)
	}
	return list
}

// equalShares lists the variants of Equal Shares for one utility.
func equalShares(utility string) []Rule {
	u := map[string]Utility{"cost": ByCost, "card": ByCard, "points": ByPoints, "borda": ByBorda, "borda_city": ByBordaCity}[utility]
	var list []Rule
	for _, endow := range []string{"", "_add1", "_add1_overspend", "_add1_integral"} {
		for _, complete := range []string{"", "_util", "_votes"} {
			for _, compare := range []string{"", "_comparison"} {
				name := "mes_" + utility + endow + complete + compare
				list = append(list, Rule{Name: strings.Replace(name, "_add1_util", "_add1u", 1), Family: EqualShares, Utility: u,
					Endowment: Endowment(slices.Index([]string{"", "_add1", "_add1_overspend", "_add1_integral"}, endow)),
					Complete:  Completion(slices.Index([]string{"", "_util", "_votes"}, complete)),
					Compare:   compare != ""})
			}
		}
	}
	return list
}

// ParseRule finds a rule by its name.
func ParseRule(name string) (Rule, error) {
	switch name { // other names in use for the same rules
	case "borda_pabutools", "greedy_borda_pabutools":
		name = "greedy_borda"
	}
	for _, r := range Rules() {
		if r.Name == name {
			return r, nil
		}
	}
	return Rule{}, fault.New(fault.Invalid, "tally.unknown_rule", "rule", name)
}

// Counts tells whether a rule has a meaning on a kind of ballot. Rules on votes read any ballot as
// the set of projects it names.
func (r Rule) Counts(k Kind) bool {
	perUtility := r.Family == EqualShares || r.PerCost
	switch {
	case k == Grades || r.Family == Majority:
		return k == Grades && r.Family == Majority
	case r.Family == PerDollar:
		return k == Approval || k == Amounts
	case perUtility && r.Utility == ByPoints:
		return k == Points
	case perUtility && !r.Utility.unit():
		return k == Ordinal
	}
	return true
}

// Fits tells whether a rule is made for a kind of ballot: it counts, and uses all the ballot says.
func (r Rule) Fits(k Kind) bool {
	perUtility := r.Family == EqualShares || r.PerCost
	if k != Approval && (r.Family == Phragmen || perUtility && r.Utility.unit()) {
		return false
	}
	return r.Counts(k)
}
