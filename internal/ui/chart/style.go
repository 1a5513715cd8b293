package chart

import (
	"context"

	"parvis/internal/ui"
)

func styleBars(ctx context.Context) Bars {
	p := ui.P(ctx)
	b := Bars{Title: ui.T(ctx, "ui.style.c.bars"), Label: ui.T(ctx, "ui.style.f.unit"), Unit: ui.T(ctx, "ui.style.fig.projects")}
	for key, n := range map[string]int64{"roads": 42, "green": 31, "health": 12} {
		b.Items = append(b.Items, Bar{Label: ui.T(ctx, "ui.style.unit."+key), Text: p.Number(n), Value: float64(n)})
	}
	sortBars(b.Items)
	return b
}

func styleStack(ctx context.Context) Stack {
	return Stack{Title: ui.T(ctx, "ui.style.c.stack"), Label: ui.T(ctx, "ui.style.f.unit"),
		Series: []string{ui.T(ctx, "ui.style.t.accepted"), ui.T(ctx, "ui.style.t.maturing"), ui.T(ctx, "ui.style.t.late")},
		Rows: []StackRow{
			{ui.T(ctx, "ui.style.unit.roads"), []float64{20, 14, 8}, []string{"20", "14", "8"}},
			{ui.T(ctx, "ui.style.unit.green"), []float64{18, 9, 4}, []string{"18", "9", "4"}},
			{ui.T(ctx, "ui.style.unit.health"), []float64{6, 6, 0}, []string{"6", "6", "0"}},
		}}
}

func styleLines(ctx context.Context) Lines {
	p := ui.P(ctx)
	series := func(name string, values ...float64) Line {
		l := Line{Name: name}
		for _, v := range values {
			l.Values = append(l.Values, Value{Y: v, Text: p.Decimal(v, 0), Known: v >= 0})
		}
		return l
	}
	return Lines{Title: ui.T(ctx, "ui.style.c.lines"), StepHead: ui.T(ctx, "ui.style.c.year"),
		Steps: []string{"2020", "2021", "2022", "2023", "2024", "2025", "2026"}, LowText: "0", HighText: p.Number(60), Low: 0, High: 60,
		Target: 40, TargetBy: ui.T(ctx, "ui.style.c.target"),
		Series: []Line{
			series(ui.T(ctx, "ui.style.unit.roads"), 22, 25, 24, 31, 36, 44, 52),
			series(ui.T(ctx, "ui.style.unit.green"), 12, 14, -1, 19, 26, 28, 33),
		}}
}
