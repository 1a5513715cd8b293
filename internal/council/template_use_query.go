package council

import (
	"context"
	"slices"

	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
)

// use is a circuit of a committee, counts how often it served.
type use struct {
	committee id.ID
	code      string
}

type counts struct{ opened, running int }

func (r *Room) uses(ctx context.Context) (map[use]counts, error) {
	found := map[use]counts{}
	_, err := db.All(ctx, r.reads, func(row db.Row) (u use, err error) {
		var c counts
		err = row.Scan(&u.committee, &u.code, &c.opened, &c.running)
		found[u] = c
		return u, err
	}, `SELECT m.committee, k.code, COUNT(*), SUM(CASE WHEN k.status IN ('open', 'returned') THEN 1 ELSE 0 END)
		FROM council_circuit k JOIN council_meeting m ON m.id = k.meeting GROUP BY m.committee, k.code ORDER BY m.committee, k.code`)
	return found, err
}

// Use is a circuit that was opened by a drawing.
type Use struct {
	Circuit id.ID
	Status  CircuitStatus
	Edition int // by which it was opened; 0 when that was not kept
	Item    id.ID
	Title   string // of the item
	Meeting string // number
	Day     calendar.Day

	root, arbitration id.ID
}

// DrawingSheet is a circuit with what it serves for.
type DrawingSheet struct {
	Drawing
	Uses    []Use
	Matters []Item // on the agendas to come of the committee: what to try it on
}

func (r *Room) fillUses(ctx context.Context, s *DrawingSheet, kept Withheld) error {
	all, err := db.All(ctx, r.reads, func(row db.Row) (u Use, err error) {
		return u, row.Scan(&u.Circuit, &u.Status, db.Added(&u.Edition), &u.Item, &u.Title, &u.Meeting, &u.Day, &u.root, &u.arbitration)
	}, `SELECT k.id, k.status, k.drawing, k.item, i.title, m.number, m.day, k.root, k.arbitration FROM council_circuit k
		JOIN council_item i ON i.id = k.item JOIN council_meeting m ON m.id = k.meeting
		WHERE m.committee = $1 AND k.code = $2 ORDER BY m.day DESC, k.id DESC`, s.Committee.ID, s.Code)
	s.Opened = len(all)
	for _, u := range all {
		if u.Status == CircuitOpen || u.Status == CircuitReturned {
			s.Running++
		}
		if !kept.Item(Item{Root: u.root, Arbitration: u.arbitration}) {
			s.Uses = append(s.Uses, u)
		}
	}
	return err
}

// Matters lists the items on the agendas to come of a committee, for those inside: what a circuit may be tried on.
func (r *Room) Matters(ctx context.Context, v identity.Visitor, committee id.ID) ([]Item, error) {
	kept, err := r.Withheld(ctx, v)
	if err != nil || !v.Inside() {
		return nil, err
	}
	return r.matters(ctx, committee, kept)
}

func (r *Room) matters(ctx context.Context, committee id.ID, kept Withheld) ([]Item, error) {
	all, err := db.All(ctx, r.reads, scanItem, `SELECT `+itemColumns.List("i")+` FROM council_item i JOIN council_meeting m ON m.id = i.meeting
		WHERE m.committee = $1 AND m.day >= $2 AND m.status <> 'cancelled' AND i.status = 'listed' AND i.nature <> 'info'
		ORDER BY m.day, m.id, i.rank, i.id`, committee, string(r.Today()))
	return slices.DeleteFunc(all, kept.Item), err
}

// Drawing reads a circuit of a committee that sits, by the code of both. Faults: NotFound, Denied outside.
func (r *Room) Drawing(ctx context.Context, v identity.Visitor, committee, code string) (s DrawingSheet, err error) {
	if !v.Inside() {
		return s, fault.New(fault.Denied, "council.agents_only")
	}
	c, err := committeeBy(ctx, r.reads, v, committee)
	if err != nil {
		return s, err
	}
	profile, err := r.profileCircuits(ctx, r.reads, r.Today())
	if err != nil {
		return s, err
	}
	all, err := r.drawingsOf(ctx, c, profile)
	if err != nil {
		return s, err
	}
	n := slices.IndexFunc(all, func(d Drawing) bool { return d.Code == code })
	if n < 0 {
		return s, fault.New(fault.NotFound, "council.circuit.unknown_template")
	}
	s.Drawing = all[n]
	kept, err := r.Withheld(ctx, v)
	if err != nil {
		return s, err
	}
	if err := r.fillUses(ctx, &s, kept); err != nil {
		return s, err
	}
	s.Matters, err = r.matters(ctx, c.ID, kept)
	return s, err
}
