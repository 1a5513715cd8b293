package network

import (
	"math/rand/v2"
	"slices"

	"parvis/internal/id"
)

// Openness is the E-I index of a graph beside what chance would give: (external - internal) ties over
// all ties, from -1 (everyone among themselves) to +1 (always with others). Alone the index says little,
// because the sizes of the groups bound it: Expected and the interval say what the same ties would give
// if the groups were dealt at random.
type Openness struct {
	Units, Groups, Ties int
	Index               float64
	Expected            float64 // under complete mixing
	Low, High           float64 // between which 95 % of the deals fall
	AtLeast             float64 // share of the deals that are at least as open
	AtMost              float64 // share of the deals that are at most as open
	Deals               int
	Exact               bool // every deal was made, none drawn
}

// drawn is how many deals are made when there are too many to make them all.
const drawn = 10_000

// OpennessOf measures a graph under a partition of its units into groups (silos). seed makes the draws
// reproducible by anyone.
func (g *Graph) OpennessOf(group map[id.ID]string, seed uint64) Openness {
	labels := make([]string, len(g.Units))
	for i, u := range g.Units {
		labels[i] = group[u]
	}
	o := Openness{Units: len(g.Units), Groups: len(sizes(labels)), Ties: g.Ties(), Expected: expectedEI(labels), Index: g.ei(labels)}
	if o.Ties == 0 {
		return o
	}
	var all []float64
	if o.Exact = dealings(labels) <= drawn; o.Exact {
		all = g.everyDeal(labels)
	} else {
		all = g.someDeals(labels, seed)
	}
	o.place(all)
	return o
}

// place says where the index stands among those of the deals.
func (o *Openness) place(deals []float64) {
	const hair = 1e-12 // sums of the same ties in another order differ by less
	slices.Sort(deals)
	least, most := 0, 0
	for _, d := range deals {
		if d >= o.Index-hair {
			least++
		}
		if d <= o.Index+hair {
			most++
		}
	}
	n := len(deals)
	o.Deals, o.AtLeast, o.AtMost = n, float64(least)/float64(n), float64(most)/float64(n)
	o.Low, o.High = deals[n*25/1000], deals[min(n*975/1000, n-1)]
}

// ei is the index by the weights of the ties.
func (g *Graph) ei(labels []string) float64 {
	var external, internal float64
	for i, row := range g.weight {
		for j, w := range row[:i] {
			if labels[i] == labels[j] {
				internal += w
			} else {
				external += w
			}
		}
	}
	if external+internal == 0 {
		return 0
	}
	return (external - internal) / (external + internal)
}

// expectedEI is the exact mean of the index under random labels: every pair is equally likely to be tied.
func expectedEI(labels []string) float64 {
	n := len(labels)
	all, internal := n*(n-1)/2, 0
	for _, size := range sizes(labels) {
		internal += size * (size - 1) / 2
	}
	if all == 0 {
		return 0
	}
	return float64(all-2*internal) / float64(all)
}

func sizes(labels []string) map[string]int {
	n := map[string]int{}
	for _, l := range labels {
		n[l]++
	}
	return n
}

// dealings is how many different ways there are to deal the labels, or more than drawn.
func dealings(labels []string) int {
	ways, placed := 1, 0
	for _, size := range sizes(labels) {
		for k := 1; k <= size; k++ {
			placed++
			if ways = ways * placed / k; ways > drawn*len(labels) {
				return ways
			}
		}
	}
	return ways
}

// everyDeal gives the index under each different way to deal the labels.
func (g *Graph) everyDeal(labels []string) []float64 {
	left, dealt, all := sizes(labels), make([]string, len(labels)), []float64{}
	var deal func(at int)
	deal = func(at int) {
		if at == len(dealt) {
			all = append(all, g.ei(dealt))
			return
		}
		for label, n := range left {
			if n == 0 {
				continue
			}
			left[label], dealt[at] = n-1, label
			deal(at + 1)
			left[label] = n
		}
	}
	deal(0)
	return all
}

func (g *Graph) someDeals(labels []string, seed uint64) []float64 {
	random, dealt, all := rand.New(rand.NewPCG(seed, 0)), slices.Clone(labels), make([]float64, drawn)
	for n := range all {
		random.Shuffle(len(dealt), func(i, j int) { dealt[i], dealt[j] = dealt[j], dealt[i] })
		all[n] = g.ei(dealt)
	}
	return all
}

// Modularity is Newman's Q of a given partition, here the official one: how much more the units work
// within their groups than their ties alone would make them.
func (g *Graph) Modularity(group map[id.ID]string) float64 {
	total, q := 0.0, 0.0
	for i := range g.Units {
		total += g.degree(i)
	}
	if total == 0 {
		return 0
	}
	for i, a := range g.Units {
		for j, b := range g.Units {
			if group[a] == group[b] {
				q += g.weight[i][j] - g.degree(i)*g.degree(j)/total
			}
		}
	}
	return q / total
}
