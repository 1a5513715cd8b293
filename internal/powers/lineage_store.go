package powers

import (
	"context"

	"parvis/internal/db"
	"parvis/internal/id"
)

// Lineage is where a unit comes from and what it became in the organisation, as known at an instant:
// itself and the units of which changes made it, with everything that is dated about them.
type Lineage struct {
	Units   []id.ID // the unit first, then those it comes from
	Changes []Becoming
	Names   []NameOf
	Links   []LinkView // to the units above, of every nature
	Posts   []Post
	Holders []Held // of these posts, the last first; a name is given as the reader may read it
}

// NameOf is a name of a unit during some days.
type NameOf struct {
	Unit id.ID
	Renaming
}

// line is the unit numbered 1 and, by what is known at the instant numbered 2, all it comes from. It begins with a
// column, not with the parameter: PostgreSQL wants the collation of both halves to be the same.
const line = `WITH RECURSIVE line(unit) AS (SELECT u.thing FROM powers_unit u WHERE u.thing = $1 UNION
	SELECT c.from_unit FROM powers_change c JOIN line l ON c.to_unit = l.unit WHERE c.from_unit <> '' AND c.recorded_at <= $2 AND c.ended_at > $2) `

// LineageOf reads the lineage of a unit, one query for each kind of thing. Faults: NotFound powers.unit.unknown.
func LineageOf(ctx context.Context, q db.Querier, unit id.ID, m Moment, names bool) (l Lineage, err error) {
	known := []any{unit, db.Micros(m.Known)}
	if l.Names, err = lineNames(ctx, q, known); err != nil {
		return l, err
	}
	if l.Units, err = db.All(ctx, q, db.Scalar[id.ID], line+`SELECT unit FROM line ORDER BY CASE WHEN unit = $1 THEN 0 ELSE 1 END, unit`, known...); err != nil {
		return l, err
	}
	if l.Changes, err = lineChanges(ctx, q, known); err != nil {
		return l, err
	}
	if l.Links, err = lineLinks(ctx, q, known); err != nil {
		return l, err
	}
	l.Posts, err = db.All(ctx, q, scanPost, line+`SELECT `+postColumns+` FROM powers_post p JOIN line l ON p.unit = l.unit
		WHERE p.recorded_at <= $2 AND p.ended_at > $2 ORDER BY p.day_from, p.code, p.id`, known...)
	if err != nil {
		return l, err
	}
	l.Holders, err = db.All(ctx, q, scanHeld, line+`SELECT `+heldColumns+` FROM powers_holder h
		JOIN powers_post p ON p.thing = h.post AND p.recorded_at <= $2 AND p.ended_at > $2 AND p.day_from <= h.day_from AND p.day_to > h.day_from
		JOIN line l ON l.unit = p.unit
		LEFT JOIN powers_person_name n ON n.id = h.person
		WHERE h.recorded_at <= $2 AND h.ended_at > $2 ORDER BY h.day_from DESC, h.interim, h.thing`, append(known, names)...)
	return l, err
}

func lineNames(ctx context.Context, q db.Querier, known []any) ([]NameOf, error) {
	scan := func(r db.Row) (n NameOf, err error) {
		err = r.Scan(append(append([]any{&n.Unit}, n.Span.into()...), &n.Name, &n.NameEN, &n.Short)...)
		return n, err
	}
	return db.All(ctx, q, scan, line+`SELECT n.unit, `+spanColumns("n")+`, n.name, n.name_en, n.short FROM powers_unit_name n JOIN line l ON n.unit = l.unit
		WHERE n.recorded_at <= $2 AND n.ended_at > $2 ORDER BY n.day_from, n.id`, known...)
}

// nameOf reads the last name of the unit that a column tells, in a language.
func nameOf(column, unit string) string {
	return `COALESCE((SELECT a.` + column + ` FROM powers_unit_name a WHERE a.unit = ` + unit + ` AND a.ended_at > $2 AND a.recorded_at <= $2 ORDER BY a.day_to DESC, a.id LIMIT 1), '')`
}

func lineChanges(ctx context.Context, q db.Querier, known []any) ([]Becoming, error) {
	scan := func(r db.Row) (b Becoming, err error) {
		err = r.Scan(append(b.Span.into(), &b.Kind, &b.LegalAct, &b.Old, &b.New, &b.OldName.Name, &b.OldName.NameEN, &b.NewName.Name, &b.NewName.NameEN)...)
		return b, err
	}
	return db.All(ctx, q, scan, line+`SELECT `+spanColumns("c")+`, c.kind, c.legal_act, c.from_unit, c.to_unit, `+nameOf("name", "c.from_unit")+`, `+
		nameOf("name_en", "c.from_unit")+`, `+nameOf("name", "c.to_unit")+`, `+nameOf("name_en", "c.to_unit")+`
		FROM powers_change c WHERE (c.from_unit IN (SELECT unit FROM line) OR c.to_unit IN (SELECT unit FROM line)) AND c.recorded_at <= $2 AND c.ended_at > $2
		ORDER BY c.day_from, c.id`, known...)
}

func lineLinks(ctx context.Context, q db.Querier, known []any) ([]LinkView, error) {
	scan := func(r db.Row) (v LinkView, err error) {
		err = r.Scan(append(append([]any{&v.ID, &v.Row}, v.Span.into()...), &v.Child, &v.Parent, &v.Nature, &v.LegalAct, &v.Other.Name, &v.Other.NameEN)...)
		v.Above = true
		return v, err
	}
	return db.All(ctx, q, scan, line+`SELECT `+linkColumns+`, `+nameOf("name", "l.parent")+`, `+nameOf("name_en", "l.parent")+`
		FROM powers_unit_link l WHERE l.child IN (SELECT unit FROM line) AND l.recorded_at <= $2 AND l.ended_at > $2 ORDER BY l.day_from, l.id`, known...)
}

// Above lists the units on which a unit hierarchically depends at a moment, the nearest first.
func Above(ctx context.Context, q db.Querier, unit id.ID, m Moment) ([]NameOf, error) {
	scan := func(r db.Row) (n NameOf, err error) {
		err = r.Scan(&n.Unit, &n.Name, &n.NameEN, &n.Short)
		return n, err
	}
	return db.All(ctx, q, scan, `WITH RECURSIVE above(unit, depth) AS (SELECT DISTINCT u.thing, 0 FROM powers_unit u WHERE u.thing = $1 UNION ALL
		SELECT l.parent, a.depth + 1 FROM powers_unit_link l JOIN above a ON l.child = a.unit
			WHERE l.nature = 'hierarchical' AND a.depth < 20 AND `+at("l", 2, 3)+`)
		SELECT a.unit, COALESCE(n.name, ''), COALESCE(n.name_en, ''), COALESCE(n.short, '') FROM above a
			LEFT JOIN powers_unit_name n ON n.unit = a.unit AND `+at("n", 2, 3)+` WHERE a.depth > 0 ORDER BY a.depth, a.unit`, m.args(unit)...)
}
