package app

import (
	"context"
	"maps"

	"parvis/internal/act/actweb"
	"parvis/internal/act/logfile"
	"parvis/internal/calendar"
	"parvis/internal/council/councilweb"
	"parvis/internal/geo"
	"parvis/internal/i18n"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/participation/participationweb"
	"parvis/internal/portal"
	"parvis/internal/portfolio"
	"parvis/internal/portfolio/passationweb"
	"parvis/internal/portfolio/portfolioweb"
	"parvis/internal/portfolio/strategyweb"
	"parvis/internal/powers"
	"parvis/internal/powers/powersweb"
	"parvis/internal/ui"
	"parvis/internal/web"
)

func (a *App) portal(projects *portfolioweb.Pages, trays ...tray) portal.Config {
	c := a.cfg.City
	return portal.Config{
		City: portal.City{Name: c.Name, Contact: c.Contact, Publisher: c.Publisher, Host: c.Host, DPO: c.DPO, Accessibility: a.cfg.accessibility()},
		Demo: a.cfg.Demo, Readers: a.DB.Readers, Portfolio: a.Portfolio,
		Withheld: a.withheldRefs, Waiting: waiting(projects, trays...), Site: func() *web.Site { return a.Site },
	}
}

func (a *App) projectPages(layer *geo.Layer, journal *actweb.Pages, aims *strategyweb.Pages, committees *councilweb.Pages, handovers *passationweb.Pages) *portfolioweb.Pages {
	return portfolioweb.New(portfolioweb.Config{
		Room: a.Portfolio, Layer: layer, Journal: journal.Timeline, Beside: beside(a.votePages(layer, journal).Beside, aims.Beside, a.measurePages().Beside), ToDoMore: toDo(committees, aims, handovers),
		WhoMayDecide: a.whoMayDecide, At: a.nextSittings, Ahead: committees.QuestionAhead, Interests: committees.Concern, Withdrawn: committees.Withdrawn, AskToConfirm: a.askToConfirm,
		Names: portfolioweb.Names{Posts: a.projectLabels, Units: a.unitLabels, Places: placeChoices(layer), Matters: a.matterChoices,
			Elected: a.electedChoices, Agents: a.agentChoices, AllUnits: a.unitChoices},
		SpeaksFor: func(ctx context.Context, post, unit id.ID) (bool, error) {
			return powers.SpeaksFor(ctx, a.DB.Readers, post, unit, powers.Now(a.cfg.clock().Now()))
		},
	})
}

// whoMayDecide proposes to whom a question should be put under the profile in force.
func (a *App) whoMayDecide(ctx context.Context, ask portfolioweb.Ask) ([]portfolioweb.Candidate, error) {
	v := web.Of(ctx).Visitor
	asked, err := a.Portfolio.ProposeAsked(ctx, v, portfolio.Arbitration{Initiative: ask.Initiative.ID,
		Case: portfolio.Case{Amount: ask.Amount, Matter: ask.Matter, Place: ask.Place}})
	candidates := make([]portfolioweb.Candidate, len(asked))
	for i, p := range asked {
		candidates[i] = portfolioweb.Candidate{Post: p.Post, Capacity: p.Capacity}
	}
	return candidates, err
}

// organisation is what the pages of the powers are made of.
func (a *App) organisation(layer *geo.Layer, journal *actweb.Pages, handovers *passationweb.Pages) powersweb.Config {
	c := powersweb.Config{Read: a.DB.Readers, Log: a.Log, Engine: a.Powers, Desk: a.desk, Journal: journal.Timeline, Subject: a.subject, BesidePost: handovers.BesidePost}
	if layer != nil {
		for _, f := range layer.Features() {
			c.Places = append(c.Places, ui.Option{Value: f.Text("code"), Label: f.Text("name")})
		}
	}
	return c
}

// subject finds what « Qui décide ? » is asked about by the number of an initiative.
func (a *App) subject(ctx context.Context, v identity.Visitor, number string) (powersweb.Subject, error) {
	sheet, err := a.Portfolio.Sheet(ctx, v, number)
	if err != nil {
		return powersweb.Subject{}, err
	}
	ask, err := a.Portfolio.DecisionAsk(ctx, v, portfolio.Arbitration{Initiative: sheet.ID})
	return powersweb.Subject{Title: sheet.Title, URL: web.Of(ctx).URL("portfolio.initiative", sheet.Number), Ask: ask}, err
}

// journal is what the pages of the public log are made of.
func (a *App) journal() actweb.Config {
	return actweb.Config{Log: a.Log, Copies: a.copies(), Readers: a.DB.Readers, Verbs: a.Log.Verbs(), Name: a.nameRefs, Withheld: a.withheldRefs, Files: a.logFiles(),
		Units: func(ctx context.Context, lang string, day calendar.Day) ([]ui.Option, error) {
			choices, err := a.unitChoices(ctx, lang, day)
			options := []ui.Option{{Label: a.Catalog.Printer(lang).T("app.all_units")}}
			for _, c := range choices {
				options = append(options, ui.Option{Value: c.Value, Label: c.Label})
			}
			return options, err
		}}
}

// logFiles are the public files of the log.
func (a *App) logFiles() logfile.Files {
	witnesses, _, _ := a.cfg.witnesses() // checked when the log was made
	return logfile.Files{Readers: a.DB.Readers, Keys: a.Keys.Public, Witnesses: witnesses}
}

// resolvers find the pages behind permanent addresses.
func resolvers(journal *actweb.Pages, projects *portfolioweb.Pages, votes *participationweb.Pages, aims *strategyweb.Pages, more ...map[string]web.Resolver) map[string]web.Resolver {
	all := projects.Resolvers()
	all["act"] = journal.Resolve
	maps.Copy(all, votes.Resolvers())
	for _, some := range more {
		maps.Copy(all, some)
	}
	maps.Copy(all, aims.Resolvers())
	for thing, route := range map[string]string{"unit": "powers.unit", "post": "powers.post"} {
		all[thing] = func(_ context.Context, which id.ID) (string, []any, error) { return route, []any{which}, nil }
	}
	return all
}

// placeChoices lists the territories of the city in the order of its map file.
func placeChoices(layer *geo.Layer) func(context.Context, string, calendar.Day) ([]portfolioweb.Choice, error) {
	var all []portfolioweb.Choice
	if layer != nil {
		for _, f := range layer.Features() {
			all = append(all, portfolioweb.Choice{Value: f.Text("code"), Label: f.Text("name")})
		}
	}
	return func(context.Context, string, calendar.Day) ([]portfolioweb.Choice, error) { return all, nil }
}

func (a *App) matterChoices(_ context.Context, lang string, _ calendar.Day) ([]portfolioweb.Choice, error) {
	var all []portfolioweb.Choice
	for _, m := range a.cfg.Matters {
		label := m.FR
		if lang == i18n.English && m.EN != "" {
			label = m.EN
		}
		all = append(all, portfolioweb.Choice{Value: m.Code, Label: label})
	}
	return all, nil
}
