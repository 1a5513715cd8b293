package app

import (
	"context"

	"parvis/data/ademe"
	"parvis/internal/act/actweb"
	"parvis/internal/calendar"
	"parvis/internal/id"
	"parvis/internal/portfolio"
	"parvis/internal/portfolio/portfolioweb"
	"parvis/internal/portfolio/strategy"
	"parvis/internal/portfolio/strategyweb"
	"parvis/internal/ui"
)

// makeStrategy opens the room of the strategy, with the taxonomies that indicators may cite.
func (a *App) makeStrategy() error {
	file, err := ademe.Files.Open(ademe.Indicators)
	if err != nil {
		return err
	}
	defer file.Close()
	territorial, err := strategy.ADEME(file)
	if err != nil {
		return err
	}
	a.Strategy = strategy.New(strategy.Config{Log: a.Log, Reads: a.DB.Readers, Writer: a.DB.Writer, Portfolio: a.Portfolio,
		Units: portfolio.PowersDirectory(a.Powers, a.cfg.clock()).Units, Taxonomies: []strategy.Taxonomy{territorial, strategy.SDG()}, Clock: a.cfg.clock()})
	return nil
}

func (a *App) strategyPages(journal *actweb.Pages) *strategyweb.Pages {
	return strategyweb.New(strategyweb.Config{Room: a.Strategy, Portfolio: a.Portfolio, Journal: journal.Timeline,
		Posts: namer(a.postLabels), Units: namer(a.unitLabels),
		AllUnits: func(ctx context.Context, lang string, day calendar.Day) ([]ui.Option, error) {
			choices, err := a.unitChoices(ctx, lang, day)
			options := make([]ui.Option, len(choices))
			for n, c := range choices {
				options[n] = ui.Option{Value: c.Value, Label: c.Label}
			}
			return options, err
		}})
}

// namer gives the names that the pages of projects use to those of the strategy.
func namer(ask func(context.Context, []id.ID, string, calendar.Day) (map[id.ID]portfolioweb.Label, error)) strategyweb.Namer {
	return func(ctx context.Context, which []id.ID, lang string, day calendar.Day) (map[id.ID]strategyweb.Label, error) {
		found, err := ask(ctx, which, lang, day)
		out := make(map[id.ID]strategyweb.Label, len(found))
		for k, l := range found {
			out[k] = strategyweb.Label{Text: l.Long, URL: l.URL}
		}
		return out, err
	}
}
