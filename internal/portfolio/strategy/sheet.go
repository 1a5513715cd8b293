package strategy

import (
	"context"
	"slices"

	"parvis/internal/calendar"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/portfolio"
)

// Gauge is an indicator with how far it has come.
type Gauge struct {
	Indicator
	Progress
	Late bool // the next measure should have been recorded
}

// Contributor is an initiative that serves an objective: it names it, or somebody claims that it
// contributes, or both.
type Contributor struct {
	ID     id.ID
	Number string
	Title  string
	Lang   string
	Stage  portfolio.Stage
	Named  bool // it names the objective itself
	Claims []Contribution
}

// Sheet is a strategy as it is read.
type Sheet struct {
	Strategy
	Tree       []*Branch
	Rolled     map[id.ID]Rolled // by node
	Whole      Rolled
	Gauges     map[id.ID][]Gauge       // by objective
	Serves     map[id.ID][]Contributor // by objective
	Papers     []Paper
	Succession []Strategy // all that may be read, the oldest first
	On         calendar.Day
}

// Indicators counts those of the tree.
func (s Sheet) Indicators() int {
	n := 0
	for _, b := range Walk(s.Tree) {
		n += len(s.Gauges[b.Objective])
	}
	return n
}

// Sheet reads a strategy by its number or id. What was superseded is measured as on its last day.
func (r *Room) Sheet(ctx context.Context, v identity.Visitor, which string) (s Sheet, err error) {
	if s.Strategy, err = r.Find(ctx, v, which); err != nil {
		return s, err
	}
	if s.On = r.Today(); s.SupersededOn != "" && s.SupersededOn.Before(s.On) {
		s.On = s.SupersededOn
	}
	nodes, err := nodesOf(ctx, r.reads, s.ID)
	if err != nil {
		return s, err
	}
	s.Tree = Plant(nodes)
	if s.Gauges, err = r.gauges(ctx, v, s.On); err != nil {
		return s, err
	}
	if s.Serves, err = r.serving(ctx, v); err != nil {
		return s, err
	}
	if s.Papers, err = r.Papers(ctx, v, s.ID); err != nil {
		return s, err
	}
	if s.Succession, err = r.Strategies(ctx, v); err != nil {
		return s, err
	}
	slices.Reverse(s.Succession)
	s.roll()
	return s, nil
}

func (s *Sheet) roll() {
	s.Rolled = map[id.ID]Rolled{}
	own := func(b *Branch) []Progress {
		var out []Progress
		for _, g := range s.Gauges[b.Objective] {
			if g.EndedOn == "" {
				out = append(out, g.Progress)
			}
		}
		return out
	}
	s.Whole = Roll(s.Tree, own, func(b *Branch, r Rolled) { s.Rolled[b.ID] = r })
}

// gauges computes every readable indicator on a day, by objective.
func (r *Room) gauges(ctx context.Context, v identity.Visitor, day calendar.Day) (map[id.ID][]Gauge, error) {
	list, err := r.Gauges(ctx, v, day)
	out := map[id.ID][]Gauge{}
	for _, g := range list {
		out[g.Objective] = append(out[g.Objective], g)
	}
	return out, err
}

// Gauges is every readable indicator with its progress on a day.
func (r *Room) Gauges(ctx context.Context, v identity.Visitor, day calendar.Day) ([]Gauge, error) {
	indicators, err := r.Indicators(ctx, v)
	if err != nil {
		return nil, err
	}
	targets, err := r.allTargets(ctx, v)
	if err != nil {
		return nil, err
	}
	measures, err := r.allMeasures(ctx, v)
	if err != nil {
		return nil, err
	}
	byTarget, byMeasure := map[id.ID][]Target{}, map[id.ID][]Measure{}
	for _, t := range targets {
		byTarget[t.Indicator] = append(byTarget[t.Indicator], t)
	}
	for _, m := range measures {
		if !m.LastDay.After(day) {
			byMeasure[m.Indicator] = append(byMeasure[m.Indicator], m)
		}
	}
	out := make([]Gauge, len(indicators))
	for n, i := range indicators {
		p := i.Progress(byMeasure[i.ID], byTarget[i.ID], day)
		out[n] = Gauge{i, p, i.Overdue(p.Latest, day)}
	}
	return out, nil
}

// IndicatorSheet is an indicator as it is read.
type IndicatorSheet struct {
	Gauge
	Targets  []Target
	Measures []Measure // those that stand, the oldest first
	Replaced []Measure // what corrections replaced
	NextDue  calendar.Day
	Of       portfolio.Objective
	Serves   []Contributor
	Terms    []Term
}

