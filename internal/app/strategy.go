package app

import (
	"context"

	"parvis/data/ademe"
	"parvis/internal/act"
	"parvis/internal/act/actweb"
	"parvis/internal/calendar"
	"parvis/internal/id"
	"parvis/internal/portfolio"
	"parvis/internal/portfolio/portfolioweb"
	"parvis/internal/portfolio/strategy"
	"parvis/internal/portfolio/strategyweb"
	"parvis/internal/ui"
	"parvis/internal/web"
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
	a.Strategy = strategy.New(strategy.Config{Log: a.Log, Reads: a.DB.Readers, Marks: a.marks, Writer: a.DB.Writer, Portfolio: a.Portfolio,
		Units: portfolio.PowersDirectory(a.Powers, a.cfg.clock()).Units, Taxonomies: []strategy.Taxonomy{territorial, strategy.SDG()}, Clock: a.cfg.clock(), Blobs: a.Blobs, Asked: a.askBeforehand})
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

// nameStrategy names what the acts of the strategy speak of, as far as the visitor may read it.
func (a *App) nameStrategy(ctx context.Context, lang string, byType map[string][]id.ID, names map[act.Ref]actweb.Label) error {
	if len(byType["strategy"])+len(byType["indicator"])+len(byType["objective"]) == 0 {
		return nil
	}
	v := web.Of(ctx).Visitor
	strategies, err := a.Strategy.Strategies(ctx, v)
	if err != nil {
		return err
	}
	for _, s := range strategies {
		label := actweb.Label{Text: "« " + s.Title.In(lang) + " »", URL: a.pageOf(lang, "strategy.sheet", s.Number)}
		names[act.Ref{Type: "strategy", ID: s.ID}], names[act.Ref{Type: "strategy", ID: id.ID(s.Number)}] = label, label
	}
	indicators, err := a.Strategy.Indicators(ctx, v)
	if err != nil {
		return err
	}
	for _, i := range indicators {
		label := actweb.Label{Text: "« " + i.Title.In(lang) + " »", URL: a.pageOf(lang, "strategy.indicator", i.Number)}
		names[act.Ref{Type: "indicator", ID: i.ID}], names[act.Ref{Type: "indicator", ID: id.ID(i.Number)}] = label, label
	}
	objectives, err := a.Portfolio.Objectives(ctx)
	for _, o := range objectives {
		names[act.Ref{Type: "objective", ID: o.ID}] = actweb.Label{Text: o.Code + " · " + inLang(lang, o.TitleFR, o.TitleEN)}
	}
	return err
}
