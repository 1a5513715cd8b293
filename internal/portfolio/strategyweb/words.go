package strategyweb

import (
	"context"
	"math/big"
	"strconv"
	"strings"

	"parvis/internal/calendar"
	"parvis/internal/id"
	"parvis/internal/portfolio/strategy"
	"parvis/internal/ui"
	"parvis/internal/ui/chart"
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

// quantity is a number with its unit.
func quantity(ctx context.Context, q strategy.Quantity, unit string) string {
	if !q.Known() {
		return ui.T(ctx, "strategy.none")
	}
	return strings.TrimSpace(ui.P(ctx).Decimal(q.Float(), q.Decimals()) + "\u00a0" + unit)
}

// percent is an exact ratio for people.
func percent(ctx context.Context, r *big.Rat) string {
	if r == nil {
		return ui.T(ctx, "strategy.none")
	}
	f, _ := r.Float64()
	return ui.P(ctx).Percent(f, 0)
}

func number(r *big.Rat) float64 {
	if r == nil {
		return 0
	}
	f, _ := r.Float64()
	return f
}

// progressText says progress in words: how much of the way, and since when the measure dates.
func progressText(ctx context.Context, g strategy.Gauge) string {
	switch {
	case g.Latest == nil:
		return ui.T(ctx, "strategy.progress.no_measure")
	case g.Done == nil:
		return ui.T(ctx, "strategy.progress.no_target")
	case g.Direction == strategy.Range && g.State() == strategy.Reached:
		return ui.T(ctx, "strategy.progress.in_range")
	case g.Done.Sign() < 0:
		return ui.T(ctx, "strategy.progress.backwards", "done", percent(ctx, g.Done))
	}
	return percent(ctx, g.Done)
}

// targetText says what should be reached by when, or between which bounds.
func targetText(ctx context.Context, g strategy.Gauge) string {
	if g.Direction == strategy.Range {
		return ui.T(ctx, "strategy.target.between", "low", quantity(ctx, g.Low, ""), "high", quantity(ctx, g.High, g.Unit))
	}
	if g.Target == nil {
		return ui.T(ctx, "strategy.target.none")
	}
	return ui.T(ctx, "strategy.target.by", "value", quantity(ctx, g.Target.Value, g.Unit), "day", g.Target.Due)
}

func stateTone(s strategy.State) ui.Tone {
	switch s {
	case strategy.Reached:
		return ui.Success
	case strategy.OnTrack:
		return ui.Info
	case strategy.Behind:
		return ui.Warning
	}
	return ui.Outline
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

func changeTone(c strategy.Change) ui.Tone {
	switch c {
	case strategy.Added:
		return ui.Success
	case strategy.Dropped:
		return ui.Error
	case strategy.Renamed:
		return ui.Info
	}
	return ui.Outline
}

// rolledText says the progress of an objective and how much of it was measured.
func rolledText(ctx context.Context, r strategy.Rolled) string {
	if r.Done == nil {
		return ui.T(ctx, "strategy.rolled.none")
	}
	if r.Covered.Cmp(big.NewRat(1, 1)) == 0 {
		return percent(ctx, r.Done)
	}
	return ui.T(ctx, "strategy.rolled.part", "done", percent(ctx, r.Done), "covered", percent(ctx, r.Covered))
}

// series is the drawing of an indicator; the chart component gives its table.
func (v indicatorView) series(ctx context.Context) chart.Lines {
	l := chart.Lines{Title: say(ctx, v.Title) + " (" + v.Unit + ")", StepHead: ui.T(ctx, "strategy.f.period")}
	line := chart.Line{Name: say(ctx, v.Title)}
	add := func(when string, q strategy.Quantity) {
		l.Steps = append(l.Steps, when)
		line.Values = append(line.Values, chart.Value{Y: q.Float(), Text: quantity(ctx, q, v.Unit), Known: q.Known()})
	}
	if v.Baseline.Known() && !v.measuredAt(v.BaselineAt) {
		add(ui.P(ctx).Fuzzy(v.BaselineAt), v.Baseline)
	}
	for _, m := range v.Measures {
		add(ui.P(ctx).Fuzzy(m.Period), m.Value)
	}
	l.Series = []chart.Line{line}
	l.Low, l.High = v.bounds(line.Values)
	l.LowText, l.HighText = ui.P(ctx).Decimal(l.Low, 0), ui.P(ctx).Decimal(l.High, 0)
	if v.Target != nil && v.Direction != strategy.Range {
		l.Target, l.TargetBy = v.Target.Value.Float(), targetText(ctx, v.Gauge)
	}
	return l
}

func (v indicatorView) measuredAt(at calendar.Fuzzy) bool {
	for _, m := range v.Measures {
		if m.Period == at {
			return true
		}
	}
	return false
}

// bounds are round numbers around every value and the target.
func (v indicatorView) bounds(values []chart.Value) (low, high float64) {
	if v.Target != nil {
		values = append(values, chart.Value{Y: v.Target.Value.Float(), Known: true})
	}
	for n, x := range values {
		if n == 0 {
			low, high = x.Y, x.Y
		}
		low, high = min(low, x.Y), max(high, x.Y)
	}
	step := 1.0
	for high-low > 10*step {
		step *= 10
	}
	for low != high && high-low < step && step > 1e-6 {
		step /= 10
	}
	floor := float64(int64(low/step)) * step
	if floor > low {
		floor -= step
	}
	ceil := float64(int64(high/step)) * step
	if ceil < high {
		ceil += step
	}
	if floor == ceil {
		ceil += step
	}
	return floor, ceil
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

// levelLines, levelLinesEN and leanLine write the levels of a criterion as its form takes them.
func levelLines(k strategy.Criterion, of func(strategy.Level) string, between string) string {
	var out []string
	for _, l := range k.Levels {
		out = append(out, of(l))
	}
	return strings.Join(out, between)
}

func levelFR(l strategy.Level) string   { return l.Label.FR }
func levelEN(l strategy.Level) string   { return l.Label.EN }
func levelLean(l strategy.Level) string { return strconv.Itoa(l.Lean) }

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

func gridCrumbs(ctx context.Context) []ui.Item {
	return []ui.Item{{Label: ui.T(ctx, "strategy.grid.title"), URL: ui.Link(ctx, "strategy.grid")}}
}

// gaugesOf are the indicators of the branch and who serves it; for templates.
func (s sheetView) gaugesOf(b *strategy.Branch) []strategy.Gauge       { return s.Gauges[b.Objective] }
func (s sheetView) servesOf(b *strategy.Branch) []strategy.Contributor { return s.Serves[b.Objective] }

// editionOf is the number of an edition that a placement names.
func (v placementView) editionOf(grid id.ID) strategy.Reading { return v.Editions[grid] }

// nowText says where the city stands on an axis.
func nowText(ctx context.Context, s strategy.Standing) string {
	if s.Now == nil {
		return ui.T(ctx, "strategy.position.none")
	}
	return leanText(ctx, s.Dilemma, s.Now.Lean)
}

func remarkTone(k strategy.Remark) ui.Tone {
	if k == strategy.Contest {
		return ui.Warning
	}
	return ui.Outline
}

// voice says as whom somebody speaks; a resident is never named.
func voice(ctx context.Context, f frame, a strategy.Annotation) string {
	switch {
	case a.As == strategy.AsUnit && f.post(a.Post).Text != "":
		return f.post(a.Post).Text
	case a.Name != "":
		return a.Name
	}
	return ui.T(ctx, "strategy.voice."+string(a.As))
}

func gridFormTitle(ctx context.Context, g gridView) string {
	if g.ID == "" {
		return ui.T(ctx, "strategy.grid.next")
	}
	return ui.T(ctx, "strategy.grid.edition", "edition", g.Edition)
}

// clip shortens a text for a label.
func clip(text string) string {
	if r := []rune(text); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return text
}

// leanText says a place on an axis in words.
func leanText(ctx context.Context, d strategy.Dilemma, l strategy.Lean) string {
	pole := say(ctx, d.Left)
	if l > 0 {
		pole = say(ctx, d.Right)
	}
	key := map[int]string{0: "strategy.lean.between", 1: "strategy.lean.rather", 2: "strategy.lean.fully"}[max(int(l), -int(l))]
	return ui.T(ctx, key, "pole", pole)
}

// leanX is the place of a position on the drawing of its axis, 400 wide.
func leanX(l strategy.Lean) string { return strconv.Itoa(200 + 80*int(l)) }

// earlierText says a position of the past.
func earlierText(ctx context.Context, d strategy.Dilemma, p strategy.Position) string {
	return ui.T(ctx, "strategy.position.on", "day", p.TakenOn, "position", leanText(ctx, d, p.Lean))
}
