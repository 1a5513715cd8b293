package powers

import (
	"context"

	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/id"
)

// The roster is what the import of a directory compares its file with: standing statements only.

// RosterUnit is a unit that exists on the day.
type RosterUnit struct {
	ID                id.ID
	Code, Name, Short string
	From              calendar.Day
}

// RosterSeat is a post that exists on the day with one of its holdings; Holder is empty for a post
// that nobody holds.
type RosterSeat struct {
	Post, Unit         id.ID
	Code, Title, Layer string
	PostFrom           calendar.Day
	Holder, Person     id.ID
	Nature             string
	Quotity            int64
	calendar.Period
}

// RosterPerson is somebody whom the directory knows by a number.
type RosterPerson struct {
	Person
	Matricule string
}

// during is the condition that a standing statement of alias holds on the day numbered 1.
func during(alias string) string {
	return stands(alias) + " AND " + alias + ".day_from <= $1 AND " + alias + ".day_to > $1"
}

// RosterUnits lists the units of a day by code.
func RosterUnits(ctx context.Context, q db.Querier, day calendar.Day) ([]RosterUnit, error) {
	scan := func(r db.Row) (u RosterUnit, err error) {
		err = r.Scan(&u.ID, &u.Code, &u.Name, &u.Short, &u.From)
		return u, err
	}
	return db.All(ctx, q, scan, `SELECT u.thing, u.code, COALESCE(n.name, ''), COALESCE(n.short, ''), u.day_from FROM powers_unit u
		LEFT JOIN powers_unit_name n ON n.unit = u.thing AND `+during("n")+`
		WHERE `+during("u")+` ORDER BY u.code, u.thing`, string(day))
}

// RosterSeats lists the posts of a day by code, once for each holding that ends after the day since.
func RosterSeats(ctx context.Context, q db.Querier, day, since calendar.Day) ([]RosterSeat, error) {
	scan := func(r db.Row) (s RosterSeat, err error) {
		err = r.Scan(&s.Post, &s.Unit, &s.Code, &s.Title, &s.Layer, &s.PostFrom, &s.Holder, &s.Person, &s.Nature, &s.Quotity, &s.From, &s.To)
		return s, err
	}
	return db.All(ctx, q, scan, `SELECT p.thing, p.unit, p.code, p.title, p.layer, p.day_from, COALESCE(h.thing, ''), COALESCE(h.person, ''),
		COALESCE(h.nature, ''), COALESCE(h.quotity, 0), COALESCE(h.day_from, ''), COALESCE(h.day_to, '') FROM powers_post p
		LEFT JOIN powers_holder h ON h.post = p.thing AND `+stands("h")+` AND h.day_to > $2
		WHERE `+during("p")+` ORDER BY p.code, p.thing, COALESCE(h.day_from, ''), COALESCE(h.thing, '')`, string(day), string(since))
}

// RosterPeople lists the persons who have a number, by number.
func RosterPeople(ctx context.Context, q db.Querier) ([]RosterPerson, error) {
	scan := func(r db.Row) (p RosterPerson, err error) {
		err = r.Scan(&p.ID, &p.Given, &p.Family, &p.Erased, &p.Matricule)
		return p, err
	}
	return db.All(ctx, q, scan, `SELECT n.id, `+personColumns+`, m.matricule FROM powers_matricule m
		JOIN powers_person_name n ON n.id = m.id WHERE m.matricule IS NOT NULL ORDER BY m.matricule`)
}
