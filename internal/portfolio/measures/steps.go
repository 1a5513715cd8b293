package measures

import (
	"context"

	"parvis/internal/portfolio/network"
)

// Step is a step of a circuit that is settled: what it asked for, the days that it took, how many were asked.
type Step struct {
	Kind        string // visa, opinion
	Days, Asked int
}

// steps is what a circuit costs (M7): the median days of a step, and how many more days one more unit to ask makes,
// beside what chance would give.
func (r *Room) steps(ctx context.Context) ([]Figure, error) {
	if r.Steps == nil {
		return nil, nil
	}
	all, err := r.Steps(ctx)
	of := map[string][]float64{}
	var asked, days []float64
	for _, s := range all {
		of[s.Kind] = append(of[s.Kind], float64(s.Days))
		asked, days = append(asked, float64(s.Asked)), append(days, float64(s.Days))
	}
	slope := network.SlopeOf(asked, days, seed)
	more := figure("m7", "more", "more_days", slope.Value, len(all))
	if more.Told {
		more.Null = &Null{Low: slope.Low, High: slope.High, Deals: slope.Deals, Seed: seed}
	}
	return []Figure{figure("m7", "visa", "days", median(of["visa"]), len(of["visa"])), figure("m7", "opinion", "days", median(of["opinion"]), len(of["opinion"])), more}, err
}
