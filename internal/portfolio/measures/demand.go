package measures

import (
	"context"
	"math"

	"parvis/internal/portfolio"
	"parvis/internal/portfolio/network"
)

// demand is M9: where projects come from, and how refusals go.
func (r *Room) demand(ctx context.Context, parts []part) ([]Figure, error) {
	origins, err := r.originOfEach(ctx)
	all, needs := len(origins), 0
	for _, o := range origins {
		if o.origin == "demand" {
			needs++
		}
	}
	suppliers, tied := map[string]float64{}, 0
	for _, p := range accepted(parts) {
		if p.Actor != "" && supplies(p.Sector) {
			suppliers[p.Actor]++
			tied++
		}
	}
	var refusals []float64
	for _, p := range parts {
		if p.Public && p.Status == "declined" && p.Answered != "" {
			refusals = append(refusals, float64(p.Offered.DaysUntil(p.Answered)))
		}
	}
	concentration := math.NaN()
	if tied > 0 {
		concentration = 1 / network.EffectiveSilos(suppliers)
	}
	return []Figure{figure("m9", "demand", "share", float64(needs)/float64(max(all, 1)), all), figure("m9", "suppliers", "share", concentration, tied),
		figure("m9", "refusal", "days", median(refusals), len(refusals))}, err
}

// supplies tells whether somebody of this sector may be a supplier: a firm, or of a sector that nobody said. A collective
// of residents is never told apart (R2).
func supplies(sector string) bool { return sector == "" || sector == string(portfolio.Firm) }
