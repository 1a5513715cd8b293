package app

import (
	"context"
	"slices"
	"sync"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/id"
	"parvis/internal/portfolio/measures"
	"parvis/internal/portfolio/measuresweb"
	"parvis/internal/powers"
)

// makeMeasures opens the room of the interface profile.
func (a *App) makeMeasures() {
	units := act.Keep[calendar.Day, measures.Units](a.marks, 1, "powers")
	a.Measures = measures.New(measures.Config{Log: a.Log, Reads: a.DB.Readers, Marks: a.marks, Clock: a.cfg.clock(), Doors: a.doors, Steps: a.steps,
		PlaceName: a.placeName(), Units: func(ctx context.Context) (measures.Units, error) {
			day := calendar.DayOf(a.cfg.clock().Now())
			return units.Get(ctx, day, func(ctx context.Context) (measures.Units, error) { return a.measuredUnits(ctx, day) })
		}})
}

// placeName finds how a place of the city is called; its file is read when it is first asked for.
func (a *App) placeName() func(code string) string {
	names := sync.OnceValue(func() map[string]string {
		names := map[string]string{}
		if layer, err := a.places(); err == nil && layer != nil { // a broken file is told when the site is made
			for _, f := range layer.Features() {
				names[f.Text("code")] = f.Text("name")
			}
		}
		return names
	})
	return func(code string) string { return names()[code] }
}

// outsideKinds are the kinds of units that are no part of the city.
var outsideKinds = []string{"operator", "external_org", "consortium"}

// measuredUnits says in which directorate each unit stands (one under none stands for itself), which are outside, and
// who keeps the portfolio.
func (a *App) measuredUnits(ctx context.Context, day calendar.Day) (measures.Units, error) {
	out := measures.Units{Silo: map[id.ID]id.ID{}, Outside: map[id.ID]bool{}}
	units, err := powers.Register(ctx, a.DB.Readers, powers.Latest(day))
	if err != nil {
		return out, err
	}
	steward, err := powers.StewardKind(ctx, a.DB.Readers, powers.Latest(day))
	kind, above := map[id.ID]string{}, map[id.ID]id.ID{}
	for _, u := range units {
		kind[u.ID], above[u.ID] = u.Kind, u.Parent
		out.Outside[u.ID] = slices.Contains(outsideKinds, u.Kind)
		if steward != "" && u.Kind == steward {
			out.Mission = append(out.Mission, u.ID)
		}
	}
	for _, u := range units {
		for at, steps := u.ID, 0; at != "" && steps < 20; at, steps = above[at], steps+1 {
			if kind[at] == "directorate" {
				out.Silo[u.ID] = at
				break
			}
		}
	}
	return out, err
}

func (a *App) measurePages() *measuresweb.Pages {
	return measuresweb.New(measuresweb.Config{Room: a.Measures, Names: func(ctx context.Context, which []id.ID, lang string) (map[id.ID]string, error) {
		found, err := a.everCalled(ctx, which, lang)
		names := make(map[id.ID]string, len(found))
		for unit, l := range found {
			names[unit] = l.Text
		}
		return names, err
	}})
}

// doors lists the units that answer for a topic today; the elected in charge of a unit is no topic.
func (a *App) doors(ctx context.Context) ([]measures.Door, error) {
	found, err := powers.Referents(ctx, a.DB.Readers, powers.Latest(calendar.DayOf(a.cfg.clock().Now())))
	var doors []measures.Door
	for _, r := range found {
		if r.Topic != powers.TopicElected {
			doors = append(doors, measures.Door{Unit: r.Unit, Topic: r.Topic})
		}
	}
	return doors, err
}

// steps lists what circuits asked and how long it took.
func (a *App) steps(ctx context.Context) ([]measures.Step, error) {
	spans, err := a.Council.StepSpans(ctx)
	steps := make([]measures.Step, len(spans))
	for n, s := range spans {
		steps[n] = measures.Step{Kind: string(s.Kind), Days: s.Days, Asked: s.Asked}
	}
	return steps, err
}
