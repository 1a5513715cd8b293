package tally

import (
	"context"
	"math/big"
	"math/bits"

	"parvis/internal/fault"
)

// loads is one execution of sequential Phragmén. A voter's load is that of the last project bought
// among those the voter names; exact loads are kept per purchase, and sums per project in ulps of
// 2^-shift minor units, rounded down, so that a sum over n voters is less than n ulps too low.
type loads struct {
	m      *market
	shift  uint
	sum    []int64 // loads of the supporters of each good
	last   []int32 // of each group: the last purchase, or -1
	prices []price // load after each purchase
	den    *big.Int
	open   []int32 // goods still to be had
	ties   []Tie
}

// phragmen counts sequential Phragmén: repeatedly the project whose supporters, sharing its cost so
// that their loads become equal, reach the smallest load. Projects dearer than the budget are out;
// when any project of smallest load does not fit in what is left, the count stops.
func (e *Election) phragmen(ctx context.Context) (*Outcome, error) {
	return newMarket(e, ByCard).phragmen(ctx)
}

func (m *market) phragmen(ctx context.Context) (*Outcome, error) {
	l, err := newLoads(m)
	if err != nil {
		return nil, err
	}
	out := &Outcome{}
	left := m.e.Budget
	for len(l.open) > 0 && ctx.Err() == nil {
		equal := l.least()
		for _, q := range equal {
			if l.m.cost(q.good) > left {
				out.Ties, out.Completed = l.ties, len(out.Winners)
				return out, nil
			}
		}
		best := equal[l.first(equal)]
		l.take(&best)
		left -= l.m.cost(best.good)
		out.Winners = append(out.Winners, int(l.m.goods[best.good]))
	}
	out.Ties, out.Completed = l.ties, len(out.Winners)
	return out, ctx.Err()
}

func newLoads(m *market) (*loads, error) {
	l := &loads{m: m, den: big.NewInt(1), sum: make([]int64, len(m.goods)), last: make([]int32, len(m.e.ballots.count))}
	if bits.Len64(uint64(m.e.Budget)) > 56 {
		return nil, fault.New(fault.TooLarge, "tally.overflow")
	}
	l.shift = uint(58 - bits.Len64(uint64(m.e.Budget)))
	l.shift -= min(l.shift, m.coarse)
	for g := range l.last {
		l.last[g] = -1
	}
	for g := range m.goods {
		if m.cost(int32(g)) <= m.e.Budget {
			l.open = append(l.open, int32(g))
		}
	}
	return l, nil
}

// least lists the open goods of smallest new load, exactly.
func (l *loads) least() []quote {
	cutoff := int64(1) << 62
	for _, g := range l.open {
		cutoff = min(cutoff, l.bound(g, 1))
	}
	var equal []quote
	for _, g := range l.open {
		if l.bound(g, 0) > cutoff {
			continue
		}
		q := l.quote(g)
		if len(equal) > 0 {
			switch l.compare(&q, &equal[0]) {
			case 1:
				continue
			case -1:
				equal = equal[:0]
			}
		}
		equal = append(equal, q)
	}
	return equal
}

// bound gives a lower (0) or an upper (1) bound of the new load of a good, in ulps. Loads sum to what
// was spent, so nothing here passes twice the budget.
func (l *loads) bound(g int32, up int64) int64 {
	n := l.m.total[g]
	return ((l.m.cost(g)<<l.shift)+l.sum[g]+up*(2*n-1))/n + up
}

// quote gives the exact new load of a good: num / (den × w).
func (l *loads) quote(g int32) quote {
	paid := make([]int64, len(l.prices))
	for i := l.m.from[g]; i < l.m.from[g+1]; i++ {
		if j := l.last[l.m.who[i]]; j >= 0 {
			paid[j] += int64(l.m.count[i])
		}
	}
	num := new(big.Int)
	for j, p := range l.prices {
		num.Mul(num, big.NewInt(p.w))
		num.Add(num, new(big.Int).Mul(p.num, big.NewInt(paid[j])))
	}
	cost := new(big.Int).Mul(l.den, big.NewInt(l.m.cost(g)))
	return quote{good: g, num: num.Add(num, cost), w: l.m.total[g]}
}

func (l *loads) compare(a, b *quote) int {
	x := new(big.Int).Mul(a.num, big.NewInt(b.w))
	return x.Cmp(new(big.Int).Mul(b.num, big.NewInt(a.w)))
}

func (l *loads) first(equal []quote) int {
	r := run{m: l.m}
	i := r.first(equal)
	l.ties = append(l.ties, r.ties...)
	return i
}

// take buys a good: its supporters all get its load.
func (l *loads) take(q *quote) {
	w := (&run{m: l.m}).reduce(q)
	l.den = new(big.Int).Mul(l.den, big.NewInt(w))
	ulps := new(big.Int).Lsh(q.num, l.shift)
	load := ulps.Quo(ulps, l.den).Int64()
	at := int32(len(l.prices))
	l.prices = append(l.prices, price{num: q.num, w: w, ulps: load, good: q.good})
	for i := l.m.from[q.good]; i < l.m.from[q.good+1]; i++ {
		l.raise(l.m.who[i], int64(l.m.count[i]), load, at)
	}
	for i, g := range l.open {
		if g == q.good {
			l.open = append(l.open[:i], l.open[i+1:]...)
			return
		}
	}
}

// raise gives a group its new load in the sums of all goods it supports.
func (l *loads) raise(group int32, n, load int64, at int32) {
	if j := l.last[group]; j >= 0 {
		load -= l.prices[j].ulps
	}
	l.last[group] = at
	bs := &l.m.e.ballots
	for i := bs.start[group]; i < bs.start[group+1]; i++ {
		if g := l.m.good[bs.entries[i].Project]; g >= 0 {
			l.sum[g] += n * load
		}
	}
}
