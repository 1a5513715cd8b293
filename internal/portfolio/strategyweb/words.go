package strategyweb

import (
	"context"
	"strconv"

	"parvis/internal/calendar"
	"parvis/internal/portfolio/strategy"
	"parvis/internal/ui"
)

// say is a curated text in the reader's language.
func say(ctx context.Context, w strategy.Words) string { return w.In(ui.FrameOf(ctx).Lang) }

// langOf is the language of a curated text when it is not the page's.
func langOf(ctx context.Context, w strategy.Words) string {
	if lang := ui.FrameOf(ctx).Lang; lang == "fr" || w.EN != "" {
		return lang
	}
	return "fr"
}

// typed is the lang attribute of a text that people typed.
func typed(ctx context.Context, lang string) string {
	if lang == "" {
		return ui.FrameOf(ctx).Lang
	}
	return lang
}

func statusTone(s strategy.Status) ui.Tone {
	switch s {
	case strategy.Adopted:
		return ui.Success
	case strategy.Draft:
		return ui.Warning
	}
	return ui.Outline
}

// moments is the succession of strategies as a timeline.
func moments(ctx context.Context, list []strategy.Strategy, here strategy.Strategy) []ui.Moment {
	p := ui.P(ctx)
	out := make([]ui.Moment, len(list))
	for n, s := range list {
		m := ui.Moment{Title: say(ctx, s.Title), URL: ui.Link(ctx, "strategy.sheet", s.Number), State: ui.Past, When: p.Period(s.Period)}
		switch s.Status {
		case strategy.Draft:
			m.State = ui.Next
		case strategy.Adopted:
			m.State = ui.Now
		}
		if s.AdoptedOn != "" {
			m.Day, m.When = string(s.AdoptedOn), ui.T(ctx, "strategy.adopted_on", "day", s.AdoptedOn)
		}
		if s.ReplacesWhy != "" {
			m.Body = ui.Str(ui.T(ctx, "strategy.because", "why", s.ReplacesWhy))
		}
		if s.ID == here.ID {
			m.URL = ""
		}
		out[n] = m
	}
	return out
}

func last(p calendar.Period) string {
	if p.Open() {
		return ""
	}
	return string(p.Last())
}

func rankOf(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func version(n int64) string { return strconv.FormatInt(n, 10) }

// initiativeLink is the page of an initiative.
func initiativeLink(ctx context.Context, number string) string {
	return ui.Link(ctx, "portfolio.initiative", number)
}

func strategyCrumbs(ctx context.Context) []ui.Item {
	return []ui.Item{{Label: ui.T(ctx, "strategy.title"), URL: ui.Link(ctx, "strategy")}}
}

func crumbsTo(ctx context.Context, label, url string) []ui.Item {
	return append(strategyCrumbs(ctx), ui.Item{Label: label, URL: url})
}

func (s sheetView) servesOf(b *strategy.Branch) []strategy.Contributor { return s.Serves[b.Objective] }
