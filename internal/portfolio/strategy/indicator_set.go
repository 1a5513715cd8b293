package strategy

import (
	"context"
	"slices"
	"strconv"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/portfolio"
)

// SetIndicator is the form of an indicator. An empty ID makes a new one.
type SetIndicator struct {
	ID         id.ID
	Version    int64
	Objective  id.ID
	Title      Words
	Unit       string
	Direction  Direction
	Baseline   Quantity
	BaselineAt calendar.Fuzzy
	Low, High  Quantity
	Method     string
	Source     string
	Frequency  Frequency
	Owner      id.ID
	Codes      []string
	Lang       string
}

func (r *Room) checkIndicator(in *SetIndicator) error {
	in.Title.trim()
	trim(&in.Unit, &in.Method, &in.Source)
	in.Codes = filled(in.Codes)
	f := newForm()
	f.required("title", in.Title.FR, maxTitle)
	f.limited("title_en", in.Title.EN, maxTitle)
	f.required("objective", string(in.Objective), 64)
	f.required("unit", in.Unit, 40)
	f.required("method", in.Method, maxText)
	f.required("source", in.Source, maxTitle)
	oneOf(f, "direction", in.Direction, Directions())
	oneOf(f, "frequency", in.Frequency, Frequencies())
	f.quantity("baseline", &in.Baseline, false)
	f.quantity("low", &in.Low, in.Direction == Range)
	f.quantity("high", &in.High, in.Direction == Range)
	in.checkBounds(f)
	for _, c := range in.Codes {
		if _, known := r.Term(c); !known {
			f.At("codes", "strategy.unknown_code", "code", c)
		}
	}
	return f.OrNil()
}

func (in *SetIndicator) checkBounds(f form) {
	if low, high := in.Low.Rat(), in.High.Rat(); low != nil && high != nil && low.Cmp(high) >= 0 {
		f.At("high", "strategy.high_below_low")
	}
	at, err := calendar.ReadFuzzy(string(in.BaselineAt))
	if in.BaselineAt = at; err != nil {
		f.At("baseline_at", "strategy.bad_period")
	} else if at == "" && in.Baseline.Known() {
		f.At("baseline_at", "strategy.required")
	}
}

// SetIndicator makes or changes an indicator. It is internal until somebody publishes it.
func (r *Room) SetIndicator(ctx context.Context, by act.Actor, in SetIndicator) (Indicator, error) {
	return run(ctx, r, by, func(c *change) (Indicator, error) {
		if err := r.checkIndicator(&in); err != nil {
			return Indicator{}, err
		}
		i, err := c.indicator(in)
		if err != nil {
			return i, err
		}
		if err := c.owned(in.Owner); err != nil {
			return i, err
		}
		i.Version++
		i.Objective, i.Title, i.Unit, i.Direction, i.Baseline, i.BaselineAt = in.Objective, in.Title, in.Unit, in.Direction, in.Baseline, in.BaselineAt
		i.Low, i.High, i.Method, i.Source, i.Frequency, i.Owner, i.Codes = in.Low, in.High, in.Method, in.Source, in.Frequency, in.Owner, in.Codes
		return i, c.recordIndicator("indicator.set", i, act.Act{Why: act.Why{Objectives: []id.ID{i.Objective}}, Texts: []act.Text{
			{Name: "title", Lang: "fr", Body: i.Title.FR}, {Name: "method", Lang: in.Lang, Body: i.Method}}})
	})
}

// indicator is the one that a form is about, or a new one.
func (c *change) indicator(in SetIndicator) (Indicator, error) {
	if in.ID != "" {
		i, err := c.live(in.ID)
		if err != nil {
			return i, err
		}
		return i, fresh(in.Version, i.Version, portfolio.Differing{Field: "title", Yours: in.Title.FR, Theirs: i.Title.FR},
			portfolio.Differing{Field: "method", Yours: in.Method, Theirs: i.Method},
			portfolio.Differing{Field: "baseline", Yours: string(in.Baseline), Theirs: string(i.Baseline)})
	}
	all, err := c.r.portfolio.Objectives(c.ctx)
	if err != nil {
		return Indicator{}, err
	}
	if !slices.ContainsFunc(all, func(o portfolio.Objective) bool { return o.ID == in.Objective }) {
		return Indicator{}, fault.New(fault.Invalid, "strategy.form").At("objective", "strategy.objective.not_found")
	}
	year := c.today.Year()
	seq, err := nextSeq(c.tx, "strategy_indicator", year)
	return Indicator{ID: c.tx.NewID(), Year: year, Seq: seq, Number: "I-" + strconv.Itoa(year) + "-" + strconv.Itoa(seq),
		CreatedOn: c.today, Visibility: act.Internal}, err
}

// owned wants an owner that exists today, if one is named.
func (c *change) owned(unit id.ID) error {
	if unit == "" || c.r.units == nil {
		return nil
	}
	found, err := c.r.units(c.ctx, c.tx, []id.ID{unit}, c.today)
	if err != nil {
		return err
	}
	if _, there := found[unit]; !there {
		return fault.New(fault.Invalid, "strategy.form").At("owner", "strategy.unknown_unit")
	}
	return nil
}

