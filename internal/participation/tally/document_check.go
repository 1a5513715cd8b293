package tally

import (
	"slices"

	"parvis/internal/fault"
)

// maxSeats keeps seats × cap far from overflow.
const maxSeats = 1000

// kindNames are the kinds of ballot as documents write them.
func kindNames() []string { return []string{"approval", "ordinal", "points", "grades", "amounts"} }

// Kind is the kind of ballot of a document that is valid.
func (d *Document) Kind() Kind { return Kind(slices.Index(kindNames(), d.Ballot.Kind)) }

// Validate refuses a document that says something impossible. A document may still leave budgets and
// lots open: presets do.
func (d *Document) Validate() error {
	bad := fault.New(fault.Invalid, "tally.rules")
	if d.Format != DocumentFormat {
		bad.At("format", "tally.rules_format", "format", d.Format)
	}
	rule, err := ParseRule(d.Rule)
	if err != nil {
		bad.At("rule", "tally.unknown_rule", "rule", d.Rule)
	}
	kind := int(d.Kind())
	if kind < 0 {
		bad.At("ballot.kind", "tally.rules_kind", "kind", d.Ballot.Kind)
	} else if err == nil && !rule.Counts(Kind(kind)) {
		bad.At("rule", "tally.rule_ballots", "rule", d.Rule)
	}
	d.checkBallot(bad, kind)
	d.checkConventions(bad)
	d.checkLots(bad, rule)
	return bad.OrNil()
}

func (d *Document) checkBallot(bad *fault.Error, kind int) {
	b := d.Ballot
	if b.MinLength < 0 || b.MaxLength < 0 || b.MaxLength > 0 && b.MinLength > b.MaxLength {
		bad.At("ballot.max_length", "tally.rules_bounds")
	}
	if b.MaxPoints < 0 || b.MaxSumPoints < 0 {
		bad.At("ballot.max_points", "tally.rules_bounds")
	}
	if kind == int(Grades) && (len(b.Grades) < 2 || len(b.Grades) > 100) || kind != int(Grades) && len(b.Grades) > 0 {
		bad.At("ballot.grades", "tally.rules_grades")
	}
	if d.Decimals < 0 || d.Decimals > 6 {
		bad.At("decimals", "tally.rules_decimals", "decimals", d.Decimals)
	}
}

func (d *Document) checkConventions(bad *fault.Error) {
	c := d.Conventions
	if c.MinVotes < 0 || c.CostBar < 0 || c.Threshold < 0 {
		bad.At("conventions", "tally.rules_bounds")
	}
	if !slices.Contains([]string{"worst", "median", "refused"}, c.Missing) {
		bad.At("conventions.missing", "tally.rules_missing", "missing", c.Missing)
	}
	if !slices.Contains([]string{"skip", "stop"}, c.Fit) {
		bad.At("conventions.fit", "tally.rules_fit", "fit", c.Fit)
	}
	if sorted := slices.Sorted(slices.Values(c.Order)); len(slices.Compact(sorted)) < len(c.Order) {
		bad.At("conventions.order", "tally.rules_order")
	}
}

func (d *Document) checkLots(bad *fault.Error, rule Rule) {
	seen := map[string]bool{}
	for _, l := range d.Lots {
		name := "lots." + l.ID
		if l.ID == "" || seen[l.ID] {
			bad.At(name, "tally.rules_lot")
		}
		seen[l.ID] = true
		if l.Budget < 0 || l.Budget > maxAmount || l.Cap < 0 || l.Cap > maxAmount || l.Seats < 0 || l.Seats > maxSeats || l.Reserve < 0 || l.Reserve > l.Budget || l.MaxLength < 0 {
			bad.At(name, "tally.rules_bounds")
		}
		if !rule.ranked() && (l.Seats > 0 || l.Reserve > 0) {
			bad.At(name, "tally.rules_ranked", "rule", d.Rule)
		}
	}
}

// ranked tells the rules that walk down a ranking, for which seats and reserves have a meaning.
func (r Rule) ranked() bool { return r.Family == Greedy || r.Family == Majority }

// CheckFreeze refuses to freeze what would not determine a result, or could promise more than there
// is: without an envelope, seats × the cap of a project must be covered by the budget.
func (d *Document) CheckFreeze() error {
	if err := d.Validate(); err != nil {
		return err
	}
	bad := fault.New(fault.Invalid, "tally.rules_freeze")
	if len(d.Lots) == 0 {
		bad.At("lots", "tally.rules_no_lot")
	}
	var promised, envelopes int64
	for _, l := range d.Lots {
		envelopes += l.Budget
		switch {
		case l.Budget == 0 && l.Seats == 0:
			bad.At("lots."+l.ID, "tally.rules_no_envelope")
		case l.Budget == 0 && l.Cap == 0:
			bad.At("lots."+l.ID, "tally.rules_no_cap")
		case l.Seats > 0 && l.Cap > 0:
			promised += int64(l.Seats) * l.Cap
		default:
			promised += l.Budget
		}
	}
	if budget := max(d.Budget, envelopes); promised > budget {
		bad.At("budget", "tally.rules_promised", "promised", promised, "budget", budget)
	}
	return bad.OrNil()
}

// Lot finds a lot by its id, or the only one for "".
func (d *Document) Lot(id string) (LotDocument, error) {
	for _, l := range d.Lots {
		if l.ID == id || id == "" && len(d.Lots) == 1 {
			return l, nil
		}
	}
	if id == "" && len(d.Lots) == 0 {
		return LotDocument{}, nil
	}
	return LotDocument{}, fault.New(fault.NotFound, "tally.rules_lot_unknown", "lot", id)
}

// Apply writes the rules of a lot over the terms of an election, whose amounts are in units of
// 1/t.Unit. Budgets and lengths that the document leaves open stay as they are.
func (d *Document) Apply(l LotDocument, t *Terms) error {
	scale := func(v int64) (int64, error) { return rescale(v, d.Decimals, t.Unit) }
	var err error
	for _, amount := range []struct {
		from int64
		to   *int64
	}{{l.Budget, &t.Budget}, {l.Cap, &t.Cap}, {l.Reserve, &t.Reserve}} {
		if amount.from == 0 {
			continue
		}
		if *amount.to, err = scale(amount.from); err != nil {
			return err
		}
	}
	if l.Budget == 0 && l.Seats > 0 {
		t.Budget = 0
	}
	c := d.Conventions
	t.Kind, t.Seats, t.Stop, t.MinVotes, t.CostBar = d.Kind(), l.Seats, c.Fit == "stop", c.MinVotes, c.CostBar
	t.Grades, t.Fill = len(d.Ballot.Grades), Fill(slices.Index([]string{"refused", "worst", "median"}, c.Missing))
	t.Order = c.Order
	if c.Threshold > 0 {
		t.Threshold = c.Threshold
	}
	for _, n := range []int{d.Ballot.MaxLength, l.MaxLength} {
		if n > 0 {
			t.MaxLength = n
		}
	}
	return nil
}

// rescale changes 10^-decimals units into 1/unit units, exactly.
func rescale(v int64, decimals int, unit int64) (int64, error) {
	for range decimals {
		if unit%10 == 0 {
			unit /= 10
		} else if v%10 == 0 {
			v /= 10
		} else {
			return 0, fault.New(fault.Invalid, "tally.rules_decimals", "decimals", decimals)
		}
	}
	if v > maxAmount/unit {
		return 0, fault.New(fault.TooLarge, "tally.overflow")
	}
	return v * unit, nil
}
