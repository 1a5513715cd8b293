package tally

import (
	"math"
	"math/big"
	"math/bits"

	"parvis/internal/fault"
)

// A run is one execution of Equal Shares with one endowment.
//
// Every decision is exact, few need exact arithmetic. Balances are kept twice. up holds, in ulps of
// 2^-shift minor units, an upper bound of each balance that is less than slack ulps too high: the
// endowment is rounded up, and each payment, rounded down, is taken from the exact price, so errors
// do not feed on each other. 0 means spent exactly. The exact balance of a group that is not spent
// is its endowment less the exact prices of what it paid in full; nobody stores it, exact.go builds
// it where bounds overlap.
//
// ρ, the price per unit of weight, only rises while balances fall, so the last lower bound of a
// project remains one: most projects need no look in most rounds.
type run struct {
	m      *market
	endow  *big.Int // endowment × den0
	den0   *big.Int
	shift  uint
	up     []int64
	low    []int64  // of each good: lower bound of ρ, in ulps
	high   []int64  // of each good looked at in this round: upper bound of ρ
	key    []uint64 // the same as compared between goods
	queue  queue    // goods by key
	bought []int32  // purchase that bought the good, or -1
	prices []price
	den    *big.Int // common denominator of the prices so far
	spent  int64
	limit  int64 // stop as soon as more is spent
	ties   []Tie
	rich   []purse // scratch
	paid   []int64 // scratch
	tmp    [3]big.Int
}

// price is the exact price of a purchase: num / (den0 × the w of all prices up to this one).
type price struct {
	num  *big.Int
	w    int64
	ulps int64 // the price in ulps, rounded down
	good int32
	full int64
	poor int64
}

// purse is a supporter who may be able to pay in full.
type purse struct {
	up   int64
	n, w int32
}

func newRun(m *market) *run {
	most := 0
	for g := range m.goods {
		most = max(most, m.from[g+1]-m.from[g])
	}
	return &run{m: m, up: make([]int64, len(m.e.ballots.count)), low: make([]int64, len(m.goods)), high: make([]int64, len(m.goods)),
		key: make([]uint64, len(m.goods)), bought: make([]int32, len(m.goods)), rich: make([]purse, most)}
}

// begin sets every balance to endow/den minor units.
func (r *run) begin(endow, den *big.Int) error {
	r.endow, r.den0, r.den = endow, den, new(big.Int).Set(den)
	r.prices, r.spent, r.ties, r.limit = r.prices[:0], 0, nil, math.MaxInt64
	whole := new(big.Int).Mul(endow, big.NewInt(r.m.e.N()))
	whole.Quo(whole, den)
	if whole.BitLen() > 58 {
		return fault.New(fault.TooLarge, "tally.overflow")
	}
	r.shift = uint(59 - whole.BitLen())
	r.shift -= min(r.shift, r.m.coarse)
	start := ceilQuo(new(big.Int).Lsh(endow, r.shift), den).Int64()
	for g := range r.up {
		r.up[g] = start
	}
	r.queue = r.queue[:0]
	for g := range r.m.goods {
		r.bought[g] = -1
		r.offer(int32(g), start)
	}
	r.queue.init(r.key)
	return nil
}

// offer queues a good that its supporters may be able to pay together. At the start all have the
// same balance, so no price is below cost / weights.
func (r *run) offer(g int32, start int64) {
	cost := r.m.cost(g)
	if cost == 0 {
		return // bought by free
	}
	c, ok := r.ulps(cost)
	if !ok {
		return
	}
	if hi, lo := bits.Mul64(uint64(r.m.heads[g]), uint64(start)); hi == 0 && lo < uint64(c) {
		return
	}
	r.low[g] = c / r.m.total[g]
	r.key[g] = r.keyOf(g, r.low[g])
	r.queue = append(r.queue, g)
}

// ulps converts minor units; false when it is more than all the money there is.
func (r *run) ulps(v int64) (int64, bool) {
	if bits.Len64(uint64(v))+int(r.shift) > 61 {
		return 0, false
	}
	return v << r.shift, true
}

// keyOf makes a price comparable between goods: with cost utilities ρ = price / cost, in [0, 1],
// scaled by 2^63 and rounded down; otherwise the price itself.
func (r *run) keyOf(g int32, price int64) uint64 {
	if !r.m.byCost {
		return uint64(price)
	}
	c := uint64(r.m.cost(g)) << r.shift
	hi, lo := uint64(price)>>1, uint64(price)<<63
	if hi >= c {
		return math.MaxUint64
	}
	q, _ := bits.Div64(hi, lo, c)
	return q
}

// keyAbove is keyOf rounded up.
func (r *run) keyAbove(g int32, price int64) uint64 {
	k := r.keyOf(g, price)
	if k == math.MaxUint64 || !r.m.byCost {
		return k
	}
	return k + 1
}

func ceilQuo(a, b *big.Int) *big.Int {
	q, rem := new(big.Int).QuoRem(a, b, new(big.Int))
	if rem.Sign() > 0 {
		q.Add(q, big.NewInt(1))
	}
	return q
}
