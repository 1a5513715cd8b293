package powers

import (
	"context"

	"parvis/internal/db"
	"parvis/internal/i18n"
	"parvis/internal/id"
)

// plan is every statement about units, their names, their places in the tree and who leads them, ended
// or taken back ones included.
type plan struct {
	units    []Unit
	names    map[id.ID][]dated[Naming]
	keys     map[string]string // by which the names sort
	parents  map[id.ID][]dated[id.ID]
	leading  []dated[Held] // posts that lead, without their holding
	holdings map[id.ID][]dated[Held]
}

// dated is a fact with the days on which it holds and the instants between which it was known.
type dated[T any] struct {
	about id.ID
	Span
	fact T
}

func readPlan(ctx context.Context, q db.Querier) (p *plan, err error) {
	p = &plan{}
	if p.units, err = db.All(ctx, q, scanUnit, `SELECT `+unitColumns+` FROM powers_unit u ORDER BY u.code, u.thing`); err != nil {
		return nil, err
	}
	if p.names, err = grouped(ctx, q, func(n *Naming) []any { return []any{&n.Name, &n.NameEN, &n.Short} },
		`SELECT n.unit, `+spanColumns("n")+`, n.name, n.name_en, n.short FROM powers_unit_name n`); err != nil {
		return nil, err
	}
	p.keys = map[string]string{"": ""}
	for _, list := range p.names {
		for _, n := range list {
			p.keys[n.fact.Name] = i18n.SortKey(n.fact.Name)
		}
	}
	if p.parents, err = grouped(ctx, q, func(parent *id.ID) []any { return []any{parent} },
		`SELECT l.child, `+spanColumns("l")+`, l.parent FROM powers_unit_link l WHERE l.nature = 'hierarchical'`); err != nil {
		return nil, err
	}
	posts, err := grouped(ctx, q, func(h *Held) []any {
		return []any{&h.Code, &h.Title, &h.TitleEN, &h.Layer, &h.Unit, &h.Head, &h.Named}
	}, `SELECT p.thing, `+spanColumns("p")+`, p.code, p.title, p.title_en, p.layer, p.unit, p.head, p.named
		FROM powers_post p WHERE p.head = TRUE`)
	if err != nil {
		return nil, err
	}
	for _, list := range posts {
		p.leading = append(p.leading, list...)
	}
	p.holdings, err = grouped(ctx, q, func(h *Held) []any {
		return []any{&h.ID, &h.Person, &h.Nature, &h.Status, &h.Quotity, &h.Interim, &h.LegalAct, &h.Who.Given, &h.Who.Family, &h.Who.Erased}
	}, `SELECT h.post, `+spanColumns("h")+`, h.thing, h.person, h.nature, h.status, h.quotity, h.interim, h.legal_act,
		COALESCE(n.given, ''), COALESCE(n.family, ''), COALESCE(n.erased, '') <> ''
		FROM powers_holder h LEFT JOIN powers_person_name n ON n.id = h.person
		WHERE h.post IN (SELECT p.thing FROM powers_post p WHERE p.head = TRUE)`)
	return p, err
}

// grouped reads facts by what they are about.
func grouped[T any](ctx context.Context, q db.Querier, into func(*T) []any, statement string) (map[id.ID][]dated[T], error) {
	all, err := db.All(ctx, q, func(r db.Row) (d dated[T], err error) {
		err = r.Scan(append(append([]any{&d.about}, d.Span.into()...), into(&d.fact)...)...)
		return d, err
	}, statement)
	out := map[id.ID][]dated[T]{}
	for _, d := range all {
		out[d.about] = append(out[d.about], d)
	}
	return out, err
}
