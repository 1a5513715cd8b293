package strategy

import (
	"context"
	"slices"

	"parvis/internal/act"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/portfolio"
)

// maxDepth is how deep a tree may be: beyond, nobody reads it.
const maxDepth = 5

// SetNode is the form of an objective in the tree of a draft. An empty ID adds one. A code that the
// portfolio knows continues that objective, under the words given here.
type SetNode struct {
	Strategy id.ID
	ID       id.ID
	Version  int64
	Parent   id.ID
	Code     string
	Title    Words
	Kind     NodeKind
	Weight   string // "2", "0,5", "1/3"; "" is 1
	Rank     int
}

func (in *SetNode) check() (Fraction, error) {
	in.Title.trim()
	trim(&in.Code, &in.Weight)
	f := newForm()
	f.required("code", in.Code, maxCode)
	f.required("title", in.Title.FR, maxTitle)
	f.limited("title_en", in.Title.EN, maxTitle)
	oneOf(f, "kind", in.Kind, NodeKinds())
	if in.Weight == "" {
		in.Weight = "1"
	}
	w, err := ReadFraction(in.Weight)
	if err != nil {
		f.At("weight", "strategy.bad_weight")
	}
	return w, f.OrNil()
}

// SetNode places an objective in the tree of a strategy that is still a draft.
func (r *Room) SetNode(ctx context.Context, by act.Actor, in SetNode) (Node, error) {
	return run(ctx, r, by, func(c *change) (Node, error) {
		weight, err := in.check()
		if err != nil {
			return Node{}, err
		}
		s, nodes, err := c.openTree(in.Strategy)
		if err != nil {
			return Node{}, err
		}
		n, err := c.node(in, nodes)
		if err != nil {
			return n, err
		}
		n.Parent, n.Title, n.Kind, n.Weight, n.Rank = in.Parent, in.Title, in.Kind, weight, in.Rank
		if n.Rank == 0 {
			n.Rank = len(nodes) + 1
		}
		return n, c.recordNode("objective.place", s, &n)
	})
}

func (c *change) openTree(strategy id.ID) (Strategy, []Node, error) {
	s, err := c.draft(strategy)
	if err != nil {
		return s, nil, err
	}
	nodes, err := nodesOf(c.ctx, c.tx, s.ID)
	return s, nodes, err
}

// node is the one that a form is about, or a new one on the objective of its code.
func (c *change) node(in SetNode, nodes []Node) (Node, error) {
	if err := wellPlaced(in, nodes); err != nil {
		return Node{}, err
	}
	if at := slices.IndexFunc(nodes, func(n Node) bool { return n.ID == in.ID }); in.ID != "" {
		if at < 0 {
			return Node{}, fault.New(fault.NotFound, "strategy.objective.not_found")
		}
		return nodes[at], fresh(in.Version, nodes[at].Version, portfolio.Differing{Field: "title", Yours: in.Title.FR, Theirs: nodes[at].Title.FR},
			portfolio.Differing{Field: "weight", Yours: in.Weight, Theirs: string(nodes[at].Weight)})
	}
	o, known, err := c.r.portfolio.ObjectiveByCode(c.ctx, c.tx, in.Code)
	if err != nil {
		return Node{}, err
	}
	if !known {
		o, err = c.r.portfolio.SetObjectiveIn(c.tx, portfolio.Objective{Code: in.Code, TitleFR: in.Title.FR, TitleEN: in.Title.EN}, "")
	}
	return Node{ID: c.tx.NewID(), Strategy: in.Strategy, Objective: o.ID, Code: o.Code}, err
}

// wellPlaced refuses a code that is in the tree already, a parent that is not, a loop, a tree too deep with what stands
// below the one that moves.
func wellPlaced(in SetNode, nodes []Node) error {
	f, parents := newForm(), map[id.ID]id.ID{}
	for _, n := range nodes {
		parents[n.ID] = n.Parent
		if n.Code == in.Code && n.ID != in.ID {
			f.At("code", "strategy.objective.twice")
		}
		if n.ID == in.ID && n.Code != in.Code {
			f.At("code", "strategy.objective.code_stays", "code", n.Code)
		}
	}
	depth := height(in.ID, parents)
	for at := in.Parent; at != ""; at = parents[at] {
		if _, there := parents[at]; !there || at == in.ID && in.ID != "" || depth >= maxDepth {
			f.At("parent", "strategy.objective.bad_parent", "max", maxDepth)
			break
		}
		depth++
	}
	return f.OrNil()
}

// height is how many levels a node and what stands below it take: 1 for a leaf, or for one that is not there yet.
func height(node id.ID, parents map[id.ID]id.ID) int {
	below := 0
	for child, parent := range parents {
		if parent == node && node != "" {
			below = max(below, height(child, parents))
		}
	}
	return 1 + below
}

// RemoveNode takes an objective out of the tree of a draft, if nothing stands below it. The objective
// itself stays: other strategies and initiatives may name it.
func (r *Room) RemoveNode(ctx context.Context, by act.Actor, node id.ID, version int64) error {
	_, err := run(ctx, r, by, func(c *change) (Node, error) {
		n, err := loadNode(c.ctx, c.tx, node)
		if err != nil {
			return n, err
		}
		s, nodes, err := c.openTree(n.Strategy)
		if err != nil {
			return n, err
		}
		if err := fresh(version, n.Version); err != nil {
			return n, err
		}
		if slices.ContainsFunc(nodes, func(below Node) bool { return below.Parent == n.ID }) {
			return n, fault.New(fault.Conflict, "strategy.objective.not_a_leaf")
		}
		n.RemovedOn = c.today
		return n, c.recordNode("objective.remove", s, &n)
	})
	return err
}

func (c *change) recordNode(verb string, s Strategy, n *Node) error {
	n.Version++
	if err := c.putNode(n); err != nil {
		return err
	}
	_, err := c.record(verb, act.Act{Object: act.Ref{Type: "objective", ID: n.Objective}, Subject: s.Ref(), Version: n.Version, Visibility: s.Visibility,
		Args: map[string]string{"strategy": s.Number, "code": n.Code, "weight": string(n.Weight)}})
	return err
}
