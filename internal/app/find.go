package app

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/i18n"
	"parvis/internal/id"
	"parvis/internal/powers"
	"parvis/internal/ui"
	"parvis/internal/web"
)

// soughtKept bounds what is kept to be searched: two kinds, two languages. A large city's posts take some 10 MiB each.
const soughtKept = 4

// sought is a thing that people look for by its words.
type sought struct {
	ui.Option
	code, title string // folded
	words       string // all that it may be found by, folded
}

// finders look for posts and units by what people type. What is searched is kept until the next act about the powers.
func (a *App) finders() map[string]web.Finder {
	kept := act.Keep[listed, []sought](a.marks, soughtKept, "powers")
	find := func(what string, read func(context.Context, string, calendar.Day) ([]sought, error)) web.Finder {
		return func(ctx context.Context, words string, limit int) ([]ui.Option, error) {
			v := web.Of(ctx)
			if !v.Visitor.Inside() {
				return nil, nil
			}
			day := calendar.DayOf(v.Now)
			all, err := kept.Get(ctx, listed{what, v.Lang, day}, func(ctx context.Context) ([]sought, error) { return read(ctx, v.Lang, day) })
			return among(all, words, limit), err
		}
	}
	return map[string]web.Finder{"post": find("post", a.soughtPosts), "unit": find("unit", a.soughtUnits)}
}

// among lists what the words mean: the one thing of that id, of that code or of that very name, else what holds every
// word, what begins with them first.
func among(all []sought, words string, limit int) []ui.Option {
	folded := i18n.Fold(words)
	code := folded
	if _, last, found := strings.Cut(folded, "("); found && strings.HasSuffix(last, ")") {
		code = folded[strings.LastIndexByte(folded, '(')+1 : len(folded)-1]
	}
	var exact, first, rest []ui.Option
	each := strings.Fields(folded)
	for _, s := range all {
		switch {
		case s.Value == words || s.code == code:
			return []ui.Option{s.Option}
		case s.title == folded:
			exact = append(exact, s.Option)
		case slices.ContainsFunc(each, func(w string) bool { return !strings.Contains(s.words, w) }):
		case strings.HasPrefix(s.words, folded):
			first = append(first, s.Option)
		default:
			rest = append(rest, s.Option)
		}
	}
	if len(exact) == 1 {
		return exact
	}
	found := slices.Concat(exact, first, rest)
	return found[:min(len(found), limit)]
}

// soughtPosts are the posts that forms may name, with their unit, and whoever holds them where the city says so.
func (a *App) soughtPosts(ctx context.Context, lang string, day calendar.Day) ([]sought, error) {
	places, err := powers.HeldPosts(ctx, a.DB.Readers, powers.Latest(day), formLayers()...)
	if err != nil {
		return nil, err
	}
	units, err := powers.UnitsInLife(ctx, a.DB.Readers, powers.Latest(day))
	if err != nil {
		return nil, err
	}
	of := make(map[id.ID]string, len(units))
	for _, u := range units {
		of[u.ID] = cmp.Or(u.Abbr, inLang(lang, u.Name, u.NameEN))
	}
	var named []id.ID
	for _, p := range places {
		if p.Named && p.Person != "" {
			named = append(named, p.Person)
		}
	}
	people, err := a.desk.People(ctx, named)
	all := make([]sought, 0, len(places))
	for _, p := range places {
		title, person := inLang(lang, p.Title, p.TitleEN), ""
		if who, known := people[p.Person]; known && p.Named {
			person = who.Name()
		}
		all = append(all, seek(string(p.Post), title, p.Code, of[p.Unit], person))
	}
	return inOrder(all), err
}

func (a *App) soughtUnits(ctx context.Context, lang string, day calendar.Day) ([]sought, error) {
	units, err := powers.UnitsInLife(ctx, a.DB.Readers, powers.Latest(day))
	all := make([]sought, 0, len(units))
	for _, u := range units {
		all = append(all, seek(string(u.ID), inLang(lang, u.Name, u.NameEN), u.Code, u.Abbr, ""))
	}
	return inOrder(all), err
}

// seek is a thing under its title, which its code tells from others of that title.
func seek(value, title, code, unit, person string) sought {
	label := title
	for _, more := range []string{unit, person} {
		if more != "" && more != code {
			label += ", " + more
		}
	}
	label += " (" + code + ")"
	return sought{ui.Option{Value: value, Label: label}, i18n.Fold(code), i18n.Fold(title), i18n.Fold(label)}
}

func inOrder(all []sought) []sought {
	slices.SortStableFunc(all, func(x, y sought) int { return cmp.Compare(x.words, y.words) })
	return all
}
