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
	return tree(nodes, heads, i18n.SortKey), nil
}

// tree puts the heads in their units and the units in their order. fold gives the key by which a name sorts.
func tree(nodes []Node, heads []Held, fold func(string) string) []Node {
	byUnit := map[id.ID][]Held{}
	for _, h := range heads {
		byUnit[h.Unit] = append(byUnit[h.Unit], h)
	}
	for _, h := range byUnit {
		slices.SortFunc(h, func(a, b Held) int {
			return cmp.Or(strings.Compare(a.Code, b.Code), strings.Compare(string(a.From), string(b.From)), strings.Compare(string(a.ID), string(b.ID)))
		})
	}
	known := make(map[id.ID]bool, len(nodes))
	for i := range nodes {
		known[nodes[i].ID] = true
	}
	t := forest{below: map[id.ID][]leaf{}, out: make([]Node, 0, len(nodes))}
	for i := range nodes {
		n := &nodes[i]
		if !known[n.Parent] {
			n.Parent = ""
		}
		n.Heads = byUnit[n.ID]
		key := string(rune('A'+slices.Index(UnitKinds, n.Kind))) + fold(n.Name) + n.Code
		t.below[n.Parent] = append(t.below[n.Parent], leaf{n, key})
	}
	t.flatten("", 0)
	return t.out
}

// forest is units by the one above them, on their way to a list.
type forest struct {
	below map[id.ID][]leaf
	out   []Node
}

type leaf struct {
	node *Node
	key  string
}

// flatten walks the tree: the elected before the services, then the order of a French dictionary.
func (t *forest) flatten(parent id.ID, depth int) {
	children := t.below[parent]
	slices.SortStableFunc(children, func(a, b leaf) int { return strings.Compare(a.key, b.key) })
	for _, c := range children {
		c.node.Depth = depth
		t.out = append(t.out, *c.node)
		t.flatten(c.node.ID, depth+1)
	}
}
