package powers

import (
	"parvis/internal/act"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// Person is somebody who may hold posts. The names are apart and erasable.
type Person struct {
	ID            id.ID
	Given, Family string // empty once erased
	Erased        bool
}

// Name is the usual order, given name first.
func (p Person) Name() string {
	if p.Given == "" {
		return p.Family
	}
	return p.Given + " " + p.Family
}

// NewPerson is what adding a person says. Matricule may be empty.
type NewPerson struct{ Given, Family, Matricule, Source string }

// AddPerson records a person. No name and no matricule enters the log.
// Faults: Invalid powers.person.invalid.
func AddPerson(tx *act.Tx, p NewPerson) (id.ID, error) {
	ferr := fault.New(fault.Invalid, "powers.person.invalid")
	checkName(ferr, "family", p.Family)
	if err := ferr.OrNil(); err != nil {
		return "", err
	}
	if p.Matricule != "" {
		taken, err := PersonOfMatricule(tx.Context(), tx, p.Matricule)
		if err == nil {
			return "", ferr.At("matricule", "powers.person.matricule_taken", "person", taken)
		} else if fault.KindOf(err) != fault.NotFound {
			return "", err
		}
	}
	person := tx.NewID()
	e, err := begin(tx, act.Ask{Verb: verbPerson, Object: act.Ref{Type: "person", ID: person}})
	if err != nil {
		return "", err
	}
	if err := e.addPerson(person, p); err != nil {
		return "", err
	}
	e.record(act.Act{Verb: verbPerson, Object: act.Ref{Type: "person", ID: person}, Version: 1})
	return person, nil
}

// SetName corrects a name. Faults: NotFound; Invalid powers.person.invalid.
func SetName(tx *act.Tx, person id.ID, given, family string) error {
	ferr := fault.New(fault.Invalid, "powers.person.invalid")
	checkName(ferr, "family", family)
	if err := ferr.OrNil(); err != nil {
		return err
	}
	return changeName(tx, verbName, person, func() error { return writeName(tx, person, given, family) })
}

// EraseName erases the names and the matricule of a person; posts and acts stay. Faults: NotFound.
func EraseName(tx *act.Tx, person id.ID) error {
	return changeName(tx, verbErase, person, func() error { return eraseName(tx, person) })
}

func changeName(tx *act.Tx, verb string, person id.ID, write func() error) error {
	if _, err := PersonByID(tx.Context(), tx, person); err != nil {
		return err
	}
	ref := act.Ref{Type: "person", ID: person}
	e, err := begin(tx, act.Ask{Verb: verb, Object: ref})
	if err != nil {
		return err
	}
	if err := write(); err != nil {
		return err
	}
	e.touch("powers_person_name", person)
	if verb == verbErase {
		e.touch("powers_matricule", person)
	}
	e.record(act.Act{Verb: verb, Object: ref})
	return nil
}
