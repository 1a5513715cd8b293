package strategy

import (
	"context"
	"errors"
	"io"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/tabular"
)

// Series is a file of measures that was read, waiting for its preview to be accepted.
type Series struct {
	ID        id.ID
	Indicator id.ID
	Rows      []SeriesRow
}

// SeriesRow is one measure of a series.
type SeriesRow struct {
	Line     int
	Period   calendar.Fuzzy
	Value    Quantity
	Source   string
	Evidence string
	Note     string
}

// Effect is what a row of a series would do.
type Effect string

// The effects.
const (
	AddsMeasure    Effect = "adds"
	SameMeasure    Effect = "same"
	CorrectMeasure Effect = "corrects"
)

// SeriesPreview is what a staged series would change, as things stand now.
type SeriesPreview struct {
	Series
	Of    Indicator
	Lines []SeriesLine
}

// SeriesLine is a row with its effect; Old is the measure that it would correct.
type SeriesLine struct {
	SeriesRow
	Effect Effect
	Old    *Measure
}

// Count answers how many rows have that effect.
func (p SeriesPreview) Count(e Effect) int {
	n := 0
	for _, l := range p.Lines {
		if l.Effect == e {
			n++
		}
	}
	return n
}

func seriesColumns() []tabular.Column {
	return []tabular.Column{
		{Field: "period", Names: []string{"Période", "Date", "Année", "Period", "Year"}, Required: true, Filled: true},
		{Field: "value", Names: []string{"Valeur", "Mesure", "Value"}, Required: true, Filled: true},
		{Field: "source", Names: []string{"Source"}},
		{Field: "evidence", Names: []string{"Preuve", "Lien", "Evidence", "Link"}},
		{Field: "note", Names: []string{"Remarque", "Note", "Commentaire", "Comment"}},
	}
}

// ReadSeries reads a CSV or XLSX file of measures. Nothing is kept of a file with a defect: every
// defect is said with its line, so that the file is mended once.
//
// Faults: those of tabular; Invalid tabular.defects with a field for each cell in fault.
func ReadSeries(file io.Reader, today calendar.Day) ([]SeriesRow, error) {
	book, err := tabular.Read(file, tabular.Usual())
	if err != nil {
		return nil, err
	}
	if len(book.Sheets) == 0 {
		return nil, fault.New(fault.Invalid, "strategy.series.empty")
	}
	table, err := book.Sheets[0].Bind(seriesColumns()...)
	if err != nil {
		return nil, err
	}
	var rows []SeriesRow
	seen, decimal := map[calendar.Fuzzy]int{}, decimalSign(table.Texts("value"), book.Sheets[0].Comma)
	for rec := range table.Rows() {
		row := readSeriesRow(rec, today)
		readValue(rec, &row, decimal)
		if before := seen[row.Period]; before != 0 && row.Period != "" {
			rec.Fault("period", "strategy.series.twice", "line", before)
		}
		seen[row.Period] = row.Line
		rows = append(rows, row)
	}
	if len(rows) == 0 {
		return nil, fault.New(fault.Invalid, "strategy.series.empty")
	}
	return rows, table.Err()
}

func readSeriesRow(rec *tabular.Record, today calendar.Day) SeriesRow {
	row := SeriesRow{Line: rec.Number(), Period: rec.Fuzzy("period"), Source: rec.Text("source"), Evidence: rec.Text("evidence"), Note: rec.Text("note")}
	if row.Period.Start().After(today) {
		rec.Fault("period", "strategy.measure.future")
	}
	f := newForm()
	if f.link("evidence", row.Evidence); f.OrNil() != nil {
		rec.Fault("evidence", "strategy.bad_link")
	}
	return row
}

func readValue(rec *tabular.Record, row *SeriesRow, decimal rune) {
	text := rec.Text("value")
	q, err := readQuantity(text, decimal)
	row.Value = q
	if bad, ok := errors.AsType[*fault.Error](err); ok && text != "" {
		rec.Fault("value", bad.Key, bad.Args...)
	}
}

