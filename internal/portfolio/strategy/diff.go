package strategy

import (
	"context"
	"slices"

	"parvis/internal/id"
	"parvis/internal/identity"
)

// Change is what became of an objective between two strategies.
type Change string

// The changes. An objective that was renamed and moved is renamed: Difference says the rest.
const (
	Kept    Change = "kept"
	Renamed Change = "renamed"
	Dropped Change = "dropped"
	Added   Change = "added"
)

// Changes lists the changes.
func Changes() []Change { return []Change{Kept, Renamed, Dropped, Added} }

// Difference is one objective in two strategies; Before or After is nil when it is not in one.
type Difference struct {
	Change        Change
	Before, After *Branch
}

// Moved tells whether it hangs elsewhere.
func (d Difference) Moved(parents map[id.ID]id.ID) bool {
	return d.Before != nil && d.After != nil && parents[d.Before.Parent] != parents[d.After.Parent]
}

// Reweighed tells whether it weighs more (1) or less (-1) than before.
func (d Difference) Reweighed() int {
	if d.Before == nil || d.After == nil {
		return 0
	}
	return d.After.Effective.Cmp(d.Before.Effective)
}

// Compared is the difference between two strategies.
type Compared struct {
	From, To Strategy
	Lines    []Difference // in the order of the newer tree, then what it dropped
	Parents  map[id.ID]id.ID
}

// Count answers how many objectives changed that way.
func (c Compared) Count(change Change) int {
	n := 0
	for _, d := range c.Lines {
		if d.Change == change {
			n++
		}
	}
	return n
}

// Diff compares the trees of two strategies objective by objective.
func Diff(before, after []Node) []Difference {
	old := map[id.ID]*Branch{}
	oldWalk := Walk(Plant(before))
	for _, b := range oldWalk {
		old[b.Objective] = b
	}
	var out []Difference
	seen := map[id.ID]bool{}
	for _, b := range Walk(Plant(after)) {
		seen[b.Objective] = true
		d := Difference{Change: Added, After: b}
		if was := old[b.Objective]; was != nil {
			d.Before, d.Change = was, Kept
			if was.Title.FR != b.Title.FR {
				d.Change = Renamed
			}
		}
		out = append(out, d)
	}
	for _, b := range oldWalk {
		if !seen[b.Objective] {
			out = append(out, Difference{Change: Dropped, Before: b})
		}
	}
	return out
}

// Compare compares two strategies that the visitor may read.
func (r *Room) Compare(ctx context.Context, v identity.Visitor, from, to string) (c Compared, err error) {
	if c.From, err = r.Find(ctx, v, from); err != nil {
		return c, err
	}
	if c.To, err = r.Find(ctx, v, to); err != nil {
		return c, err
	}
	before, err := nodesOf(ctx, r.reads, c.From.ID)
	if err != nil {
		return c, err
	}
	after, err := nodesOf(ctx, r.reads, c.To.ID)
	c.Lines, c.Parents = Diff(before, after), map[id.ID]id.ID{}
	for _, n := range slices.Concat(before, after) {
		c.Parents[n.ID] = n.Objective
	}
	return c, err
}
