package powers

import (
	"cmp"
	"context"
	"slices"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/id"
)

const (
	postSeat   = "p.thing, p.code, p.title, p.title_en, p.layer, p.head, p.named, u.thing, u.kind, u.code, u.body, u.shared"
	holderSeat = "h.thing, h.person, h.interim, h.first_at"
	// noHolder stands in for holderSeat where the post matters and not who holds it.
	noHolder = "'', '', FALSE, CAST(0 AS BIGINT)"
	anyHeld  = "COALESCE(h.thing, ''), COALESCE(h.person, ''), COALESCE(h.interim, FALSE), COALESCE(h.first_at, 0)"
)

func (s *seat) into() []any {
	return []any{&s.Post, &s.Code, &s.Title, &s.TitleEN, &s.Layer, &s.Head, &s.Named, &s.Unit, &s.UnitKind, &s.UnitCode, &s.Body,
		&s.Shared, &s.Holder, &s.Person, &s.Interim, &s.HeldSince}
}

func scanSeat(r db.Row) (s seat, err error) {
	err = r.Scan(s.into()...)
	return s, err
}

// incumbency is a seat of whoever asks, with what Decide would otherwise ask the database for in a second
// and a third statement: each is a round trip on PostgreSQL.
type incumbency struct {
	seat
	Profile  string // digest of the profile in force, "" when there is none
	Receives bool   // some delegation to the post is in force
}

func scanIncumbency(r db.Row) (i incumbency, err error) {
	err = r.Scan(append(i.seat.into(), &i.Profile, &i.Receives)...)
	return i, err
}

// heldSQL finds the seats of whoever holds a post. A person may sit on several.
var heldSQL = `SELECT ` + postSeat + `, ` + holderSeat + `, COALESCE((` + forceSQL(2, 3) + `), ''),
	EXISTS (SELECT 1 FROM powers_delegation d WHERE d.to_post = h.post AND ` + at("d", 2, 3) + `)
	FROM powers_holder g
	JOIN powers_holder h ON h.person = g.person AND ` + at("h", 2, 3) + `
	JOIN powers_post p ON p.thing = h.post AND ` + at("p", 2, 3) + `
	JOIN powers_unit u ON u.thing = p.unit AND ` + at("u", 2, 3) + `
	WHERE g.post = $1 AND ($4 = '' OR g.thing = $4) AND ` + at("g", 2, 3)

// incumbencies lists the seats of whoever holds a post, that post first, then by holding. They are
// sorted here: rows this wide are dear to sort for the engine, and there is one, seldom two.
func incumbencies(ctx context.Context, q db.Querier, post, holder id.ID, m Moment) ([]incumbency, error) {
	seats, err := db.All(ctx, q, scanIncumbency, heldSQL, append(m.args(post), holder)...)
	slices.SortFunc(seats, func(a, b incumbency) int {
		if first, second := a.Post == post, b.Post == post; first != second {
			if first {
				return -1
			}
			return 1
		}
		return cmp.Compare(a.Holder, b.Holder)
	})
	return seats, err
}

// seatsWhere reads posts that satisfy a condition, with each of their holdings, vacant posts included.
// The condition numbers its parameters from 3.
func seatsWhere(ctx context.Context, q db.Querier, m Moment, condition string, args ...any) ([]seat, error) {
	return db.All(ctx, q, scanSeat, `SELECT `+postSeat+`, `+anyHeld+`
		FROM powers_post p JOIN powers_unit u ON u.thing = p.unit AND `+at("u", 1, 2)+`
		LEFT JOIN powers_holder h ON h.post = p.thing AND `+at("h", 1, 2)+`
		WHERE `+at("p", 1, 2)+` AND `+condition+` ORDER BY u.code, p.code, h.interim, h.thing`, append(m.args(), args...)...)
}

func seatsOfPost(ctx context.Context, q db.Querier, m Moment, post id.ID) ([]seat, error) {
	return seatsWhere(ctx, q, m, "p.thing = $3", post)
}

// seatOf reads a post without its holder, inside a change.
func seatOf(tx *act.Tx, post id.ID, m Moment) (seat, error) {
	return db.One(tx.Context(), tx, scanSeat, `SELECT `+postSeat+`, `+noHolder+`
		FROM powers_post p JOIN powers_unit u ON u.thing = p.unit AND `+at("u", 2, 3)+`
		WHERE p.thing = $1 AND `+at("p", 2, 3), m.args(post)...)
}

// received is a delegation as the evaluation climbs it: what it covers, and the giver's seat.
type received struct {
	ID id.ID
	To id.ID // the post that received it
	Scope
	LegalAct string
	ToHolder id.ID
	First    int64
	Giver    seat
}

func scanReceived(r db.Row) (d received, err error) {
	err = r.Scan(append([]any{&d.ID, &d.To, codes{&d.Verbs}, codes{&d.Objects}, codes{&d.Matters}, codes{&d.Territories}, &d.AmountMax,
		&d.LegalAct, &d.ToHolder, &d.First}, d.Giver.into()...)...)
	return d, err
}

