package portfolio

import (
	"context"
	"strings"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// Suspend is the form of a suspension.
type Suspend struct {
	Initiative id.ID
	Reason     string
	Reexamine  calendar.Day // required
}

// SuspendInitiative suspends an initiative until the day on which it is looked at again.
func (r *Room) SuspendInitiative(ctx context.Context, by act.Actor, in Suspend) error {
	_, err := do(ctx, r, by, func(tx *act.Tx) (id.ID, error) {
		bad := fault.New(fault.Invalid, "portfolio.form")
		in.Reason = strings.TrimSpace(in.Reason)
		required(bad, "reason", in.Reason, maxText)
		future(bad, "reexamine", in.Reexamine, tx.Today())
		if err := bad.OrNil(); err != nil {
			return "", err
		}
		c, err := r.open(tx, in.Initiative)
		if err != nil {
			return "", err
		}
		if c.i.Stage.Over() {
			return "", fault.New(fault.Conflict, "portfolio.initiative.over", "number", c.i.Number)
		}
		return c.beginSpan("initiative.suspend", Span{Kind: SpanSuspended, Note: in.Reason, Until: in.Reexamine})
	})
	return err
}

// ResumeInitiative ends a suspension.
func (r *Room) ResumeInitiative(ctx context.Context, by act.Actor, initiative id.ID, reason string) error {
	_, err := do(ctx, r, by, func(tx *act.Tx) (id.ID, error) {
		c, err := r.open(tx, initiative)
		if err != nil {
			return "", err
		}
		return c.endSpan("initiative.resume", SpanSuspended, "", reason)
	})
	return err
}

// Mature is the form of a deliberate wait: of an initiative, or of one of its arbitrations.
type Mature struct {
	Initiative  id.ID
	Arbitration id.ID        // "" for the initiative as a whole
	Learn       string       // what must be learnt
	Post        id.ID        // by whom
	Until       calendar.Day // by when
}

// LetMature begins a deliberate wait (en maturation). It is counted apart from silence.
func (r *Room) LetMature(ctx context.Context, by act.Actor, in Mature) error {
	_, err := do(ctx, r, by, func(tx *act.Tx) (id.ID, error) {
		bad := fault.New(fault.Invalid, "portfolio.form")
		in.Learn = strings.TrimSpace(in.Learn)
		required(bad, "learn", in.Learn, maxText)
		required(bad, "post", string(in.Post), maxText)
		future(bad, "until", in.Until, tx.Today())
		if err := bad.OrNil(); err != nil {
			return "", err
		}
		if _, err := r.post(tx, in.Post, "post"); err != nil {
			return "", err
		}
		c, err := r.open(tx, in.Initiative)
		if err != nil {
			return "", err
		}
		if err := c.mayMature(in.Arbitration); err != nil {
			return "", err
		}
		return c.beginSpan(matureVerb(in.Arbitration, "mature"), Span{Kind: SpanMaturing, Arbitration: in.Arbitration,
			Note: in.Learn, Post: in.Post, Until: in.Until})
	})
	return err
}

// Learn ends a deliberate wait with what was learnt.
func (r *Room) Learn(ctx context.Context, by act.Actor, initiative, arbitration id.ID, outcome string) error {
	_, err := do(ctx, r, by, func(tx *act.Tx) (id.ID, error) {
		if outcome = strings.TrimSpace(outcome); outcome == "" {
			return "", invalid("outcome", "portfolio.required")
		}
		c, err := r.open(tx, initiative)
		if err != nil {
			return "", err
		}
		return c.endSpan(matureVerb(arbitration, "learn"), SpanMaturing, arbitration, outcome)
	})
	return err
}

func matureVerb(arbitration id.ID, what string) string {
	if arbitration == "" {
		return "initiative." + what
	}
	return "arbitration." + what
}

// mayMature refuses to wait for what is over or decided.
func (c *change) mayMature(arbitration id.ID) error {
	if arbitration == "" {
		if c.i.Stage.Over() {
			return fault.New(fault.Conflict, "portfolio.initiative.over", "number", c.i.Number)
		}
		return nil
	}
	a, err := loadArbitration(c.tx.Context(), c.tx, arbitration)
	if err != nil {
		return err
	}
	if a.Initiative != c.i.ID || !a.Waiting() {
		return fault.New(fault.Conflict, "portfolio.arbitration.state", "state", string(a.Status), "event", "mature")
	}
	return nil
}

// beginSpan opens a suspension or a wait; there is one of a kind at a time.
func (c *change) beginSpan(verb string, s Span) (id.ID, error) {
	_, open, err := openSpan(c.tx.Context(), c.tx, c.i.ID, s.Arbitration, s.Kind)
	if err != nil {
		return "", err
	}
	if open {
		return "", fault.New(fault.Conflict, "portfolio.span.already", "kind", string(s.Kind))
	}
	g, err := c.allowSpan(verb, s.Arbitration)
	if err != nil {
		return "", err
	}
	s.ID, s.Version, s.Initiative, s.Period = c.tx.NewID(), 1, c.i.ID, calendar.Since(c.tx.Today())
	if err := c.wrote(s.row(), putSpan(c.tx, s)); err != nil {
		return "", err
	}
	return c.record(g, verb, act.Act{Object: spanObject(c.i, s.Arbitration), Visibility: c.spanShown(s.Arbitration),
		When:  act.When{Until: s.Until},
		Args:  map[string]string{"initiative": c.i.Number, "post": string(s.Post), "until": string(s.Until)},
		Texts: []act.Text{{Name: "motive", Body: s.Note}}})
}

func (c *change) endSpan(verb string, kind SpanKind, arbitration id.ID, outcome string) (id.ID, error) {
	g, err := c.allowSpan(verb, arbitration)
	if err != nil {
		return "", err
	}
	closed, err := c.close(kind, arbitration, strings.TrimSpace(outcome))
	if err != nil {
		return "", err
	}
	if !closed {
		return "", fault.New(fault.Conflict, "portfolio.span.none", "kind", string(kind))
	}
	return c.record(g, verb, act.Act{Object: spanObject(c.i, arbitration), Visibility: c.spanShown(arbitration),
		Args:  map[string]string{"initiative": c.i.Number},
		Texts: []act.Text{{Name: "motive", Body: strings.TrimSpace(outcome)}}})
}

func (c *change) allowSpan(verb string, arbitration id.ID) (act.Grant, error) {
	if err := c.barred(Arbitration{ID: arbitration}.Ref()); err != nil {
		return act.Grant{}, err
	}
	return c.allow(verb, spanObject(c.i, arbitration))
}

// spanShown: that a question waits is preparatory, that a public initiative waits is public.
func (c *change) spanShown(arbitration id.ID) act.Visibility {
	if arbitration != "" {
		return act.Internal
	}
	return c.shown()
}

func spanObject(i Initiative, arbitration id.ID) act.Ref {
	if arbitration == "" {
		return i.Ref()
	}
	return act.Ref{Type: "arbitration", ID: arbitration}
}

// future wants a day after today.
func future(err *fault.Error, field string, d, today calendar.Day) {
	checkDay(err, field, d, true)
	if d.Valid() && !d.After(today) {
		err.At(field, "portfolio.day_past")
	}
}
