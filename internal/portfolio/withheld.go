package portfolio

import (
	"context"
	"slices"

	"parvis/internal/act"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
)

// keptFrom lists the questions that are kept from a visitor; nil when there are none.
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
func (c *change) barred(arbitration id.ID) error {
	if c.r.barred == nil || arbitration == "" {
		return nil
	}
	return c.r.barred(c.tx, arbitration)
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
		sheets[n].Waiting, sheets[n].Decided = slices.DeleteFunc(sheets[n].Waiting, gone), slices.DeleteFunc(sheets[n].Decided, gone)
	}
	return nil
}
