package tally

import (
	"math"
	"math/big"
)

// quote is the exact price of a good: num / (den × w), den being the denominator of the run.
type quote struct {
	good int32
	num  *big.Int
	w    int64
	poor []int32 // groups that give all they have
	full int64   // ballots that pay in full
	some int64   // ballots that give all they have
	ulps int64   // the price rounded down
}

// quote computes the exact price of a good whose bounds are in r.low and r.high; false if its
// supporters cannot pay it together. The steps are those of look, in exact arithmetic: sums are
// linear forms of the endowment and of the prices paid before, evaluated over the common
// denominator. Only supporters whose balance lies between the bounds need an exact comparison.
func (r *run) quote(g int32) (quote, bool) {
	q := quote{good: g, ulps: r.low[g]}
	a := account{paid: make([]int64, len(r.prices))}
	rest := r.split(g, &q, &a)
	for {
		if q.w == 0 {
			return q, false
		}
		q.num = r.ask(g, &a)
		q.ulps = r.round(q.num, q.w)
		poor, kept := r.part(rest, &q)
		if len(poor) == 0 {
			return q, true
		}
		for _, i := range poor {
			r.takePoor(i, &q, &a)
		}
		rest = kept
	}
}

// part divides supporters into those who have less than the price of the quote and the others.
func (r *run) part(list []int, q *quote) (poor, kept []int) {
	for _, i := range list {
		if r.tooPoor(i, q) {
			poor = append(poor, i)
		} else {
			kept = append(kept, i)
		}
	}
	return poor, kept
}

// account is a sum of balances as a linear form: endow × the endowment − Σ paid × price.
type account struct {
	endow int64
	paid  []int64
}

// split takes the supporters who are surely too poor, counts the others as paying in full and
// returns those of whom that is not sure.
func (r *run) split(g int32, q *quote, a *account) []int {
	if r.m.weight == nil {
		return r.splitUnit(g, q, a)
	}
	var unsure []int
	low, high := uint64(r.low[g]), uint64(r.high[g])
	for i := r.m.from[g]; i < r.m.from[g+1]; i++ {
		up := r.up[r.m.who[i]]
		if up == 0 {
			continue
		}
		n, w := int64(r.m.count[i]), int64(r.m.weight[i])
		q.full += n
		q.w += n * w
		switch {
		case below(up, low, w):
			r.takePoor(i, q, a)
		case up <= r.m.slack || below(up-r.m.slack, high, w):
			unsure = append(unsure, i)
		}
	}
	return unsure
}

// splitUnit is split where all weights are 1, the common supporter first.
func (r *run) splitUnit(g int32, q *quote, a *account) []int {
	var unsure []int
	from, to := r.m.from[g], r.m.from[g+1]
	low, sure := r.low[g], min(r.high[g], math.MaxInt64-r.m.slack)+r.m.slack
	count := r.m.count[from:to]
	for i, group := range r.m.who[from:to] {
		up := r.up[group]
		if up == 0 {
			continue
		}
		q.full += int64(count[i])
		if up < sure {
			if up < low {
				r.takePoor(from+i, q, a)
			} else {
				unsure = append(unsure, from+i)
			}
		}
	}
	q.w = q.full
	return unsure
}

// takePoor moves supporter i from those who pay in full to those who give all.
func (r *run) takePoor(i int, q *quote, a *account) {
	n := int64(r.m.count[i])
	q.poor = append(q.poor, r.m.who[i])
	q.full -= n
	q.some += n
	q.w -= n * r.m.supporterWeight(i)
	r.add(a, r.m.who[i], n)
}

// add adds the balance of n ballots of a group that is not spent: all its payments were in full.
func (r *run) add(a *account, group int32, n int64) {
	a.endow += n
	bs := &r.m.e.ballots
	for i := bs.start[group]; i < bs.start[group+1]; i++ {
		g := r.m.good[bs.entries[i].Project]
		if g < 0 {
			continue
		}
		if j := r.bought[g]; j >= 0 {
			a.paid[j] += n * r.m.choiceWeight(i)
		}
	}
}

// tooPoor tells exactly whether supporter i has less than the price asked.
func (r *run) tooPoor(i int, q *quote) bool {
	up, w := r.up[r.m.who[i]], r.m.supporterWeight(i)
	if below(up, uint64(q.ulps), w) {
		return true // the balance is at most up, the price at least ulps
	}
	if low := up - r.m.slack; low > 0 && !below(low, uint64(q.ulps)+1, w) {
		return false
	}
	a := account{paid: make([]int64, len(r.prices))}
	r.add(&a, r.m.who[i], 1)
	have := r.value(&a)
	have.Mul(have, r.tmp[1].SetInt64(q.w))
	need := new(big.Int).Mul(q.num, r.tmp[1].SetInt64(w))
	return have.Cmp(need) < 0
}

// value evaluates a linear form, times the denominator of the run (Horner's scheme: each price adds
// one factor to the denominator).
func (r *run) value(a *account) *big.Int {
	v := new(big.Int).Mul(r.endow, r.tmp[0].SetInt64(a.endow))
	for j := range r.prices {
		p := &r.prices[j]
		if p.w != 1 {
			v.Mul(v, r.tmp[0].SetInt64(p.w))
		}
		if a.paid[j] != 0 {
			v.Sub(v, r.tmp[1].Mul(p.num, r.tmp[2].SetInt64(a.paid[j])))
		}
	}
	return v
}

// ask is what those who pay in full owe together, times the denominator of the run.
func (r *run) ask(g int32, a *account) *big.Int {
	owed := r.value(a)
	return owed.Sub(r.tmp[1].Mul(r.den, r.tmp[2].SetInt64(r.m.cost(g))), owed)
}

// round gives num / (den × w) in ulps, rounded down.
func (r *run) round(num *big.Int, w int64) int64 {
	r.tmp[0].Lsh(num, r.shift)
	r.tmp[1].Mul(r.den, r.tmp[2].SetInt64(w))
	return r.tmp[0].Quo(&r.tmp[0], &r.tmp[1]).Int64()
}

// compare orders two quotes of the same round by price per utility, exactly.
func (r *run) compare(a, b *quote) int {
	x := new(big.Int).Mul(a.num, big.NewInt(b.w))
	y := new(big.Int).Mul(b.num, big.NewInt(a.w))
	if r.m.byCost {
		x.Mul(x, big.NewInt(r.m.cost(b.good)))
		y.Mul(y, big.NewInt(r.m.cost(a.good)))
	}
	return x.Cmp(y)
}
