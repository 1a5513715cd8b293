package council

import (
	"context"
	"maps"
	"slices"

	"parvis/internal/act"
	"parvis/internal/id"
	"parvis/internal/identity"
)

// Withheld is what is kept from a visitor because one of their posts is recused: matters, by the root of
// their items, and the questions that they carry. It is asked once for a page and then for each thing.
type Withheld struct {
	roots, arbitrations map[id.ID]bool
}

// Item tells whether the file, the score and the debate of an item are kept from the visitor.
func (w Withheld) Item(i Item) bool { return w.roots[i.Root] || w.Arbitration(i.Arbitration) }

// Arbitration tells whether a question of the portfolio is kept from the visitor.
func (w Withheld) Arbitration(arbitration id.ID) bool {
	return arbitration != "" && w.arbitrations[arbitration]
}

// None tells whether nothing is kept from the visitor.
func (w Withheld) None() bool { return len(w.roots)+len(w.arbitrations) == 0 }

// WithheldRefs lists every thing of a matter that is kept from a visitor: its items, papers, votes and decisions,
// its formal acts, circuits and visas, what was ordered, and the questions of the portfolio. The journal and the search leave out what is about them.
func (r *Room) WithheldRefs(ctx context.Context, v identity.Visitor) (map[act.Ref]bool, error) {
	w, err := r.Withheld(ctx, v)
	if err != nil || w.None() {
		return nil, err
	}
	refs := map[act.Ref]bool{}
	for a := range w.arbitrations {
		refs[act.Ref{Type: "arbitration", ID: a}] = true
	}
	things, err := thingsOf(ctx, r.reads, w)
	if err != nil {
		return nil, err
	}
	matters := slices.Collect(maps.Keys(w.arbitrations))
	for _, t := range things {
		refs[t] = true
		if t.Type == "item" {
			matters = append(matters, t.ID)
		}
	}
	ordered, err := r.portfolio.OrderedBy(ctx, matters...)
	for _, a := range ordered {
		refs[act.Ref{Type: "action", ID: a}] = true
	}
	return refs, err
}

// WithheldMatters lists the questions and the items that are kept from a visitor; nil when there are none.
func (r *Room) WithheldMatters(ctx context.Context, v identity.Visitor) (map[id.ID]bool, error) {
	w, err := r.Withheld(ctx, v)
	if err != nil || w.None() {
		return nil, err
	}
	matters := maps.Clone(w.arbitrations)
	things, err := thingsOf(ctx, r.reads, w)
	for _, t := range things {
		if t.Type == "item" {
			matters[t.ID] = true
		}
	}
	return matters, err
}

// Withheld reads what is kept from a visitor. A recusal is that of the person who held the post then: the
// next holder is not recused.
func (r *Room) Withheld(ctx context.Context, v identity.Visitor) (Withheld, error) {
	w := Withheld{roots: map[id.ID]bool{}, arbitrations: map[id.ID]bool{}}
	if !v.Inside() || len(v.Posts) == 0 {
		return w, nil
	}
	interests, err := recusalsOf(ctx, r.reads, v)
	for _, i := range interests {
		if i.Root != "" {
			w.roots[i.Root] = true
		}
		if i.Arbitration != "" {
			w.arbitrations[i.Arbitration] = true
		}
	}
	return w, err
}
