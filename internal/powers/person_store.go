package powers

import (
	"context"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/id"
)

func (e *entry) addPerson(person id.ID, p NewPerson) error {
	if err := e.tx.Exec(`INSERT INTO powers_person (id, version) VALUES ($1, 1)`, person); err != nil {
		return err
	}
	err := e.tx.Exec(`INSERT INTO powers_person_name (id, version, given, family, erased) VALUES ($1, 1, $2, $3, '')`, person, p.Given, p.Family)
	if err != nil {
		return err
	}
	e.touch("powers_person", person)
	e.touch("powers_person_name", person)
	if p.Matricule == "" {
		return nil
	}
	e.touch("powers_matricule", person)
	return e.tx.Exec(`INSERT INTO powers_matricule (id, version, matricule, source) VALUES ($1, 1, $2, $3)`, person, p.Matricule, p.Source)
}

func writeName(tx *act.Tx, person id.ID, given, family string) error {
	return tx.Exec(`UPDATE powers_person_name SET given = $1, family = $2, erased = '', version = version + 1 WHERE id = $3`, given, family, person)
}

func eraseName(tx *act.Tx, person id.ID) error {
	if err := tx.Exec(`UPDATE powers_matricule SET matricule = NULL, version = version + 1 WHERE id = $1`, person); err != nil {
		return err
	}
	return tx.Exec(`UPDATE powers_person_name SET given = NULL, family = NULL, erased = $1, version = version + 1 WHERE id = $2`,
		string(tx.Today()), person)
}

const personColumns = `COALESCE(n.given, ''), COALESCE(n.family, ''), n.erased <> ''`

func (p *Person) into() []any { return []any{&p.ID, &p.Given, &p.Family, &p.Erased} }

func scanPerson(r db.Row) (p Person, err error) {
	err = r.Scan(p.into()...)
	return p, err
}

// PersonByID reads a person. Faults: NotFound.
func PersonByID(ctx context.Context, q db.Querier, person id.ID) (Person, error) {
	return db.One(ctx, q, scanPerson, `SELECT n.id, `+personColumns+` FROM powers_person_name n WHERE n.id = $1`, person)
}

// PersonsByID reads people; one that is unknown is missing from the answer.
func PersonsByID(ctx context.Context, q db.Querier, people []id.ID) (map[id.ID]Person, error) {
	found := make(map[id.ID]Person, len(people))
	err := inGroupsAfter(0, people, func(list string, args []any) error {
		some, err := db.All(ctx, q, scanPerson, `SELECT n.id, `+personColumns+` FROM powers_person_name n WHERE n.id IN (`+list+`)`, args...)
		for _, p := range some {
			found[p.ID] = p
		}
		return err
	})
	return found, err
}

// PersonOfMatricule finds a person by the number of the directory. Faults: NotFound.
func PersonOfMatricule(ctx context.Context, q db.Querier, matricule string) (id.ID, error) {
	return db.One(ctx, q, db.Scalar[id.ID], `SELECT id FROM powers_matricule WHERE matricule = $1`, matricule)
}
