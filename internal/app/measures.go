package app

import (
	"context"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/id"
	"parvis/internal/portfolio/measures"
	"parvis/internal/portfolio/measuresweb"
	"parvis/internal/powers"
)

// makeMeasures opens the room of the interface profile.
func (a *App) makeMeasures() {
	silos := act.Keep[calendar.Day, map[id.ID]id.ID](a.marks, 1, "powers")
	a.Measures = measures.New(measures.Config{Log: a.Log, Reads: a.DB.Readers, Clock: a.cfg.clock(), Doors: a.doors, Steps: a.steps,
		Silos: func(ctx context.Context) (map[id.ID]id.ID, error) {
			day := calendar.DayOf(a.cfg.clock().Now())
			return silos.Get(ctx, day, func(ctx context.Context) (map[id.ID]id.ID, error) { return a.silos(ctx, day) })
		}})
}

// silos gives the directorate in which each unit stands; a unit under none stands for itself.
func (a *App) silos(ctx context.Context, day calendar.Day) (map[id.ID]id.ID, error) {
	units, err := powers.Register(ctx, a.DB.Readers, powers.Latest(day))
	kind, above := map[id.ID]string{}, map[id.ID]id.ID{}
	for _, u := range units {
		kind[u.ID], above[u.ID] = u.Kind, u.Parent
	}
	out := map[id.ID]id.ID{}
	for _, u := range units {
		for at, steps := u.ID, 0; at != "" && steps < 20; at, steps = above[at], steps+1 {
			if kind[at] == "directorate" {
				out[u.ID] = at
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
