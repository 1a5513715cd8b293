package tally

import (
	"math"
	"math/big"
	"slices"
)

// play buys until nothing more can be bought or more than the limit is spent.
func (r *run) play() {
	r.free()
	for r.spent <= r.limit {
		q, ok := r.choose()
		if !ok {
			return
		}
		r.buy(&q)
	}
}

// free buys what costs nothing and has a supporter: its price is 0, no other can be lower.
func (r *run) free() {
	var list []int
	for g, p := range r.m.goods {
		if r.m.cost(int32(g)) == 0 {
			list = append(list, int(p))
		}
	}
	slices.SortFunc(list, r.m.e.breakTie)
	for _, p := range list {
		g := r.m.good[p]
		r.buy(&quote{good: g, num: new(big.Int), w: 1, full: r.m.total[g]})
	}
}

// choose finds the good of smallest price per utility. Goods come from the queue by their lower
// bounds until the next bound is above the smallest upper bound; more than one left are compared
// exactly. Where none is left the market is closed: no upper bound was finite, so all were looked at.
func (r *run) choose() (quote, bool) {
	cutoff := uint64(math.MaxUint64)
	var near, far []int32
	for len(r.queue) > 0 && r.key[r.queue[0]] <= cutoff {
		g := r.queue.pop(r.key)
		high, found := r.look(g, cutoff)
		switch found {
		case seen:
			near = append(near, g)
			cutoff = min(cutoff, high)
		case dearer:
			far = append(far, g)
		}
	}
	best, ok := r.cheapest(near, cutoff)
	for _, g := range append(near, far...) {
		if !ok || g != best.good {
			r.queue.push(g, r.key)
		}
	}
	return best, ok
}

// cheapest picks among the goods whose bounds reach down to the cutoff.
func (r *run) cheapest(near []int32, cutoff uint64) (quote, bool) {
	var equal []quote
	for _, g := range near {
		if r.key[g] > cutoff {
			continue
		}
		q, ok := r.quote(g)
		if !ok {
			continue
		}
		if len(equal) > 0 {
			switch r.compare(&q, &equal[0]) {
			case 1:
				continue
			case -1:
				equal = equal[:0]
			}
		}
		equal = append(equal, q)
	}
	if len(equal) == 0 {
		return quote{}, false
	}
	return equal[r.first(equal)], true
}

// first breaks a tie and reports it.
func (r *run) first(equal []quote) int {
	if len(equal) == 1 {
		return 0
	}
	list := make([]int, len(equal))
	for i := range equal {
		list[i] = int(r.m.goods[equal[i].good])
	}
	t := r.m.e.tie(list)
	r.ties = append(r.ties, t)
	return slices.Index(list, t.Chosen)
}

// buy takes the payments and records the price. The fraction is reduced by what its new factor
// divides, so that denominators stay short.
func (r *run) buy(q *quote) {
	for _, group := range q.poor {
		r.up[group] = 0
	}
	if q.ulps > 0 {
		r.collect(q)
	}
	w := r.reduce(q)
	r.bought[q.good] = int32(len(r.prices))
	r.prices = append(r.prices, price{num: q.num, w: w, ulps: q.ulps, good: q.good, full: q.full, poor: q.some})
	r.den.Mul(r.den, big.NewInt(w))
	r.spent += r.m.cost(q.good)
}

// collect takes the price from all who are not spent.
func (r *run) collect(q *quote) {
	from, to := r.m.from[q.good], r.m.from[q.good+1]
	if r.m.weight == nil {
		for _, group := range r.m.who[from:to] {
			up := r.up[group]
			r.up[group] = up - q.ulps&(-up>>63) // nothing from 0
		}
		return
	}
	for i := from; i < to; i++ {
		if group := r.m.who[i]; r.up[group] > 0 {
			r.up[group] -= q.ulps * int64(r.m.weight[i])
		}
	}
}

func (r *run) reduce(q *quote) int64 {
	w := big.NewInt(q.w)
	common := new(big.Int).Mod(q.num, w)
	common.GCD(nil, nil, common, w)
	if common.IsInt64() && common.Int64() <= 1 {
		return q.w
	}
	q.num.Quo(q.num, common)
	return q.w / common.Int64()
}

// winners lists the projects bought, in order.
func (r *run) winners() []int {
	list := make([]int, len(r.prices))
	for i := range r.prices {
		list[i] = int(r.m.goods[r.prices[i].good])
	}
	return list
}
