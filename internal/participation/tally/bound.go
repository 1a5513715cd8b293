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
	n, poor, weights, money := r.gather(g)
	if poor+money < c {
		return 0, gone
	}
	ask := &demand{rich: r.rich[:n.rich], poor: poor, weight: weights, price: r.low[g]}
	for ask.step(c, 0) {
		if r.keyOf(g, ask.price) > cutoff {
			break
		}
	}
	r.low[g] = ask.price
	if r.key[g] = r.keyOf(g, ask.price); r.key[g] > cutoff {
		return 0, dearer
	}
	hi, err := bits.Mul64(uint64(r.m.slack), uint64(n.live))
	if r.high[g] = math.MaxInt64; hi > 0 || err > 1<<60 {
		return math.MaxUint64, seen
	}
	for ask.step(c+int64(err), 1) {
	}
	if ask.weight == 0 {
		return math.MaxUint64, seen
	}
	r.high[g] = ask.price
	return r.keyAbove(g, ask.price), seen
}

// heads counts the supporters met: groups in r.rich, ballots that are not spent.
type heads struct {
	rich int
	live int64
}

// gather reads the balances of the supporters of a good. Those below the last lower bound of the
// price are summed in poor, the others listed in r.rich with their weights and money summed.
func (r *run) gather(g int32) (n heads, poor, weights, money int64) {
	from, to := r.m.from[g], r.m.from[g+1]
	price := uint64(r.low[g])
	who, count := r.m.who[from:to], r.m.count[from:to]
	for i, v := range who {
		up := r.up[v]
		if up == 0 {
			continue
		}
		c := int64(count[i])
		n.live += c
		w := r.m.supporterWeight(from + i)
		if below(up, price, w) {
			poor += c * up
			continue
		}
		r.rich[n.rich] = purse{up: up, n: count[i], w: int32(w)}
		n.rich++
		weights += c * w
		money += c * up
	}
	return n, poor, weights, money
}

// below tells whether up < price × w.
func below(up int64, price uint64, w int64) bool {
	hi, lo := bits.Mul64(price, uint64(w))
	return hi > 0 || uint64(up) < lo
}

// demand is the search for a price: the supporters who may pay it in full and what the others give.
type demand struct {
	rich   []purse
	poor   int64
	weight int64
	price  int64
}

// step moves the price up to what the rich must pay for cost, rounded down (up 0) or up (up 1), and
// drops those who cannot. It reports whether any were dropped, so that the price must rise again.
func (d *demand) step(cost, up int64) bool {
	if d.weight == 0 {
		return false
	}
	d.price = max(d.price, (cost-d.poor+up*(d.weight-1))/d.weight)
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
	dropped := kept < len(d.rich)
	d.rich = d.rich[:kept]
	return dropped
}
