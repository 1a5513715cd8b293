package network

import (
	"math"
	"slices"

	"parvis/internal/id"
)

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

func (g *Graph) degree(i int) float64 {
	sum := 0.0
	for _, w := range g.weight[i] {
		sum += w
	}
	return sum
}
