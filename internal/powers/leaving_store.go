package powers

import (
	"context"

	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/id"
)

// Departure is a holding of a post that ends.
type Departure struct {
	Post, Holder id.ID
	Day          calendar.Day // first day without that holder
	Recorded     id.ID        // the act that said so
}

// goesOn leaves out the holdings after which the same person goes on at the post.
func goesOn() string {
	return `
	AND NOT EXISTS (SELECT 1 FROM powers_holder n WHERE n.post = h.post AND n.person = h.person AND n.day_from <= h.day_to AND n.day_to > h.day_to
		AND ` + stands("n") + `)`
}

// Departures lists the holdings that end after one day and up to another, soonest first, without those
// that the same person goes on with by another holding of the post.
func Departures(ctx context.Context, q db.Querier, after, upTo calendar.Day) ([]Departure, error) {
	scan := func(r db.Row) (d Departure, err error) {
		err = r.Scan(&d.Post, &d.Holder, &d.Day, &d.Recorded)
		return d, err
	}
	return db.All(ctx, q, scan, `SELECT h.post, h.thing, h.day_to, h.recorded_act FROM powers_holder h WHERE h.day_to > $1 AND h.day_to <= $2 AND `+stands("h")+goesOn()+`
		ORDER BY h.day_to, h.thing`, string(after), string(upTo))
}

// LeavesOn is the first day of a post without one of its holders, "" when none is recorded: the holding goes on, the same
// person goes on by another one, or it never was.
func LeavesOn(ctx context.Context, q db.Querier, holder id.ID) (calendar.Day, error) {
	days, err := db.All(ctx, q, db.Scalar[calendar.Day], `SELECT h.day_to FROM powers_holder h WHERE h.thing = $1 AND h.day_to < $2 AND `+stands("h")+goesOn()+`
		ORDER BY h.day_to`, holder, string(calendar.Forever))
	if err != nil || len(days) == 0 {
		return "", err
	}
	return days[len(days)-1], nil
}

// LastHolding is the act that said last who holds a post.
func LastHolding(ctx context.Context, q db.Querier, post id.ID) (id.ID, error) {
	return db.One(ctx, q, db.Scalar[id.ID], `SELECT CASE WHEN h.ended_act <> '' THEN h.ended_act ELSE h.recorded_act END FROM powers_holder h
		WHERE h.post = $1 ORDER BY h.recorded_at DESC, h.id DESC LIMIT 1`, post)
}

// Unheld tells which posts nobody holds at a moment.
func Unheld(ctx context.Context, q db.Querier, which []id.ID, m Moment) (map[id.ID]bool, error) {
	out := make(map[id.ID]bool, len(which))
	for _, p := range which {
		out[p] = true
	}
	if len(out) == 0 {
		return out, nil
	}
	held, err := db.All(ctx, q, db.Scalar[id.ID], `SELECT DISTINCT h.post FROM powers_holder h WHERE `+at("h", 1, 2)+`
		AND h.post IN (`+db.Marks(3, len(which))+`)`, append(m.args(), db.Args(which)...)...)
	for _, p := range held {
		delete(out, p)
	}
	return out, err
}
