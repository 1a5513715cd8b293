package portfolioweb

import (
	"cmp"
	"context"
	"strings"

	"parvis/internal/calendar"
	"parvis/internal/i18n"
	"parvis/internal/portfolio"
	"parvis/internal/ui"
)

// sentence is a decision as one sentence that answers the six questions.
func sentence(ctx context.Context, b *book, a portfolio.Arbitration) string {
	who := b.post(a.DecidedBy).Long
	if ui.P(ctx).Lang() == i18n.French {
		who = i18n.Definite(who)
	}
	return i18n.Joined(ui.T(ctx, "portfolio.decision.sentence", "day", a.DecidedOn, "who", who, "what", phrase(a.Decision),
		"whom", forWhom(ctx, b, a.Answers), "why", cmp.Or(phrase(a.Answers.Motive), unsaid(ctx)),
		"when", effect(ctx, a.Answers.Effective), "how", how(ctx, a.Answers)))
}

// phrase is a sentence without its full stop, to stand inside another.
func phrase(s string) string {
	if strings.HasSuffix(s, "..") {
		return s
	}
	return strings.TrimSuffix(s, ".")
}

func unsaid(ctx context.Context) string { return ui.T(ctx, "portfolio.unsaid") }

func effect(ctx context.Context, d calendar.Day) string {
	if d == "" {
		return unsaid(ctx)
	}
	return ui.P(ctx).Day(d)
}

// forWhom lists the publics, units and places of an answer; "" never: what is not said is said not to be.
func forWhom(ctx context.Context, b *book, a portfolio.Answers) string {
	var list []string
	for _, s := range a.Segments {
		list = append(list, segment(ctx, s))
	}
	for _, u := range a.Units {
		list = append(list, b.unit(u).Long)
	}
	for _, place := range a.Places {
		list = append(list, b.place(place))
	}
	if len(list) == 0 {
		return unsaid(ctx)
	}
	return ui.P(ctx).List(list)
}

// segments are the publics that a form offers, as keys of the catalogue.
func segments() []string {
	return []string{"residents", "visitors", "firms", "associations", "agents", "elected"}
}

func segment(ctx context.Context, s string) string {
	if key := "portfolio.segment." + s; ui.P(ctx).Has(key) {
		return ui.T(ctx, key)
	}
	return s
}

func how(ctx context.Context, a portfolio.Answers) string {
	text := procedure(ctx, a.Procedure)
	if a.Instrument != "" {
		text = ui.T(ctx, "portfolio.decision.how", "procedure", text, "instrument", a.Instrument)
	}
	return text
}

func procedure(ctx context.Context, p string) string {
	if key := "portfolio.procedure." + p; ui.P(ctx).Has(key) {
		return ui.T(ctx, key)
	}
	return cmp.Or(p, unsaid(ctx))
}

// six is the same answers, one by one.
func six(ctx context.Context, b *book, a portfolio.Arbitration) ui.Six {
	s := ui.Six{What: ui.Str(cmp.Or(a.Decision, a.Question))}
	if a.DecidedBy != "" {
		s.Who = named(b.post(a.DecidedBy))
	}
	if len(a.Answers.Segments)+len(a.Answers.Units)+len(a.Answers.Places) > 0 {
		s.Whom = ui.Str(forWhom(ctx, b, a.Answers))
	}
	if a.Answers.Motive != "" {
		s.Why = reasons(a.Answers)
	}
	if a.Answers.Effective != "" {
		s.When = ui.Str(ui.T(ctx, "portfolio.decision.when", "decided", effect(ctx, a.DecidedOn), "effective", a.Answers.Effective))
	}
	if a.Answers.Procedure != "" {
		s.How = ui.Str(how(ctx, a.Answers))
	}
	return s
}
