package powers

import (
	"context"

	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
)

func nodeAt(ctx context.Context, q db.Querier, unit id.ID, m Moment) (Node, error) {
	n, err := db.One(ctx, q, scanNode, nodesSQL+` AND u.thing = $3`, append(m.args(), unit)...)
	if err != nil && fault.KindOf(err) == fault.NotFound {
		return n, fault.New(fault.NotFound, "powers.unit.unknown")
	}
	return n, err
}

func linkViews(ctx context.Context, q db.Querier, unit id.ID, m Moment) ([]LinkView, error) {
	scan := func(r db.Row) (v LinkView, err error) {
		targets := append([]any{&v.ID, &v.Row}, v.Span.into()...)
		err = r.Scan(append(targets, &v.Child, &v.Parent, &v.Nature, &v.LegalAct, &v.Other.Name, &v.Other.NameEN, &v.Other.Short)...)
		v.Above = v.Child == unit
		return v, err
	}
	return db.All(ctx, q, scan, `SELECT `+linkColumns+`, COALESCE(n.name, ''), COALESCE(n.name_en, ''), COALESCE(n.short, '')
		FROM powers_unit_link l
		LEFT JOIN powers_unit_name n ON n.unit = CASE WHEN l.child = $3 THEN l.parent ELSE l.child END AND `+at("n", 1, 2)+`
		WHERE (l.child = $3 OR l.parent = $3) AND `+at("l", 1, 2)+` ORDER BY l.nature, n.fold, l.thing`, append(m.args(), unit)...)
}

func renamings(ctx context.Context, q db.Querier, unit id.ID, m Moment) ([]Renaming, error) {
	scan := func(r db.Row) (n Renaming, err error) {
		err = r.Scan(append(n.Span.into(), &n.Name, &n.NameEN, &n.Short)...)
		return n, err
	}
	return db.All(ctx, q, scan, `SELECT `+spanColumns("n")+`, n.name, n.name_en, n.short FROM powers_unit_name n
		WHERE n.unit = $1 AND n.recorded_at <= $2 AND n.ended_at > $2 ORDER BY n.day_from DESC, n.id`, unit, db.Micros(m.Known))
}

func becomings(ctx context.Context, q db.Querier, unit id.ID, m Moment) ([]Becoming, error) {
	scan := func(r db.Row) (b Becoming, err error) {
		err = r.Scan(append(b.Span.into(), &b.Kind, &b.LegalAct, &b.Old, &b.New, &b.OldName.Name, &b.OldName.NameEN, &b.NewName.Name, &b.NewName.NameEN)...)
		return b, err
	}
	return db.All(ctx, q, scan, `SELECT `+spanColumns("c")+`, c.kind, c.legal_act, c.from_unit, c.to_unit,
		COALESCE((SELECT a.name FROM powers_unit_name a WHERE a.unit = c.from_unit AND a.ended_at > $2 ORDER BY a.day_to DESC, a.id LIMIT 1), ''),
		COALESCE((SELECT a.name_en FROM powers_unit_name a WHERE a.unit = c.from_unit AND a.ended_at > $2 ORDER BY a.day_to DESC, a.id LIMIT 1), ''),
		COALESCE((SELECT b.name FROM powers_unit_name b WHERE b.unit = c.to_unit AND b.ended_at > $2 ORDER BY b.day_to DESC, b.id LIMIT 1), ''),
		COALESCE((SELECT b.name_en FROM powers_unit_name b WHERE b.unit = c.to_unit AND b.ended_at > $2 ORDER BY b.day_to DESC, b.id LIMIT 1), '')
		FROM powers_change c WHERE (c.from_unit = $1 OR c.to_unit = $1) AND c.recorded_at <= $2 AND c.ended_at > $2
		ORDER BY c.day_from DESC, c.id`, unit, db.Micros(m.Known))
}

func doorsWhere(ctx context.Context, q db.Querier, m Moment, names bool, condition string, args ...any) ([]Door, error) {
	scan := func(r db.Row) (d Door, err error) {
		targets := append(d.Referent.into(), &d.UnitName.Name, &d.UnitName.NameEN, &d.UnitName.Short, &d.UnitCode,
			&d.Held.Code, &d.Held.Title, &d.Held.TitleEN, &d.Held.ID, &d.Held.Who.Given, &d.Held.Who.Family)
		err = r.Scan(targets...)
		d.Held.Post = d.Referent.Post
		return d, err
	}
	return db.All(ctx, q, scan, `SELECT `+referentColumns+`, COALESCE(un.name, ''), COALESCE(un.name_en, ''), COALESCE(un.short, ''), u.code,
		p.code, p.title, p.title_en, COALESCE(h.thing, ''),
		CASE WHEN p.named OR $3 THEN COALESCE(n.given, '') ELSE '' END, CASE WHEN p.named OR $3 THEN COALESCE(n.family, '') ELSE '' END
		FROM powers_referent r
		JOIN powers_unit u ON u.thing = r.unit AND `+at("u", 1, 2)+`
		LEFT JOIN powers_unit_name un ON un.unit = r.unit AND `+at("un", 1, 2)+`
		JOIN powers_post p ON p.thing = r.post AND `+at("p", 1, 2)+`
		LEFT JOIN powers_holder h ON h.post = r.post AND h.interim = FALSE AND `+at("h", 1, 2)+`
		LEFT JOIN powers_person_name n ON n.id = h.person
		WHERE `+at("r", 1, 2)+condition+` ORDER BY un.fold, r.topic, p.code, r.thing`, append(append(m.args(), names), args...)...)
}

