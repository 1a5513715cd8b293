package measures

import (
	"math"
	"slices"

	"parvis/internal/portfolio/network"
)

// Figure is one value of a measure. Without enough observations Told is false and the value is not given.
type Figure struct {
	Measure, Key string
	Value        float64
	Unit         string // share, days, number, index
	N            int    // observations
	Told         bool
	Null         *Null
}

// Null is what chance alone would give.
type Null struct {
	Expected, Low, High float64
	Deals               int
	Seed                uint64 // 0 when every deal was made
}

// Bound tells that no deal could give another value: the index says nothing of how units work together.
func (n Null) Bound() bool { return n.High-n.Low < 1e-9 }

// seed makes the draws of the null model reproducible by anyone.
const seed = 2018

// figure tells a value when there are enough observations.
func figure(measure, key, unit string, value float64, n int) Figure {
	f := Figure{Measure: measure, Key: key, Unit: unit, N: n, Told: n >= network.LeastTies && !math.IsNaN(value)}
	if f.Told {
		f.Value = value
	}
	return f
}

// median is the middle value, NaN for none.
func median(values []float64) float64 {
	if len(values) == 0 {
		return math.NaN()
	}
	slices.Sort(values)
	n := len(values)
	return (values[(n-1)/2] + values[n/2]) / 2
}
