package powers

import (
	"slices"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// Body is a legal person.
type Body struct {
	ID id.ID
	Span
	Kind, Code, Name, NameEN, SIREN string
}

// BodyKinds is the closed list of kinds of bodies.
var BodyKinds = []string{"commune", "metropole", "arrondissement", "ccas", "departement", "region", "autre"}

// NewBody is what founding a body says.
type NewBody struct {
	Kind, Code, Name, NameEN, SIREN string
	Period                          calendar.Period
	LegalAct                        string
}

// FoundBody records a legal person. Faults: Invalid powers.body.invalid with the fields.
func FoundBody(tx *act.Tx, b NewBody) (id.ID, error) {
	if err := b.check(tx); err != nil {
		return "", err
	}
	body := tx.NewID()
	ref := act.Ref{Type: "body", ID: body}
	e, err := begin(tx, act.Ask{Verb: verbFound, Object: ref})
	if err != nil {
		return "", err
	}
	if _, err := e.state(bodies, body, b.Period, b.Kind, b.Code, b.Name, b.NameEN, b.SIREN); err != nil {
		return "", err
	}
	e.record(act.Act{Verb: verbFound, Object: ref, Version: 1, When: act.When{Effective: b.Period.From},
		How: act.How{Instrument: b.LegalAct}, Args: map[string]string{"body": string(body), "kind": b.Kind}})
	return body, nil
}

func (b *NewBody) check(tx *act.Tx) error {
	err := fault.New(fault.Invalid, "powers.body.invalid")
	if !slices.Contains(BodyKinds, b.Kind) {
		err.At("kind", "powers.kind_unknown", "value", b.Kind)
	}
	checkCode(err, b.Code)
	checkName(err, "name", b.Name)
	checkPeriod(err, &b.Period)
	taken, dberr := bodyCodeTaken(tx, b.Code)
	if dberr != nil {
		return dberr
	}
	if taken {
		err.At("code", "powers.code_taken", "code", b.Code)
	}
	return err.OrNil()
}

// Competence says which body is competent in a matter.
type Competence struct {
	Row id.ID
	Span
	Matter   string
	Body     id.ID
	LegalAct string
}

// AssignCompetence gives a matter to a body from a day on; whoever had it loses it that day.
// Faults: Invalid powers.competence.invalid.
func AssignCompetence(tx *act.Tx, matter string, body id.ID, from calendar.Day, legalAct string) error {
	err := fault.New(fault.Invalid, "powers.competence.invalid")
	p := calendar.Since(from)
	checkPeriod(err, &p)
	if !isCode(matter) {
		err.At("matter", "powers.code_invalid", "code", matter)
	}
	if err := err.OrNil(); err != nil {
		return err
	}
	if _, err := liveBody(tx, body); err != nil {
		return err
	}
	held, dberr := competencesOf(tx, matter)
	if dberr != nil {
		return dberr
	}
	ref := act.Ref{Type: "body", ID: body}
	e, dberr := begin(tx, act.Ask{Verb: verbAssign, Object: ref, Matter: matter})
	if dberr != nil {
		return dberr
	}
	for _, c := range held {
		if dberr := e.cutFrom(competences, c.Row, c.Span, from); dberr != nil {
			return dberr
		}
	}
	if _, dberr := e.state(competences, tx.NewID(), p, matter, body, legalAct); dberr != nil {
		return dberr
	}
	e.record(act.Act{Verb: verbAssign, Object: ref, When: act.When{Effective: from}, How: act.How{Instrument: legalAct},
		Args: map[string]string{"body": string(body), "matter": matter}})
	return nil
}

// cutFrom shortens a standing statement so that it ends before the day; row is the statement's own id.
func (e *entry) cutFrom(t table, row id.ID, s Span, day calendar.Day) error {
	if s.Period.Intersect(calendar.Since(day)).Empty() {
		return nil
	}
	_, err := e.restate(t, row, calendar.Period{From: s.From, To: day})
	return err
}
