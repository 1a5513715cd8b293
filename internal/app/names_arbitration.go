package app

import (
	"context"

	"parvis/internal/act"
	"parvis/internal/act/actweb"
	"parvis/internal/id"
	"parvis/internal/web"
)

// nameArbitrations names questions by their number and their words, as far as the visitor may read them; others are
// called « un arbitrage ».
func (a *App) nameArbitrations(ctx context.Context, lang string, which []id.ID, names map[act.Ref]actweb.Label) error {
	found, err := a.Portfolio.NamedArbitrations(ctx, web.Of(ctx).Visitor, which)
	for _, q := range found {
		names[act.Ref{Type: "arbitration", ID: q.ID}] = actweb.Label{Text: q.Number + " « " + q.Title + " »", URL: a.pageOf(lang, "portfolio.arbitration", q.Number)}
	}
	return err
}
