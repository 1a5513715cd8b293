package strategy

import (
	"context"
	"strconv"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/portfolio"
)

// Write is the form of a strategy that is being written. An empty ID begins a new one.
type Write struct {
	ID          id.ID
	Version     int64
	Title       Words
	Purpose     Words
	Kind        Kind
	From        calendar.Day
	Last        calendar.Day // its last day; "" when it does not say
	Replaces    id.ID
	ReplacesWhy string
	Lang        string
}

func (in *Write) check() error {
	in.Title.trim()
	in.Purpose.trim()
	trim(&in.ReplacesWhy)
	f := newForm()
	f.required("title", in.Title.FR, maxTitle)
	f.limited("title_en", in.Title.EN, maxTitle)
	f.required("purpose", in.Purpose.FR, maxText)
	f.limited("purpose_en", in.Purpose.EN, maxText)
	f.day("from", in.From, true)
	f.day("last", in.Last, false)
	oneOf(f, "kind", in.Kind, Kinds())
	if in.Last != "" && in.Last.Before(in.From) {
		f.At("last", "strategy.ends_before")
	}
	if in.Replaces != "" {
		f.required("replaces_why", in.ReplacesWhy, maxText)
	}
	return f.OrNil()
}

func (in Write) period() calendar.Period {
	if in.Last == "" {
		return calendar.Since(in.From)
	}
	return calendar.Through(in.From, in.Last)
}

// Write begins a strategy or revises its draft. It is internal until somebody publishes it.
func (r *Room) Write(ctx context.Context, by act.Actor, in Write) (Strategy, error) {
	return run(ctx, r, by, func(c *change) (Strategy, error) {
		if err := in.check(); err != nil {
			return Strategy{}, err
		}
		s, err := c.written(in)
		if err != nil {
			return s, err
		}
		if err := c.replaceable(s, in.Replaces); err != nil {
			return s, err
		}
		s.Version++
		s.Title, s.Purpose, s.Kind, s.Period = in.Title, in.Purpose, in.Kind, in.period()
		s.Replaces, s.ReplacesWhy = in.Replaces, in.ReplacesWhy
		if err := c.putStrategy(&s); err != nil {
			return s, err
		}
		a := act.Act{Object: s.Ref(), Version: s.Version, Visibility: s.Visibility, Args: map[string]string{"strategy": s.Number}}
		_, err = c.record("strategy.write", said(said(a, "purpose", "fr", s.Purpose.FR), "replaces_why", in.Lang, s.ReplacesWhy))
		return s, err
	})
}

// written is the draft that a form is about, or a new one.
func (c *change) written(in Write) (Strategy, error) {
	if in.ID == "" {
		year := in.From.Year()
		seq, err := nextSeq(c.tx, "strategy_strategy", year)
		return Strategy{ID: c.tx.NewID(), Year: year, Seq: seq, Number: "S-" + strconv.Itoa(year) + "-" + strconv.Itoa(seq),
			Status: Draft, Visibility: act.Internal}, err
	}
	s, err := c.draft(in.ID)
	if err != nil {
		return s, err
	}
	return s, fresh(in.Version, s.Version, portfolio.Differing{Field: "title", Yours: in.Title.FR, Theirs: s.Title.FR},
		portfolio.Differing{Field: "purpose", Yours: in.Purpose.FR, Theirs: s.Purpose.FR},
		portfolio.Differing{Field: "replaces_why", Yours: in.ReplacesWhy, Theirs: s.ReplacesWhy})
}

// draft loads a strategy that may still be written.
func (c *change) draft(strategy id.ID) (Strategy, error) {
	s, err := loadStrategy(c.ctx, c.tx, strategy)
	if err == nil && s.Status != Draft {
		err = fault.New(fault.Conflict, "strategy.adopted_already", "number", s.Number)
	}
	return s, err
}

// replaceable refuses that a strategy replaces itself, a draft, or what was replaced already.
func (c *change) replaceable(s Strategy, replaced id.ID) error {
	if replaced == "" {
		return nil
	}
	f := newForm()
	old, err := loadStrategy(c.ctx, c.tx, replaced)
	if err != nil || replaced == s.ID || old.Status == Draft {
		f.At("replaces", "strategy.cannot_replace")
	} else if old.Status == Superseded && old.SupersededBy != s.ID {
		f.At("replaces", "strategy.replaced_already", "number", old.Number)
	}
	return f.OrNil()
}

// Publish lets everybody read a strategy. A draft may be published too, to be discussed before it is
// adopted; what has been public stays so.
func (r *Room) Publish(ctx context.Context, by act.Actor, strategy id.ID, version int64) error {
	_, err := run(ctx, r, by, func(c *change) (id.ID, error) {
		s, err := loadStrategy(c.ctx, c.tx, strategy)
		if err != nil {
			return "", err
		}
		if s.Public() {
			return "", fault.New(fault.Conflict, "strategy.public_already")
		}
		if err := fresh(version, s.Version); err != nil {
			return "", err
		}
		s.Version, s.Visibility = s.Version+1, act.Public
		if err := c.putStrategy(&s); err != nil {
			return "", err
		}
		return c.record("strategy.publish", act.Act{Object: s.Ref(), Version: s.Version, Args: map[string]string{"strategy": s.Number}})
	})
	return err
}
