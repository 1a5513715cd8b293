package measures

import (
	"context"

	"parvis/internal/id"
	"parvis/internal/portfolio/network"
)

// weighed are the figures that wait for the opinion of the CST and that everybody may read, and the gaps. Chance takes
// its time: they are kept until something is recorded of projects or of the organisation.
type weighed struct {
	figures []Figure
	gaps    []network.Gap
}

// weigh computes M3, M4, M5 and M6 of public projects.
func (r *Room) weigh(ctx context.Context, parts []part, units Units) (weighed, error) {
	return r.kept.Get(ctx, r.Today(), func(context.Context) (w weighed, err error) {
		projects := together(parts, units)
		g := network.Project(projects)
		o := g.OpennessOf(groups(parts, units), seed)
		w.figures = append(openness(o), introductions(parts, units)...)
		w.figures = append(w.figures, dependence(units.Mission, projects)...)
		if o.Ties >= network.LeastTies {
			for _, gap := range network.Gaps(projects) {
				if gap.Adjusted < 0.05 {
					w.gaps = append(w.gaps, gap)
				}
			}
		}
		return w, nil
	})
}

// openness is M3. What is told of every deal that there is needs no seed.
func openness(o network.Openness) []Figure {
	figures := []Figure{figure("m3", "openness", "index", o.Index.Value, o.Ties).beside(o.Index.Chance),
		figure("m3", "modularity", "index", o.Modularity.Value, o.Ties).beside(o.Modularity.Chance)}
	for _, f := range figures {
		if o.Exact && f.Null != nil {
			f.Null.Seed = 0
		}
	}
	return figures
}

// dependence is M6: what the ties of the city owe to the mission. Nothing, where no unit keeps the portfolio alone.
func dependence(mission []id.ID, projects [][]id.ID) []Figure {
	if len(mission) == 0 {
		return nil
	}
	d := network.DependenceOn(mission, projects, seed)
	ties := network.Project(projects).Ties()
	lost, only := figure("m6", "lost", "share", d.LostShare(), min(d.Connected, ties)), figure("m6", "only", "share", d.OnlyShare(), d.Ties)
	lost.N = d.Connected
	return []Figure{lost.beside(d.ByChance[0]), only.beside(d.ByChance[1])}
}

// beside puts what chance gives beside a value that is told.
func (f Figure) beside(c network.Chance) Figure {
	if f.Told {
		f.Null = &Null{c.Expected, c.Low, c.High, c.Deals, seed}
	}
	return f
}
