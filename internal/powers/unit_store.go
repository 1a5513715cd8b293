package powers

import (
	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
)

var unitColumns = "u.thing, u.id, " + spanColumns("u") + ", u.body, u.kind, u.code, u.shared"

func scanUnit(r db.Row) (Unit, error) {
	var u Unit
	err := r.Scan(append(append([]any{&u.ID, &u.Row}, u.Span.into()...), &u.Body, &u.Kind, &u.Code, &u.Shared)...)
	return u, err
}

// unitRow is the one standing statement about the life of a unit.
func unitRow(tx *act.Tx, unit id.ID) (Unit, error) {
	u, err := db.One(tx.Context(), tx, scanUnit, `SELECT `+unitColumns+` FROM powers_unit u WHERE u.thing = $1 AND `+stands("u"), unit)
	if fault.KindOf(err) == fault.NotFound {
		return u, fault.New(fault.NotFound, "powers.unit.unknown")
	}
	return u, err
}

func unitsOfCode(tx *act.Tx, code string) ([]Unit, error) {
	return db.All(tx.Context(), tx, scanUnit,
		`SELECT `+unitColumns+` FROM powers_unit u WHERE u.code = $1 AND `+stands("u")+` ORDER BY u.day_from, u.id`, code)
}

type unitName struct {
	Row id.ID
	Span
	Naming
}

func namesOf(tx *act.Tx, unit id.ID) ([]unitName, error) {
	scan := func(r db.Row) (n unitName, err error) {
		err = r.Scan(append(append([]any{&n.Row}, n.Span.into()...), &n.Name, &n.NameEN, &n.Short)...)
		return n, err
	}
	return db.All(tx.Context(), tx, scan, `SELECT n.id, `+spanColumns("n")+`, n.name, n.name_en, n.short
		FROM powers_unit_name n WHERE n.unit = $1 AND `+stands("n")+` ORDER BY n.day_from, n.id`, unit)
}

var linkColumns = "l.thing, l.id, " + spanColumns("l") + ", l.child, l.parent, l.nature, l.legal_act"

func scanLink(r db.Row) (Link, error) {
	var l Link
	err := r.Scan(append(append([]any{&l.ID, &l.Row}, l.Span.into()...), &l.Child, &l.Parent, &l.Nature, &l.LegalAct)...)
	return l, err
}

// linksAbove lists the standing hierarchical links of which unit is the child.
func linksAbove(tx *act.Tx, unit id.ID) ([]Link, error) {
	return db.All(tx.Context(), tx, scanLink, `SELECT `+linkColumns+` FROM powers_unit_link l
		WHERE l.child = $1 AND l.nature = 'hierarchical' AND `+stands("l")+` ORDER BY l.day_from, l.id`, unit)
}

// linksTouching lists every standing link of a unit, whatever its nature and side.
func linksTouching(tx *act.Tx, unit id.ID) ([]Link, error) {
	return db.All(tx.Context(), tx, scanLink, `SELECT `+linkColumns+` FROM powers_unit_link l
		WHERE (l.child = $1 OR l.parent = $1) AND `+stands("l")+` ORDER BY l.day_from, l.id`, unit)
}
