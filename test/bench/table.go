package main

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"
)

// table prints figures as they come: what, unit, median of the rounds, lowest, highest, target, and
// the load average of the machine when the last round ended.
type table struct{ out io.Writer }

func newTable(out io.Writer) *table {
	t := &table{out}
	t.line("measure", "unit", "median", "min", "max", "target", "load")
	return t
}

func (t *table) line(cells ...string) {
	fmt.Fprintf(t.out, "%-58s %-9s %9s %9s %9s %9s  %s\n", cells[0], cells[1], cells[2], cells[3], cells[4], cells[5], cells[6])
}

// title begins a group of lines.
func (t *table) title(text string) { fmt.Fprintf(t.out, "\n%s\n", text) }

// add prints one figure; target is "" for a baseline.
func (t *table) add(what, unit string, rounds []float64, target string) {
	if len(rounds) == 0 {
		return
	}
	sorted := slices.Sorted(slices.Values(rounds))
	t.line(what, unit, number(sorted[len(sorted)/2]), number(sorted[0]), number(sorted[len(sorted)-1]), target, loadAverage())
}

func number(v float64) string {
	switch {
	case v >= 100:
		return fmt.Sprintf("%.0f", v)
	case v >= 10:
		return fmt.Sprintf("%.1f", v)
	}
	return fmt.Sprintf("%.2f", v)
}

// loadAverage is that of the last minute.
func loadAverage() string {
	b, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "?"
	}
	return strings.Fields(string(b))[0]
}

// percentile of sorted times, in milliseconds; the nearest rank.
func percentile(sorted []time.Duration, p float64) float64 {
	if len(sorted) == 0 {
		return 0
	}
	n := min(int(float64(len(sorted))*p/100), len(sorted)-1)
	return float64(sorted[n].Nanoseconds()) / 1e6
}
