package network

import (
	"math"
	"math/rand/v2"
	"slices"
)

// Slope is how much y grows when x grows by one, by least squares, beside what chance alone would give: the same
// values of y dealt to the x at random (Fisher 1935), whose slope is 0 on average.
type Slope struct {
	Value     float64 // NaN when every x is the same
	Low, High float64 // between which 95 % of the deals fall
	Deals     int
}

// SlopeOf measures pairs of equal number. seed makes the draws reproducible by anyone.
func SlopeOf(x, y []float64, seed uint64) Slope {
	s := Slope{Value: slope(x, y)}
	if math.IsNaN(s.Value) {
		return s
	}
	random, dealt, all := rand.New(rand.NewPCG(seed, 0)), slices.Clone(y), make([]float64, drawn)
	for n := range all {
		random.Shuffle(len(dealt), func(i, j int) { dealt[i], dealt[j] = dealt[j], dealt[i] })
		all[n] = slope(x, dealt)
	}
	slices.Sort(all)
	s.Deals, s.Low, s.High = drawn, all[drawn*25/1000], all[drawn*975/1000]
	return s
}

// slope is the sum of the products of the deviations over the sum of the squared deviations of x.
func slope(x, y []float64) float64 {
	mx, my := mean(x), mean(y)
	products, squares := 0.0, 0.0
	for n := range x {
		products += (x[n] - mx) * (y[n] - my)
		squares += (x[n] - mx) * (x[n] - mx)
	}
	if squares == 0 {
		return math.NaN()
	}
	return products / squares
}

func mean(values []float64) float64 {
	sum := 0.0
	for _, v := range values {
		sum += v
	}
	return sum / float64(len(values))
}
