package council

import (
	"context"
	"slices"

	"parvis/internal/fault"
	"parvis/internal/identity"
)

// Formals lists the formal acts that a visitor may read. What they are recused from is left out until it
// is public.
func (r *Room) Formals(ctx context.Context, v identity.Visitor) ([]Formal, error) {
	all, err := listFormals(ctx, r.reads, v)
	if err != nil {
		return nil, err
	}
	all, err = r.readable(ctx, v, all)
	return shownTo(v, all), err
}

// readable leaves out the acts from whose matter the visitor is recused, until they are public.
func (r *Room) readable(ctx context.Context, v identity.Visitor, all []Formal) ([]Formal, error) {
	kept, err := r.Withheld(ctx, v)
	if err != nil || kept.None() {
		return all, err
	}
	var bad error
	return slices.DeleteFunc(all, func(f Formal) bool {
		if f.Public() || bad != nil {
			return false
		}
		i, err := matterOfDecision(ctx, r.reads, f.Decision)
		bad = err
		return kept.Item(i)
	}), bad
}

// Formal reads one formal act by its reference. Faults: NotFound council.formal.unknown; Denied
// council.recused.
func (r *Room) Formal(ctx context.Context, v identity.Visitor, ref string) (Formal, error) {
	f, err := formalOfRef(ctx, r.reads, ref)
	if err != nil {
		return f, err
	}
	if !f.Public() && !v.Inside() {
		return Formal{}, fault.New(fault.NotFound, "council.formal.unknown")
	}
	if !f.Public() {
		kept, err := r.Withheld(ctx, v)
		if err != nil {
			return Formal{}, err
		}
		i, err := matterOfDecision(ctx, r.reads, f.Decision)
		if err != nil {
			return Formal{}, err
		}
		if kept.Item(i) {
			return Formal{}, fault.New(fault.Denied, "council.recused")
		}
	}
	return shownTo(v, []Formal{f})[0], nil
}

// shownTo takes from formal acts what a visitor may not read: outside, the text is the published one and
// what was masked is not told, nor that somebody asked the city to think again.
func shownTo(v identity.Visitor, all []Formal) []Formal {
	if v.Inside() {
		return all
	}
	for i := range all {
		f := &all[i]
		f.Title, f.Text, f.Masks, f.Appealed, f.Refused = f.Masked(f.Title), f.Published, nil, "", ""
	}
	return all
}

// FormalOf finds the formal act made of a decision; false when there is none, or the visitor may not know.
func (r *Room) FormalOf(ctx context.Context, v identity.Visitor, d Decision) (Formal, bool, error) {
	all, err := formalsAt(ctx, r.reads, d.Meeting)
	if err == nil {
		all, err = r.readable(ctx, v, all)
	}
	i := slices.IndexFunc(all, func(f Formal) bool {
		return f.Decision == d.ID && f.Status != FormalWithdrawn && (v.Inside() || f.Public())
	})
	if err != nil || i < 0 {
		return Formal{}, false, err
	}
	return shownTo(v, all[i:i+1])[0], true, nil
}
