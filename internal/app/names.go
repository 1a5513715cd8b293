package app

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"

	"parvis/internal/act"
	"parvis/internal/act/actweb"
	"parvis/internal/calendar"
	"parvis/internal/i18n"
	"parvis/internal/id"
	"parvis/internal/portfolio/portfolioweb"
	"parvis/internal/powers"
	"parvis/internal/ui"
	"parvis/internal/web"
)

// inLang chooses the English name when the reader wants it and the city gave one.
func inLang(lang, french, english string) string {
	if lang == i18n.English && english != "" {
		return english
	}
	return french
}

func (a *App) postLabels(ctx context.Context, posts []id.ID, lang string, day calendar.Day) (map[id.ID]portfolioweb.Label, error) {
	places, err := a.desk.PostsOn(ctx, posts, day)
	if err != nil {
		return nil, err
	}
	people, err := a.desk.People(ctx, publicHolders(places))
	labels := make(map[id.ID]portfolioweb.Label, len(places))
	for post, p := range places {
		l := portfolioweb.Label{Short: p.Code, Long: inLang(lang, p.Title, p.TitleEN), URL: a.pageOf(lang, "powers.post", post)}
		if person, known := people[p.Person]; known && p.Named {
			l.Person, l.Short = person.Name(), initials(person)
		}
		labels[post] = l
	}
	return labels, err
}

// projectLabels names posts on the pages of projects. Before a vote no elected member is put forward there by name; who
// holds which delegation stays public on the pages of the organisation.
func (a *App) projectLabels(ctx context.Context, posts []id.ID, lang string, day calendar.Day) (map[id.ID]portfolioweb.Label, error) {
	labels, err := a.postLabels(ctx, posts, lang, day)
	if err != nil || !web.Of(ctx).BeforeVote() {
		return labels, err
	}
	places, err := a.desk.PostsOn(ctx, posts, day)
	for post, p := range places {
		if l, known := labels[post]; known && p.Layer == powers.Elected {
			l.Person, l.Short = "", p.Code
			labels[post] = l
		}
	}
	return labels, err
}

// publicHolders are the people whose names the city publishes with their posts.
func publicHolders(places map[id.ID]powers.Place) (people []id.ID) {
	for _, p := range places {
		if p.Named && p.Person != "" {
			people = append(people, p.Person)
		}
	}
	return people
}

func (a *App) unitLabels(ctx context.Context, units []id.ID, lang string, day calendar.Day) (map[id.ID]portfolioweb.Label, error) {
	named, err := a.desk.UnitsOn(ctx, units, day)
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
	return a.postChoices(ctx, lang, day, math.MaxInt32, powers.Elected)
}

// formLayers are those whose posts forms may name: those who lead, the service layer, the cabinet, elected members.
func formLayers() []string {
	return []string{"haut_fonctionnaire", "service", "cabinet", powers.Elected}
}

// agentChoices are the posts that forms may name; none when there are too many for a list.
func (a *App) agentChoices(ctx context.Context, lang string, day calendar.Day) ([]portfolioweb.Choice, error) {
	return a.postChoices(ctx, lang, day, ui.PicksListed, formLayers()...)
}

// listed asks for the choices of a form: the posts of some layers, or the units when there is none.
type listed struct {
	layers string // joined by spaces
	lang   string
	day    calendar.Day
}

// listsKept bounds the lists kept: a few forms, two languages, the days that are looked at.
const listsKept = 64

// postChoices lists the posts of some layers, or none when there are more than most.
func (a *App) postChoices(ctx context.Context, lang string, day calendar.Day, most int, layers ...string) ([]portfolioweb.Choice, error) {
	return a.lists.Get(ctx, listed{strings.Join(layers, " "), lang, day}, func(ctx context.Context) ([]portfolioweb.Choice, error) {
		if many, err := powers.ManyHeldPosts(ctx, a.DB.Readers, powers.Latest(day), most, layers...); many || err != nil {
			return nil, err
		}
		places, err := powers.HeldPosts(ctx, a.DB.Readers, powers.Latest(day), layers...)
		choices := make([]portfolioweb.Choice, len(places))
		for i, p := range places {
			choices[i] = portfolioweb.Choice{Value: string(p.Post), Label: inLang(lang, p.Title, p.TitleEN)}
		}
		return sorted(choices), err
	})
}