// IndicatorSheet reads an indicator by its number or id.
func (r *Room) IndicatorSheet(ctx context.Context, v identity.Visitor, which string) (s IndicatorSheet, err error) {
	if s.Indicator, err = r.FindIndicator(ctx, v, which); err != nil {
		return s, err
	}
	if s.Targets, err = targetsOf(ctx, r.reads, s.ID); err != nil {
		return s, err
	}
	if s.Measures, err = measuresOf(ctx, r.reads, s.ID); err != nil {
		return s, err
	}
	if s.Replaced, err = replacedOf(ctx, r.reads, s.ID); err != nil {
		return s, err
	}
	objectives, err := r.portfolio.Objectives(ctx)
	if err != nil {
		return s, err
	}
	for _, o := range objectives {
		if o.ID == s.Objective {
			s.Of = o
		}
	}
	serves, err := r.serving(ctx, v)
	s.Serves = serves[s.Objective]
	s.measure(r)
	return s, err
}

func (s *IndicatorSheet) measure(r *Room) {
	today := r.Today()
	s.Progress = s.Indicator.Progress(s.Measures, s.Targets, today)
	s.NextDue, s.Late = s.Due(s.Latest), s.Overdue(s.Latest, today)
	for _, c := range s.Codes {
		if t, known := r.Term(c); known {
			s.Terms = append(s.Terms, t)
		}
	}
}

// Gaps is what does not meet: initiatives that serve no objective, objectives that nobody serves or
// measures.
type Gaps struct {
	Orphans    []Contributor // active initiatives without objective, the latest ones
	Orphaned   int           // how many there are of these
	Unserved   []Node        // leaves of the strategy in force without initiative
	Unmeasured []Node        // and without indicator
	Claims     map[id.ID][]Contributor
	Tree       []*Branch
	InForce    Strategy
	HasOne     bool
	Served     int // active initiatives with an objective
}

// Gaps compares the initiatives and the strategy in force.
func (r *Room) Gaps(ctx context.Context, v identity.Visitor) (g Gaps, err error) {
	if g.InForce, g.HasOne, err = r.InForce(ctx, v, r.Today()); err != nil {
		return g, err
	}
	served, err := r.serving(ctx, v)
	if err != nil {
		return g, err
	}
	if g.Orphans, g.Orphaned, err = r.orphans(ctx, v); err != nil {
		return g, err
	}
	g.Claims, g.Served = served, active(served)
	if !g.HasOne {
		return g, nil
	}
	nodes, err := nodesOf(ctx, r.reads, g.InForce.ID)
	if err != nil {
		return g, err
	}
	gauges, err := r.gauges(ctx, v, r.Today())
	g.Tree = Plant(nodes)
	for _, b := range Walk(g.Tree) {
		if b.Leaf() && len(served[b.Objective]) == 0 {
			g.Unserved = append(g.Unserved, b.Node)
		}
		if b.Leaf() && len(gauges[b.Objective]) == 0 {
			g.Unmeasured = append(g.Unmeasured, b.Node)
		}
	}
	return g, err
}

// active counts the initiatives, each once, that serve something and are not over.
func active(served map[id.ID][]Contributor) int {
	seen := map[id.ID]bool{}
	for _, list := range served {
		for _, c := range list {
			if c.Stage != portfolio.Stopped && c.Stage != portfolio.Retired {
				seen[c.ID] = true
			}
		}
	}
	return len(seen)
}

// Serving lists what an initiative serves: the objectives that it names and the claims made for it.
type Serving struct {
	Objective portfolio.Objective
	Node      Node // its place in the strategy in force; zero when it has none
	Strategy  Strategy
	Claims    []Contribution
}

// ServedBy lists the objectives that an initiative serves, for its page.
func (r *Room) ServedBy(ctx context.Context, v identity.Visitor, initiative id.ID) ([]Serving, error) {
	served, err := r.serving(ctx, v, initiative)
	if err != nil {
		return nil, err
	}
	objectives, err := r.portfolio.Objectives(ctx)
	if err != nil {
		return nil, err
	}
	current, has, err := r.InForce(ctx, v, r.Today())
	if err != nil {
		return nil, err
	}
	nodes, err := nodesOf(ctx, r.reads, current.ID)
	var out []Serving
	for _, o := range objectives {
		for _, c := range served[o.ID] {
			if c.ID != initiative {
				continue
			}
			s := Serving{Objective: o, Claims: c.Claims}
			if at := slices.IndexFunc(nodes, func(n Node) bool { return n.Objective == o.ID }); has && at >= 0 {
				s.Node, s.Strategy = nodes[at], current
			}
			out = append(out, s)
		}
	}
	return out, err
}
