package powers

import (
	"context"

	"parvis/internal/db"
	"parvis/internal/id"
)

// Evolution is what changed in the organisation between two days, as known at one instant.
type Evolution struct {
	Created, Ended []Node
	Renamed, Moved []Passage
	Heads          []Passage // another person, or nobody, leads
	Given, Over    []DelegationView
}

// Passage is a unit before and after.
type Passage struct{ Before, After Node }

// Empty tells whether nothing changed.
func (e *Evolution) Empty() bool {
	return len(e.Created)+len(e.Ended)+len(e.Renamed)+len(e.Moved)+len(e.Heads)+len(e.Given)+len(e.Over) == 0
}

// Evolve compares the organisation on two days.
func Evolve(ctx context.Context, q db.Querier, before, after Moment, names bool) (*Evolution, error) {
	was, err := Organigram(ctx, q, before, names)
	if err != nil {
		return nil, err
	}
	is, err := Organigram(ctx, q, after, names)
	if err != nil {
		return nil, err
	}
	e := &Evolution{}
	e.compareUnits(was, is)
	given, err := Delegations(ctx, q, before)
	if err != nil {
		return nil, err
	}
	now, err := Delegations(ctx, q, after)
	e.Over, e.Given = notAmong(given, now), notAmong(now, given)
	return e, err
}

func (e *Evolution) compareUnits(was, is []Node) {
	after := map[id.ID]Node{}
	for _, n := range is {
		after[n.ID] = n
	}
	before := map[id.ID]bool{}
	for _, n := range was {
		before[n.ID] = true
		now, still := after[n.ID]
		if !still {
			e.Ended = append(e.Ended, n)
			continue
		}
		e.compare(n, now)
	}
	for _, n := range is {
		if !before[n.ID] {
			e.Created = append(e.Created, n)
		}
	}
}

func (e *Evolution) compare(was, is Node) {
	if was.Name != is.Name {
		e.Renamed = append(e.Renamed, Passage{was, is})
	}
	if was.Parent != is.Parent {
		e.Moved = append(e.Moved, Passage{was, is})
	}
	if leaders(was) != leaders(is) {
		e.Heads = append(e.Heads, Passage{was, is})
	}
}

func leaders(n Node) (all string) {
	for _, h := range n.Heads {
		all += string(h.ID) + " "
	}
	return all
}

func notAmong(list, others []DelegationView) []DelegationView {
	known := map[id.ID]bool{}
	for _, d := range others {
		known[d.ID] = true
	}
	var out []DelegationView
	for _, d := range list {
		if !known[d.ID] {
			out = append(out, d)
		}
	}
	return out
}
