// Package chart draws figures on the server, each together with its table: the numbers are text, the
// drawing adds the shape. Labels stay HTML, so that they keep their size on a narrow screen.
package chart

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// Bar is one line of a bar chart. Text is the value as people read it.
type Bar struct {
	Label, Text, URL string
	Value            float64
}

// Bars compares amounts. The longest bar fills the width, or Max if it is given.
type Bars struct {
	Title string
	Label string // head of the column of labels
	Unit  string // head of the column of values
	Max   float64
	Items []Bar
}

func (b Bars) max() float64 {
	m := b.Max
	for _, it := range b.Items {
		m = max(m, it.Value)
	}
	if m <= 0 {
		return 1
	}
	return m
}

// width is the length of a bar in hundredths.
func (b Bars) width(it Bar) string { return num(100 * max(0, it.Value) / b.max()) }

// Stack compares amounts made of the same few parts. Series has at most six names.
type Stack struct {
	Title, Label string
	Series       []string
	Rows         []StackRow
}

// StackRow is one line; Values and Texts go with the series.
type StackRow struct {
	Label  string
	Values []float64
	Texts  []string
}

type segment struct{ x, width, class string }

// segments lays the values of a row side by side, in hundredths of the longest row.
func (s Stack) segments(row StackRow) []segment {
	longest := 0.0
	for _, r := range s.Rows {
		longest = max(longest, sum(r.Values))
	}
	if longest == 0 {
		return nil
	}
	var list []segment
	x := 0.0
	for i, v := range row.Values {
		w := 100 * max(0, v) / longest
		list = append(list, segment{num(x), num(w), "c" + strconv.Itoa(i%6+1) + " gap"})
		x += w
	}
	return list
}

func sum(values []float64) float64 {
	total := 0.0
	for _, v := range values {
		total += max(0, v)
	}
	return total
}

// Line is one series over the same steps as the others. A value that is not Known leaves a gap.
type Line struct {
	Name   string
	Values []Value
}

// Value is one measure. Text is what people read.
type Value struct {
	Y     float64
	Text  string
	Known bool
}

// Lines follows measures over time. Steps are the labels under the drawing. Low and High bound it;
// when equal, they are found. Target draws a line to reach.
type Lines struct {
	Title     string
	StepHead  string
	Steps     []string
	Series    []Line
	Low, High float64
	LowText   string
	HighText  string
	Target    float64
	TargetBy  string // what the target is called; empty draws none
}

func (l Lines) bounds() (low, high float64) {
	low, high = l.Low, l.High
	if low == high {
		for _, s := range l.Series {
			for _, v := range s.Values {
				if v.Known {
					low, high = min(low, v.Y), max(high, v.Y)
				}
			}
		}
	}
	if l.TargetBy != "" {
		low, high = min(low, l.Target), max(high, l.Target)
	}
	if low == high {
		high = low + 1
	}
	return low, high
}

// y places a value on a drawing 100 high, downwards.
func (l Lines) y(v float64) float64 {
	low, high := l.bounds()
	return 100 - 100*(v-low)/(high-low)
}

// path draws a series on a drawing 100 wide; it breaks where nothing was measured.
func (l Lines) path(s Line) string {
	var b strings.Builder
	pen := "M"
	for i, v := range s.Values {
		if !v.Known {
			pen = "M"
			continue
		}
		b.WriteString(pen + num(l.x(i)) + " " + num(l.y(v.Y)))
		if pen == "M" && (i+1 == len(s.Values) || !s.Values[i+1].Known) {
			b.WriteString("h0.01") // a lone measure is a dot
		}
		pen = "L"
	}
	return b.String()
}

func (l Lines) x(i int) float64 {
	if len(l.Steps) < 2 {
		return 50
	}
	return 100 * float64(i) / float64(len(l.Steps)-1)
}

func class(prefix string, i int) string { return prefix + strconv.Itoa(i%6+1) }

func dash(i int) string {
	if i == 0 {
		return ""
	}
	return "d" + strconv.Itoa(i%4+1)
}

// Gauge shows one measure between two ends, with the mark to reach.
type Gauge struct {
	Label            string
	Text             string // the measure in words, with its target
	Value, Low, High float64
	Target           float64
	HasTarget        bool
}

func (g Gauge) at(v float64) string {
	if g.High <= g.Low {
		return "0"
	}
	return num(min(100, max(0, 100*(v-g.Low)/(g.High-g.Low))))
}

func num(f float64) string {
	return strings.TrimSuffix(strings.TrimRight(strconv.FormatFloat(f, 'f', 2, 64), "0"), ".")
}

// sortBars puts the longest first; equals stay in the order of their labels.
func sortBars(items []Bar) {
	slices.SortFunc(items, func(a, b Bar) int {
		return cmp.Or(cmp.Compare(b.Value, a.Value), cmp.Compare(a.Label, b.Label))
	})
}
