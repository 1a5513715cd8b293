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

// Templates lists the circuits that may be opened for a committee: its own, then those of the governance
// profile in force that it did not draw again.
func (r *Room) Templates(ctx context.Context, committee id.ID) ([]CircuitTemplate, error) {
	return r.templates(ctx, r.reads, committee, r.Today())
}

func (r *Room) templates(ctx context.Context, q db.Querier, committee id.ID, day calendar.Day) ([]CircuitTemplate, error) {
	drawn, err := loadTemplates(ctx, q, committee)
	if err != nil {
		return nil, err
	}
	var all []CircuitTemplate
	for _, t := range drawn {
		all = append(all, t.CircuitTemplate)
	}
	profile, err := r.profileCircuits(ctx, q, day)
	for _, t := range profile {
		if !slices.ContainsFunc(all, func(o CircuitTemplate) bool { return o.Code == t.Code }) {
			all = append(all, t)
		}
	}
	return all, err
}

// profileCircuits lists the circuits of the governance profile in force.
func (r *Room) profileCircuits(ctx context.Context, q db.Querier, day calendar.Day) ([]CircuitTemplate, error) {
	if r.seats.Circuits == nil {
		return nil, nil
	}
	return r.seats.Circuits(ctx, q, day)
}

// Drawing is a circuit of a committee with all its editions, or one of the governance profile that the committee follows.
type Drawing struct {
	Committee Committee
	Code      string
	Editions  []Template       // the last first; none when only the profile has it
	Profile   *CircuitTemplate // of the same code, in the governance profile in force
	Opened    int              // how many circuits were opened by it
	Running   int              // of which wait for somebody
}

// In is the edition in a state that a circuit has one of, nil when it has none.
func (d Drawing) In(status TemplateStatus) *Template {
	for n := range d.Editions {
		if d.Editions[n].Status == status {
			return &d.Editions[n]
		}
	}
	return nil
}

// Followed is what is opened today under this code; false when it is out of use.
func (d Drawing) Followed() (CircuitTemplate, bool) {
	switch t := d.In(TemplateInForce); {
	case t != nil:
		return t.CircuitTemplate, true
	case d.Profile != nil:
		return *d.Profile, true
	}
	return CircuitTemplate{}, false
}

// Latest is what a new edition starts from: the one in preparation, else what is followed, else the last one.
func (d Drawing) Latest() Template {
	if t := d.In(TemplateDrawn); t != nil {
		return *t
	}
	if t := d.In(TemplateInForce); t != nil {
		return *t
	}
	if d.Profile != nil {
		return Template{CircuitTemplate: *d.Profile}
	}
	return d.Editions[0]
}

// Name is how the circuit is called today, or was.
func (d Drawing) Name(lang string) string {
	if t, ok := d.Followed(); ok {
		return t.Name(lang)
	}
	return d.Latest().Name(lang)
}

// Drawings lists the circuits of the committees that sit, for those inside: by committee, then by code.
func (r *Room) Drawings(ctx context.Context, v identity.Visitor) ([]Drawing, error) {
	if !v.Inside() {
		return nil, fault.New(fault.Denied, "council.agents_only")
	}
	committees, err := db.All(ctx, r.reads, scanCommittee, `SELECT `+committeeColumns.List("c")+` FROM council_committee c
		WHERE c.closed_on = '' ORDER BY c.name_fr, c.id`)
	if err != nil {
		return nil, err
	}
	profile, err := r.profileCircuits(ctx, r.reads, r.Today())
	if err != nil {
		return nil, err
	}
	uses, err := r.uses(ctx)
	if err != nil {
		return nil, err
	}
	var all []Drawing
	for _, c := range committees {
		own, err := r.drawingsOf(ctx, c, profile)
		if err != nil {
			return nil, err
		}
		for n := range own {
			u := uses[use{c.ID, own[n].Code}]
			own[n].Opened, own[n].Running = u.opened, u.running
		}
		all = append(all, own...)
	}
	return all, nil
}

func (r *Room) drawingsOf(ctx context.Context, c Committee, profile []CircuitTemplate) (out []Drawing, err error) {
	editions, err := loadEditions(ctx, r.reads, c.ID)
	for _, t := range editions {
		if n := len(out); n == 0 || out[n-1].Code != t.Code {
			out = append(out, Drawing{Committee: c, Code: t.Code})
		}
		last := &out[len(out)-1]
		last.Editions = append(last.Editions, t)
	}
	for _, t := range profile {
		n := slices.IndexFunc(out, func(d Drawing) bool { return d.Code == t.Code })
		if n < 0 {
			n, out = len(out), append(out, Drawing{Committee: c, Code: t.Code})
		}
		out[n].Profile = &t
	}
	return out, err
}

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

func (r *Room) fillUses(ctx context.Context, s *DrawingSheet, kept Withheld) error {
	all, err := db.All(ctx, r.reads, func(row db.Row) (u Use, err error) {
		return u, row.Scan(&u.Circuit, &u.Status, &u.Item, &u.Title, &u.Meeting, &u.Day, &u.root, &u.arbitration)
	}, `SELECT k.id, k.status, k.item, i.title, m.number, m.day, k.root, k.arbitration FROM council_circuit k
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
