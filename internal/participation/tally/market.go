package tally

import "slices"

// market is an election seen by Equal Shares: who supports what, with which weight. Runs with
// different endowments share it.
type market struct {
	e      *Election
	byCost bool    // utilities are costs: prices are compared per unit of cost
	goods  []int32 // project of each good: those the tally may select and somebody gives a weight
	good   []int32 // good of each project, or -1
	from   []int   // supporters of good g are who[from[g]:from[g+1]]
	who    []int32 // group of ballots
	count  []int32 // ballots in the group
	weight []int32 // weight of the choice; nil when all are 1
	total  []int64 // weights of all supporters of a good, each ballot counted
	heads  []int64 // supporters of a good, each ballot counted
	paying []int32 // weight of each choice of e.ballots.entries; nil when all are 1
	slack  int64   // 1 + the greatest sum of weights of one ballot
	step   int64   // units of endowment that add1 adds, in minor units
	coarse uint    // binary digits by which tests shorten the ulps: outcomes must not depend on them
	eager  bool    // tests jump over raises at every occasion: outcomes must not depend on it
}

func newMarket(e *Election, u Utility) *market {
	m := &market{e: e, byCost: u == ByCost, step: e.Unit}
	if !u.unit() {
		m.paying = e.weights(u)
	}
	m.findGoods()
	m.findSupporters()
	return m
}

// weights gives the weight of every choice of every group.
func (e *Election) weights(u Utility) []int32 {
	w := make([]int32, len(e.ballots.entries))
	for g := range e.ballots.count {
		ballot := e.ballots.group(g)
		for i := range ballot {
			w[int(e.ballots.start[g])+i] = int32(e.weight(u, ballot, i))
		}
	}
	return w
}

// choiceWeight is the weight of entry i of the ballots.
func (m *market) choiceWeight(i int32) int64 {
	if m.paying == nil {
		return 1
	}
	return int64(m.paying[i])
}

// findGoods numbers the projects that can be bought and sizes their lists of supporters.
func (m *market) findGoods() {
	bs := &m.e.ballots
	supporters := make([]int, len(m.e.Projects))
	for g := range bs.count {
		var sum int64
		for i := bs.start[g]; i < bs.start[g+1]; i++ {
			if w := m.choiceWeight(i); w > 0 && m.e.in[bs.entries[i].Project] {
				supporters[bs.entries[i].Project]++
				sum += w
			}
		}
		m.slack = max(m.slack, sum+1)
	}
	m.good = slices.Repeat([]int32{-1}, len(m.e.Projects))
	m.from = []int{0}
	for p, n := range supporters {
		if n > 0 {
			m.good[p] = int32(len(m.goods))
			m.goods = append(m.goods, int32(p))
			m.from = append(m.from, m.from[len(m.from)-1]+n)
		}
	}
}

// findSupporters fills the lists, in the order of the groups so that reading balances is a walk.
func (m *market) findSupporters() {
	bs := &m.e.ballots
	n := m.from[len(m.goods)]
	m.who, m.count, m.total = make([]int32, n), make([]int32, n), make([]int64, len(m.goods))
	m.heads = make([]int64, len(m.goods))
	if m.paying != nil {
		m.weight = make([]int32, n)
	}
	next := slices.Clone(m.from)
	for g, count := range bs.count {
		for i := bs.start[g]; i < bs.start[g+1]; i++ {
			good, w := m.good[bs.entries[i].Project], m.choiceWeight(i)
			if good < 0 || w == 0 {
				continue
			}
			at := next[good]
			next[good]++
			m.who[at], m.count[at] = int32(g), count
			if m.weight != nil {
				m.weight[at] = int32(w)
			}
			m.total[good] += int64(count) * w
			m.heads[good] += int64(count)
		}
	}
}

// supporterWeight is the weight of supporter i.
func (m *market) supporterWeight(i int) int64 {
	if m.weight == nil {
		return 1
	}
	return int64(m.weight[i])
}

func (m *market) cost(good int32) int64 { return m.e.Projects[m.goods[good]].Cost }
