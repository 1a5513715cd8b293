package powers

import (
	"slices"
	"strings"

	"parvis/internal/act"
)

// Scope is what a delegation covers. An empty list is no limit; AmountMax in cents, 0 is no limit.
type Scope struct {
	Verbs       []string // exact, or a prefix ending in *
	Objects     []string // types of things: question, part, …
	Matters     []string
	Territories []string
	AmountMax   int64
}

// Covers tells whether the question is inside the scope. A question about the whole city (no matter, no
// territory) is not covered by a scope that is limited to some.
func (s Scope) Covers(ask act.Ask) bool {
	return anyPattern(s.Verbs, ask.Verb) && among(s.Objects, ask.Object.Type) && among(s.Matters, ask.Matter) &&
		among(s.Territories, ask.Territory) && (s.AmountMax == 0 || ask.Amount.Cents <= s.AmountMax)
}

// Within tells whether s covers nothing that wider does not cover.
func (s Scope) Within(wider Scope) bool {
	return patternsWithin(s.Verbs, wider.Verbs) && listWithin(s.Objects, wider.Objects) && listWithin(s.Matters, wider.Matters) &&
		listWithin(s.Territories, wider.Territories) && (wider.AmountMax == 0 || (s.AmountMax > 0 && s.AmountMax <= wider.AmountMax))
}

func among(list []string, value string) bool {
	return len(list) == 0 || slices.Contains(list, value)
}

func listWithin(list, wider []string) bool {
	if len(wider) == 0 {
		return true
	}
	return len(list) > 0 && !slices.ContainsFunc(list, func(v string) bool { return !slices.Contains(wider, v) })
}

func anyPattern(patterns []string, verb string) bool {
	return len(patterns) == 0 || slices.ContainsFunc(patterns, func(p string) bool { return matchPattern(p, verb) })
}

// matchPattern compares a verb, or a pattern, with a pattern: "portfolio.part.*" matches
// "portfolio.part.accept" and "portfolio.part.a*".
func matchPattern(pattern, verb string) bool {
	if prefix, ok := strings.CutSuffix(pattern, "*"); ok {
		return strings.HasPrefix(verb, prefix)
	}
	return pattern == verb
}

func patternsWithin(list, wider []string) bool {
	if len(wider) == 0 {
		return true
	}
	return len(list) > 0 && !slices.ContainsFunc(list, func(p string) bool { return !anyPattern(wider, p) })
}

// isPattern tells whether s is a verb, or a prefix followed by *, which must end a word.
func isPattern(s string) bool {
	prefix, starred := strings.CutSuffix(s, "*")
	if strings.Contains(prefix, "*") || (starred && prefix != "" && !strings.HasSuffix(prefix, ".")) {
		return false
	}
	return isCode(s)
}
