package portfolio

import (
	"context"
	"maps"
	"slices"

	"parvis/internal/act"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
)

// keptFrom lists the questions, and the items of committees, that are kept from a visitor; nil when there are none.
func (r *Room) keptFrom(ctx context.Context, v identity.Visitor) (map[id.ID]bool, error) {
	if r.withheld == nil || !v.Inside() {
		return nil, nil
	}
	return r.withheld(ctx, v)
}

// Readable refuses a question that is kept from the visitor, on a page or in a letter. Faults: Denied
// portfolio.arbitration.recused.
func (r *Room) Readable(ctx context.Context, v identity.Visitor, a Arbitration) error {
	kept, err := r.keptFrom(ctx, v)
	if err == nil && kept[a.ID] && a.Visibility != act.Public {
		err = fault.New(fault.Denied, "portfolio.arbitration.recused")
	}
	return err
}

// barred refuses whoever withdrew from a question: they do nothing more about it, its papers and what follows from it.
func (c *change) barred(matter act.Ref) error {
	if c.r.barred == nil || matter.ID == "" {
		return nil
	}
	return c.r.barred(c.tx, matter)
}

// without drops what is about a question that is kept from the visitor.
func without[T any](r *Room, ctx context.Context, v identity.Visitor, list []T, of func(T) Arbitration) ([]T, error) {
	kept, err := r.keptFrom(ctx, v)
	if err != nil || len(kept) == 0 {
		return list, err
	}
	return slices.DeleteFunc(list, func(one T) bool { a := of(one); return kept[a.ID] && a.Visibility != act.Public }), nil
}

func question(a Arbitration) Arbitration { return a }

func asked(w Waiting) Arbitration { return w.Arbitration }

// withholdCopil takes the questions that are kept from the reader out of the printed file.
func (r *Room) withholdCopil(ctx context.Context, v identity.Visitor, sheets []CopilSheet) error {
	kept, err := r.keptFrom(ctx, v)
	if err != nil || len(kept) == 0 {
		return err
	}
	gone := func(l ArbitrationLine) bool { return kept[l.ID] && l.Visibility != act.Public }
	for n := range sheets {
		s := &sheets[n]
		s.Waiting, s.Decided = slices.DeleteFunc(s.Waiting, gone), slices.DeleteFunc(s.Decided, gone)
		if s.Actions, err = permitted(ctx, r, v, s.Actions, action); err != nil {
			return err
		}
	}
	return nil
}

// permitted drops the action items of a matter that is kept from the visitor, but for what follows a published decision.
func permitted[T any](ctx context.Context, r *Room, v identity.Visitor, list []T, of func(T) Action) ([]T, error) {
	kept, err := r.keptFrom(ctx, v)
	if err != nil || len(kept) == 0 || len(list) == 0 {
		return list, err
	}
	public, err := publishedOf(ctx, r.reads, slices.Collect(maps.Keys(kept)))
	return slices.DeleteFunc(list, func(one T) bool {
		a := of(one)
		return kept[a.From.Item] || kept[a.Arbitration] && !slices.Contains(public, a.Arbitration)
	}), err
}

func action(a Action) Action { return a }
