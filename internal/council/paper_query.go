package council

import (
	"context"

	"parvis/internal/act"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
)

// PaperFor reads one edition of a paper for a visitor. Faults: NotFound for what is not public, outside;
// Denied council.recused for a recused reader, unless it was published.
func (r *Room) PaperFor(ctx context.Context, v identity.Visitor, paper id.ID) (Paper, error) {
	p, err := loadPaper(ctx, r.reads, paper)
	if err != nil || p.Visibility == act.Public && p.WithdrawnOn == "" {
		return p, err
	}
	if !v.Inside() {
		return Paper{}, fault.New(fault.NotFound, "council.paper.not_found")
	}
	if p.Item == "" {
		return p, nil
	}
	i, err := loadItem(ctx, r.reads, p.Item)
	if err != nil {
		return Paper{}, err
	}
	w, err := r.Withheld(ctx, v)
	if err == nil && w.Item(i) {
		err = fault.New(fault.Denied, "council.recused")
	}
	if err != nil {
		return Paper{}, err
	}
	return p, nil
}
