package network

import (
	"math"
	"slices"

	"parvis/internal/id"
)

// What stands here is computed on no page. It says in another way what the pages compute, so that one is held to the other
// and both to the oracle of governance.md §4.3.

// Unweighted is the same graph with every tie worth one.
func (g *Graph) Unweighted() *Graph {
	plain := &Graph{Units: g.Units, weight: square(len(g.Units))}
	for i, row := range g.weight {
		for j, w := range row {
			if w > 0 {
				plain.weight[i][j] = 1
			}
		}
	}
	return plain
}

// Weight is the tie between two units, 0 when there is none.
func (g *Graph) Weight(a, b id.ID) float64 {
	i, j := g.at(a), g.at(b)
	if i < 0 || j < 0 {
		return 0
	}
	return g.weight[i][j]
}

// PairsLost tells how many pairs of other units are connected, directly or through others, and how many
// of them no longer are when a unit goes (M6, dependence on it).
func (g *Graph) PairsLost(unit id.ID) (lost, connected int) {
	with, without := g.parts(-1), g.parts(g.at(unit))
	for i := range g.Units {
		for j := range i {
			if g.Units[i] == unit || g.Units[j] == unit || with[i] != with[j] {
				continue
			}
			connected++
			if without[i] != without[j] {
				lost++
			}
		}
	}
	return lost, connected
}

// parts numbers the connected parts of the graph; one node may be left out.
func (g *Graph) parts(out int) []int {
	part := make([]int, len(g.Units))
	for i := range part {
		if i == out || part[i] != 0 {
			continue
		}
		for queue := []int{i}; len(queue) > 0; {
			at := queue[0]
			queue = queue[1:]
			part[at] = i + 1
			for next, w := range g.weight[at] {
				if w > 0 && next != out && part[next] == 0 {
					part[next] = i + 1
					queue = append(queue, next)
				}
			}
		}
	}
	return part
}

// Brokerage counts the roles of each unit in what was introduced, once each way for a pair.
func Brokerage(introductions []Introduction, group map[id.ID]string) map[id.ID]Roles {
	roles := map[id.ID]Roles{}
	for _, t := range Triads(introductions) {
		r := roles[t.Broker]
		r.add(group[t.From], group[t.Broker], group[t.To])
		roles[t.Broker] = r
	}
	return roles
}

// Constraint is Burt's constraint of a unit: low when it stands between units that do not know each
// other. It may exceed 1, so it is never a percentage; NaN for a unit without ties.
func (g *Graph) Constraint(unit id.ID) float64 {
	i := g.at(unit)
	if i < 0 || g.degree(i) == 0 {
		return math.NaN()
	}
	total := 0.0
	for j, w := range g.weight[i] {
		if w > 0 {
			total += g.localConstraint(i, j)
		}
	}
	return total
}

// localConstraint is (p_ij + the sum over q of p_iq p_qj) squared.
func (g *Graph) localConstraint(i, j int) float64 {
	sum := g.share(i, j)
	for q := range g.Units {
		if q != i && q != j {
			sum += g.share(i, q) * g.share(q, j)
		}
	}
	return sum * sum
}

// EffectiveSize is Burt's effective size of a unit's circle: its partners, less what they repeat of each
// other. NaN for a unit without ties.
func (g *Graph) EffectiveSize(unit id.ID) float64 {
	i := g.at(unit)
	if i < 0 || g.degree(i) == 0 {
		return math.NaN()
	}
	size := 0.0
	for j, w := range g.weight[i] {
		if w > 0 {
			size += 1 - g.redundancy(i, j)
		}
	}
	return size
}

// redundancy is how much of j's circle i reaches by others: the sum over q of p_iq m_jq.
func (g *Graph) redundancy(i, j int) float64 {
	strongest, sum := slices.Max(g.weight[j]), 0.0
	for q := range g.Units {
		if q != i && q != j {
			sum += g.share(i, q) * g.weight[j][q] / strongest
		}
	}
	return sum
}

// share is the part of i's ties that goes to j (Burt's p_ij; weights are mutual already).
func (g *Graph) share(i, j int) float64 {
	if of := g.degree(i); of > 0 {
		return g.weight[i][j] / of
	}
	return 0
}
