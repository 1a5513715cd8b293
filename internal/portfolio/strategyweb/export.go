package strategyweb

import (
	"bytes"
	"iter"
	"net/http"
	"slices"

	"parvis/internal/calendar"
	"parvis/internal/portfolio/strategy"
	"parvis/internal/tabular"
	"parvis/internal/web"
)

// headed makes a table of rows under titles of the catalogue.
func headed(v *web.Visit, sheet string, columns []string, rows [][]any) tabular.Output {
	header := make([]string, len(columns))
	for n, c := range columns {
		header[n] = v.P.T("strategy.column." + c)
	}
	return tabular.Output{Sheet: v.P.T(sheet), Header: header, Rows: each(rows)}
}

func each(rows [][]any) iter.Seq[[]any] { return slices.Values(rows) }

// sendCSV answers in the dialect of the reader's spreadsheet.
func sendCSV(w http.ResponseWriter, r *http.Request, name string, t tabular.Output) error {
	dialect := tabular.Machine()
	if web.From(r).Lang == "fr" {
		dialect = tabular.French()
	}
	var body bytes.Buffer
	if err := tabular.WriteCSV(&body, t, dialect); err != nil {
		return err
	}
	return send(w, r, web.CSV+"; charset=utf-8", name, "csv", body.Bytes())
}

func sendXLSX(w http.ResponseWriter, r *http.Request, name string, tables ...tabular.Output) error {
	var body bytes.Buffer
	if err := tabular.WriteXLSX(&body, tables...); err != nil {
		return err
	}
	return send(w, r, web.XLSX, name, "xlsx", body.Bytes())
}

func send(w http.ResponseWriter, r *http.Request, media, name, extension string, body []byte) error {
	v := web.From(r)
	web.Download(w, media, tabular.FileName(name+" "+string(calendar.DayOf(v.Now)), extension))
	w.Header().Set("Cache-Control", "private, no-cache")
	w.Header().Add("Vary", "Cookie")
	w.Write(body) // a reader that has gone can be told nothing
	return nil
}

// decimal is a number for a spreadsheet, exact to what was typed.
func decimal(q strategy.Quantity) any {
	if !q.Known() {
		return nil
	}
	return q.Float()
}

// indicatorTable is every indicator that the visitor may read, with its progress.
func (p *Pages) indicatorTable(r *http.Request) (tabular.Output, error) {
	v := web.From(r)
	gauges, err := p.Room.Gauges(r.Context(), v.Visitor, calendar.DayOf(v.Now))
	if err != nil {
		return tabular.Output{}, err
	}
	objectives, err := p.Portfolio.Objectives(r.Context())
	codes := map[string]string{}
	for _, o := range objectives {
		codes[string(o.ID)] = o.Code
	}
	var rows [][]any
	for _, g := range gauges {
		row := []any{codes[string(g.Objective)], g.Number, g.Title.In(v.Lang), g.Unit, v.P.T("strategy.direction." + string(g.Direction)), decimal(g.Baseline), g.BaselineAt}
		row = append(row, latestCells(g)...)
		rows = append(rows, append(row, g.Source, v.P.T("strategy.state."+string(g.State())), g.Late, v.Frame.Origin+v.URL("strategy.indicator", g.Number)))
	}
	return headed(v, "strategy.indicators", []string{"objective", "number", "title", "unit", "direction", "baseline", "baseline_at", "value", "period", "target", "due", "done", "source", "state", "late", "address"}, rows), err
}

// latestCells are the latest measure, the target, and how much of the way is done.
func latestCells(g strategy.Gauge) []any {
	cells := []any{nil, nil, nil, nil, nil}
	if g.Latest != nil {
		cells[0], cells[1] = decimal(g.Latest.Value), g.Latest.Period
	}
	if g.Target != nil && g.Direction != strategy.Range {
		cells[2], cells[3] = decimal(g.Target.Value), g.Target.Due
	}
	if g.Done != nil {
		cells[4] = number(g.Done)
	}
	return cells
}

func (p *Pages) indicatorsCSV(w http.ResponseWriter, r *http.Request) error {
	t, err := p.indicatorTable(r)
	if err != nil {
		return err
	}
	return sendCSV(w, r, web.From(r).P.T("strategy.indicators"), t)
}

func (p *Pages) indicatorsXLSX(w http.ResponseWriter, r *http.Request) error {
	t, err := p.indicatorTable(r)
	if err != nil {
		return err
	}
	return sendXLSX(w, r, web.From(r).P.T("strategy.indicators"), t)
}

// seriesTable is the measures of an indicator: those that stand, then those that were replaced.
func (p *Pages) seriesTable(r *http.Request) (strategy.IndicatorSheet, tabular.Output, error) {
	v := web.From(r)
	s, err := p.Room.IndicatorSheet(r.Context(), v.Visitor, r.PathValue("number"))
	if err != nil {
		return s, tabular.Output{}, err
	}
	var rows [][]any
	for n, m := range append(s.Measures, s.Replaced...) {
		rows = append(rows, []any{s.Number, m.Period, decimal(m.Value), s.Unit, m.Source, m.Evidence, m.Note, m.RecordedOn, n >= len(s.Measures)})
	}
	return s, headed(v, "strategy.series", []string{"number", "period", "value", "unit", "source", "evidence", "note", "recorded", "replaced"}, rows), nil
}

func (p *Pages) seriesCSV(w http.ResponseWriter, r *http.Request) error {
	s, t, err := p.seriesTable(r)
	if err != nil {
		return err
	}
	return sendCSV(w, r, s.Number, t)
}

func (p *Pages) seriesXLSX(w http.ResponseWriter, r *http.Request) error {
	s, t, err := p.seriesTable(r)
	if err != nil {
		return err
	}
	return sendXLSX(w, r, s.Number, t)
}

// gridTables are an edition and what is placed in it.
func (p *Pages) gridTables(r *http.Request) (gridView, []tabular.Output, error) {
	g, err := p.gridOf(r)
	if err != nil {
		return g, nil, err
	}
	v := web.From(r)
	var criteria, placed [][]any
	for _, k := range g.Criteria {
		for _, l := range k.Levels {
			criteria = append(criteria, []any{g.Edition, k.Code, k.Name.In(v.Lang), k.Question.In(v.Lang), l.Label.In(v.Lang)})
		}
	}
	for _, pl := range g.Placed {
		k, _ := g.Criterion(pl.Criterion)
		l, _ := k.Level(pl.Level)
		n := g.Titles[pl.Subject.ID]
		placed = append(placed, []any{n.Number, n.Title, k.Code, l.Label.In(v.Lang), pl.Reason, pl.PlacedOn})
	}
	return g, []tabular.Output{headed(v, "strategy.grid.title", []string{"edition", "code", "name", "question", "level"}, criteria),
		headed(v, "strategy.placements", []string{"number", "title", "code", "level", "reason", "placed"}, placed)}, nil
}

func (p *Pages) gridCSV(w http.ResponseWriter, r *http.Request) error {
	_, tables, err := p.gridTables(r)
	if err != nil {
		return err
	}
	return sendCSV(w, r, web.From(r).P.T("strategy.grid.title"), tables[0])
}

func (p *Pages) gridXLSX(w http.ResponseWriter, r *http.Request) error {
	_, tables, err := p.gridTables(r)
	if err != nil {
		return err
	}
	return sendXLSX(w, r, web.From(r).P.T("strategy.grid.title"), tables...)
}
