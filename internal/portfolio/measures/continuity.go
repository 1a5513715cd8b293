package measures

import (
	"context"

	"parvis/internal/calendar"
)

// inside is M7 and M8.
func (r *Room) inside(ctx context.Context, parts []part) ([]Figure, error) {
	var answers []float64
	for _, p := range parts {
		if p.Unit != "" && p.Answered != "" {
			answers = append(answers, float64(p.Offered.DaysUntil(p.Answered)))
		}
	}
	asked, err := r.undecided(ctx)
	if err != nil {
		return nil, err
	}
	ages := make([]float64, len(asked))
	for n, day := range asked {
		ages[n] = float64(day.DaysUntil(r.Today()))
	}
	owners, err := r.owners(ctx)
	if err != nil {
		return nil, err
	}
	alone := 0
	for _, o := range owners {
		if o.N <= 1 {
			alone++
		}
	}
	items, err := r.handed(ctx)
	if err != nil {
		return nil, err
	}
	taken, things := 0, 0
	for _, c := range items {
		switch c.Of {
		case "released":
		case "taken":
			taken, things = taken+c.N, things+c.N
		default:
			things += c.N
		}
	}
	circuits, err := r.steps(ctx)
	if err != nil {
		return nil, err
	}
	return append(append(leaderless(parts, owners, r.Today()), circuits...), figure("m7", "answer", "days", median(answers), len(answers)), figure("m7", "undecided", "days", median(ages), len(ages)),
		figure("m8", "alone", "share", float64(alone)/float64(max(len(owners), 1)), len(owners)),
		figure("m8", "handover", "share", float64(taken)/float64(max(things, 1)), things)), err
}

// leaderless is, over the projects on which work goes on, the share that has no accepted lead.
func leaderless(parts []part, working []count, today calendar.Day) []Figure {
	led := map[string]bool{}
	for _, p := range parts {
		if p.Role == "lead" && p.Status == "accepted" && p.To > today {
			led[string(p.Initiative)] = true
		}
	}
	without := 0
	for _, w := range working {
		if !led[w.Of] {
			without++
		}
	}
	return []Figure{figure("m8", "leaderless", "share", float64(without)/float64(max(len(working), 1)), len(working))}
}
