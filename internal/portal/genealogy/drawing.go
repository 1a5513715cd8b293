package genealogy

import (
	"context"
	"strconv"

	"parvis/internal/calendar"
	"parvis/internal/ui"
)

// The drawing: a lane for each kind, years from left to right. Its numbers are those of the viewBox; the
// list under it says the same in words.
const (
	wide     = 1000.0
	laneHigh = 26.0
	barHigh  = 14.0
	topHigh  = 24.0
)

// x places a day on the drawing.
func (v view) x(day calendar.Day) float64 {
	all := float64(v.Years.From.DaysUntil(v.Years.To))
	return wide * min(max(float64(v.Years.From.DaysUntil(day))/all, 0), 1)
}

// lane is the height at which a kind stands among those shown.
func (v view) lane(k Kind) float64 {
	for n, c := range v.Chosen {
		if c == k {
			return topHigh + laneHigh*float64(n)
		}
	}
	return topHigh
}

func (v view) high() float64 { return topHigh + laneHigh*float64(len(v.Chosen)) + 4 }

func (v view) viewBox() string { return "0 0 " + num(wide) + " " + num(v.high()) }

// bar is the left end and the width of a period; one of a few days is still seen.
func (v view) bar(e Event) (x, width string) {
	from, to := v.x(e.From), v.x(min(e.To, v.Years.To))
	return num(from), num(max(to-from-1, 3))
}

// begins are the days on which a year begins.
func (v view) begins() (out []calendar.Day) {
	for y := v.Years.From.Year(); y < v.Years.To.Year(); y++ {
		out = append(out, calendar.NewDay(y, 1, 1))
	}
	return out
}

func num(f float64) string { return strconv.FormatFloat(f, 'f', 1, 64) }

func sentence(ctx context.Context, e Event) string { return ui.T(ctx, e.Key, e.Args...) }

func when(ctx context.Context, e Event) string {
	if e.Lasts() {
		return ui.P(ctx).Period(e.Period)
	}
	return ui.P(ctx).Day(e.From)
}

func kindOptions(ctx context.Context) []ui.Option {
	options := make([]ui.Option, 0, len(Kinds()))
	for _, k := range Kinds() {
		options = append(options, ui.Option{Value: string(k), Label: ui.T(ctx, "genealogy.kind."+string(k))})
	}
	return options
}

func lastYear(v view) string { return strconv.Itoa(v.Years.To.Year() - 1) }

func chosen(v view) []string {
	out := make([]string, len(v.Chosen))
	for n, k := range v.Chosen {
		out[n] = string(k)
	}
	return out
}

func link(ctx context.Context, e Event) string {
	if e.About == nil {
		return ui.Link(ctx, e.Route)
	}
	return ui.Link(ctx, e.Route, e.About)
}

func moments(ctx context.Context, v view) []ui.Moment {
	var out []ui.Moment
	for _, e := range v.newest() {
		out = append(out, ui.Moment{When: when(ctx, e), Day: string(e.From), Title: sentence(ctx, e), URL: link(ctx, e), State: ui.Past, Body: body(e)})
	}
	return out
}
