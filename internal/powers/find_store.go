package powers

import (
	"context"
	"slices"

	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/id"
)

type foldedUnit struct {
	Found
	fold string
}

func unitNamesAt(ctx context.Context, q db.Querier, m Moment) ([]foldedUnit, error) {
	scan := func(r db.Row) (u foldedUnit, err error) {
		u.Type = "unit"
		err = r.Scan(&u.ID, &u.Code, &u.Name, &u.NameEN, &u.fold)
		return u, err
	}
	return db.All(ctx, q, scan, `SELECT u.thing, u.code, n.name, n.name_en, n.fold FROM powers_unit u
		JOIN powers_unit_name n ON n.unit = u.thing AND `+at("n", 1, 2)+` WHERE `+at("u", 1, 2)+` ORDER BY n.fold, u.thing`, m.args()...)
}

func postsBeginning(ctx context.Context, q db.Querier, m Moment, fold, code string, limit int) ([]Found, error) {
	scan := func(r db.Row) (f Found, err error) {
		f.Type = "post"
		err = r.Scan(&f.ID, &f.Code, &f.Name, &f.NameEN, &f.Unit, &f.UnitEN)
		return f, err
	}
	return db.All(ctx, q, scan, `SELECT p.thing, p.code, p.title, p.title_en, COALESCE(n.name, ''), COALESCE(n.name_en, '') FROM powers_post p
		LEFT JOIN powers_unit_name n ON n.unit = p.unit AND `+at("n", 1, 2)+`
		WHERE (p.fold >= $3 AND p.fold < $4 OR p.code = $5) AND `+at("p", 1, 2)+` ORDER BY p.fold, p.thing LIMIT $6`,
		append(m.args(), fold, fold+"\U0010ffff", code, max(limit, 0))...)
}

// Vacant lists the posts that nobody holds at a moment, heads first, from a rank on.
func Vacant(ctx context.Context, q db.Querier, m Moment, from, limit int) ([]Held, error) {
	return heldWhere(ctx, q, m, false, `NOT EXISTS (SELECT 1 FROM powers_holder x WHERE x.post = p.thing AND `+at("x", 1, 2)+`)`+
		inOrder+` LIMIT $4 OFFSET $5`, limit, from)
}

// Label is how a post or a unit is called at a moment.
type Label struct {
	Type, Code   string
	Name, NameEN string
	Unit, UnitEN string // of a post
}

// Labels names units, posts and the posts of holders by their ids, for pages and sentences of acts. What is
// over keeps its last name.
func Labels(ctx context.Context, q db.Querier, ids []id.ID, m Moment) (map[id.ID]Label, error) {
	posts, err := readLabels(ctx, q, postLabelSQL, distinct(ids), m)
	if err != nil {
		return nil, err
	}
	var left []id.ID
	for _, one := range ids {
		if _, done := posts[one]; !done {
			left = append(left, one)
		}
	}
	for _, p := range posts {
		left = append(left, p.unit)
	}
	units, err := readLabels(ctx, q, unitLabelSQL, distinct(left), m)
	out := make(map[id.ID]Label, len(ids))
	for _, one := range ids {
		if l, is := units[one]; is {
			out[one] = l.Label
		}
		if l, is := posts[one]; is {
			l.Unit, l.UnitEN = units[l.unit].Name, units[l.unit].NameEN
			out[one] = l.Label
		}
	}
	return out, err
}

// distinct drops empty and repeated ids.
func distinct(ids []id.ID) []id.ID {
	list := slices.DeleteFunc(slices.Sorted(slices.Values(ids)), func(one id.ID) bool { return one == "" })
	return slices.Compact(list)
}

// labelled is a label with what it names and, of a post, its unit.
type labelled struct {
	id, unit id.ID
	Label
}

func scanLabelled(r db.Row) (l labelled, err error) {
	err = r.Scan(&l.id, &l.Type, &l.Code, &l.Name, &l.NameEN, &l.unit)
	return l, err
}

// The statement nearest to the day comes first: the one in force, else the last one.
const nearest = ` ORDER BY CASE WHEN x.day_from <= $1 AND x.day_to > $1 THEN 0 ELSE 1 END, x.day_to DESC, x.id`

const postLabelSQL = `SELECT x.thing, 'post', x.code, x.title, x.title_en, x.unit FROM powers_post x WHERE x.ended_at > $2 AND x.thing IN `

const unitLabelSQL = `SELECT x.unit, 'unit', x.short, x.name, x.name_en, '' FROM powers_unit_name x WHERE x.ended_at > $2 AND x.unit IN `

func readLabels(ctx context.Context, q db.Querier, statement string, ids []id.ID, m Moment) (map[id.ID]labelled, error) {
	out := make(map[id.ID]labelled, len(ids))
	err := inGroups(ids, func(list string, args []any) error {
		found, err := db.All(ctx, q, scanLabelled, statement+`(`+list+`)`+nearest, append(m.args(), args...)...)
		for _, l := range found {
			if _, nearer := out[l.id]; !nearer {
				out[l.id] = l
			}
		}
		return err
	})
	return out, err
}

// LifeOf is the days during which a unit or a post exists, as known at an instant; the zero period when it
// never did.
func LifeOf(ctx context.Context, q db.Querier, thing id.ID, m Moment) (calendar.Period, error) {
	scan := func(r db.Row) (p calendar.Period, err error) {
		err = r.Scan(&p.From, &p.To)
		return p, err
	}
	return db.One(ctx, q, scan, `SELECT COALESCE(MIN(x.f), ''), COALESCE(MAX(x.t), '') FROM (
		SELECT u.day_from AS f, u.day_to AS t FROM powers_unit u WHERE u.thing = $1 AND u.recorded_at <= $2 AND u.ended_at > $2
		UNION ALL
		SELECT p.day_from, p.day_to FROM powers_post p WHERE p.thing = $1 AND p.recorded_at <= $2 AND p.ended_at > $2) x`,
		thing, db.Micros(m.Known))
}
