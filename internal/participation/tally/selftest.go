package tally

import (
	"context"
	"strings"

	"parvis/internal/fault"
)

// SelfTest counts a known election by every kind of rule and compares. It is run before a count
// that will be published: a processor, a compiler or a build that counts wrongly must be found
// before its result is believed. (Another engine of the field once returned no winner at all with a
// broken library of numbers, and no error.)
func SelfTest(ctx context.Context) error {
	for _, k := range knownOutcomes() {
		e, err := knownElection(k.kind)
		if err != nil {
			return err
		}
		rule, err := ParseRule(k.rule)
		if err != nil {
			return err
		}
		out, err := Count(ctx, e, rule)
		if err != nil {
			return err
		}
		if got := strings.Join(e.IDs(out.Winners), ""); got != k.winners {
			return fault.New(fault.Internal, "tally.self_test", "rule", k.rule, "got", got, "want", k.winners)
		}
	}
	return nil
}

type knownOutcome struct {
	rule    string
	kind    Kind
	winners string
}

// knownOutcomes come from the slow reference in testdata/reference, which shares nothing with this engine.
func knownOutcomes() []knownOutcome {
	return []knownOutcome{
		{"greedy_score", Approval, "bacdge"},
		{"greedy_score_no_skip", Approval, "bacdge"},
		{"greedy_score_threshold", Approval, "bacd"},
		{"greedy_card", Approval, "dgbeah"},
		{"mes_cost", Approval, "bcdhg"},
		{"mes_cost_add1", Approval, "bachgd"},
		{"mes_cost_add1u", Approval, "bachgd"},
		{"mes_cost_add1_overspend", Approval, "bacdgh"},
		{"mes_cost_add1_integral", Approval, "bachgd"},
		{"mes_card", Approval, "dgbe"},
		{"mes_card_add1u", Approval, "dgbeha"},
		{"mes_cost_comparison", Approval, "bacdge"},
		{"phragmen", Approval, "dgbahe"},
		{"per_dollar", Approval, "bacdge"},
		{"greedy_borda_city", Ordinal, "dbageh"},
		{"mes_borda_add1", Ordinal, "adbceg"},
		{"mes_points_add1", Points, "dabgef"},
		{"greedy_points", Points, "dabgec"},
		{"majority_judgment", Grades, "acbdf"},
	}
}

// knownElection reads the same ballots as each kind: the letters are projects, in order of rank; with
// points and grades the first gets 3, the second 2 and so on.
func knownElection(kind Kind) (*Election, error) {
	costs := []int64{30, 25, 45, 10, 20, 35, 15, 25}
	projects := make([]Project, len(costs))
	for i, c := range costs {
		projects[i] = Project{ID: string(rune('a' + i)), Cost: c}
	}
	b, err := NewBuilder(Terms{Kind: kind, Budget: 150, Unit: 1, MaxLength: 4, Threshold: 5, Grades: 4, Fill: FillWorst}, projects)
	if err != nil {
		return nil, err
	}
	for ballot := range strings.SplitSeq("abd abd abe ac acd bce cf cfg cf deg dg h eh  ab fgh bh", " ") {
		var choices []Choice
		for i, letter := range ballot {
			choices = append(choices, Choice{Project: letter - 'a', Points: int32(3 - i)})
		}
		if err := b.Add(choices); err != nil {
			return nil, err
		}
	}
	return b.Election(), nil
}