// StageSeries reads a file and keeps it until somebody accepts its preview.
func (r *Room) StageSeries(ctx context.Context, v identity.Visitor, indicator id.ID, file io.Reader) (SeriesPreview, error) {
	if !v.Inside() {
		return SeriesPreview{}, fault.New(fault.Denied, "strategy.agents_only")
	}
	rows, err := ReadSeries(file, r.Today())
	if err != nil {
		return SeriesPreview{}, err
	}
	s := Series{Indicator: indicator, Rows: rows}
	err = r.writer.Traffic(ctx, func(tx *db.Tx) error {
		s.ID = id.New(tx.Now())
		return stageSeries(tx, v.Account, s)
	})
	if err != nil {
		return SeriesPreview{}, err
	}
	return r.PreviewSeries(ctx, v, s.ID)
}

// PreviewSeries shows what a staged series would change.
func (r *Room) PreviewSeries(ctx context.Context, v identity.Visitor, series id.ID) (SeriesPreview, error) {
	s, err := stagedSeries(ctx, r.reads, v.Account, series)
	if err != nil {
		return SeriesPreview{}, err
	}
	p := SeriesPreview{Series: s}
	if p.Of, err = r.FindIndicator(ctx, v, string(s.Indicator)); err != nil {
		return p, err
	}
	standing, err := measuresOf(ctx, r.reads, s.Indicator)
	p.Lines = effects(s.Rows, standing)
	return p, err
}

func effects(rows []SeriesRow, standing []Measure) []SeriesLine {
	by := map[calendar.Fuzzy]*Measure{}
	for n := range standing {
		by[standing[n].Period] = &standing[n]
	}
	out := make([]SeriesLine, len(rows))
	for n, row := range rows {
		out[n] = SeriesLine{SeriesRow: row, Effect: AddsMeasure, Old: by[row.Period]}
		if old := out[n].Old; old != nil {
			if out[n].Effect = CorrectMeasure; old.Value.Rat().Cmp(row.Value.Rat()) == 0 {
				out[n].Effect = SameMeasure
			}
		}
	}
	return out
}

// ImportSeries makes a staged series live by one act: new measures are added, different ones correct
// those that stand, equal ones change nothing.
func (r *Room) ImportSeries(ctx context.Context, v identity.Visitor, by act.Actor, series id.ID) (added int, err error) {
	return run(ctx, r, by, func(c *change) (int, error) {
		s, err := stagedSeries(c.ctx, c.tx, v.Account, series)
		if err != nil {
			return 0, err
		}
		i, err := c.live(s.Indicator)
		if err != nil {
			return 0, err
		}
		c.roles = i.heldBy()
		standing, err := measuresOf(c.ctx, c.tx, i.ID)
		if err != nil {
			return 0, err
		}
		n, err := c.importRows(i, s, effects(s.Rows, standing), by.Post)
		if err != nil {
			return 0, err
		}
		if n == 0 {
			return 0, fault.New(fault.Conflict, "strategy.series.nothing_new")
		}
		i.Version++
		if err := c.recordIndicator("measure.import", i, act.Act{Why: act.Why{Objectives: []id.ID{i.Objective}}}); err != nil {
			return 0, err
		}
		return n, dropSeries(c.tx.Tx, v.Account, s.ID)
	})
}

func (c *change) importRows(i Indicator, s Series, lines []SeriesLine, post id.ID) (n int, err error) {
	for _, l := range lines {
		if l.Effect == SameMeasure {
			continue
		}
		m := Measure{ID: c.tx.NewID(), Version: 1, Indicator: i.ID, Period: l.Period, LastDay: l.Period.End(), Value: l.Value, Source: l.Source,
			Evidence: l.Evidence, Note: l.Note, Lang: "fr", Post: post, RecordedOn: c.today, Import: s.ID}
		if m.Source == "" {
			m.Source = i.Source
		}
		if l.Old != nil {
			m.Corrects = l.Old.ID
			old := *l.Old
			old.Version, old.ReplacedBy = old.Version+1, m.ID
			if err := c.putMeasure(&old); err != nil {
				return n, err
			}
		}
		if err := c.putMeasure(&m); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}
