package chart_test

import (
	"strings"
	"testing"

	"github.com/a-h/templ"

	"parvis/internal/ui"
	"parvis/internal/ui/chart"
	"parvis/internal/ui/uitest"
)

func draw(t *testing.T, c templ.Component) string {
	return string(uitest.Render(t, uitest.Frame(t, "fr"), c))
}

func TestBarsAreProportionalAndHaveTheirNumbers(t *testing.T) {
	got := draw(t, chart.BarChart(chart.Bars{Title: "T", Label: "Direction", Unit: "Projets", Items: []chart.Bar{
		{Label: "A", Text: "40", Value: 40}, {Label: "B", Text: "10", Value: 10}, {Label: "C", Text: "0", Value: 0}, {Label: "D", Text: "−3", Value: -3}}}))
	for _, want := range []string{`class="c1" width="100"`, `class="c1" width="25"`, `class="c1" width="0"`, `<td class="num">−3</td>`, `scope="row">A`} {
		if !strings.Contains(got, want) {
			t.Errorf("the chart lacks %s: %s", want, got)
		}
	}
}

func TestStacksFillUpToTheLongest(t *testing.T) {
	got := draw(t, chart.StackChart(chart.Stack{Title: "T", Label: "L", Series: []string{"x", "y"}, Rows: []chart.StackRow{
		{Label: "A", Values: []float64{30, 10}, Texts: []string{"30", "10"}}, {Label: "B", Values: []float64{5, 5}, Texts: []string{"5", "5"}}}}))
	for _, want := range []string{`x="0" width="75"`, `x="75" width="25"`, `x="0" width="12.5"`, `x="12.5" width="12.5"`} {
		if !strings.Contains(got, want) {
			t.Errorf("the chart lacks %s: %s", want, got)
		}
	}
}

// A year without a measure is a gap, never a zero, and says so in the table.
func TestLinesBreakWhereNothingWasMeasured(t *testing.T) {
	known := func(y float64) chart.Value { return chart.Value{Y: y, Text: "v", Known: true} }
	got := draw(t, chart.LineChart(chart.Lines{Title: "T", StepHead: "Année", Steps: []string{"1", "2", "3", "4", "5"}, Low: 0, High: 10,
		Series: []chart.Line{{Name: "S", Values: []chart.Value{known(0), known(10), {}, known(5), {}}}}}))
	for _, want := range []string{`d="M0 100L25 0M75 50h0.01"`, "pas de mesure", "<caption>T</caption>"} {
		if !strings.Contains(got, want) {
			t.Errorf("the chart lacks %s: %s", want, got)
		}
	}
}

func TestEmptyChartsDoNotBreak(t *testing.T) {
	for name, c := range map[string]templ.Component{
		"bars": chart.BarChart(chart.Bars{Title: "T", Label: "L", Unit: "U"}), "stack": chart.StackChart(chart.Stack{Title: "T", Label: "L"}),
		"lines": chart.LineChart(chart.Lines{Title: "T"}), "gauge": chart.GaugeChart(chart.Gauge{Label: "G", Text: "?", Value: 3}),
	} {
		if got := draw(t, c); strings.Contains(got, "NaN") || strings.Contains(got, "Inf") {
			t.Errorf("%s: %s", name, got)
		}
	}
}

func TestChartsHoldInAPage(t *testing.T) {
	f := uitest.Frame(t, "en")
	page := ui.Page(ui.Head{Title: "Charts"})
	ctx := templ.WithChildren(ui.WithFrame(t.Context(), f), chart.StyleSection())
	var out strings.Builder
	if err := page.Render(ctx, &out); err != nil {
		t.Fatal(err)
	}
	uitest.Page(t, []byte(out.String()))
}
