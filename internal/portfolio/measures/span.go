package measures

import (
	"cmp"
	"context"

	"parvis/internal/id"
	"parvis/internal/portfolio"
	"parvis/internal/portfolio/network"
)

// spans is M1 over the city: how many directorates are really in, and in how many projects each sector is.
func spans(parts []part, units Units) []Figure {
	var wide, effective []float64
	for _, in := range together(parts, units) {
		weights := map[string]float64{}
		for _, u := range in {
			weights[units.silo(u)]++
		}
		wide, effective = append(wide, float64(len(weights))), append(effective, network.EffectiveSilos(weights))
	}
	return append([]Figure{figure("m1", "directorates", "number", median(wide), len(wide)),
		figure("m1", "effective", "number", median(effective), len(effective))}, sectors(parts, units)...)
}

// sectors counts the public projects in which each sector takes part; a sector of few parts is not told.
func sectors(parts []part, units Units) (figures []Figure) {
	taken, projects := map[string]int{}, map[string]map[id.ID]bool{}
	for _, p := range accepted(parts) {
		if sector, outside := sectorOf(p, units); outside {
			taken[sector]++
			if projects[sector] == nil {
				projects[sector] = map[id.ID]bool{}
			}
			projects[sector][p.Initiative] = true
		}
	}
	for _, sector := range Sectors() {
		if taken[sector] > 0 {
			figures = append(figures, figure("m1", "sector."+sector, "count", float64(len(projects[sector])), taken[sector]))
		}
	}
	return figures
}

// Unsaid is the sector of outside actors of which nobody said it.
const Unsaid = "unsaid"

// Sectors lists the sectors in the order of pages.
func Sectors() (all []string) {
	for _, s := range portfolio.Sectors() {
		all = append(all, string(s))
	}
	return append(all, Unsaid)
}

// sectorOf tells whether a part is an outside actor's, and of which sector.
func sectorOf(p part, units Units) (sector string, outside bool) {
	return cmp.Or(p.Sector, Unsaid), p.Unit == "" || units.away(p.Unit)
}

// Span is M1 of one project: who is really in.
type Span struct {
	Directorates, Sponsors, Actors int
	Sectors                        []Counted // outside actors, in the order of Sectors
	Effective                      float64
	N                              int // accepted parts of units
}

// Counted is how many there are of a sector.
type Counted struct {
	Sector string
	N      int
}

// SpanOf counts who takes part in a project that the reader was shown.
func (r *Room) SpanOf(ctx context.Context, initiative id.ID) (s Span, err error) {
	parts, err := r.partsOf(ctx, initiative)
	if err != nil {
		return s, err
	}
	units, err := r.Units(ctx)
	if err != nil {
		return s, err
	}
	weights, actors := map[string]float64{}, map[string]string{}
	for _, p := range parts {
		sector, outside := sectorOf(p, units)
		switch {
		case p.Status != "accepted":
		case outside:
			actors[string(p.Unit)+p.Actor] = sector
		default:
			weights[units.silo(p.Unit)]++
			s.N++
		}
	}
	s.Directorates, s.Actors, s.Effective, s.Sectors = len(weights), len(actors), network.EffectiveSilos(weights), counted(actors)
	s.Sponsors, err = r.sponsors(ctx, initiative)
	return s, err
}

// counted counts the actors of each sector.
func counted(actors map[string]string) (all []Counted) {
	n := map[string]int{}
	for _, sector := range actors {
		n[sector]++
	}
	for _, sector := range Sectors() {
		if n[sector] > 0 {
			all = append(all, Counted{sector, n[sector]})
		}
	}
	return all
}
