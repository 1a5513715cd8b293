package app

import (
	"context"

	"parvis/internal/calendar"
	"parvis/internal/geo"
	"parvis/internal/i18n"
	"parvis/internal/id"
	"parvis/internal/portal"
	"parvis/internal/portfolio/portfolioweb"
	"parvis/internal/powers"
	"parvis/internal/web"
)

func (a *App) portal(layer *geo.Layer) portal.Config {
	c := a.cfg.City
	return portal.Config{
		City: portal.City{Name: c.Name, Contact: c.Contact, Publisher: c.Publisher, Host: c.Host, DPO: c.DPO, Accessibility: a.cfg.accessibility()},
		Demo: a.cfg.Demo, Readers: a.DB.Readers, Portfolio: a.Portfolio, Layer: layer, Clock: a.cfg.clock(),
		Site: func() *web.Site { return a.Site },
	}
}

func (a *App) projectPages(layer *geo.Layer) *portfolioweb.Pages {
	return portfolioweb.New(portfolioweb.Config{
		Room: a.Portfolio, Layer: layer,
		Names: portfolioweb.Names{Posts: a.postLabels, Units: a.unitLabels, Places: placeChoices(layer), Matters: a.matterChoices,
			Elected: a.electedChoices, Agents: a.agentChoices, AllUnits: a.unitChoices},
		SpeaksFor: func(ctx context.Context, post, unit id.ID) (bool, error) {
			return powers.SpeaksFor(ctx, a.DB.Readers, post, unit, powers.Now(a.cfg.clock().Now()))
		},
	})
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
