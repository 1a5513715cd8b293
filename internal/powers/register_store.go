package powers

import (
	"context"

	"parvis/internal/db"
	"parvis/internal/id"
)

// The register is the whole organisation as its statements stand, for exports and indexes: what is in
// force at a moment and what is already known to begin later.

// later is the condition that a statement of alias stands at the moment whose day is numbered 1 and
// instant 2, and is not over that day.
func later(alias string) string {
	return alias + ".ended_at > $2 AND " + alias + ".recorded_at <= $2 AND " + alias + ".day_to > $1"
}

// postsRead is how many posts EachPost holds in memory.
const postsRead = 500

// EachPost gives do the posts that are not over at a moment, once each, by code, with who holds them or will. It reads
// them little by little: a city has tens of thousands.
func EachPost(ctx context.Context, q db.Querier, m Moment, do func(Post, []Holding) error) error {
	var code, day, last string
	var before id.ID
	for {
		posts, err := db.All(ctx, q, scanPost, `SELECT `+postColumns+` FROM powers_post p WHERE `+later("p")+` AND (p.code, p.day_from, p.id) > ($3, $4, $5)
			ORDER BY p.code, p.day_from, p.id LIMIT $6`, append(m.args(), code, day, last, postsRead)...)
		if err != nil || len(posts) == 0 {
			return err
		}
		held, err := heldBy(ctx, q, m, posts)
		if err != nil {
			return err
		}
		for _, p := range posts {
			if p.ID != before {
				if err := do(p, held[p.ID]); err != nil {
					return err
				}
			}
			before = p.ID
		}
		end := posts[len(posts)-1]
		code, day, last = end.Code, string(end.From), string(end.Row)
	}
}

// heldBy lists who holds these posts, running or to come at a moment.
func heldBy(ctx context.Context, q db.Querier, m Moment, posts []Post) (map[id.ID][]Holding, error) {
	ids := make([]id.ID, len(posts))
	for n, p := range posts {
		ids[n] = p.ID
	}
	held := make(map[id.ID][]Holding, len(posts))
	err := inGroups(ids, func(list string, args []any) error {
		all, err := holdings(ctx, q, " AND h.post IN ("+list+")", append(m.args(), args...)...)
		for _, h := range all {
			held[h.Post] = append(held[h.Post], h)
		}
		return err
	})
	return held, err
}

// Posts lists every post that is not over at a moment, by code.
func Posts(ctx context.Context, q db.Querier, m Moment) ([]Post, error) {
	return db.All(ctx, q, scanPost, `SELECT `+postColumns+` FROM powers_post p WHERE `+later("p")+` ORDER BY p.code, p.day_from, p.id`, m.args()...)
}

// Holding is a holder with the names and the number of the person; empty once erased.
type Holding struct {
	Holder
	Given, Family, Matricule string
	Erased                   bool
}

// Holdings lists who holds which post, running or to come at a moment, by post and day.
func Holdings(ctx context.Context, q db.Querier, m Moment) ([]Holding, error) {
	return holdings(ctx, q, "", m.args()...)
}

func holdings(ctx context.Context, q db.Querier, condition string, args ...any) ([]Holding, error) {
	scan := func(r db.Row) (h Holding, err error) {
		err = r.Scan(&h.ID, &h.Post, &h.Person, &h.Nature, &h.Status, &h.Quotity, &h.Interim, &h.LegalAct, &h.From, &h.To,
			&h.Given, &h.Family, &h.Matricule, &h.Erased)
		return h, err
	}
	return db.All(ctx, q, scan, `SELECT h.thing, h.post, h.person, h.nature, h.status, h.quotity, h.interim, h.legal_act, h.day_from, h.day_to,
		COALESCE(n.given, ''), COALESCE(n.family, ''), COALESCE(k.matricule, ''), COALESCE(n.erased, '') <> ''
		FROM powers_holder h LEFT JOIN powers_person_name n ON n.id = h.person LEFT JOIN powers_matricule k ON k.id = h.person
		WHERE `+later("h")+condition+` ORDER BY h.post, h.day_from, h.id`, args...)
}

// StandingDelegations lists every delegation that is not over at a moment, the last begun first.
func StandingDelegations(ctx context.Context, q db.Querier, m Moment) ([]DelegationView, error) {
	return delegationViews(ctx, q, m, `d.day_to > $2`, string(m.Day))
}

// UnitParents gives the hierarchical parent of each unit in life or to come at a moment.
func UnitParents(ctx context.Context, q db.Querier, m Moment) (map[id.ID]id.ID, error) {
	links, err := db.All(ctx, q, scanLink, `SELECT `+linkColumns+` FROM powers_unit_link l WHERE l.nature = 'hierarchical' AND `+later("l")+
		` ORDER BY l.day_from DESC, l.id`, m.args()...)
	parents := make(map[id.ID]id.ID, len(links))
	for _, l := range links {
		parents[l.Child] = l.Parent // the first in force, when another follows
	}
	return parents, err
}

// Register lists the units in life or to come at a moment, by code, with their names.
func Register(ctx context.Context, q db.Querier, m Moment) ([]Node, error) {
	return register(ctx, q, "", m.args()...)
}

// RegisterOf lists the unit of a code, or those that bear it one after the other.
func RegisterOf(ctx context.Context, q db.Querier, code string, m Moment) ([]Node, error) {
	return register(ctx, q, " AND u.code = $3", append(m.args(), code)...)
}

func register(ctx context.Context, q db.Querier, condition string, args ...any) ([]Node, error) {
	scan := func(r db.Row) (n Node, err error) {
		targets := append([]any{&n.ID, &n.Row}, n.Span.into()...)
		err = r.Scan(append(targets, &n.Body, &n.Kind, &n.Code, &n.Shared, &n.Name, &n.NameEN, &n.Short)...)
		return n, err
	}
	return db.All(ctx, q, scan, `SELECT `+unitColumns+`, COALESCE(n.name, ''), COALESCE(n.name_en, ''), COALESCE(n.short, '')
		FROM powers_unit u LEFT JOIN powers_unit_name n ON n.id = (SELECT x.id FROM powers_unit_name x WHERE x.unit = u.thing AND `+later("x")+`
			ORDER BY x.day_from, x.id LIMIT 1)
		WHERE `+later("u")+condition+` ORDER BY u.code, u.day_from, u.id`, args...)
}

// PostsOf lists the statements about the post of a code that are not over at a moment.
func PostsOf(ctx context.Context, q db.Querier, code string, m Moment) ([]Post, error) {
	return db.All(ctx, q, scanPost, `SELECT `+postColumns+` FROM powers_post p WHERE `+later("p")+` AND p.code = $3 ORDER BY p.day_from, p.id`,
		append(m.args(), code)...)
}

// HoldingsOf lists who holds a post, running or to come at a moment, by day.
func HoldingsOf(ctx context.Context, q db.Querier, post id.ID, m Moment) ([]Holding, error) {
	return holdings(ctx, q, " AND h.post = $3", append(m.args(), post)...)
}

// Governed tells whether a governance profile is in force, or will be.
func Governed(ctx context.Context, q db.Querier, m Moment) (bool, error) {
	n, err := db.One(ctx, q, db.Scalar[int64], `SELECT COUNT(*) FROM powers_profile_force f WHERE `+later("f"), m.args()...)
	return n > 0, err
}
