package measures

import (
	"context"

	"parvis/internal/id"
	"parvis/internal/portfolio/network"
)

// spans is M1 over the city: how many directorates are really in.
func spans(parts []part, silos map[id.ID]id.ID) []Figure {
	var wide, effective []float64
	for _, units := range together(parts) {
		weights := map[string]float64{}
		for _, u := range units {
			weights[silo(silos, u)]++
		}
		wide, effective = append(wide, float64(len(weights))), append(effective, network.EffectiveSilos(weights))
	}
	return []Figure{figure("m1", "directorates", "number", median(wide), len(wide)), figure("m1", "effective", "number", median(effective), len(effective))}
}

// Span is M1 of one project: who is really in.
type Span struct {
	Directorates, Sponsors, Actors int
	Effective                      float64
	N                              int // accepted parts of units
}

// SpanOf counts who takes part in a project that the reader was shown.
func (r *Room) SpanOf(ctx context.Context, initiative id.ID) (s Span, err error) {
	parts, err := r.partsOf(ctx, initiative)
	if err != nil {
		return s, err
	}
	silos, err := r.Silos(ctx)
	if err != nil {
		return s, err
	}
	weights, actors := map[string]float64{}, map[string]bool{}
	for _, p := range parts {
		switch {
		case p.Status != "accepted":
		case p.Unit != "":
			weights[silo(silos, p.Unit)]++
			s.N++
		default:
			actors[p.Actor] = true
		}
	}
	s.Directorates, s.Actors, s.Effective = len(weights), len(actors), network.EffectiveSilos(weights)
	s.Sponsors, err = r.sponsors(ctx, initiative)
	return s, err
}
