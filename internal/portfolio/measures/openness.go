package measures

import (
	"context"

	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/portfolio/network"
)

// Openness is M3 alone. Faults: Denied network.before_opinion without a recorded opinion of the CST.
func (r *Room) Openness(ctx context.Context) (network.Openness, error) {
	given, err := r.opinions(ctx)
	if err == nil && len(given) == 0 {
		err = fault.New(fault.Denied, "network.before_opinion")
	}
	if err != nil {
		return network.Openness{}, err
	}
	parts, err := r.parts(ctx)
	if err != nil {
		return network.Openness{}, err
	}
	silos, err := r.Silos(ctx)
	return network.Project(together(parts)).OpennessOf(groups(parts, silos), seed), err
}

// network adds M3, M4 and M6, which wait for the opinion of the CST.
func (p *Profile) network(parts []part, silos map[id.ID]id.ID, inside bool) {
	projects := together(parts)
	g := network.Project(projects)
	o := g.OpennessOf(groups(parts, silos), seed)
	open := figure("m3", "openness", "index", o.Index, o.Ties)
	if open.Told {
		open.Null = &Null{o.Expected, o.Low, o.High, o.Deals, seed}
		if o.Exact {
			open.Null.Seed = 0
		}
	}
	p.Figures = append(p.Figures, open, figure("m3", "modularity", "index", g.Modularity(groups(parts, silos)), o.Ties))
	if o.Ties >= network.LeastTies && inside {
		for _, gap := range network.Gaps(projects) {
			if gap.Adjusted < 0.05 {
				p.Gaps = append(p.Gaps, gap)
			}
		}
	}
	p.Figures = append(p.Figures, dependence(g, o.Ties))
}

// dependence is M6 on the unit without which most pairs would be parted.
func dependence(g *network.Graph, ties int) Figure {
	worst := 0.0
	for _, u := range g.Units {
		if lost, connected := g.PairsLost(u); connected > 0 {
			worst = max(worst, float64(lost)/float64(connected))
		}
	}
	return figure("m6", "dependence", "share", worst, ties)
}