func postSheet(ctx context.Context, q db.Querier, post id.ID, m Moment) (*PostSheet, error) {
	scan := func(r db.Row) (s PostSheet, err error) {
		err = r.Scan(append(s.Post.into(), &s.UnitName.Name, &s.UnitName.NameEN, &s.UnitName.Short, &s.UnitCode)...)
		return s, err
	}
	s, err := db.One(ctx, q, scan, `SELECT `+postColumns+`, COALESCE(n.name, ''), COALESCE(n.name_en, ''), COALESCE(n.short, ''), u.code
		FROM powers_post p JOIN powers_unit u ON u.thing = p.unit AND `+at("u", 2, 3)+`
		LEFT JOIN powers_unit_name n ON n.unit = p.unit AND `+at("n", 2, 3)+`
		WHERE p.thing = $1 AND `+at("p", 2, 3), m.args(post)...)
	if err != nil && fault.KindOf(err) == fault.NotFound {
		return nil, fault.New(fault.NotFound, "powers.post.unknown")
	}
	return &s, err
}

// successive lists every holding of a post as known at an instant, the last first.
func successive(ctx context.Context, q db.Querier, post id.ID, m Moment, names bool) ([]Held, error) {
	return db.All(ctx, q, scanHeld, `SELECT `+heldColumns+` FROM powers_holder h
		JOIN powers_post p ON p.thing = h.post AND p.recorded_at <= $2 AND p.ended_at > $2
			AND p.day_from <= h.day_from AND p.day_to > h.day_from
		LEFT JOIN powers_person_name n ON n.id = h.person
		WHERE h.post = $1 AND h.recorded_at <= $2 AND h.ended_at > $2 ORDER BY h.day_from DESC, h.interim, h.thing`,
		post, db.Micros(m.Known), names)
}

// delegationViews lists delegations as known at an instant, running ones and past ones, the last first.
func delegationViews(ctx context.Context, q db.Querier, m Moment, condition string, args ...any) ([]DelegationView, error) {
	scan := func(r db.Row) (d DelegationView, err error) {
		err = r.Scan(append(d.Delegation.into(), &d.GiverCode, &d.GiverTitle, &d.ReceiverCode, &d.ReceiverTitle)...)
		return d, err
	}
	title := func(column, post string) string {
		return `COALESCE((SELECT x.` + column + ` FROM powers_post x WHERE x.thing = ` + post + ` AND x.ended_at > $1 AND x.recorded_at <= $1
			ORDER BY x.day_to DESC, x.id LIMIT 1), '')`
	}
	return db.All(ctx, q, scan, `SELECT `+delegationColumns+`, `+title("code", "d.from_post")+`, `+title("title", "d.from_post")+`, `+
		title("code", "d.to_post")+`, `+title("title", "d.to_post")+`
		FROM powers_delegation d WHERE `+condition+` AND d.recorded_at <= $1 AND d.ended_at > $1 ORDER BY d.day_from DESC, d.thing`,
		append([]any{db.Micros(m.Known)}, args...)...)
}

// DelegationFor reads a delegation as known at an instant. Faults: NotFound powers.delegation.unknown.
func DelegationFor(ctx context.Context, q db.Querier, delegation id.ID, m Moment) (DelegationView, error) {
	found, err := delegationViews(ctx, q, m, "d.thing = $2", delegation)
	if err == nil && len(found) == 0 {
		return DelegationView{}, fault.New(fault.NotFound, "powers.delegation.unknown")
	}
	if err != nil {
		return DelegationView{}, err
	}
	return found[0], nil
}

// Delegations lists the delegations in force at a moment, by number.
func Delegations(ctx context.Context, q db.Querier, m Moment) ([]DelegationView, error) {
	return delegationViews(ctx, q, m, `d.day_from <= $2 AND d.day_to > $2`, string(m.Day))
}
