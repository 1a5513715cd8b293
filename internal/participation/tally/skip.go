package tally

import "math/big"

// Where voters are few and amounts large, thousands of raises give the same outcome. A stretch finds
// how far the endowment can rise before any decision of a run changes: with the decisions fixed,
// balances and prices are linear in the endowment, so every decision (who is too poor for a price,
// which projects can be paid, which is cheapest) is a linear inequality. The raises below the first
// bound have the outcome of the run, and need not be played. It is add-opt (Kraiczy, Robinson and Elkind,
// arXiv 2502.11797), for Equal Shares with its unequal payments rather than for their exact variant, and held
// to the grid of whole raises: the outcome is that of add1, never one between two raises.
//
// Where ballots are many there is nothing to jump over: on Łódź 2022, 52 of 60 raises change the outcome, on
// the made election of a million ballots each of 301 does. The search would cost more than it saves there: see
// patience.
type stretch struct {
	m       *market
	at      *big.Rat // the endowment of the run
	limit   *big.Rat // decisions hold for endowments from at up to limit, limit excluded; nil: no bound yet
	balance []line   // of each group
	spent   []bool
}

// line is a + b × endowment.
type line struct{ a, b *big.Rat }

func constant(v int64) line { return line{new(big.Rat).SetInt64(v), new(big.Rat)} }

func (l line) value(x *big.Rat) *big.Rat {
	v := new(big.Rat).Mul(l.b, x)
	return v.Add(v, l.a)
}

// plus is l + k × o.
func (l line) plus(o line, k *big.Rat) line {
	a, b := new(big.Rat).Mul(o.a, k), new(big.Rat).Mul(o.b, k)
	return line{a.Add(a, l.a), b.Add(b, l.b)}
}

func (l line) over(k int64) line {
	inv := big.NewRat(1, k)
	return line{new(big.Rat).Mul(l.a, inv), new(big.Rat).Mul(l.b, inv)}
}

// holds notes a decision: h is at least 0 at the endowment of the run and must not fall below 0.
func (s *stretch) holds(h line) {
	if h.b.Sign() >= 0 {
		return
	}
	until := h.value(s.at)
	until.Quo(until, new(big.Rat).Neg(h.b))
	until.Add(until, s.at)
	if s.limit == nil || until.Cmp(s.limit) < 0 {
		s.limit = until
	}
}

// stretchOf replays a run that has been played to its end.
func stretchOf(r *run) *stretch {
	s := &stretch{m: r.m, at: new(big.Rat).SetFrac(r.endow, r.den0), spent: make([]bool, len(r.up))}
	for range r.up {
		s.balance = append(s.balance, line{new(big.Rat), big.NewRat(1, 1)})
	}
	done := make([]bool, len(r.m.goods))
	for _, p := range r.prices {
		if r.m.cost(p.good) > 0 {
			s.round(p.good, done)
		}
		done[p.good] = true
	}
	s.round(-1, done)
	return s
}

// round notes why a good was bought, and the others not; -1 for the end, when none could be paid.
func (s *stretch) round(bought int32, done []bool) {
	var best offerLine
	if bought >= 0 {
		best, _ = s.price(bought)
	}
	for g := range done {
		if done[g] || int32(g) == bought {
			continue
		}
		if other, ok := s.price(int32(g)); ok {
			s.holds(other.rho.plus(best.rho, big.NewRat(-1, 1)))
		}
	}
	if bought < 0 {
		return
	}
	for i := s.m.from[bought]; i < s.m.from[bought+1]; i++ {
		group := s.m.who[i]
		if best.poor[group] {
			s.spent[group] = true
		} else if !s.spent[group] {
			s.balance[group] = s.balance[group].plus(best.price, big.NewRat(-s.m.supporterWeight(i), 1))
		}
	}
}

// offerLine is the price of a good as a line.
type offerLine struct {
	price line // per unit of weight
	rho   line // per utility, as goods are compared
	poor  map[int32]bool
}

// price finds the price of a good and notes the decisions within it; false, noted too, if its
// supporters cannot pay it.
func (s *stretch) price(g int32) (offerLine, bool) {
	o := offerLine{poor: map[int32]bool{}}
	owed, weight := constant(s.m.cost(g)), int64(0)
	rest := s.supporters(g, &weight)
	for {
		if weight == 0 {
			s.holds(owed)
			return o, false
		}
		o.price = owed.over(weight)
		poor, kept := s.tooPoor(rest, o.price)
		if len(poor) == 0 {
			break
		}
		for _, i := range poor {
			n := int64(s.m.count[i])
			o.poor[s.m.who[i]] = true
			owed = owed.plus(s.balance[s.m.who[i]], big.NewRat(-n, 1))
			weight -= n * s.m.supporterWeight(i)
		}
		rest = kept
	}
	s.noteClasses(g, &o)
	o.rho = o.price
	if s.m.byCost {
		o.rho = o.price.over(s.m.cost(g))
	}
	return o, true
}

func (s *stretch) supporters(g int32, weight *int64) []int {
	var list []int
	for i := s.m.from[g]; i < s.m.from[g+1]; i++ {
		if !s.spent[s.m.who[i]] {
			list = append(list, i)
			*weight += int64(s.m.count[i]) * s.m.supporterWeight(i)
		}
	}
	return list
}

// tooPoor divides supporters by whether they have the price at the endowment of the run.
func (s *stretch) tooPoor(list []int, price line) (poor, kept []int) {
	ask := price.value(s.at)
	for _, i := range list {
		need := new(big.Rat).Mul(ask, big.NewRat(s.m.supporterWeight(i), 1))
		if s.balance[s.m.who[i]].value(s.at).Cmp(need) < 0 {
			poor = append(poor, i)
		} else {
			kept = append(kept, i)
		}
	}
	return poor, kept
}

// noteClasses notes that the poor stay poor and the others do not become so.
func (s *stretch) noteClasses(g int32, o *offerLine) {
	for i := s.m.from[g]; i < s.m.from[g+1]; i++ {
		group := s.m.who[i]
		if s.spent[group] {
			continue
		}
		surplus := s.balance[group].plus(o.price, big.NewRat(-s.m.supporterWeight(i), 1))
		if o.poor[group] {
			surplus = constant(0).plus(surplus, big.NewRat(-1, 1))
		}
		s.holds(surplus)
	}
}

// patience decides when to look for a stretch: after a thousand raises, on small markets alone, and
// less and less often where little was saved.
type patience struct {
	next, wait int64
}

const (
	patienceBegin = 1000
	patienceEdges = 5000
)

// after gives the next raise to play when that of r, number k, ended nothing.
func (p *patience) after(r *run, k int64) int64 {
	if p.next == 0 {
		p.next, p.wait = patienceBegin, 16
	}
	if !r.m.eager && (k < p.next || len(r.m.who) > patienceEdges) {
		return k + 1
	}
	to := k + stretchOf(r).raises(r.m.step)
	if p.wait = max(1, p.wait/2); to-k < 100 {
		p.wait = min(p.wait*8, 1<<20)
	}
	p.next = to + p.wait
	return to
}

// raises is how many steps the endowment must rise to reach the limit, at least 1.
func (s *stretch) raises(step int64) int64 {
	if s.limit == nil {
		return 1
	}
	room := new(big.Rat).Sub(s.limit, s.at)
	room.Quo(room, big.NewRat(step, 1))
	n := ceilQuo(room.Num(), room.Denom())
	if !n.IsInt64() || n.Int64() < 1 {
		return 1
	}
	return n.Int64()
}
