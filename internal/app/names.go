package app

import (
	"cmp"
	"context"
	"slices"

	"parvis/internal/calendar"
	"parvis/internal/i18n"
	"parvis/internal/id"
	"parvis/internal/portfolio/portfolioweb"
	"parvis/internal/powers"
)

// inLang chooses the English name when the reader wants it and the city gave one.
func inLang(lang, french, english string) string {
	if lang == i18n.English && english != "" {
		return english
	}
	return french
}

func (a *App) postLabels(ctx context.Context, posts []id.ID, lang string, day calendar.Day) (map[id.ID]portfolioweb.Label, error) {
	places, err := powers.PostsOn(ctx, a.DB.Readers, posts, a.at(day))
	if err != nil {
		return nil, err
	}
	labels := make(map[id.ID]portfolioweb.Label, len(places))
	for post, p := range places {
		l := portfolioweb.Label{Short: p.Code, Long: inLang(lang, p.Title, p.TitleEN), URL: a.pageOf(lang, "powers.post", post)}
		if p.Named && p.Person != "" {
			person, err := powers.PersonByID(ctx, a.DB.Readers, p.Person)
			if err != nil {
				return nil, err
			}
			l.Person = person.Name()
		}
		labels[post] = l
	}
	return labels, nil
}

func (a *App) unitLabels(ctx context.Context, units []id.ID, lang string, day calendar.Day) (map[id.ID]portfolioweb.Label, error) {
	named, err := powers.UnitsOn(ctx, a.DB.Readers, units, a.at(day))
	labels := make(map[id.ID]portfolioweb.Label, len(named))
	for unit, u := range named {
		labels[unit] = portfolioweb.Label{Short: cmp.Or(u.Abbr, u.Code), Long: inLang(lang, u.Name, u.NameEN), URL: a.pageOf(lang, "powers.unit", unit)}
	}
	return labels, err
}

// pageOf is the address of a thing's page, "" when this city's Parvis has none.
func (a *App) pageOf(lang, route string, args ...any) string {
	if a.Site == nil || !a.Site.Table().Has(route) {
		return ""
	}
	return a.Site.Table().URL(lang, route, args...)
}

func (a *App) electedChoices(ctx context.Context, lang string, day calendar.Day) ([]portfolioweb.Choice, error) {
	return a.postChoices(ctx, lang, day, powers.Elected)
}

// agentChoices are the posts that forms may name: those who lead, and the service layer.
func (a *App) agentChoices(ctx context.Context, lang string, day calendar.Day) ([]portfolioweb.Choice, error) {
	return a.postChoices(ctx, lang, day, "haut_fonctionnaire", "service", "cabinet", powers.Elected)
}

func (a *App) postChoices(ctx context.Context, lang string, day calendar.Day, layers ...string) ([]portfolioweb.Choice, error) {
	places, err := powers.HeldPosts(ctx, a.DB.Readers, a.at(day), layers...)
	choices := make([]portfolioweb.Choice, len(places))
	for i, p := range places {
		choices[i] = portfolioweb.Choice{Value: string(p.Post), Label: inLang(lang, p.Title, p.TitleEN)}
	}
	return sorted(choices), err
}

func (a *App) unitChoices(ctx context.Context, lang string, day calendar.Day) ([]portfolioweb.Choice, error) {
	units, err := powers.UnitsInLife(ctx, a.DB.Readers, a.at(day))
	choices := make([]portfolioweb.Choice, len(units))
	for i, u := range units {
		choices[i] = portfolioweb.Choice{Value: string(u.ID), Label: inLang(lang, u.Name, u.NameEN)}
	}
	return sorted(choices), err
}

func sorted(choices []portfolioweb.Choice) []portfolioweb.Choice {
	slices.SortFunc(choices, func(x, y portfolioweb.Choice) int { return cmp.Compare(i18n.SortKey(x.Label), i18n.SortKey(y.Label)) })
	return choices
}
