package strategyweb

import (
	"context"
	"math/big"
	"strings"

	"parvis/internal/calendar"
	"parvis/internal/portfolio/strategy"
	"parvis/internal/ui"
	"parvis/internal/ui/chart"
)

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

// gaugesOf are the indicators of the branch and who serves it; for templates.
func (s sheetView) gaugesOf(b *strategy.Branch) []strategy.Gauge { return s.Gauges[b.Objective] }
