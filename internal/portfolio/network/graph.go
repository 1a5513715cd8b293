package network

import (
	"slices"

	"parvis/internal/id"
)

// Graph is an undirected graph with weights between units.
type Graph struct {
	Units  []id.ID // in the order of their ids
	weight [][]float64
}

// Project makes a graph of the units that share initiatives. Each initiative of n units puts
// 1/(n-1) on each of its pairs (Newman 2001), so that a unit spreads one tie over its partners however
// many they are. An initiative of one unit makes it a node without ties.
func Project(initiatives [][]id.ID) *Graph {
	g := &Graph{}
	for _, units := range initiatives {
		g.Units = append(g.Units, units...)
	}
	slices.Sort(g.Units)
	g.Units = slices.Compact(g.Units)
	g.weight = square(len(g.Units))
	for _, units := range initiatives {
		units = slices.Compact(slices.Sorted(slices.Values(units)))
		for i, a := range units {
			for _, b := range units[i+1:] {
				g.tie(g.at(a), g.at(b), 1/float64(len(units)-1))
			}
		}
	}
	return g
}

func square(n int) [][]float64 {
	rows := make([][]float64, n)
	for i := range rows {
		rows[i] = make([]float64, n)
	}
	return rows
}

func (g *Graph) at(unit id.ID) int {
	i, found := slices.BinarySearch(g.Units, unit)
	if !found {
		return -1
	}
	return i
}

func (g *Graph) tie(i, j int, weight float64) {
	g.weight[i][j] += weight
	g.weight[j][i] += weight
}

// degree is the weight of the ties of a unit, by its place.
func (g *Graph) degree(i int) float64 {
	sum := 0.0
	for _, w := range g.weight[i] {
		sum += w
	}
	return sum
}

// Ties is how many pairs of units are tied.
func (g *Graph) Ties() int {
	n := 0
	for i, row := range g.weight {
		for _, w := range row[:i] {
			if w > 0 {
				n++
			}
		}
	}
	return n
}