// receivedBy lists the delegations that some posts received, by the post. A signature falls when either of the two
// people it names has left.
func receivedBy(ctx context.Context, q db.Querier, m Moment, posts ...id.ID) (map[id.ID][]received, error) {
	out := make(map[id.ID][]received, len(posts))
	for _, p := range posts {
		out[p] = nil
	}
	err := inGroups(posts, func(list string, args []any) error {
		found, err := db.All(ctx, q, scanReceived, receivedFrom+` AND d.to_post IN (`+list+`) ORDER BY d.day_from, d.thing`, append(m.args(), args...)...)
		for _, d := range found {
			out[d.To] = append(out[d.To], d)
		}
		return err
	})
	return out, err
}

var receivedFrom = `SELECT d.thing, d.to_post, d.verbs, d.objects, d.matters, d.territories, d.amount_max, d.legal_act, d.to_holder, d.first_at,
	` + postSeat + `, ` + noHolder + `
	FROM powers_delegation d
	JOIN powers_post p ON p.thing = d.from_post AND ` + at("p", 1, 2) + `
	JOIN powers_unit u ON u.thing = p.unit AND ` + at("u", 1, 2) + `
	WHERE ` + at("d", 1, 2) + `
	AND (d.from_holder = '' OR EXISTS (SELECT 1 FROM powers_holder x WHERE x.thing = d.from_holder AND ` + at("x", 1, 2) + `))
	AND (d.to_holder = '' OR EXISTS (SELECT 1 FROM powers_holder y WHERE y.thing = d.to_holder AND ` + at("y", 1, 2) + `))`

// receiversOf lists the seats to which some posts delegated what covers a question. The scopes are read before
// the seats: a mayor signs hundreds of delegations, of which few cover one question.
func receiversOf(ctx context.Context, q db.Querier, m Moment, posts []id.ID, ask act.Ask) ([]seat, error) {
	receivers, err := coveredBy(ctx, q, m, posts, ask)
	if err != nil {
		return nil, err
	}
	var all []seat
	err = inGroups(receivers, func(list string, args []any) error {
		some, err := seatsWhere(ctx, q, m, `p.thing IN (`+list+`)`, args...)
		all = append(all, some...)
		return err
	})
	return all, err
}

// coveredBy lists the posts to which some posts delegated what covers a question.
func coveredBy(ctx context.Context, q db.Querier, m Moment, posts []id.ID, ask act.Ask) ([]id.ID, error) {
	type gift struct {
		to id.ID
		Scope
	}
	var out []id.ID
	err := inGroups(posts, func(list string, args []any) error {
		gifts, err := db.All(ctx, q, func(r db.Row) (g gift, err error) {
			return g, r.Scan(&g.to, codes{&g.Verbs}, codes{&g.Objects}, codes{&g.Matters}, codes{&g.Territories}, &g.AmountMax)
		}, `SELECT d.to_post, d.verbs, d.objects, d.matters, d.territories, d.amount_max FROM powers_delegation d
			WHERE `+at("d", 1, 2)+` AND d.from_post IN (`+list+`) ORDER BY d.to_post, d.thing`, append(m.args(), args...)...)
		for _, g := range gifts {
			if g.Covers(ask) {
				out = append(out, g.to)
			}
		}
		return err
	})
	slices.Sort(out)
	return slices.Compact(out), err
}

// forerunners lists the units that unit took over from, on the day or before.
func forerunners(ctx context.Context, q db.Querier, unit id.ID, m Moment) ([]id.ID, error) {
	return db.All(ctx, q, db.Scalar[id.ID], `SELECT c.from_unit FROM powers_change c
		WHERE c.to_unit = $1 AND c.from_unit <> '' AND c.from_unit <> c.to_unit AND `+at("c", 2, 3)+` ORDER BY c.from_unit`, m.args(unit)...)
}

// competentBody gives the body that a matter belongs to; "" when nobody said.
func competentBody(ctx context.Context, q db.Querier, matter string, m Moment) (id.ID, error) {
	found, err := db.All(ctx, q, db.Scalar[id.ID],
		`SELECT c.body FROM powers_competence c WHERE c.matter = $1 AND `+at("c", 2, 3)+` ORDER BY c.id LIMIT 1`, m.args(matter)...)
	if len(found) == 0 {
		return "", err
	}
	return found[0], err
}

// electedFor lists the posts in charge of a unit among the elected: its referents for the topic "elu".
func electedFor(ctx context.Context, q db.Querier, unit id.ID, m Moment) ([]id.ID, error) {
	return db.All(ctx, q, db.Scalar[id.ID], `SELECT r.post FROM powers_referent r
		WHERE r.unit = $1 AND r.topic = 'elu' AND `+at("r", 2, 3)+` ORDER BY r.post`, m.args(unit)...)
}

// heirsSQL lists the units that took over from one, on the day or before.
var heirsSQL = `SELECT c.to_unit FROM powers_change c
	WHERE c.from_unit = $1 AND c.to_unit <> '' AND c.from_unit <> c.to_unit AND ` + at("c", 2, 3) + ` ORDER BY c.to_unit`
