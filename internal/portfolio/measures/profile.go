package measures

import (
	"context"

	"parvis/internal/calendar"
	"parvis/internal/identity"
	"parvis/internal/portfolio/network"
)

// Profile is the interface profile on a day.
type Profile struct {
	On       calendar.Day
	Opinions []Opinion // the latest first; none: M3, M4 and M6 are off
	Figures  []Figure
	Gaps     []network.Gap // M4, inside
	Seats    []Seat        // M2, inside
	Contests []Contest     // inside
}

// Profile computes what the visitor may read.
func (r *Room) Profile(ctx context.Context, v identity.Visitor) (p Profile, err error) {
	p.On = r.Today()
	if p.Opinions, err = r.opinions(ctx); err != nil {
		return p, err
	}
	parts, err := r.parts(ctx)
	if err != nil {
		return p, err
	}
	silos, err := r.Silos(ctx)
	if err != nil {
		return p, err
	}
	p.Figures = append(p.Figures, spans(parts, silos)...)
	demand, err := r.demand(ctx, parts)
	if err != nil {
		return p, err
	}
	p.Figures = append(p.Figures, demand...)
	if len(p.Opinions) > 0 {
		p.network(parts, silos, v.Inside())
	}
	if !v.Inside() {
		return p, nil
	}
	if len(p.Opinions) > 0 {
		if err := r.seats(ctx, &p, parts, silos); err != nil {
			return p, err
		}
	}
	if p.Contests, err = r.contests(ctx); err != nil {
		return p, err
	}
	inner, err := r.inside(ctx, parts)
	p.Figures = append(p.Figures, inner...)
	return p, err
}
