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
