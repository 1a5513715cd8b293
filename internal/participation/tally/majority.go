package tally

import (
	"cmp"
	"encoding/json"
	"io"
	"slices"

	"parvis/internal/fault"
)

// Grading is how many judgments of each grade a project received, worst grade first.
type Grading []int64

// Total is the number of judgments.
func (g Grading) Total() int64 { return sum(g) }

// Median is the lower median grade: that of judgment ⌊(N−1)/2⌋, counted from the worst. -1 without a
// judgment.
func (g Grading) Median() int {
	n := g.Total()
	if n == 0 {
		return -1
	}
	grade, _ := g.at((n - 1) / 2)
	return grade
}

// Fill says what a missing judgment counts for.
type Fill int

// The fills. Without a declared fill, unequal numbers of judgments are refused.
const (
	NoFill     Fill = iota
	FillWorst       // the worst grade
	FillMedian      // the lower median of the judgments the project has; the worst if it has none
)

// filled brings a grading to n judgments.
func (g Grading) filled(n int64, fill Fill) (Grading, error) {
	missing := n - g.Total()
	if missing == 0 {
		return g, nil
	}
	if missing < 0 || fill == NoFill {
		return nil, fault.New(fault.Invalid, "tally.grades_unequal", "judgments", g.Total(), "expected", n)
	}
	out := slices.Clone(g)
	at := 0
	if fill == FillMedian {
		at = max(0, g.Median())
	}
	out[at] += missing
	return out, nil
}

// CompareMajority orders two gradings of as many judgments by majority judgment, best first: the
// higher lower median wins; where medians are equal, one judgment of it is taken from each and the
// medians of the rest are compared, until they differ or nothing is left (Balinski and Laraki, PNAS
// 2007). Taking lower medians away walks outwards from the middle, one place down and one place up
// in turn; the two walks are compared run by run, not judgment by judgment.
func CompareMajority(a, b Grading) int {
	if c := cmp.Compare(b.Median(), a.Median()); c != 0 {
		return c
	}
	x, y := newWalk(a), newWalk(b)
	for pairs := a.Total() / 2; pairs > 0; {
		if c := cmp.Or(cmp.Compare(y.down, x.down), cmp.Compare(y.up, x.up)); c != 0 {
			return c
		}
		n := min(x.run(), y.run())
		x.skip(n)
		y.skip(n)
		pairs -= n
	}
	return 0
}

// walk stands on one judgment below and one above the middle of a grading.
type walk struct {
	g                Grading
	down, up         int   // their grades
	downLeft, upLeft int64 // judgments of that grade still ahead, this one included
}

func newWalk(g Grading) walk {
	n := g.Total()
	w := walk{g: g}
	w.down, w.downLeft = g.at(n/2 - 1)
	w.up, w.upLeft = g.at((n + 1) / 2)
	w.upLeft = g[w.up] - w.upLeft + 1
	return w
}

// at gives the grade of a judgment, and how many of that grade lie at or below it.
func (g Grading) at(place int64) (grade int, upTo int64) {
	for grade, n := range g {
		if place < n {
			return grade, place + 1
		}
		place -= n
	}
	return len(g) - 1, 0
}

func (w *walk) run() int64 { return min(w.downLeft, w.upLeft) }

func (w *walk) skip(n int64) {
	w.downLeft -= n
	for w.downLeft == 0 && w.down > 0 {
		w.down--
		w.downLeft = w.g[w.down]
	}
	w.upLeft -= n
	for w.upLeft == 0 && w.up < len(w.g)-1 {
		w.up++
		w.upLeft = w.g[w.up]
	}
}

// MajorityRanks ranks gradings of as many judgments: 1 is best, equals share the rank, the next
// rank is skipped.
func MajorityRanks(gradings []Grading) ([]int, error) {
	order := make([]int, len(gradings))
	for i, g := range gradings {
		if _, err := g.filled(gradings[0].Total(), NoFill); err != nil {
			return nil, err
		}
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return CompareMajority(gradings[i], gradings[j]) })
	ranks := make([]int, len(gradings))
	for place, i := range order {
		ranks[i] = place + 1
		if place > 0 && CompareMajority(gradings[order[place-1]], gradings[i]) == 0 {
			ranks[i] = ranks[order[place-1]]
		}
	}
	return ranks, nil
}

// Gauge is the majority grade of a project with the judgments above and below it.
type Gauge struct {
	Median       int // grade, 0 the worst; -1 without a judgment
	Above, Below int64
	Total        int64
}

// Gauge summarises a grading. It decides nothing: equal gauges may hide unequal majority values.
func (g Grading) Gauge() Gauge {
	out := Gauge{Median: g.Median(), Total: g.Total()}
	for grade, n := range g {
		if grade > out.Median {
			out.Above += n
		} else if grade < out.Median {
			out.Below += n
		}
	}
	return out
}

// Poll is one question of a file of polls.
type Poll struct {
	Name     string    `json:"name"`
	Gradings []Grading `json:"tallies_worst_to_best"`
}

// ReadPolls reads a JSON array of polls.
func ReadPolls(in io.Reader) ([]Poll, error) {
	var list []Poll
	if err := json.NewDecoder(in).Decode(&list); err != nil {
		return nil, fault.Wrap(err, fault.Invalid, "tally.polls")
	}
	for _, p := range list {
		for _, g := range p.Gradings {
			if err := g.check(); err != nil {
				return nil, err
			}
		}
	}
	return list, nil
}

// check refuses gradings that are empty, negative or beyond counting.
func (g Grading) check() error {
	if len(g) == 0 {
		return fault.New(fault.Invalid, "tally.grades_empty")
	}
	for _, n := range g {
		if n < 0 || n > 1<<40 {
			return fault.New(fault.Invalid, "tally.grades_number", "number", n)
		}
	}
	return nil
}
