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
	Opinions []Opinion // the latest first; none: M2 to M6 are off
	Figures  []Figure
	Gaps     []network.Gap // M4, inside
	Seats    []Seat        // M2, inside
	Contests []Contest     // inside
	Years    []Result      // kept, the latest first
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
	units, err := r.Units(ctx)
	if err != nil {
		return p, err
	}
	if p.Years, err = r.results(ctx); err != nil {
		return p, err
	}
	if p.Figures, err = r.public(ctx, len(p.Opinions) > 0, parts, units); err != nil || !v.Inside() {
		return p, err
	}
	return p, r.within(ctx, &p, parts, units)
}

// public are the figures that everybody may read, and may compute again from what is public (R5).
func (r *Room) public(ctx context.Context, opined bool, parts []part, units Units) ([]Figure, error) {
	demand, err := r.demand(ctx, parts)
	figures := append(spans(parts, units), demand...)
	if err != nil || !opined {
		return figures, err
	}
	w, err := r.weigh(ctx, parts, units)
	return append(figures, w.figures...), err
}

// within adds what is read inside.
func (r *Room) within(ctx context.Context, p *Profile, parts []part, units Units) error {
	if len(p.Opinions) > 0 {
		if err := r.seats(ctx, p, parts, units); err != nil {
			return err
		}
		w, err := r.weigh(ctx, parts, units)
		if err != nil {
			return err
		}
		p.Gaps, p.Figures = w.gaps, append(p.Figures, outcomes(parts))
	}
	var err error
	if p.Contests, err = r.contests(ctx); err != nil {
		return err
	}
	inner, err := r.inside(ctx, parts)
	p.Figures = append(p.Figures, inner...)
	return err
}
