package measures

import (
	"cmp"
	"context"

	"parvis/internal/calendar"
)

// inside is M7 and M8.
func (r *Room) inside(ctx context.Context, parts []part) ([]Figure, error) {
	cost, err := r.cost(ctx, parts)
	if err != nil {
		return nil, err
	}
	continuity, err := r.continuity(ctx, parts)
	return append(cost, continuity...), err
}

// cost is M7: what it takes to have several units answer.
func (r *Room) cost(ctx context.Context, parts []part) ([]Figure, error) {
	var answers, ages []float64
	for _, p := range parts {
		if p.Unit != "" && p.Answered != "" {
			answers = append(answers, float64(p.Offered.DaysUntil(p.Answered)))
		}
	}
	asked, err := r.undecided(ctx)
	if err != nil {
		return nil, err
	}
	for _, day := range asked {
		ages = append(ages, float64(day.DaysUntil(r.Today())))
	}
	circuits, err := r.steps(ctx)
	return append(circuits, figure("m7", "answer", "days", median(answers), len(answers)), figure("m7", "undecided", "days", median(ages), len(ages))), err
}

// continuity is M8: what would be lost with a post, and what was kept when somebody left.
func (r *Room) continuity(ctx context.Context, parts []part) ([]Figure, error) {
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
	left, err := r.handovers(ctx)
	if err != nil {
		return nil, err
	}
	items, err := r.handed(ctx)
	taken, things := completeness(items)
	return append(leaderless(parts, owners, r.Today()), vacancy(left, r.Today()), figure("m8", "alone", "share", float64(alone)/float64(max(len(owners), 1)), len(owners)),
		figure("m8", "handover", "share", float64(taken)/float64(max(things, 1)), things)), err
}

// completeness counts what was to be handed over, and what of it was taken over.
func completeness(items []count) (taken, things int) {
	for _, c := range items {
		switch c.Of {
		case "released":
		case "taken":
			taken, things = taken+c.N, things+c.N
		default:
			things += c.N
		}
	}
	return taken, things
}

// handover is a project whose runner left.
type handover struct{ left, taken calendar.Day }

// vacancy is how long a project stays without who runs it, after a holder left: until another took it over, or until today.
func vacancy(all []handover, today calendar.Day) Figure {
	var days []float64
	for _, h := range all {
		if until := cmp.Or(h.taken, today); !h.left.After(today) {
			days = append(days, float64(max(0, h.left.DaysUntil(until))))
		}
	}
	return figure("m8", "vacancy", "days", median(days), len(days))
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
