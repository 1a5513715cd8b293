package powersweb

import (
	"cmp"
	"context"
	"strings"

	"parvis/internal/calendar"
	"parvis/internal/i18n"
	"parvis/internal/id"
	"parvis/internal/money"
	"parvis/internal/powers"
	"parvis/internal/ui"
)

// in chooses the text of the reader's language, French when the other is missing.
func in(ctx context.Context, fr, en string) string {
	if ui.FrameOf(ctx).Lang == i18n.English {
		return cmp.Or(en, fr)
	}
	return fr
}

// speaker says the words of powers in the reader's language.
type speaker struct {
	p      *i18n.Printer
	posts  map[string]string // titles by code, for post:CODE
	groups map[string]string // committees by code
}

// speak gathers the words of a profile: its committees, and the posts it names by code.
func speak(ctx context.Context, profile *powers.Profile, titles map[string]string) speaker {
	s := speaker{p: ui.P(ctx), posts: titles, groups: map[string]string{}}
	if profile != nil {
		for _, c := range profile.Committees {
			s.groups[c.Code] = c.Name.In(s.p.Lang())
		}
	}
	return s
}

// role says to whom a rule gives a power: "le secrétaire général", "la direction chef de file".
func (s speaker) role(text string) string {
	if list, joint := strings.CutPrefix(text, "all:"); joint {
		var seats []string
		for _, one := range strings.Split(list, ",") {
			seats = append(seats, s.role(strings.TrimSpace(one)))
		}
		return s.p.T("powersweb.role.all", "seats", seats)
	}
	form, arg, _ := strings.Cut(text, ":")
	switch form {
	case "post":
		return cmp.Or(s.posts[arg], s.p.T("powersweb.role.post", "code", arg))
	case "committee":
		return s.p.T("powersweb.role.committee", "name", cmp.Or(s.groups[arg], arg))
	case "members":
		return s.p.T("powersweb.role.members", "name", cmp.Or(s.groups[arg], arg))
	case "layer":
		return s.p.T("powersweb.role.layer", "layer", i18n.Key("powersweb.layer."+arg))
	}
	return s.p.T("powersweb.role." + strings.ReplaceAll(text, ":", "."))
}

// splitRole parts a role into its form and what it is about.
func splitRole(text string) (form, arg string) {
	form, arg, _ = strings.Cut(text, ":")
	return form, arg
}

// when says under which conditions a rule holds; "" when it always does.
func (s speaker) when(r *powers.Rule) string {
	var parts []string
	over, upto := money.Euros(r.AmountOver), money.Euros(r.AmountUpTo)
	switch {
	case r.AmountOver > 0 && r.AmountUpTo > 0:
		parts = append(parts, s.p.T("powersweb.when.between", "over", over, "upto", upto))
	case r.AmountOver > 0:
		parts = append(parts, s.p.T("powersweb.when.over", "over", over))
	case r.AmountUpTo > 0:
		parts = append(parts, s.p.T("powersweb.when.upto", "upto", upto))
	}
	for key, list := range map[string][]string{"matters": r.Matters, "not": r.NotMatters, "stages": r.Stages, "places": r.Territories} {
		if len(list) > 0 {
			parts = append(parts, s.p.T("powersweb.when."+key, "list", list))
		}
	}
	if r.Normative != nil {
		parts = append(parts, s.p.T(map[bool]string{true: "powersweb.when.normative", false: "powersweb.when.ordinary"}[*r.Normative]))
	}
	return strings.Join(parts, ", ")
}

// verb says what an act does; a pattern is said by its own key, else shown as it is.
func verb(ctx context.Context, v string) string {
	key := "powersweb.verb." + strings.TrimSuffix(strings.ReplaceAll(v, "*", "all"), ".")
	if p := ui.P(ctx); p.Has(key) {
		return p.T(key)
	}
	return v
}

// scope says what a delegation covers.
func scope(ctx context.Context, s powers.Scope) string {
	p := ui.P(ctx)
	var parts []string
	for _, v := range s.Verbs {
		parts = append(parts, verb(ctx, v))
	}
	if len(parts) == 0 {
		parts = append(parts, p.T("powersweb.scope.everything"))
	}
	for key, list := range map[string][]string{"powersweb.when.matters": s.Matters, "powersweb.when.places": s.Territories} {
		if len(list) > 0 {
			parts = append(parts, p.T(key, "list", list))
		}
	}
	if s.AmountMax > 0 {
		parts = append(parts, p.T("powersweb.when.upto", "upto", money.Cents(s.AmountMax)))
	}
	return strings.Join(parts, ", ")
}

// unitURL and postURL keep the day that the reader looks at.
func unitURL(ctx context.Context, unit id.ID, day calendar.Day) string {
	return onDay(ui.Link(ctx, "powers.unit", string(unit)), day)
}

func postURL(ctx context.Context, post id.ID, day calendar.Day) string {
	return onDay(ui.Link(ctx, "powers.post", string(post)), day)
}

func onDay(url string, day calendar.Day) string {
	if day == "" {
		return url
	}
	return url + "?date=" + string(day)
}
