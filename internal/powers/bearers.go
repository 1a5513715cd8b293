package powers

import (
	"context"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// Bearers lists who bears a role for a question at a moment, vacant posts included: what a circuit asks
// when one of its steps opens. "sponsor:part" is whoever is in charge, among the elected, of each unit
// that leads or holds a part. Roles that everybody has, and joint ones, name nobody.
//
// Faults: Invalid powers.profile.role_unknown.
func (e *Engine) Bearers(ctx context.Context, q db.Querier, role string, ask act.Ask, m Moment) ([]Place, error) {
	r, ok := parseRole(role)
	if !ok || r.form == roleAll || r.form == roleAgent || r.form == roleResident || r.form == roleAnyone {
		return nil, fault.New(fault.Invalid, "powers.profile.role_unknown", "value", role)
	}
	in := &inquiry{ctx: ctx, q: q, ask: ask, at: m}
	if r.form != roleSilo {
		seats, err := in.bearers(r)
		return places(seats), err
	}
	chairs, err := in.silos(r)
	var all []seat
	for _, c := range chairs {
		all = addSeats(all, c.seats)
	}
	return places(all), err
}

// farthestSuperior bounds the climb from unit to unit.
const farthestSuperior = 16

// Superior finds who stands above a post at a moment: the head of its unit, else of the units above; the
// first that somebody holds, or the nearest when nobody does. The zero Place when nobody is above.
func Superior(ctx context.Context, q db.Querier, post id.ID, m Moment) (Place, error) {
	own, err := seatsOfPost(ctx, q, m, post)
	if err != nil || len(own) == 0 {
		return Place{}, err
	}
	var nearest Place
	unit, skip := own[0].Unit, own[0].Head
	for range farthestSuperior {
		if !skip {
			heads, err := seatsWhere(ctx, q, m, "p.unit = $3 AND p.head = TRUE", unit)
			if err != nil {
				return nearest, err
			}
			for _, h := range heads {
				if h.Holder != "" {
					return h.place(), nil
				}
				if nearest.Post == "" {
					nearest = h.place()
				}
			}
		}
		skip = false
		if unit, err = parentOf(ctx, q, unit, m); err != nil || unit == "" {
			return nearest, err
		}
	}
	return nearest, nil
}

// HeadsAbove lists the posts that lead the unit above another: « la DGA de la direction porteuse ».
func HeadsAbove(ctx context.Context, q db.Querier, unit id.ID, m Moment) ([]Place, error) {
	parent, err := parentOf(ctx, q, unit, m)
	if err != nil || parent == "" {
		return nil, err
	}
	seats, err := seatsWhere(ctx, q, m, "p.unit = $3 AND p.head = TRUE", parent)
	return places(seats), err
}
