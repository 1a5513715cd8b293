package powers

import (
	"context"
	"strconv"
	"strings"

	"parvis/internal/db"
	"parvis/internal/id"
)

// PostsOn describes posts as they stand at a moment, with one of their holdings (an interim last). A
// post that does not exist then is missing from the answer.
func PostsOn(ctx context.Context, q db.Querier, wanted []id.ID, m Moment) (map[id.ID]Place, error) {
	found := map[id.ID]Place{}
	err := inGroups(wanted, func(list string, args []any) error {
		seats, err := seatsWhere(ctx, q, m, `p.thing IN (`+list+`)`, args...)
		for _, s := range seats {
			if _, already := found[s.Post]; !already {
				found[s.Post] = s.place()
			}
		}
		return err
	})
	return found, err
}

// NamedUnit is a unit with its name at a moment.
type NamedUnit struct {
	ID, Body           id.ID
	Kind, Code         string
	Name, NameEN, Abbr string
}

// UnitsOn describes units as they stand at a moment; one that does not exist then is missing.
func UnitsOn(ctx context.Context, q db.Querier, wanted []id.ID, m Moment) (map[id.ID]NamedUnit, error) {
	found := map[id.ID]NamedUnit{}
	err := inGroups(wanted, func(list string, args []any) error {
		units, err := db.All(ctx, q, scanNamedUnit, namedUnits+` AND u.thing IN (`+list+`) ORDER BY u.thing`, append(m.args(), args...)...)
		for _, u := range units {
			found[u.ID] = u
		}
		return err
	})
	return found, err
}

var namedUnits = `SELECT u.thing, u.body, u.kind, u.code, n.name, n.name_en, n.short
	FROM powers_unit u JOIN powers_unit_name n ON n.unit = u.thing AND ` + at("n", 1, 2) + ` WHERE ` + at("u", 1, 2)

func scanNamedUnit(r db.Row) (u NamedUnit, err error) {
	return u, r.Scan(&u.ID, &u.Body, &u.Kind, &u.Code, &u.Name, &u.NameEN, &u.Abbr)
}

// groupSize bounds the parameters of one statement; a short list is filled up by repeating its last
// value to the next power of two, so that few different statements are prepared.
const groupSize = 256

func inGroups(wanted []id.ID, read func(list string, args []any) error) error {
	return inGroupsAfter(2, wanted, read) // the two of a Moment
}

// inGroupsAfter numbers the values after the other parameters of the statement.
func inGroupsAfter(others int, wanted []id.ID, read func(list string, args []any) error) error {
	for len(wanted) > 0 {
		group := wanted[:min(len(wanted), groupSize)]
		wanted = wanted[len(group):]
		width := 1
		for width < len(group) {
			width *= 2
		}
		marks, args := make([]string, width), make([]any, width)
		for i := range width {
			marks[i] = "$" + strconv.Itoa(i+1+others)
			args[i] = group[min(i, len(group)-1)]
		}
		if err := read(strings.Join(marks, ","), args); err != nil {
			return err
		}
	}
	return nil
}

var speaksForSQL = `WITH RECURSIVE up (unit) AS (
	SELECT p.unit FROM powers_post p WHERE p.thing = $1 AND ` + at("p", 2, 3) + `
	UNION
	SELECT l.parent FROM up JOIN powers_unit_link l ON l.child = up.unit AND l.nature = 'hierarchical' AND ` + at("l", 2, 3) + `
	) SELECT COUNT(*) FROM up WHERE unit = $4`

// SpeaksFor tells whether a post belongs to a unit, or to one below it, at a moment.
func SpeaksFor(ctx context.Context, q db.Querier, post, unit id.ID, m Moment) (bool, error) {
	n, err := db.One(ctx, q, db.Scalar[int64], speaksForSQL, append(m.args(post), unit)...)
	return n > 0, err
}

// PostOfCode finds the post of a code at a moment; "" when there is none.
func PostOfCode(ctx context.Context, q db.Querier, code string, m Moment) (id.ID, error) {
	return first(db.All(ctx, q, db.Scalar[id.ID],
		`SELECT p.thing FROM powers_post p WHERE p.code = $1 AND `+at("p", 2, 3)+` ORDER BY p.thing LIMIT 1`, m.args(id.ID(code))...))
}

// UnitOfCode finds the unit of a code at a moment; "" when there is none.
func UnitOfCode(ctx context.Context, q db.Querier, code string, m Moment) (id.ID, error) {
	return first(db.All(ctx, q, db.Scalar[id.ID],
		`SELECT u.thing FROM powers_unit u WHERE u.code = $1 AND `+at("u", 2, 3)+` ORDER BY u.thing LIMIT 1`, m.args(id.ID(code))...))
}

func first(found []id.ID, err error) (id.ID, error) {
	if len(found) == 0 {
		return "", err
	}
	return found[0], err
}

// PostsHeldBy lists the posts a person holds at a moment, with the holding.
func PostsHeldBy(ctx context.Context, q db.Querier, person id.ID, m Moment) ([]Place, error) {
	seats, err := seatsWhere(ctx, q, m, `h.person = $3`, person)
	places := make([]Place, len(seats))
	for i, s := range seats {
		places[i] = s.place()
	}
	return places, err
}

// HeldPosts lists the posts of some layers that somebody holds at a moment, by unit and code.
func HeldPosts(ctx context.Context, q db.Querier, m Moment, layers ...string) ([]Place, error) {
	var places []Place
	for _, layer := range layers {
		seats, err := seatsWhere(ctx, q, m, `p.layer = $3 AND h.thing IS NOT NULL`, layer)
		if err != nil {
			return nil, err
		}
		for _, s := range seats {
			places = append(places, s.place())
		}
	}
	return places, nil
}

// ManyHeldPosts tells whether HeldPosts would list more than most posts, without reading them.
func ManyHeldPosts(ctx context.Context, q db.Querier, m Moment, most int, layers ...string) (bool, error) {
	n, err := db.One(ctx, q, db.Scalar[int], `SELECT COUNT(*) FROM (SELECT p.id FROM powers_post p WHERE `+at("p", 1, 2)+` AND p.layer IN (`+db.Marks(4, len(layers))+`)
		AND EXISTS (SELECT 1 FROM powers_holder h WHERE h.post = p.thing AND `+at("h", 1, 2)+`) LIMIT $3) k`, append(append(m.args(), most+1), db.Args(layers)...)...)
	return n > most, err
}

// UnitsInLife lists the units that exist at a moment, by code.
func UnitsInLife(ctx context.Context, q db.Querier, m Moment) ([]NamedUnit, error) {
	return db.All(ctx, q, scanNamedUnit, namedUnits+` ORDER BY u.code, u.thing`, m.args()...)
}
