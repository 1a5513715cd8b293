package app

import (
	"context"

	"parvis/internal/portal/genealogy"
	"parvis/internal/powers"
	"parvis/internal/ui"
)

func (a *App) genealogyPages() *genealogy.Pages {
	return genealogy.New(genealogy.Config{Read: a.DB.Readers, Engine: a.Powers, Portfolio: a.Portfolio, Strategy: a.Strategy, Passation: a.Passation, Council: a.Council,
		Units: func(ctx context.Context, lang string, m powers.Moment) ([]ui.Option, error) {
			return uiOptions(a.unitChoices)(ctx, lang, m.Day)
		}})
}