// recordIndicator writes an indicator and the act that changes it, as public as the indicator is.
func (c *change) recordIndicator(verb string, i Indicator, a act.Act) error {
	if err := c.putIndicator(&i); err != nil {
		return err
	}
	a.Object, a.Version, a.Visibility = i.Ref(), i.Version, i.Visibility
	if a.Args == nil {
		a.Args = map[string]string{}
	}
	a.Args["indicator"] = i.Number
	_, err := c.record(verb, a)
	return err
}

// PublishIndicator lets everybody read an indicator, its targets and its measures.
func (r *Room) PublishIndicator(ctx context.Context, by act.Actor, indicator id.ID, version int64) error {
	_, err := run(ctx, r, by, func(c *change) (Indicator, error) {
		i, err := loadIndicator(c.ctx, c.tx, indicator)
		if err != nil {
			return i, err
		}
		if i.Public() {
			return i, fault.New(fault.Conflict, "strategy.public_already")
		}
		if err := fresh(version, i.Version); err != nil {
			return i, err
		}
		i.Version, i.Visibility = i.Version+1, act.Public
		return i, c.recordIndicator("indicator.publish", i, act.Act{})
	})
	return err
}

// EndIndicator says that an indicator is measured no more, and why. Its series stays.
func (r *Room) EndIndicator(ctx context.Context, by act.Actor, indicator id.ID, version int64, why, lang string) error {
	_, err := run(ctx, r, by, func(c *change) (Indicator, error) {
		trim(&why)
		f := newForm()
		f.required("why", why, maxText)
		if err := f.OrNil(); err != nil {
			return Indicator{}, err
		}
		i, err := c.live(indicator)
		if err != nil {
			return i, err
		}
		if err := fresh(version, i.Version); err != nil {
			return i, err
		}
		i.Version, i.EndedOn, i.EndedWhy = i.Version+1, c.today, why
		return i, c.recordIndicator("indicator.end", i, said(act.Act{}, "why", lang, why))
	})
	return err
}

// SetTarget says what an indicator should have reached by a day. A target already set for that day is
// dropped and stays on record.
func (r *Room) SetTarget(ctx context.Context, by act.Actor, indicator id.ID, due calendar.Day, value Quantity) (Target, error) {
	return run(ctx, r, by, func(c *change) (Target, error) {
		i, err := c.live(indicator)
		if err != nil {
			return Target{}, err
		}
		f := newForm()
		f.day("due", due, true)
		f.quantity("value", &value, true)
		i.checkTarget(f, due, value)
		if err := f.OrNil(); err != nil {
			return Target{}, err
		}
		if err := c.dropTargets(i.ID, due); err != nil {
			return Target{}, err
		}
		t := Target{ID: c.tx.NewID(), Version: 1, Indicator: i.ID, Due: due, Value: value, SetOn: c.today}
		if err := c.putTarget(&t); err != nil {
			return t, err
		}
		i.Version++
		return t, c.recordIndicator("target.set", i, act.Act{Args: map[string]string{"due": string(due), "value": string(value), "unit_of_measure": i.Unit}})
	})
}

// checkTarget refuses a target that would have the measure go the wrong way.
func (i Indicator) checkTarget(f form, due calendar.Day, value Quantity) {
	base, v := i.Baseline.Rat(), value.Rat()
	if i.Direction == Range {
		f.At("value", "strategy.target.of_range")
		return
	}
	if i.BaselineAt != "" && !due.After(i.BaselineAt.Start()) {
		f.At("due", "strategy.target.before_baseline")
	}
	if base != nil && v != nil && (i.Direction == Up && v.Cmp(base) <= 0 || i.Direction == Down && v.Cmp(base) >= 0) {
		f.At("value", "strategy.target.wrong_way", "baseline", string(i.Baseline))
	}
}

func (c *change) dropTargets(indicator id.ID, due calendar.Day) error {
	all, err := targetsOf(c.ctx, c.tx, indicator)
	if err != nil {
		return err
	}
	for _, t := range all {
		if t.Due != due {
			continue
		}
		t.Version, t.DroppedOn = t.Version+1, c.today
		if err := c.putTarget(&t); err != nil {
			return err
		}
	}
	return nil
}

// DropTarget gives a target up; it stays on record.
func (r *Room) DropTarget(ctx context.Context, by act.Actor, target id.ID, why, lang string) error {
	_, err := run(ctx, r, by, func(c *change) (Target, error) {
		trim(&why)
		f := newForm()
		f.required("why", why, maxText)
		if err := f.OrNil(); err != nil {
			return Target{}, err
		}
		t, err := loadTarget(c.ctx, c.tx, target)
		if err != nil {
			return t, err
		}
		i, err := c.live(t.Indicator)
		if err != nil {
			return t, err
		}
		if err := c.dropTargets(i.ID, t.Due); err != nil {
			return t, err
		}
		i.Version++
		return t, c.recordIndicator("target.drop", i, said(act.Act{Args: map[string]string{"due": string(t.Due), "value": string(t.Value), "unit_of_measure": i.Unit}}, "why", lang, why))
	})
	return err
}
