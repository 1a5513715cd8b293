package app

import (
	"cmp"
	"context"
	"time"

	"parvis/internal/act"
	"parvis/internal/act/actweb"
	"parvis/internal/calendar"
	"parvis/internal/council"
	"parvis/internal/fact"
	"parvis/internal/id"
	"parvis/internal/job"
	"parvis/internal/portfolio/passation"
	"parvis/internal/portfolio/passationweb"
	"parvis/internal/portfolio/portfolioweb"
	"parvis/internal/powers"
	"parvis/internal/ui"
)

// makePassation opens the room of handovers. A room that gives things to posts adds its list to Held.
func (a *App) makePassation() {
	a.Passation = passation.New(passation.Config{Log: a.Log, Reads: a.DB.Readers, Marks: a.marks, Clock: a.cfg.clock(), Quiet: a.quietToday,
		Held: []passation.Lister{passation.HeldInPortfolio, council.HeldInCommittees}})
}

// departures opens the handover of a departure as soon as it is recorded.
func (a *App) departures() fact.Consumer {
	return fact.Consumer{Name: "passation.departures", FromNow: true, Handlers: []fact.Handler{
		fact.OnCivic(func(ctx context.Context, _ fact.Head, _ powers.HoldingEndedV1) error { return a.openDue(ctx) })}}
}

// passationJobs open the handovers of departures that were planned long before.
func (a *App) passationJobs() []job.Kind {
	return []job.Kind{job.Every("passation.due", job.Each(time.Hour), func(ctx context.Context, _ job.Task) error { return a.openDue(ctx) })}
}

func (a *App) openDue(ctx context.Context) error {
	_, err := a.Passation.OpenDue(ctx)
	return err
}

func (a *App) passationPages(journal *actweb.Pages) *passationweb.Pages {
	return passationweb.New(passationweb.Config{Room: a.Passation, Journal: journal.Timeline, Posts: a.everCalled,
		AllPosts: uiOptions(a.agentChoices), Holdings: a.everHeld,
		Thing: func(_ context.Context, lang string, thing act.Ref) string {
			switch thing.Type {
			case "initiative", "arbitration", "committee", "meeting", "item", "formal":
				return "/id/" + thing.Type + "/" + string(thing.ID)
			}
			return ""
		}})
}

// everCalled finds how posts and units are called, those that are over by their last name.
func (a *App) everCalled(ctx context.Context, which []id.ID, lang string) (map[id.ID]passationweb.Label, error) {
	found, err := powers.Labels(ctx, a.DB.Readers, which, powers.Latest(calendar.DayOf(a.cfg.clock().Now())))
	labels := make(map[id.ID]passationweb.Label, len(found))
	for thing, l := range found {
		labels[thing] = passationweb.Label{Text: inLang(lang, l.Name, l.NameEN), URL: a.pageOf(lang, "powers."+l.Type, thing)}
	}
	return labels, err
}

// everHeld lists the holders of a post for those inside, the last first.
func (a *App) everHeld(ctx context.Context, post id.ID) ([]passationweb.Holding, error) {
	m := powers.Latest(calendar.DayOf(a.cfg.clock().Now()))
	life, err := powers.LifeOf(ctx, a.DB.Readers, post, m)
	if err != nil {
		return nil, err
	}
	if life.To < calendar.Forever {
		m = m.On(life.To.AddDays(-1))
	}
	sheet, err := powers.PostFor(ctx, a.DB.Readers, post, m, true)
	if err != nil {
		return nil, err
	}
	all := make([]passationweb.Holding, len(sheet.All))
	for n, h := range sheet.All {
		all[n] = passationweb.Holding{ID: h.ID, Name: h.Who.Name(), Period: h.Period}
	}
	return all, nil
}

func uiOptions(list func(context.Context, string, calendar.Day) ([]portfolioweb.Choice, error)) func(context.Context, string, calendar.Day) ([]ui.Option, error) {
	return func(ctx context.Context, lang string, day calendar.Day) ([]ui.Option, error) {
		choices, err := list(ctx, lang, day)
		options := make([]ui.Option, len(choices))
		for n, c := range choices {
			options[n] = ui.Option{Value: c.Value, Label: cmp.Or(c.Label, c.Value)}
		}
		return options, err
	}
}
