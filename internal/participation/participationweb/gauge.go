package participationweb

import "strconv"

// gradePart is the people who gave one grade, as a part of a bar.
type gradePart struct {
	Name, Text string
	X, Width   string // hundredths of the bar
	Class      string
	Median     bool // the middle of all judgments falls here
}

// parts lays the judgments of the project side by side, the best on the left: the majority grade is the one
// that the middle falls in.
func (t teller) parts() []gradePart {
	var all int64
	for _, n := range t.why.Grades {
		all += n
	}
	if all == 0 {
		return nil
	}
	var list []gradePart
	x := 0.0
	for i := range t.why.Grades {
		g := len(t.why.Grades) - 1 - i
		share := ratio(t.why.Grades[g], all)
		list = append(list, gradePart{Name: t.grade(g), Text: t.p.Percent(share, 0), X: hundredths(x), Width: hundredths(share),
			Class: "c" + strconv.Itoa(i%6+1) + " gap", Median: g == t.why.Median})
		x += share
	}
	return list
}

func hundredths(f float64) string { return strconv.FormatFloat(100*f, 'f', 2, 64) }
