package measures

import (
	"context"
	"math"
	"slices"

	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/portfolio/network"
)

// Figure is one value of a measure. Without enough observations Told is false and the value is not given.
type Figure struct {
	Measure, Key string
	Value        float64
	Unit         string // share, days, number, index
	N            int    // observations
	Told         bool
	Null         *Null
}

// Null is what chance alone would give.
type Null struct {
	Expected, Low, High float64
	Deals               int
	Seed                uint64 // 0 when every deal was made
}

// Bound tells that no deal could give another value: the index says nothing of how units work together.
func (n Null) Bound() bool { return n.High-n.Low < 1e-9 }

// Profile is the interface profile on a day.
type Profile struct {
	On       calendar.Day
	Opinions []Opinion // the latest first; none: M3, M4 and M6 are off
	Figures  []Figure
	Gaps     []network.Gap // M4, inside
	Seats    []Seat        // M2, inside
	Contests []Contest     // inside
}

// seed makes the draws of the null model reproducible by anyone.
const seed = 2018

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

// accepted keeps the parts that are agreed and run, in public projects.
func accepted(parts []part) (out []part) {
	for _, p := range parts {
		if p.Status == "accepted" && p.Public {
			out = append(out, p)
		}
	}
	return out
}

func silo(of map[id.ID]id.ID, unit id.ID) string {
	if s := of[unit]; s != "" {
		return string(s)
	}
	return string(unit)
}

// together lists the units of each public project.
func together(parts []part) [][]id.ID {
	var out [][]id.ID
	var last id.ID
	for _, p := range accepted(parts) {
		if p.Unit == "" {
			continue
		}
		if p.Initiative != last || len(out) == 0 {
			out, last = append(out, nil), p.Initiative
		}
		out[len(out)-1] = append(out[len(out)-1], p.Unit)
	}
	return out
}

func groups(parts []part, silos map[id.ID]id.ID) map[id.ID]string {
	out := map[id.ID]string{}
	for _, p := range parts {
		out[p.Unit] = silo(silos, p.Unit)
	}
	return out
}

// figure tells a value when there are enough observations.
func figure(measure, key, unit string, value float64, n int) Figure {
	f := Figure{Measure: measure, Key: key, Unit: unit, N: n, Told: n >= network.LeastTies && !math.IsNaN(value)}
	if f.Told {
		f.Value = value
	}
	return f
}

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

// demand is M9: where projects come from, and how refusals go.
func (r *Room) demand(ctx context.Context, parts []part) ([]Figure, error) {
	counts, err := r.origins(ctx)
	all, needs := 0, 0
	for _, c := range counts {
		all += c.N
		if c.Of == "demand" {
			needs += c.N
		}
	}
	suppliers, tied := map[string]float64{}, 0
	for _, p := range accepted(parts) {
		if p.Actor != "" {
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

// seats adds M2, which waits for the opinion of the CST too.
func (r *Room) seats(ctx context.Context, p *Profile, parts []part, silos map[id.ID]id.ID) error {
	var doors []Door
	if r.Doors != nil {
		var err error
		if doors, err = r.Doors(ctx); err != nil {
			return err
		}
	}
	all, err := r.subjects(ctx)
	p.Seats = missing(all, doors, parts, silos)
	lacking := map[id.ID]bool{}
	for _, s := range p.Seats {
		lacking[s.Initiative] = true
	}
	seen := len(all)
	if len(doors) == 0 { // nobody answers for a topic: no seat can be missing, and none is known to be taken
		seen = 0
	}
	p.Figures = append(p.Figures, figure("m2", "missing", "share", float64(len(lacking))/float64(max(seen, 1)), seen))
	return err
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

// median is the middle value, NaN for none.
func median(values []float64) float64 {
	if len(values) == 0 {
		return math.NaN()
	}
	slices.Sort(values)
	n := len(values)
	return (values[(n-1)/2] + values[n/2]) / 2
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