func (a *App) unitChoices(ctx context.Context, lang string, day calendar.Day) ([]portfolioweb.Choice, error) {
	return a.lists.Get(ctx, listed{lang: lang, day: day}, func(ctx context.Context) ([]portfolioweb.Choice, error) {
		units, err := powers.UnitsInLife(ctx, a.DB.Readers, powers.Latest(day))
		choices := make([]portfolioweb.Choice, len(units))
		for i, u := range units {
			choices[i] = portfolioweb.Choice{Value: string(u.ID), Label: inLang(lang, u.Name, u.NameEN)}
		}
		return sorted(choices), err
	})
}

// sorted puts choices in the order of a French dictionary. Each key is folded once: a city has hundreds of units.
func sorted(choices []portfolioweb.Choice) []portfolioweb.Choice {
	keys := make(map[string]string, len(choices))
	for _, c := range choices {
		keys[c.Label] = i18n.SortKey(c.Label)
	}
	slices.SortFunc(choices, func(x, y portfolioweb.Choice) int { return cmp.Compare(keys[x.Label], keys[y.Label]) })
	return choices
}

// initials are how a wall names people: the first letter of each part of the name.
func initials(p powers.Person) string {
	var out []rune
	for _, word := range strings.FieldsFunc(p.Name(), func(r rune) bool { return r == ' ' || r == '-' }) {
		out = append(out, []rune(word)[0])
	}
	return string(out)
}

// nameRefs finds how the things that acts speak of are called on a day.
func (a *App) nameRefs(ctx context.Context, lang string, day calendar.Day, refs []act.Ref) (map[act.Ref]actweb.Label, error) {
	byType := map[string][]id.ID{}
	for _, r := range refs {
		byType[r.Type] = append(byType[r.Type], r.ID)
	}
	names := map[act.Ref]actweb.Label{}
	posts, err := a.postLabels(ctx, byType["post"], lang, day)
	if err != nil {
		return nil, err
	}
	units, err := a.unitLabels(ctx, byType["unit"], lang, day)
	if err != nil {
		return nil, err
	}
	for kind, labels := range map[string]map[id.ID]portfolioweb.Label{"post": posts, "unit": units} {
		for which, l := range labels {
			names[act.Ref{Type: kind, ID: which}] = actweb.Label{Text: l.Long, URL: l.URL}
		}
	}
	if err := a.nameProfiles(ctx, lang, byType["profile"], names); err != nil {
		return nil, err
	}
	if err := a.nameArbitrations(ctx, lang, byType["arbitration"], names); err != nil {
		return nil, err
	}
	if err := a.nameStrategy(ctx, lang, byType, names); err != nil {
		return nil, err
	}
	if err := a.nameElections(ctx, lang, byType["election"], names); err != nil {
		return nil, err
	}
	return names, a.nameInitiatives(ctx, lang, byType["initiative"], names)
}

// nameInitiatives names initiatives as far as the visitor may read them; others stay unnamed.
func (a *App) nameInitiatives(ctx context.Context, lang string, which []id.ID, names map[act.Ref]actweb.Label) error {
	found, err := a.Portfolio.Named(ctx, web.Of(ctx).Visitor, which)
	for _, i := range found {
		label := actweb.Label{Text: i.Title, URL: a.pageOf(lang, "portfolio.initiative", i.Number)}
		names[act.Ref{Type: "initiative", ID: i.ID}] = label
		names[act.Ref{Type: "initiative", ID: id.ID(i.Number)}] = label // acts also name it by its number
	}
	return err
}

// nameProfiles names governance profiles by their digest, or by the code and edition that acts say.
func (a *App) nameProfiles(ctx context.Context, lang string, which []id.ID, names map[act.Ref]actweb.Label) error {
	if len(which) == 0 {
		return nil
	}
	installed, err := powers.Profiles(ctx, a.DB.Readers, powers.Now(a.cfg.clock().Now()))
	for _, in := range installed {
		p, err := a.Powers.Profile(ctx, a.DB.Readers, in.Digest)
		if err != nil {
			return err
		}
		label := actweb.Label{Text: "« " + p.Name.In(lang) + " »", URL: a.pageOf(lang, "powers.profile", in.Digest)}
		names[act.Ref{Type: "profile", ID: id.ID(in.Digest)}] = label
		names[act.Ref{Type: "profile", ID: id.ID(p.Ref())}] = label
	}
	return err
}
