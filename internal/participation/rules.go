package participation

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"parvis/internal/fault"
	"parvis/internal/participation/pabulib"
	"parvis/internal/participation/tally"
)

// DeclaredRules asks for the rule that the files declare, beside the presets.
const DeclaredRules = "declared"

// readRules reads a document of rules.
func readRules(text string) (*tally.Document, error) {
	return tally.ReadDocument(strings.NewReader(text))
}

// RulesOffered lists the presets that have a meaning for the ballots of an election, and the declared
// rule when there is one.
func RulesOffered(lots []Lot) []string {
	var names []string
	for _, n := range tally.Presets() {
		if n != "jugement_majoritaire" || lots[0].Kind == "points" && lots[0].Most > 0 {
			names = append(names, n)
		}
	}
	if lots[0].Declared != "" {
		names = append(names, DeclaredRules)
	}
	return names
}

// ProposeRules fills a preset with what the files say: envelopes, lengths, grades. It is what the form of
// the rules begins with; whatever the document can say can then be changed.
func (r *Room) ProposeRules(ctx context.Context, e Election, lots []Lot, preset string) (*tally.Document, error) {
	heads, err := r.headers(ctx, lots)
	if err != nil {
		return nil, err
	}
	if !slices.Contains(RulesOffered(lots), preset) {
		return nil, invalid("preset", "participation.choose")
	}
	d, err := tally.Preset(cmp.Or(map[string]string{DeclaredRules: "plus_de_voix"}[preset], preset))
	if err != nil {
		return nil, err
	}
	d.Title, d.Currency = e.Title, e.Currency
	if preset == DeclaredRules {
		d.Rule, d.Conventions.MinVotes = lots[0].Declared, 0
		d.Conventions.Threshold, _ = heads[0].Int("min_project_score_threshold")
	}
	fitBallots(d, lots[0], heads[0])
	fitLots(d, lots, heads)
	return d, d.Validate()
}

// fitBallots says of the ballots what the file says.
func fitBallots(d *tally.Document, l Lot, h *pabulib.Header) {
	whole := func(key string) int { n, _ := h.Int(key); return int(n) }
	if d.Ballot.Kind == "grades" {
		d.Ballot.Grades = grades(d.Ballot.Grades, int(l.Most)+1)
		return
	}
	d.Ballot.Kind, d.Ballot.MinLength = l.Kind, whole("min_length")
	if l.Kind == "points" {
		d.Ballot.MaxPoints, d.Ballot.MaxSumPoints = whole("max_points"), whole("max_sum_points")
	}
	if d.Rule == "mes_cost_add1u" {
		d.Rule = map[string]string{"approval": "mes_cost_add1u", "ordinal": "mes_borda_city_add1u", "points": "mes_points_add1u"}[l.Kind]
	}
}

// grades names n grades, those of Paris when they are as many.
func grades(usual []string, n int) []string {
	if n == len(usual) {
		return usual
	}
	out := make([]string, n)
	for i := range out {
		out[i] = strconv.Itoa(n - 1 - i)
	}
	return out
}

func fitLots(d *tally.Document, lots []Lot, heads []*pabulib.Header) {
	for _, l := range lots {
		d.Decimals = max(d.Decimals, l.Decimals)
	}
	d.Lots = nil
	for i, l := range lots {
		out := tally.LotDocument{ID: l.Code, Name: l.Name}
		if budget, ok := heads[i].Amount("budget"); ok {
			out.Budget, _ = budget.Scaled(d.Decimals)
		}
		if n, ok := heads[i].Int("max_length"); ok && d.Ballot.Kind != "grades" {
			out.MaxLength = int(n)
		}
		d.Lots = append(d.Lots, out)
	}
}

// checkRules refuses rules that do not determine the result of these lots.
func checkRules(d *tally.Document, lots []Lot) error {
	if err := d.CheckFreeze(); err != nil {
		return err
	}
	bad := fault.New(fault.Invalid, "tally.rules_freeze")
	if len(d.Lots) != len(lots) {
		bad.At("lots", "participation.rules.lots", "rules", len(d.Lots), "files", len(lots))
	}
	for i, l := range lots {
		if i < len(d.Lots) && d.Lots[i].ID != l.Code {
			bad.At("lots."+d.Lots[i].ID, "participation.rules.lot_name", "want", l.Code)
		}
	}
	numbers := d.Ballot.Kind == "grades" || d.Ballot.Kind == "amounts" // which files write as points
	if d.Ballot.Kind != lots[0].Kind && !(numbers && lots[0].Kind == "points") {
		bad.At("ballot.kind", "participation.rules.kind", "want", lots[0].Kind)
	}
	return bad.OrNil()
}
