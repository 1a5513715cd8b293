package powers

import (
	"slices"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/i18n"
	"parvis/internal/id"
)

// Unit is a part of a body, a partner or a group, at a moment. Row is the statement that was read.
type Unit struct {
	ID, Row id.ID
	Span
	Body       id.ID
	Kind, Code string
	Shared     bool // mutualisée
}

// UnitKinds is the closed list of kinds of units.
var UnitKinds = []string{"assembly", "executive", "cabinet", "secretariat_general", "mission", "directorate", "service",
	"arrondissement", "committee", "working_group", "jury", "operator", "external_org", "consortium"}

// LinkNatures is the closed list of natures of links. Only hierarchical ones make the tree.
var LinkNatures = []string{Hierarchical, "functional", "tutelage", "funding", "hosting"}

// Hierarchical is the nature of the links of which a unit has at most one at a time.
const Hierarchical = "hierarchical"

// NewUnit is what creating a unit says. Parent, when given, links it hierarchically.
type NewUnit struct {
	Body                id.ID
	Kind, Code          string
	Name, NameEN, Short string
	Shared              bool
	Parent              id.ID
	Period              calendar.Period
	LegalAct            string
}

// CreateUnit records a unit with its name. Faults: Invalid powers.unit.invalid with the fields;
// NotFound for an unknown body or parent; those of LinkUnit.
func CreateUnit(tx *act.Tx, u NewUnit) (id.ID, error) {
	if err := u.check(tx); err != nil {
		return "", err
	}
	unit := tx.NewID()
	ref := act.Ref{Type: "unit", ID: unit}
	e, err := begin(tx, act.Ask{Verb: verbUnit, Object: ref, Roles: map[string][]id.ID{"unit": {u.Parent}}})
	if err != nil {
		return "", err
	}
	if _, err := e.state(units, unit, u.Period, u.Body, u.Kind, u.Code, u.Shared); err != nil {
		return "", err
	}
	if err := e.name(unit, u.Period, Naming{u.Name, u.NameEN, u.Short}); err != nil {
		return "", err
	}
	if u.Parent != "" {
		if err := e.link(NewLink{Child: unit, Parent: u.Parent, Nature: Hierarchical, Period: u.Period, LegalAct: u.LegalAct}); err != nil {
			return "", err
		}
	}
	e.record(act.Act{Verb: verbUnit, Object: ref, Version: 1, When: act.When{Effective: u.Period.From},
		How: act.How{Instrument: u.LegalAct}, Args: map[string]string{"unit": string(unit), "kind": u.Kind}})
	return unit, nil
}

// Naming is what a unit is called.
type Naming struct{ Name, NameEN, Short string }

func (e *entry) name(unit id.ID, p calendar.Period, n Naming) error {
	_, err := e.state(unitNames, e.tx.NewID(), p, unit, n.Name, n.NameEN, n.Short, i18n.Fold(n.Name+" "+n.Short))
	return err
}

func (u *NewUnit) check(tx *act.Tx) error {
	err := fault.New(fault.Invalid, "powers.unit.invalid")
	if !slices.Contains(UnitKinds, u.Kind) {
		err.At("kind", "powers.kind_unknown", "value", u.Kind)
	}
	checkCode(err, u.Code)
	checkName(err, "name", u.Name)
	checkPeriod(err, &u.Period)
	if len(err.Fields) > 0 {
		return err
	}
	body, dberr := liveBody(tx, u.Body)
	if fault.KindOf(dberr) == fault.NotFound {
		return err.At("body", "powers.body.unknown")
	} else if dberr != nil {
		return dberr
	}
	if !u.Period.Within(body.Period) {
		err.At("from", "powers.outside_body")
	}
	return u.checkCode(tx, err)
}

func (u *NewUnit) checkCode(tx *act.Tx, err *fault.Error) error {
	same, dberr := unitsOfCode(tx, u.Code)
	if dberr != nil {
		return dberr
	}
	for _, other := range same {
		if other.Period.Overlaps(u.Period) {
			return err.At("code", "powers.code_taken", "code", u.Code)
		}
	}
	return err.OrNil()
}
