package strategy

import (
	"cmp"
	"context"
	"io"
	"slices"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/portfolio"
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

// StageSeries reads a file and keeps it until somebody accepts its preview.
func (r *Room) StageSeries(ctx context.Context, v identity.Visitor, indicator id.ID, file io.Reader) (SeriesPreview, error) {
	if !v.Inside() {
		return SeriesPreview{}, fault.New(fault.Denied, "strategy.agents_only")
	}
	i, err := r.FindIndicator(ctx, v, string(indicator))
	if err != nil {
		return SeriesPreview{}, err
	}
	standing, err := measuresOf(ctx, r.reads, i.ID)
	if err != nil {
		return SeriesPreview{}, err
	}
	rows, err := readSeries(file, r.Today(), i, standing)
	if err != nil {
		return SeriesPreview{}, err
	}
	s := Series{Indicator: i.ID, Rows: rows}
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
			if out[n].Effect = CorrectMeasure; row.sameValue(*old) && len(row.Differing(*old)) == 0 {
				out[n].Effect = SameMeasure
			}
		}
	}
	return out
}

// Differing lists what a row says otherwise than a measure, its value apart; a blank cell says nothing.
func (row SeriesRow) Differing(m Measure) []portfolio.Differing {
	return slices.DeleteFunc([]portfolio.Differing{{Field: "source", Yours: row.Source, Theirs: m.Source}, {Field: "evidence", Yours: row.Evidence, Theirs: m.Evidence},
		{Field: "note", Yours: row.Note, Theirs: m.Note}}, func(d portfolio.Differing) bool { return d.Yours == "" || d.Yours == d.Theirs })
}

// sameValue compares numbers, however many decimals were typed.
func (row SeriesRow) sameValue(m Measure) bool { return m.Value.Rat().Cmp(row.Value.Rat()) == 0 }

// ImportSeries makes a staged series live by one act: new measures are added, different ones correct those that stand,
// equal ones change nothing. A series that corrects says why, once for all that it corrects.
//
// Faults: Invalid strategy.form at why when it corrects without a reason, Conflict strategy.series.nothing_new, and
// strategy.measure.twice when a measure of the same period was recorded meanwhile.
func (r *Room) ImportSeries(ctx context.Context, v identity.Visitor, by act.Actor, in Import) (added int, err error) {
	return run(ctx, r, by, func(c *change) (int, error) {
		s, err := stagedSeries(c.ctx, c.tx, v.Account, in.Series)
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
		lines := effects(s.Rows, standing)
		if err := in.check(lines); err != nil {
			return 0, err
		}
		n, err := c.importRows(i, s, lines, standing, in, by.Post)
		if err != nil {
			return 0, err
		}
		i.Version++
		a := act.Act{Why: act.Why{Objectives: []id.ID{i.Objective}}}
		if err := c.recordIndicator("measure.import", i, said(a, "why", in.Lang, in.Why)); err != nil {
			return 0, err
		}
		return n, dropSeries(c.tx.Tx, v.Account, s.ID)
	})
}

// Import is the form that makes a staged series live. Why says what was wrong with what it corrects.
type Import struct {
	Series    id.ID
	Why, Lang string
}

func (in *Import) check(lines []SeriesLine) error {
	trim(&in.Why)
	p := SeriesPreview{Lines: lines}
	if p.Count(SameMeasure) == len(lines) {
		return fault.New(fault.Conflict, "strategy.series.nothing_new")
	}
	f := newForm()
	if f.limited("why", in.Why, maxText); p.Count(CorrectMeasure) > 0 {
		f.required("why", in.Why, maxText)
	}
	return f.OrNil()
}

func (c *change) importRows(i Indicator, s Series, lines []SeriesLine, standing []Measure, in Import, post id.ID) (n int, err error) {
	for _, l := range lines {
		if l.Effect == SameMeasure {
			continue
		}
		m := Measure{ID: c.tx.NewID(), Version: 1, Indicator: i.ID, Period: l.Period, LastDay: l.Period.End(), Value: l.Value, Source: cmp.Or(l.Source, i.Source),
			Evidence: l.Evidence, Note: l.Note, Lang: "fr", Post: post, RecordedOn: c.today, Import: s.ID}
		if l.Old != nil {
			m = m.correcting(*l.Old, in)
		}
		if err := c.replace(i, &m, standing); err != nil {
			return n, err
		}
		if err := c.putMeasure(&m); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// correcting keeps of the old measure what the file leaves blank; a note of the row's own says why better than the reason
// of the whole import.
func (m Measure) correcting(old Measure, in Import) Measure {
	if m.Corrects = old.ID; m.Note == "" || m.Note == old.Note {
		m.Note, m.Lang = in.Why, in.Lang
	}
	m.Evidence = cmp.Or(m.Evidence, old.Evidence)
	if m.Evidence == old.Evidence {
		m.Digest = old.Digest
	}
	return m
}
