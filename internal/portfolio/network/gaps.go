package network

import (
	"cmp"
	"math"
	"slices"

	"parvis/internal/id"
)

// Gap is a pair of units beside how often chance would have them meet (M4). It is where a conversation
// may start, not a fault of anybody.
type Gap struct {
	A, B     id.ID
	Together int     // initiatives that have both
	Expected float64 // k_a k_b / n
	P        float64 // of so few or fewer, by the hypergeometric law
	Adjusted float64 // P after Benjamini and Hochberg, for as many pairs
}

// Gaps compares every pair of units that take part in something, rarest meetings first.
func Gaps(initiatives [][]id.ID) []Gap {
	in := map[id.ID]map[int]bool{}
	for n, units := range initiatives {
		for _, u := range units {
			if in[u] == nil {
				in[u] = map[int]bool{}
			}
			in[u][n] = true
		}
	}
	var gaps []Gap
	units := Project(initiatives).Units
	for i, a := range units {
		for _, b := range units[i+1:] {
			gaps = append(gaps, gap(a, b, in[a], in[b], len(initiatives)))
		}
	}
	slices.SortStableFunc(gaps, func(x, y Gap) int { return cmp.Compare(x.P, y.P) })
	adjust(gaps)
	return gaps
}

func gap(a, b id.ID, ofA, ofB map[int]bool, n int) Gap {
	g := Gap{A: a, B: b, Expected: float64(len(ofA)) * float64(len(ofB)) / float64(n)}
	for i := range ofA {
		if ofB[i] {
			g.Together++
		}
	}
	for x := 0; x <= g.Together; x++ {
		g.P += hypergeometric(x, len(ofA), len(ofB), n)
	}
	g.P = min(g.P, 1)
	return g
}

// hypergeometric is the chance that b draws of n, without putting back, have x of the a that are marked.
func hypergeometric(x, a, b, n int) float64 {
	if x > a || x > b || b-x > n-a {
		return 0
	}
	return math.Exp(choose(a, x) + choose(n-a, b-x) - choose(n, b))
}

// choose is the logarithm of the number of ways to take k of n.
func choose(n, k int) float64 {
	log := func(n int) float64 { l, _ := math.Lgamma(float64(n + 1)); return l }
	return log(n) - log(k) - log(n-k)
}

// adjust bounds the share of false alarms among those kept: p times m over its rank, never less than
// that of a smaller p. The gaps come by growing P.
func adjust(gaps []Gap) {
	least := 1.0
	for i := len(gaps) - 1; i >= 0; i-- {
		least = min(least, gaps[i].P*float64(len(gaps))/float64(i+1))
		gaps[i].Adjusted = least
	}
}
