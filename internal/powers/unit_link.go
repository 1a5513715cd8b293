package powers

import (
	"slices"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// Link is how a unit depends on another.
type Link struct {
	ID, Row id.ID
	Span
	Child, Parent    id.ID
	Nature, LegalAct string
}

// NewLink is what linking two units says.
type NewLink struct {
	Child, Parent id.ID
	Nature        string
	Period        calendar.Period
	LegalAct      string
}

// LinkUnit records how a unit depends on another. Faults: Invalid powers.link.invalid; Conflict
// powers.link.second_parent, powers.link.cycle, powers.link.outside_life.
func LinkUnit(tx *act.Tx, l NewLink) error {
	if err := l.check(); err != nil {
		return err
	}
	ref := act.Ref{Type: "unit", ID: l.Child}
	e, err := begin(tx, act.Ask{Verb: verbLink, Object: ref, Roles: map[string][]id.ID{"unit": {l.Child}}})
	if err != nil {
		return err
	}
	if err := e.link(l); err != nil {
		return err
	}
	e.record(act.Act{Verb: verbLink, Object: ref, When: act.When{Effective: l.Period.From}, How: act.How{Instrument: l.LegalAct},
		Args: map[string]string{"unit": string(l.Parent), "nature": l.Nature}})
	return nil
}

func (l *NewLink) check() error {
	err := fault.New(fault.Invalid, "powers.link.invalid")
	if !slices.Contains(LinkNatures, l.Nature) {
		err.At("nature", "powers.kind_unknown", "value", l.Nature)
	}
	if l.Child == "" || l.Parent == "" {
		err.At("parent", "powers.unit.unknown")
	}
	checkPeriod(err, &l.Period)
	return err.OrNil()
}

// link states a link once it is sure that it breaks no invariant (I1).
func (e *entry) link(l NewLink) error {
	for _, unit := range []id.ID{l.Child, l.Parent} {
		if err := insideUnit(e.tx, unit, l.Period); err != nil {
			return err
		}
	}
	if l.Nature == Hierarchical {
		if err := oneTree(e.tx, l); err != nil {
			return err
		}
	}
	_, err := e.state(unitLinks, e.tx.NewID(), l.Period, l.Child, l.Parent, l.Nature, l.LegalAct)
	return err
}

// insideUnit refuses a period that leaves the life of the unit.
func insideUnit(tx *act.Tx, unit id.ID, p calendar.Period) error {
	u, err := unitRow(tx, unit)
	if err != nil {
		return err
	}
	if !p.Within(u.Period) {
		return fault.New(fault.Conflict, "powers.link.outside_life", "from", u.From, "to", u.To)
	}
	return nil
}

// oneTree refuses a second hierarchical parent, and a parent that depends on the child.
func oneTree(tx *act.Tx, l NewLink) error {
	above, err := linksAbove(tx, l.Child)
	if err != nil {
		return err
	}
	for _, other := range above {
		if other.Period.Overlaps(l.Period) {
			return fault.New(fault.Conflict, "powers.link.second_parent", "from", other.From, "to", other.To)
		}
	}
	cyclic, err := climbs(tx, l.Parent, l.Child, l.Period, 0)
	if err != nil {
		return err
	}
	if cyclic {
		return fault.New(fault.Conflict, "powers.link.cycle")
	}
	return nil
}

// deepest bounds a climb: a hierarchy deeper than this is a mistake.
const deepest = 40

// climbs tells whether target is from or above it on some day of p.
func climbs(tx *act.Tx, from, target id.ID, p calendar.Period, depth int) (bool, error) {
	if from == target || depth > deepest {
		return true, nil
	}
	above, err := linksAbove(tx, from)
	if err != nil {
		return false, err
	}
	for _, l := range above {
		days := l.Period.Intersect(p)
		if days.Empty() {
			continue
		}
		if found, err := climbs(tx, l.Parent, target, days, depth+1); found || err != nil {
			return found, err
		}
	}
	return false, nil
}
