package actweb

import (
	"context"
	"slices"

	"parvis/internal/act"
	"parvis/internal/web"
)

// readable drops the internal acts about what is kept from the visitor: the thing itself, the page on which it
// appears, the question that it answers.
func (p *Pages) readable(ctx context.Context, v *web.Visit, entries []act.Entry) ([]act.Entry, error) {
	if p.Withheld == nil || !v.Visitor.Inside() {
		return entries, nil
	}
	kept, err := p.Withheld(ctx, v.Visitor)
	if err != nil || len(kept) == 0 {
		return entries, err
	}
	return slices.DeleteFunc(slices.Clone(entries), func(e act.Entry) bool {
		question := whyQuestion(e)
		return e.Visibility != act.Public && (kept[e.What.Ref] || kept[e.Subject] || question != nil && kept[*question])
	}), nil
}
