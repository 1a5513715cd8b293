package network

import (
	"math/rand/v2"
	"slices"

	"parvis/internal/id"
)

// Openness is how much the units of a graph work outside their own groups (silos), by two values of which each stands
// beside what chance would give: alone they say little, because the sizes of the groups bound them.
//
// Index is the E-I index (Krackhardt and Stern 1988): (external - internal) ties over all ties, from -1 (everyone among
// themselves) to +1 (always with others). Modularity is Newman's Q of the partition, here the official one: how much more
// the units work within their groups than their ties alone would make them.
type Openness struct {
	Units, Groups, Ties int
	Index, Modularity   Placed
	Exact               bool // every deal was made, none drawn
}

// Placed is a value among those of the deals, which put the same groups on the same ties at random.
type Placed struct {
	Value   float64
	AtLeast float64 // share of the deals that give at least as much
	AtMost  float64 // share of the deals that give at most as much
	Chance          // its Expected is the exact mean over all deals
}

// drawn is how many deals are made when there are too many to make them all.
const drawn = 10_000

// OpennessOf measures a graph under a partition of its units into groups. seed makes the draws reproducible by anyone.
func (g *Graph) OpennessOf(group map[id.ID]string, seed uint64) Openness {
	labels, groups := numbered(g.Units, group)
	o := Openness{Units: len(g.Units), Groups: groups, Ties: g.Ties()}
	if o.Ties == 0 {
		return o
	}
	t := g.tiesIn(groups)
	o.Index.Value, o.Modularity.Value = t.under(labels)
	o.Index.Expected, o.Modularity.Expected = t.expected(labels)
	var index, modularity []float64
	each := func(dealt []int) {
		e, q := t.under(dealt)
		index, modularity = append(index, e), append(modularity, q)
	}
	if o.Exact = dealings(labels) <= drawn; o.Exact {
		everyDeal(labels, each)
	} else {
		someDeals(labels, seed, each)
	}
	o.Index.place(index)
	o.Modularity.place(modularity)
	return o
}

// numbered gives each unit the number of its group, and how many groups there are.
func numbered(units []id.ID, group map[id.ID]string) (labels []int, groups int) {
	known := map[string]int{}
	for _, u := range units {
		n, seen := known[group[u]]
		if !seen {
			n = len(known)
			known[group[u]] = n
		}
		labels = append(labels, n)
	}
	return labels, len(known)
}

// place says where the value stands among those of the deals.
func (p *Placed) place(deals []float64) {
	const hair = 1e-12 // sums of the same ties in another order differ by less
	slices.Sort(deals)
	least, most := 0, 0
	for _, d := range deals {
		if d >= p.Value-hair {
			least++
		}
		if d <= p.Value+hair {
			most++
		}
	}
	n := len(deals)
	p.Deals, p.AtLeast, p.AtMost = n, float64(least)/float64(n), float64(most)/float64(n)
	p.Low, p.High = deals[n*25/1000], deals[min(n*975/1000, n-1)]
}

// ties is what both values are computed from, whoever is in which group.
type ties struct {
	weight [][]float64
	degree []float64
	total  float64 // of the degrees: each tie counts twice
	of     []float64
}

func (g *Graph) tiesIn(groups int) ties {
	t := ties{weight: g.weight, of: make([]float64, groups)}
	for i := range g.Units {
		t.degree = append(t.degree, g.degree(i))
		t.total += t.degree[i]
	}
	return t
}

// under is the E-I index, by the weights of the ties, and the modularity of the ties when units have these labels.
func (t ties) under(labels []int) (index, modularity float64) {
	clear(t.of)
	internal := 0.0
	for i, row := range t.weight {
		t.of[labels[i]] += t.degree[i]
		for j, w := range row[:i] {
			if labels[i] == labels[j] {
				internal += 2 * w
			}
		}
	}
	modularity = internal / t.total
	for _, d := range t.of {
		modularity -= d / t.total * d / t.total
	}
	return (t.total - 2*internal) / t.total, modularity
}

// expected is the exact mean of both over all deals: two units are of one group as often as two labels are alike, whoever
// they are.
func (t ties) expected(labels []int) (index, modularity float64) {
	n := len(labels)
	all, internal, squares := n*(n-1)/2, 0, 0.0
	for _, size := range sizes(labels) {
		internal += size * (size - 1) / 2
	}
	for _, d := range t.degree {
		squares += d / t.total * d / t.total
	}
	alike := float64(internal) / float64(all)
	return 1 - 2*alike, squares * (alike - 1)
}

// sizes counts the units of each label.
func sizes(labels []int) []int {
	n := make([]int, slices.Max(labels)+1)
	for _, l := range labels {
		n[l]++
	}
	return n
}

// dealings is how many different ways there are to deal the labels, or more than drawn.
func dealings(labels []int) int {
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

// everyDeal makes each different way to deal the labels.
func everyDeal(labels []int, each func([]int)) {
	left, dealt := sizes(labels), make([]int, len(labels))
	var deal func(at int)
	deal = func(at int) {
		if at == len(dealt) {
			each(dealt)
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
}

func someDeals(labels []int, seed uint64, each func([]int)) {
	random, dealt := rand.New(rand.NewPCG(seed, 0)), slices.Clone(labels)
	for range drawn {
		random.Shuffle(len(dealt), func(i, j int) { dealt[i], dealt[j] = dealt[j], dealt[i] })
		each(dealt)
	}
}
