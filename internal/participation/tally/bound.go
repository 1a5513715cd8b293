package tally

import (
	"math"
	"math/bits"
)

// sight is what a look at a good finds.
type sight int

const (
	seen   sight = iota // its price lies between the bounds
	dearer              // its price is above the cutoff
	gone                // its supporters can no longer pay it together
)

// look bounds the price of a good: its new lower bound goes to r.low and r.key, the upper bound is
// returned as a key. It gives up as soon as the price is surely above the cutoff.
//
// The price ρ solves f(ρ) = Σ min(balance, ρ·weight) = cost. f is concave, so Newton's steps from
// below stay below; a supporter too poor at one step is too poor at all later ones and is left out.
// With balances replaced by upper bounds f is too high by less than slack for each supporter: the
// solution for cost is a lower bound of ρ, the solution for cost + slack × supporters an upper one.
func (r *run) look(g int32, cutoff uint64) (uint64, sight) {
	c, ok := r.ulps(r.m.cost(g))
	if !ok {
		return 0, gone
	}
	ask := r.gather(g)
	if ask.poor+ask.money < c {
		return 0, gone
	}
	for more := true; more; more = ask.drop() {
		ask.raise(c, 0)
		r.low[g], r.key[g] = ask.price, r.keyOf(g, ask.price)
		if r.key[g] > cutoff {
			return 0, dearer
		}
	}
	r.high[g] = r.above(g, c, &ask)
	if r.high[g] == math.MaxInt64 {
		return math.MaxUint64, seen
	}
	return r.keyAbove(g, r.high[g]), seen
}

// above continues from the lower bound of a price to its upper one.
func (r *run) above(g int32, c int64, ask *demand) int64 {
	hi, err := bits.Mul64(uint64(r.m.slack), uint64(r.m.heads[g]))
	if hi > 0 || err > 1<<60 {
		return math.MaxInt64
	}
	for more := true; more; more = ask.price > ask.least && ask.drop() {
		ask.raise(c+int64(err), 1)
	}
	if ask.weight == 0 {
		return math.MaxInt64
	}
	return ask.price
}

// demand is the search for a price: the supporters who may pay it in full and what the others give.
type demand struct {
	rich   []purse
	unit   bool  // all weights are 1
	poor   int64 // what those give who cannot pay in full
	money  int64 // what the rich had at the beginning
	weight int64 // of the rich
	price  int64
	least  int64 // no rich supporter has less, if all weights are 1; 0: not known
}

// gather reads the balances of the supporters of a good. Those below the last lower bound of the
// price are summed as poor, the others listed as rich. With weights of 1, where elections are large,
// comparisons become masks: balances come in no order, a processor would guess every second branch
// wrongly. A mask is -1 for a balance that reaches the price, otherwise 0.
func (r *run) gather(g int32) demand {
	from, to := r.m.from[g], r.m.from[g+1]
	if r.m.weight != nil {
		return r.gatherWeighted(g)
	}
	d := demand{unit: true, price: r.low[g]}
	who, count, rich := r.m.who[from:to], r.m.count[from:to], r.rich[:to-from]
	kept, all := 0, int64(0)
	for i, v := range who {
		up, n := r.up[v], int64(count[i])
		mask := (d.price - 1 - up) >> 63
		rich[kept] = purse{up: up, n: int32(n), w: 1}
		kept -= int(mask)
		d.weight += n & mask
		d.money += n * up & mask
		all += n * up
	}
	d.rich, d.poor = rich[:kept], all-d.money
	return d
}

func (r *run) gatherWeighted(g int32) demand {
	d := demand{price: r.low[g]}
	kept := 0
	for i := r.m.from[g]; i < r.m.from[g+1]; i++ {
		up, n, w := r.up[r.m.who[i]], int64(r.m.count[i]), int64(r.m.weight[i])
		if below(up, uint64(d.price), w) {
			d.poor += n * up
			continue
		}
		r.rich[kept] = purse{up: up, n: r.m.count[i], w: r.m.weight[i]}
		kept++
		d.weight += n * w
		d.money += n * up
	}
	d.rich = r.rich[:kept]
	return d
}

// below tells whether up < price × w.
func below(up int64, price uint64, w int64) bool {
	hi, lo := bits.Mul64(price, uint64(w))
	return hi > 0 || uint64(up) < lo
}

// raise moves the price up to what the rich must pay for cost, rounded down (up 0) or up (up 1).
func (d *demand) raise(cost, up int64) {
	if d.weight > 0 {
		d.price = max(d.price, (cost-d.poor+up*(d.weight-1))/d.weight)
	}
}

// drop takes away the rich who cannot pay the price; it reports whether there were any, so that the
// price must rise again.
func (d *demand) drop() bool {
	before := len(d.rich)
	if d.unit {
		d.dropUnit()
	} else {
		d.dropWeighted()
	}
	return len(d.rich) < before
}

func (d *demand) dropUnit() {
	kept := 0
	d.least = math.MaxInt64
	for _, p := range d.rich {
		mask := (d.price - 1 - p.up) >> 63
		d.rich[kept] = p
		kept -= int(mask)
		d.weight -= int64(p.n) &^ mask
		d.poor += int64(p.n) * p.up &^ mask
		d.least = min(d.least, p.up|^mask&math.MaxInt64)
	}
	d.rich = d.rich[:kept]
}

func (d *demand) dropWeighted() {
	kept := 0
	for _, p := range d.rich {
		if below(p.up, uint64(d.price), int64(p.w)) {
			d.poor += int64(p.n) * p.up
			d.weight -= int64(p.n) * int64(p.w)
			continue
		}
		d.rich[kept] = p
		kept++
	}
	d.rich = d.rich[:kept]
}
