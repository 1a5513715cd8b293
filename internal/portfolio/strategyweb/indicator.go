package strategyweb

import (
	"context"
	"io"
	"net/http"
	"strings"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/i18n"
	"parvis/internal/id"
	"parvis/internal/portfolio"
	"parvis/internal/portfolio/strategy"
	"parvis/internal/tabular"
	"parvis/internal/ui"
	"parvis/internal/web"
)

// indicatorView is the page of an indicator, and of the forms about it.
type indicatorView struct {
	frame
	strategy.IndicatorSheet
	Objectives []portfolio.Objective
	Units      []ui.Option
	Query      string // what was searched for in the taxonomies
	Found      []strategy.Term
	More       int // found and not shown
	Taxonomies []strategy.Taxonomy
}

func (p *Pages) indicatorOf(r *http.Request) (indicatorView, error) {
	view := indicatorView{frame: p.frame(r)}
	var err error
	if view.IndicatorSheet, err = p.Room.IndicatorSheet(r.Context(), view.Visitor, r.PathValue("number")); err != nil {
		return view, err
	}
	view.Journal = p.journal(r, view.Ref())
	var posts []id.ID
	for _, m := range append(view.Measures, view.Replaced...) {
		posts = append(posts, m.Post)
	}
	return view, p.name(r, &view.frame, posts, []id.ID{view.Owner})
}

func (p *Pages) indicator(w http.ResponseWriter, r *http.Request) error {
	view, err := p.indicatorOf(r)
	if err != nil {
		return err
	}
	if r.PathValue("number") != view.Number {
		return web.See(w, r, web.From(r).URL("strategy.indicator", view.Number))
	}
	return web.Render(w, r, indicatorPage(view))
}

type indicatorForm struct {
	Version    int64              `form:"version"`
	Objective  id.ID              `form:"objective,max=64"`
	Title      string             `form:"title,max=200"`
	TitleEN    string             `form:"title_en,max=200"`
	Unit       string             `form:"unit,max=40"`
	Direction  strategy.Direction `form:"direction,max=20"`
	Baseline   strategy.Quantity  `form:"baseline,max=30"`
	BaselineAt string             `form:"baseline_at,max=40"`
	Low        strategy.Quantity  `form:"low,max=30"`
	High       strategy.Quantity  `form:"high,max=30"`
	Method     string             `form:"method,max=8000"`
	Source     string             `form:"source,max=200"`
	Frequency  strategy.Frequency `form:"frequency,max=20"`
	Owner      id.ID              `form:"owner,max=64"`
	Codes      string             `form:"codes,max=2000"`
}

func (f indicatorForm) set(r *http.Request, indicator id.ID) strategy.SetIndicator {
	codes := strings.FieldsFunc(f.Codes, func(c rune) bool { return strings.ContainsRune(", ;\n\r\t", c) })
	return strategy.SetIndicator{ID: indicator, Version: f.Version, Objective: f.Objective, Title: strategy.Words{FR: f.Title, EN: f.TitleEN}, Unit: f.Unit,
		Direction: f.Direction, Baseline: f.Baseline, BaselineAt: calendar.Fuzzy(f.BaselineAt), Low: f.Low, High: f.High, Method: f.Method, Source: f.Source,
		Frequency: f.Frequency, Owner: f.Owner, Codes: codes, Lang: web.From(r).Lang}
}

// fill reads what the forms about an indicator offer.
func (p *Pages) fill(r *http.Request, view *indicatorView) (err error) {
	if view.Objectives, err = p.Portfolio.Objectives(r.Context()); err != nil {
		return err
	}
	view.Units, err = p.unitOptions(r, view.frame)
	view.Taxonomies = p.Room.Taxonomies()
	return err
}

// shownTerms is how many entries of the taxonomies a search shows.
const shownTerms = 20

// search finds entries of the taxonomies by words of their code, label or group.
func (v *indicatorView) search(query string) {
	if v.Query = strings.TrimSpace(query); v.Query == "" {
		return
	}
	words := strings.Fields(i18n.Fold(v.Query))
	for _, t := range v.Taxonomies {
		for _, term := range t.Terms {
			text := i18n.Fold(strings.Join([]string{term.Code, term.Label.FR, term.Label.EN, term.Group.FR, term.Group.EN}, " "))
			if !all(words, text) {
				continue
			}
			if len(v.Found) < shownTerms {
				v.Found = append(v.Found, term)
			} else {
				v.More++
			}
		}
	}
}

func all(words []string, text string) bool {
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}

func (p *Pages) newIndicator(w http.ResponseWriter, r *http.Request) error {
	view := indicatorView{frame: p.frame(r)}
	view.Objective = id.ID(r.FormValue("objective"))
	view.Frequency = strategy.Yearly
	if err := p.fill(r, &view); err != nil {
		return err
	}
	view.search(r.FormValue("q"))
	if t, known := p.Room.Term(r.FormValue("code")); known { // begin from an entry of a taxonomy
		view.Title, view.Unit, view.Method, view.Codes = t.Label, t.Unit, t.Method, []string{t.Code}
	}
	if r.Method == http.MethodGet {
		return web.Render(w, r, newIndicatorPage(view))
	}
	var to string
	return perform(w, r, map[string]web.Deed{"set": web.Decoded(func(r *http.Request, by act.Actor, _ string, f indicatorForm) error {
		i, err := p.Room.SetIndicator(r.Context(), by, f.set(r, ""))
		to = web.From(r).URL("strategy.indicator.edit", i.Number)
		return err
	})}, newIndicatorPage(view), &to)
}

