package powers

import (
	"context"

	"parvis/internal/db"
)

var nodesSQL = `SELECT ` + unitColumns + `, COALESCE(n.name, ''), COALESCE(n.name_en, ''), COALESCE(n.short, ''), COALESCE(l.parent, '')
	FROM powers_unit u
	LEFT JOIN powers_unit_name n ON n.unit = u.thing AND ` + at("n", 1, 2) + `
	LEFT JOIN powers_unit_link l ON l.child = u.thing AND l.nature = 'hierarchical' AND ` + at("l", 1, 2) + `
	WHERE ` + at("u", 1, 2)

func scanNode(r db.Row) (n Node, err error) {
	targets := append([]any{&n.ID, &n.Row}, n.Span.into()...)
	err = r.Scan(append(targets, &n.Body, &n.Kind, &n.Code, &n.Shared, &n.Name, &n.NameEN, &n.Short, &n.Parent)...)
	return n, err
}

func nodesAt(ctx context.Context, q db.Querier, m Moment) ([]Node, error) {
	return db.All(ctx, q, scanNode, nodesSQL+` ORDER BY u.code, u.thing`, m.args()...)
}

// UnitsOfKinds lists the units of some kinds at a moment, by name, without who leads them.
func UnitsOfKinds(ctx context.Context, q db.Querier, m Moment, kinds ...string) ([]Node, error) {
	var all []Node
	for _, kind := range kinds {
		some, err := db.All(ctx, q, scanNode, nodesSQL+` AND u.kind = $3 ORDER BY n.fold, u.thing`, append(m.args(), kind)...)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	return all, nil
}

// heldColumns reads a post with one holding of it, which may be missing. The name is given when the post
// is one whose holder the public may know, or when the parameter numbered 3 says that all may be read.
const heldColumns = `COALESCE(h.thing, ''), COALESCE(h.day_from, ''), COALESCE(h.day_to, ''), COALESCE(h.first_at, 0),
	p.thing, COALESCE(h.person, ''), COALESCE(h.nature, ''), COALESCE(h.status, ''), COALESCE(h.quotity, 0), COALESCE(h.interim, FALSE),
	COALESCE(h.legal_act, ''), p.code, p.title, p.title_en, p.layer, p.unit, p.head, p.named,
	CASE WHEN p.named OR $3 THEN COALESCE(n.given, '') ELSE '' END, CASE WHEN p.named OR $3 THEN COALESCE(n.family, '') ELSE '' END,
	COALESCE(n.erased, '') <> ''`

func scanHeld(r db.Row) (h Held, err error) {
	err = r.Scan(&h.ID, &h.From, &h.To, &h.First, &h.Post, &h.Person, &h.Nature, &h.Status, &h.Quotity, &h.Interim, &h.LegalAct,
		&h.Code, &h.Title, &h.TitleEN, &h.Layer, &h.Unit, &h.Head, &h.Named, &h.Who.Given, &h.Who.Family, &h.Who.Erased)
	h.Who.ID = h.Person
	return h, err
}

var heldFrom = ` FROM powers_post p
	LEFT JOIN powers_holder h ON h.post = p.thing AND ` + at("h", 1, 2) + `
	LEFT JOIN powers_person_name n ON n.id = h.person
	WHERE ` + at("p", 1, 2)

// heldWhere reads the posts that satisfy a condition; its parameters are numbered from 4.
func heldWhere(ctx context.Context, q db.Querier, m Moment, names bool, condition string, args ...any) ([]Held, error) {
	return db.All(ctx, q, scanHeld, `SELECT `+heldColumns+heldFrom+` AND `+condition, append(append(m.args(), names), args...)...)
}

const inOrder = ` ORDER BY p.head DESC, p.code, h.interim, h.thing`

// headsAt is without order: Organigram puts the few of each unit in theirs.
func headsAt(ctx context.Context, q db.Querier, m Moment, names bool) ([]Held, error) {
	return heldWhere(ctx, q, m, names, `p.head = TRUE`)
}
