package workspace

import (
	"context"
	"iter"
	"strings"
	"time"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/portfolio/strategy"
	"parvis/internal/search"
)

const (
	typeStrategy  = "strategy"
	typeIndicator = "indicator"
)

// reindexAim makes the documents of a strategy or of an indicator again.
func (w *Workspace) reindexAim(tx *db.Tx, about act.Ref, at time.Time) error {
	docs, err := w.aimDocs(tx.Context(), about, at)
	for _, d := range docs {
		if err := search.Put(tx, d); err != nil {
			return err
		}
	}
	return err
}

func (w *Workspace) aimDocs(ctx context.Context, about act.Ref, at time.Time) ([]search.Doc, error) {
	if w.Strategy == nil {
		return nil, nil
	}
	if about.Type == typeIndicator {
		i, err := w.Strategy.FindIndicator(ctx, insider, string(about.ID))
		return indicatorDocs(i, at), err
	}
	s, err := w.Strategy.Find(ctx, insider, string(about.ID))
	if err != nil {
		return nil, err
	}
	nodes, err := w.Strategy.Nodes(ctx, insider)
	return strategyDocs(s, nodes, at), err
}

// strategyDocs say what a strategy is for and what it aims at, in each language in which it is written. A draft is
// found by those who work for the city.
func strategyDocs(s strategy.Strategy, nodes []strategy.Node, at time.Time) (docs []search.Doc) {
	for _, lang := range langsOf(s.Title) {
		body := []string{s.Purpose.In(lang)}
		for _, n := range nodes {
			if n.Strategy == s.ID {
				body = append(body, n.Code, n.Title.In(lang))
			}
		}
		docs = append(docs, search.Doc{Ref: s.Ref(), Lang: lang, Title: s.Title.In(lang), Keywords: s.Number, Body: strings.Join(body, " "),
			Route: "strategy.sheet", Visibility: s.Visibility, Updated: at})
	}
	return docs
}

func indicatorDocs(i strategy.Indicator, at time.Time) (docs []search.Doc) {
	for _, lang := range langsOf(i.Title) {
		docs = append(docs, search.Doc{Ref: i.Ref(), Lang: lang, Title: i.Title.In(lang), Keywords: i.Number + " " + i.Unit, Body: i.Method,
			Route: "strategy.indicator", Visibility: i.Visibility, Updated: at})
	}
	return docs
}

// langsOf lists the languages in which curated words are written.
func langsOf(w strategy.Words) []string {
	if w.EN == "" {
		return []string{"fr"}
	}
	return []string{"fr", "en"}
}

// listed reads a whole list before it gives its first document: a city has few strategies.
func listed(all func(context.Context) ([]search.Doc, error)) func(context.Context) iter.Seq2[search.Doc, error] {
	return func(ctx context.Context) iter.Seq2[search.Doc, error] {
		return func(yield func(search.Doc, error) bool) {
			docs, err := all(ctx)
			if err != nil {
				yield(search.Doc{}, err)
				return
			}
			for _, d := range docs {
				if !yield(d, nil) {
					return
				}
			}
		}
	}
}

func (w *Workspace) allStrategies(ctx context.Context) (docs []search.Doc, err error) {
	all, err := w.Strategy.Strategies(ctx, insider)
	if err != nil {
		return nil, err
	}
	nodes, err := w.Strategy.Nodes(ctx, insider)
	for _, s := range all {
		docs = append(docs, strategyDocs(s, nodes, max(s.AdoptedOn, s.From).Time())...)
	}
	return docs, err
}

func (w *Workspace) allIndicators(ctx context.Context) (docs []search.Doc, err error) {
	all, err := w.Strategy.Indicators(ctx, insider)
	for _, i := range all {
		docs = append(docs, indicatorDocs(i, i.CreatedOn.Time())...)
	}
	return docs, err
}