type measureForm struct {
	Period   string            `form:"period,max=40"`
	Value    strategy.Quantity `form:"value,max=30"`
	Source   string            `form:"source,max=200"`
	Evidence string            `form:"evidence,max=2000"`
	Digest   string            `form:"digest,max=64"`
	Note     string            `form:"note,max=8000"`
	Due      calendar.Day      `form:"due"`
	Why      string            `form:"why,max=8000"`
	Version  int64             `form:"version"`
}

func (f measureForm) record(r *http.Request, indicator, corrects id.ID) strategy.Record {
	return strategy.Record{Indicator: indicator, Corrects: corrects, Period: calendar.Fuzzy(f.Period), Value: f.Value, Source: f.Source, Evidence: f.Evidence,
		Digest: f.Digest, Note: f.Note, Lang: web.From(r).Lang}
}

func (p *Pages) editIndicator(w http.ResponseWriter, r *http.Request) error {
	view, err := p.indicatorOf(r)
	if err != nil {
		return err
	}
	if err := p.fill(r, &view); err != nil {
		return err
	}
	if r.Method == http.MethodGet {
		return web.Render(w, r, editIndicatorPage(view))
	}
	to := web.From(r).URL("strategy.indicator.edit", view.Number)
	deeds := p.indicatorDeeds(view.Indicator)
	deeds["series"] = func(r *http.Request, _ act.Actor, _ string) error {
		series, err := p.stage(r, view.ID)
		to = web.From(r).URL("strategy.indicator.series", view.Number, series)
		return err
	}
	return perform(w, r, deeds, editIndicatorPage(view), &to)
}

// stage reads a series that was sent as a file or pasted.
func (p *Pages) stage(r *http.Request, indicator id.ID) (id.ID, error) {
	upload, err := web.File(r, "file", tabular.Usual().File)
	if err != nil {
		return "", err
	}
	var from io.Reader = strings.NewReader(r.FormValue("pasted"))
	if upload != nil {
		defer upload.File.Close()
		from = upload.File
	} else if strings.TrimSpace(r.FormValue("pasted")) == "" {
		return "", fault.New(fault.Invalid, "strategy.form").At("file", "strategy.series.nothing")
	}
	preview, err := p.Room.StageSeries(r.Context(), web.From(r).Visitor, indicator, from)
	return preview.ID, err
}

func (p *Pages) indicatorDeeds(i strategy.Indicator) map[string]web.Deed {
	lang := func(r *http.Request) string { return web.From(r).Lang }
	return map[string]web.Deed{
		"set": web.Decoded(func(r *http.Request, by act.Actor, _ string, f indicatorForm) error {
			_, err := p.Room.SetIndicator(r.Context(), by, f.set(r, i.ID))
			return err
		}),
		"target": web.Decoded(func(r *http.Request, by act.Actor, _ string, f measureForm) error {
			_, err := p.Room.SetTarget(r.Context(), by, i.ID, f.Due, f.Value)
			return err
		}),
		"drop-target": web.Decoded(func(r *http.Request, by act.Actor, target string, f measureForm) error {
			return p.Room.DropTarget(r.Context(), by, id.ID(target), f.Why, lang(r))
		}),
		"measure": web.Decoded(func(r *http.Request, by act.Actor, _ string, f measureForm) error {
			_, err := p.Room.RecordMeasure(r.Context(), by, f.record(r, i.ID, ""))
			return err
		}),
		"correct": web.Decoded(func(r *http.Request, by act.Actor, measure string, f measureForm) error {
			_, err := p.Room.RecordMeasure(r.Context(), by, f.record(r, i.ID, id.ID(measure)))
			return err
		}),
		"publish": web.Decoded(func(r *http.Request, by act.Actor, _ string, f measureForm) error {
			return p.Room.PublishIndicator(r.Context(), by, i.ID, f.Version)
		}),
		"end": web.Decoded(func(r *http.Request, by act.Actor, _ string, f measureForm) error {
			return p.Room.EndIndicator(r.Context(), by, i.ID, f.Version, f.Why, lang(r))
		}),
	}
}

type seriesView struct {
	frame
	strategy.SeriesPreview
}

// series shows what a staged series would change, and makes it live.
func (p *Pages) series(w http.ResponseWriter, r *http.Request) error {
	view := seriesView{frame: p.frame(r)}
	var err error
	if view.SeriesPreview, err = p.Room.PreviewSeries(r.Context(), view.Visitor, web.PathID(r, "series")); err != nil {
		return err
	}
	if r.Method == http.MethodGet {
		return web.Render(w, r, seriesPage(view))
	}
	to := web.From(r).URL("strategy.indicator", view.Of.Number)
	return perform(w, r, map[string]web.Deed{"import": web.Decoded(func(r *http.Request, by act.Actor, _ string, f measureForm) error {
		_, err := p.Room.ImportSeries(r.Context(), view.Visitor, by, strategy.Import{Series: view.ID, Why: f.Why, Lang: web.From(r).Lang})
		return err
	})}, seriesPage(view), &to)
}

// Resolvers find the pages behind permanent addresses. What the visitor may not read is not found.
func (p *Pages) Resolvers() map[string]web.Resolver {
	return map[string]web.Resolver{
		"strategy": func(ctx context.Context, which id.ID) (string, []any, error) {
			s, err := p.Room.Find(ctx, web.Of(ctx).Visitor, string(which))
			return "strategy.sheet", []any{s.Number}, err
		},
		"indicator": func(ctx context.Context, which id.ID) (string, []any, error) {
			i, err := p.Room.FindIndicator(ctx, web.Of(ctx).Visitor, string(which))
			return "strategy.indicator", []any{i.Number}, err
		},
	}
}
