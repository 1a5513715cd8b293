package network

import (
	"math/rand/v2"
	"slices"

	"parvis/internal/id"
)

// Dependence is how much what ties the units of a city rests on one of them, the mission that was put between them
// (M6). Its own ties are left out: the mission is in every one of those.
type Dependence struct {
	Connected, Lost int // pairs of other units connected, directly or through others; those that no longer are without it
	Ties, Only      int // ties between other units; those that rest on one initiative alone, which includes it
	ByChance        [2]Chance
}

// Chance is what the same commitments give when they are dealt at random: on average, and between which values 95 % of
// the deals fall.
type Chance struct {
	Expected, Low, High float64
	Deals               int
}

// dealtAnew is how many deals the null model of Dependence makes.
const dealtAnew = 1000

// LostShare is the part of the connected pairs that are lost, 0 when none is connected.
func (d Dependence) LostShare() float64 { return float64(d.Lost) / float64(max(d.Connected, 1)) }

// OnlyShare is the part of the ties that rest on an initiative of the mission alone, 0 when there is none.
func (d Dependence) OnlyShare() float64 { return float64(d.Only) / float64(max(d.Ties, 1)) }

// DependenceOn measures the dependence on the mission, which may be several units. By chance: each unit keeps as many
// initiatives and each initiative as many units, dealt otherwise (the trades of Strona et al. 2014, which reach every
// such deal alike). seed makes the draws reproducible by anyone.
func DependenceOn(mission []id.ID, initiatives [][]id.ID, seed uint64) Dependence {
	t := tableOf(mission, initiatives)
	d := t.measure()
	random := rand.New(rand.NewPCG(seed, 0))
	lost, only := make([]float64, dealtAnew), make([]float64, dealtAnew)
	t.trade(random, 5*len(t.rows)) // far from the city as it is
	for n := range dealtAnew {
		t.trade(random, len(t.rows))
		dealt := t.measure()
		lost[n], only[n] = dealt.LostShare(), dealt.OnlyShare()
	}
	d.ByChance = [2]Chance{chanceOf(lost), chanceOf(only)}
	return d
}

func chanceOf(values []float64) Chance {
	c := Chance{Expected: mean(values), Deals: len(values)}
	slices.Sort(values)
	c.Low, c.High = values[len(values)*25/1000], values[len(values)*975/1000]
	return c
}

// table says which units, by number, are in each initiative.
type table struct {
	units   int
	rows    [][]int
	mission []bool // by unit
}

func tableOf(mission []id.ID, initiatives [][]id.ID) *table {
	units := Project(initiatives).Units
	t := &table{units: len(units), mission: make([]bool, len(units))}
	for _, m := range mission {
		if at, found := slices.BinarySearch(units, m); found {
			t.mission[at] = true
		}
	}
	for _, of := range initiatives {
		var row []int
		for _, u := range of {
			at, _ := slices.BinarySearch(units, u)
			row = append(row, at)
		}
		slices.Sort(row)
		t.rows = append(t.rows, slices.Compact(row))
	}
	return t
}

// trade deals again, so many times, between two initiatives what only one of them has.
func (t *table) trade(random *rand.Rand, times int) {
	if len(t.rows) < 2 {
		return
	}
	for range times {
		i := random.IntN(len(t.rows))
		j := (i + 1 + random.IntN(len(t.rows)-1)) % len(t.rows)
		a, b := t.rows[i], t.rows[j]
		var both, pool []int
		for _, u := range a {
			if slices.Contains(b, u) {
				both = append(both, u)
			} else {
				pool = append(pool, u)
			}
		}
		mine := len(pool)
		for _, u := range b {
			if !slices.Contains(a, u) {
				pool = append(pool, u)
			}
		}
		random.Shuffle(len(pool), func(x, y int) { pool[x], pool[y] = pool[y], pool[x] })
		t.rows[i], t.rows[j] = slices.Concat(both, pool[:mine]), slices.Concat(both, pool[mine:])
	}
}

func (t *table) measure() (d Dependence) {
	with, without := newUnion(t.units), newUnion(t.units)
	tied, resting := make([]int, t.units*t.units), make([]bool, t.units*t.units)
	for _, row := range t.rows {
		there := slices.ContainsFunc(row, func(u int) bool { return t.mission[u] })
		others := slices.DeleteFunc(slices.Clone(row), func(u int) bool { return t.mission[u] })
		with.join(row)
		without.join(others)
		for n, u := range others {
			for _, v := range others[n+1:] {
				pair := min(u, v)*t.units + max(u, v)
				tied[pair]++
				resting[pair] = there
			}
		}
	}
	for u := range t.units {
		for v := u + 1; v < t.units; v++ {
			if !t.mission[u] && !t.mission[v] {
				d.count(with.root(u) == with.root(v), without.root(u) == without.root(v), tied[u*t.units+v], resting[u*t.units+v])
			}
		}
	}
	return d
}

// count adds a pair of other units.
func (d *Dependence) count(with, without bool, initiatives int, resting bool) {
	if with {
		d.Connected++
		if !without {
			d.Lost++
		}
	}
	if initiatives > 0 {
		d.Ties++
		if initiatives == 1 && resting {
			d.Only++
		}
	}
}

// union finds which units are connected.
type union []int

func newUnion(n int) union {
	u := make(union, n)
	for i := range u {
		u[i] = i
	}
	return u
}

func (u union) root(i int) int {
	for u[i] != i {
		u[i] = u[u[i]]
		i = u[i]
	}
	return i
}

func (u union) join(row []int) {
	for _, i := range row[min(1, len(row)):] {
		u[u.root(i)] = u.root(row[0])
	}
}
