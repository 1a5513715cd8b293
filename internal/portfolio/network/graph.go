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
