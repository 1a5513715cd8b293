package strategy

import (
	"cmp"
	"math/big"
	"slices"

	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/id"
)

// NodeKind tells results for people from changes in how the city works.
type NodeKind string

// The kinds of objectives.
const (
	Outcome NodeKind = "outcome"
	Process NodeKind = "process"
)

// NodeKinds lists the kinds.
func NodeKinds() []NodeKind { return []NodeKind{Outcome, Process} }

// Node is the place of an objective in the tree of one strategy, with its words there.
type Node struct {
	ID        id.ID
	Version   int64
	Strategy  id.ID
	Parent    id.ID // node, "" at the top
	Objective id.ID // the portfolio's
	Code      string
	Title     Words
	Kind      NodeKind
	Weight    Fraction // against its siblings
	Rank      int
	RemovedOn calendar.Day
}

const nodeColumns db.Columns = "id, version, strategy, parent, objective, code, title_fr, title_en, kind, weight, rank, removed_on"

func nodeFields(n *Node) []any {
	return []any{&n.ID, &n.Version, &n.Strategy, &n.Parent, &n.Objective, &n.Code, &n.Title.FR, &n.Title.EN, &n.Kind, &n.Weight, &n.Rank, &n.RemovedOn}
}

// Branch is an objective in its tree, with what it weighs. Weights are exact.
type Branch struct {
	Node
	Depth     int
	Share     *big.Rat // of its siblings: their shares sum to one
	Effective *big.Rat // product of the shares down to it: the leaves of a tree sum to one
	Children  []*Branch
}

// Leaf tells whether nothing stands below.
func (b *Branch) Leaf() bool { return len(b.Children) == 0 }

// Plant makes the tree of the nodes of one strategy. A node whose parent is gone stands at the top:
// nothing is lost from sight.
func Plant(nodes []Node) []*Branch {
	byID, children := map[id.ID]bool{}, map[id.ID][]Node{}
	for _, n := range nodes {
		byID[n.ID] = true
	}
	for _, n := range nodes {
		parent := n.Parent
		if !byID[parent] {
			parent = ""
		}
		children[parent] = append(children[parent], n)
	}
	return plant(children, "", 0, big.NewRat(1, 1))
}

func plant(children map[id.ID][]Node, parent id.ID, depth int, above *big.Rat) []*Branch {
	siblings := children[parent]
	slices.SortStableFunc(siblings, func(a, b Node) int {
		return cmp.Or(cmp.Compare(a.Rank, b.Rank), cmp.Compare(a.Code, b.Code), cmp.Compare(a.ID, b.ID))
	})
	total := new(big.Rat)
	for _, n := range siblings {
		total.Add(total, n.Weight.Rat())
	}
	out := make([]*Branch, len(siblings))
	for i, n := range siblings {
		share := new(big.Rat).Quo(n.Weight.Rat(), total)
		b := &Branch{Node: n, Depth: depth, Share: share, Effective: new(big.Rat).Mul(above, share)}
		b.Children = plant(children, n.ID, depth+1, b.Effective)
		out[i] = b
	}
	return out
}

// Walk gives the branches of a tree from the top, each before what stands below it.
func Walk(tree []*Branch) []*Branch {
	var out []*Branch
	for _, b := range tree {
		out = append(append(out, b), Walk(b.Children)...)
	}
	return out
}
