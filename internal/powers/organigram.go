package powers

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"parvis/internal/db"
	"parvis/internal/i18n"
	"parvis/internal/id"
)

// Held is one holding of a post with the post and, when the reader may know it, the name.
type Held struct {
	Holder
	Code, Title, TitleEN string
	Layer                string
	Unit                 id.ID
	Head, Named          bool
	Who                  Person // names are empty when erased, or when the reader may not read them
}

// Node is a unit of the organigram: its place in the tree and who leads it.
type Node struct {
	Unit
	Naming
	Parent id.ID // hierarchical, "" at the top
	Depth  int
	Heads  []Held // holdings of the posts that lead; one without ID is a vacant post
}

// Organigram lists the units at a moment in the order of the tree, each followed by those below, with
// who leads them. names says whether the reader may read every name, or only those that are public.
func Organigram(ctx context.Context, q db.Querier, m Moment, names bool) ([]Node, error) {
	nodes, err := nodesAt(ctx, q, m)
	if err != nil {
		return nil, err
	}
	heads, err := headsAt(ctx, q, m, names)
	if err != nil {
		return nil, err
	}
	return tree(nodes, heads), nil
}

// tree puts the heads in their units and the units in their order.
func tree(nodes []Node, heads []Held) []Node {
	byUnit := map[id.ID][]Held{}
	for _, h := range heads {
		byUnit[h.Unit] = append(byUnit[h.Unit], h)
	}
	for _, h := range byUnit {
		slices.SortFunc(h, func(a, b Held) int {
			return cmp.Or(strings.Compare(a.Code, b.Code), strings.Compare(string(a.From), string(b.From)), strings.Compare(string(a.ID), string(b.ID)))
		})
	}
	below := map[id.ID][]Node{}
	known := map[id.ID]bool{}
	for _, n := range nodes {
		known[n.ID] = true
	}
	for _, n := range nodes {
		if !known[n.Parent] {
			n.Parent = ""
		}
		n.Heads = byUnit[n.ID]
		below[n.Parent] = append(below[n.Parent], n)
	}
	return flatten(below, "", 0, make([]Node, 0, len(nodes)))
}

// flatten walks the tree: the elected before the services, then the order of a French dictionary.
func flatten(below map[id.ID][]Node, parent id.ID, depth int, out []Node) []Node {
	children := below[parent]
	keys := make(map[id.ID]string, len(children))
	for _, n := range children {
		keys[n.ID] = string(rune('A'+slices.Index(UnitKinds, n.Kind))) + i18n.SortKey(n.Name) + n.Code
	}
	slices.SortFunc(children, func(a, b Node) int {
		if keys[a.ID] < keys[b.ID] {
			return -1
		}
		return 1
	})
	for _, n := range children {
		n.Depth = depth
		out = flatten(below, n.ID, depth+1, append(out, n))
	}
	return out
}
