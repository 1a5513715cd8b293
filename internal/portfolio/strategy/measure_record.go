package strategy

import (
	"context"
	"errors"
	"slices"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// Record is the form of a measure, or of the correction of one.
type Record struct {
	Indicator id.ID
	Corrects  id.ID // the measure that this one replaces
	Period    calendar.Fuzzy
	Value     Quantity
	Source    string
	Evidence  string // address
	Digest    string
	Note      string
	Lang      string
}

func (in *Record) check(today calendar.Day) error {
	trim(&in.Source, &in.Evidence, &in.Digest, &in.Note)
	f := newForm()
	period, err := calendar.ReadFuzzy(string(in.Period))
	switch in.Period = period; {
	case err != nil:
		f.At("period", "strategy.bad_period")
	case period == "":
		f.At("period", "strategy.required")
	case period.Start().After(today):
		f.At("period", "strategy.measure.future")
	}
	f.quantity("value", &in.Value, true)
	f.required("source", in.Source, maxTitle)
	f.link("evidence", in.Evidence)
	f.digest("digest", in.Digest)
	f.limited("note", in.Note, maxText)
	if in.Corrects != "" {
		f.required("note", in.Note, maxText) // why the first value was wrong
	}
	return f.OrNil()
}

// RecordMeasure adds a measure with its evidence, or corrects one: the old one stays beside it.
//
// Faults: Invalid strategy.form at period when it is longer than those of the indicator; Conflict strategy.measure.twice
// when the period has a measure already and the form does not say that it corrects it; strategy.measure.corrected when somebody else corrected it meanwhile.
func (r *Room) RecordMeasure(ctx context.Context, by act.Actor, in Record) (Measure, error) {
	return run(ctx, r, by, func(c *change) (Measure, error) {
		i, err := c.live(in.Indicator)
		if err != nil {
			return Measure{}, err
		}
		if in.Source == "" {
			in.Source = i.Source
		}
		if err := in.check(c.today); err != nil {
			return Measure{}, err
		}
		c.roles = i.heldBy()
		m, err := c.measure(i, in, by.Post)
		if err != nil {
			return m, err
		}
		verb := "measure.record"
		if m.Corrects != "" {
			verb = "measure.correct"
		}
		a := act.Act{Subject: i.Ref(), Object: act.Ref{Type: "measure", ID: m.ID}, Version: 1, Visibility: i.Visibility,
			Args: map[string]string{"indicator": i.Number, "period": string(m.Period), "value": string(m.Value), "unit_of_measure": i.Unit},
			Why:  act.Why{Objectives: []id.ID{i.Objective}, Evidence: filled([]string{m.Digest})}}
		_, err = c.record(verb, said(said(a, "note", in.Lang, m.Note), "evidence", "fr", m.Evidence))
		return m, err
	})
}

// measure writes the measure that a form asks for.
func (c *change) measure(i Indicator, in Record, post id.ID) (Measure, error) {
	standing, err := measuresOf(c.ctx, c.tx, i.ID)
	if err != nil {
		return Measure{}, err
	}
	m := Measure{ID: c.tx.NewID(), Version: 1, Indicator: i.ID, Period: in.Period, LastDay: in.Period.End(), Value: in.Value, Source: in.Source,
		Evidence: in.Evidence, Digest: in.Digest, Note: in.Note, Lang: in.Lang, Post: post, RecordedOn: c.today, Corrects: in.Corrects}
	if err := c.replace(i, &m, standing); err != nil {
		return m, err
	}
	return m, c.putMeasure(&m)
}

// replace marks the measure that a correction replaces, and refuses a period that is not one of the indicator's, and two
// measures of one. A correction may leave the period as it is, whatever the frequency has become since.
func (c *change) replace(i Indicator, m *Measure, standing []Measure) error {
	at := slices.IndexFunc(standing, func(s Measure) bool { return s.ID == m.Corrects })
	if m.Corrects != "" && at < 0 {
		return fault.New(fault.Conflict, "strategy.measure.corrected")
	}
	asItWas := at >= 0 && standing[at].Period == m.Period
	if bad, ok := errors.AsType[*fault.Error](i.fits(m.Period)); ok && !asItWas {
		return invalid("period", bad.Key, bad.Args...)
	}
	for n, s := range standing {
		if n != at && (s.Period == m.Period || !asItWas && i.together(s.Period, m.Period)) {
			return fault.New(fault.Conflict, "strategy.measure.twice", "period", m.Period, "value", string(s.Value))
		}
	}
	if m.Corrects == "" {
		return nil
	}
	old := standing[at]
	old.Version, old.ReplacedBy = old.Version+1, m.ID
	return c.putMeasure(&old)
}
