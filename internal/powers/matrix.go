package powers

import (
	"fmt"
	"slices"
)

// MatrixRow is who may do one kind of act under a profile, by mode.
type MatrixRow struct {
	Verb  string // a verb, or a prefix ending in *
	Cells map[RuleMode][]*Rule
}

// Matrix lays a profile out as verbs × modes, by verb. It answers for the profile alone, whatever posts
// exist: Who answers for a question on a day.
func (p *Profile) Matrix() []MatrixRow {
	rows := map[string]*MatrixRow{}
	var order []string
	for i := range p.Rules {
		r := &p.Rules[i]
		for _, verb := range r.Verbs {
			if rows[verb] == nil {
				rows[verb] = &MatrixRow{verb, map[RuleMode][]*Rule{}}
				order = append(order, verb)
			}
			rows[verb].Cells[r.Mode] = append(rows[verb].Cells[r.Mode], r)
		}
	}
	slices.Sort(order)
	out := make([]MatrixRow, len(order))
	for i, verb := range order {
		out[i] = *rows[verb]
	}
	return out
}

// RowChange is a verb whose rules are not the same in two profiles.
type RowChange struct {
	Verb          string
	Before, After []*Rule // those that the other profile does not have
}

// Difference lists the verbs whose rules changed from one profile to the other; nil stands for no profile.
func Difference(before, after *Profile) []RowChange {
	was, is := rulesByVerb(before), rulesByVerb(after)
	var verbs []string
	for _, side := range []map[string][]*Rule{was, is} {
		for v := range side {
			if !slices.Contains(verbs, v) {
				verbs = append(verbs, v)
			}
		}
	}
	slices.Sort(verbs)
	var out []RowChange
	for _, v := range verbs {
		c := RowChange{v, without(was[v], is[v]), without(is[v], was[v])}
		if len(c.Before)+len(c.After) > 0 {
			out = append(out, c)
		}
	}
	return out
}

func rulesByVerb(p *Profile) map[string][]*Rule {
	out := map[string][]*Rule{}
	if p == nil {
		return out
	}
	for i := range p.Rules {
		for _, v := range p.Rules[i].Verbs {
			out[v] = append(out[v], &p.Rules[i])
		}
	}
	return out
}

func without(rules, others []*Rule) []*Rule {
	var out []*Rule
	for _, r := range rules {
		if !slices.ContainsFunc(others, func(o *Rule) bool { return o.gist() == r.gist() }) {
			out = append(out, r)
		}
	}
	return out
}

// gist is what a rule gives to whom and when, its name, its verbs and its basis apart.
func (r *Rule) gist() string {
	normative := "any"
	if r.Normative != nil {
		normative = fmt.Sprint(*r.Normative)
	}
	return fmt.Sprint(r.Role.Text, r.Mode, r.AmountOver, r.AmountUpTo, r.Objects, r.Matters, r.NotMatters, r.Stages, r.Territories, normative)
}

// PostCodes lists the codes of the posts that the profile names, each once.
func (p *Profile) PostCodes() []string {
	var codes []string
	for i := range p.Rules {
		role := p.Rules[i].Role
		for _, one := range append(slices.Clone(role.seats), role) {
			if one.form == rolePost && !slices.Contains(codes, one.arg) {
				codes = append(codes, one.arg)
			}
		}
	}
	return codes
}
