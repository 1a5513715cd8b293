package portfolio

import (
	"context"
	"strings"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/fact"
	"parvis/internal/fault"
	"parvis/internal/id"
)

func (c *change) tellDecision(a Arbitration) error {
	return fact.Insert(c.tx, DecisionTakenV1{a.ID, c.i.ID, a.DecisionAct, a.DecidedBy, a.Chosen, a.Visibility == act.Public})
}

// moveArbitration moves a question along its table, other than to its decision.
func (r *Room) moveArbitration(ctx context.Context, by act.Actor, arbitration id.ID, event, note string,
	edit func(*change, *Arbitration) error) (Arbitration, error) {
	return do(ctx, r, by, func(tx *act.Tx) (Arbitration, error) {
		bad := fault.New(fault.Invalid, "portfolio.form")
		note = strings.TrimSpace(note)
		if required(bad, "note", note, maxText); bad.OrNil() != nil {
			return Arbitration{}, bad
		}
		c, a, next, err := r.openArbitration(tx, arbitration, event)
		if err != nil {
			return a, err
		}
		verb := "arbitration." + event
		g, err := c.allowArbitration(verb, a)
		if err != nil {
			return a, err
		}
		a.Status, a.StatusOn, a.StatusNote, a.Until = ArbitrationStatus(next), tx.Today(), note, ""
		if err := edit(c, &a); err != nil {
			return a, err
		}
		if next == string(Asked) {
			return a, c.asked(g, verb, &a, note)
		}
		_, err = c.settleArbitration(g, verb, &a, act.Act{When: act.When{Until: a.Until},
			Texts: []act.Text{{Name: "motive", Body: note}}})
		return a, err
	})
}

// PostponeArbitration puts the question off to a day, with the reason: until that day the wait is
// deliberate, after it the silence counts again.
func (r *Room) PostponeArbitration(ctx context.Context, by act.Actor, arbitration id.ID, until calendar.Day, reason string) (Arbitration, error) {
	return r.moveArbitration(ctx, by, arbitration, "postpone", reason, func(c *change, a *Arbitration) error {
		bad := fault.New(fault.Invalid, "portfolio.form")
		if future(bad, "until", until, c.tx.Today()); bad.OrNil() != nil {
			return bad
		}
		a.Until = until
		return c.pause(*a)
	})
}

// ReturnArbitration sends the question back to whoever asked, with a question of its own.
func (r *Room) ReturnArbitration(ctx context.Context, by act.Actor, arbitration id.ID, question string) (Arbitration, error) {
	return r.moveArbitration(ctx, by, arbitration, "return", question, func(c *change, a *Arbitration) error { return c.pause(*a) })
}

// ReplyArbitration answers that question and asks again; a nil case keeps the half page as it was. A
// revised case that names posts puts the question to them instead: powers may have moved since it was
// asked. Whoever stays keeps the stance that they gave.
func (r *Room) ReplyArbitration(ctx context.Context, by act.Actor, arbitration id.ID, reply string, revised *Case) (Arbitration, error) {
	return r.moveArbitration(ctx, by, arbitration, "reply", reply, func(c *change, a *Arbitration) error {
		if revised != nil {
			k := revised.clean()
			before := a.Asked
			if len(k.Asked) == 0 {
				k.Asked = before
			}
			if err := k.check(); err != nil {
				return err
			}
			a.Case = k
			if err := c.putAgain(a, before); err != nil {
				return err
			}
		}
		_, err := c.close(SpanSuspended, a.ID, reply)
		return err
	})
}

// WithdrawArbitration takes the question back.
func (r *Room) WithdrawArbitration(ctx context.Context, by act.Actor, arbitration id.ID, reason string) (Arbitration, error) {
	return r.moveArbitration(ctx, by, arbitration, "withdraw", reason, func(c *change, a *Arbitration) error {
		for _, kind := range []SpanKind{SpanMaturing, SpanSuspended} {
			if _, err := c.close(kind, a.ID, reason); err != nil {
				return err
			}
		}
		return nil
	})
}

// pause opens the span during which a question waits on purpose; it replaces the one before.
func (c *change) pause(a Arbitration) error {
	if _, err := c.close(SpanSuspended, a.ID, ""); err != nil {
		return err
	}
	s := Span{ID: c.tx.NewID(), Version: 1, Initiative: c.i.ID, Arbitration: a.ID, Kind: SpanSuspended, Note: a.StatusNote,
		Until: a.Until, Period: calendar.Since(c.tx.Today())}
	return c.wrote(s.row(), putSpan(c.tx, s))
}

// GiveStance notes what an asked post says short of deciding: an opinion, a visa, or its agreement to
// a decision that is taken jointly. Only the asked post gives its own.
func (r *Room) GiveStance(ctx context.Context, by act.Actor, arbitration id.ID, stance Stance, remark string) error {
	_, err := do(ctx, r, by, func(tx *act.Tx) (id.ID, error) {
		remark = strings.TrimSpace(remark)
		if stance != InFavour && stance != Reserved && stance != Against {
			return "", invalid("stance", "portfolio.choose")
		}
		if remark == "" && stance != InFavour {
			return "", invalid("remark", "portfolio.required")
		}
		a, err := loadArbitration(tx.Context(), tx, arbitration)
		if err != nil {
			return "", err
		}
		c, err := r.open(tx, a.Initiative)
		if err != nil {
			return "", err
		}
		if !a.Waiting() {
			return "", fault.New(fault.Conflict, "portfolio.arbitration.state", "state", string(a.Status), "event", "opine")
		}
		return c.giveStance(a, stance, remark)
	})
	return err
}

func (c *change) giveStance(a Arbitration, stance Stance, remark string) (id.ID, error) {
	g, err := c.allowArbitration("arbitration.opine", a)
	if err != nil {
		return "", err
	}
	for _, p := range a.Asked {
		if p.Post != c.tx.Actor().Post || p.Capacity == Informed {
			continue
		}
		p.Version++
		p.Stance, p.StanceOn, p.Remark = stance, c.tx.Today(), remark
		if err := c.wrote(p.row(), putAsked(c.tx, p)); err != nil {
			return "", err
		}
		return c.record(g, "arbitration.opine", act.Act{Object: a.Ref(), Version: a.Version,
			Args:  map[string]string{"initiative": c.i.Number, "arbitration": a.Number, "stance": string(stance), "capacity": string(p.Capacity)},
			Texts: []act.Text{{Name: "motive", Body: remark}}})
	}
	return "", fault.New(fault.Denied, "portfolio.arbitration.not_asked", "verb", "portfolio.arbitration.opine")
}

// PublishArbitration makes a decision public that was kept internal.
func (r *Room) PublishArbitration(ctx context.Context, by act.Actor, arbitration id.ID) error {
	if by.Kind == act.System {
		return fault.New(fault.Denied, "portfolio.publish.person_only")
	}
	_, err := do(ctx, r, by, func(tx *act.Tx) (struct{}, error) { return struct{}{}, r.PublishArbitrationIn(tx, arbitration) })
	return err
}

// PublishArbitrationIn makes a decision public in a transaction of a later room.
func (r *Room) PublishArbitrationIn(tx *act.Tx, arbitration id.ID) error {
	a, err := loadArbitration(tx.Context(), tx, arbitration)
	if err != nil {
		return err
	}
	c, err := r.open(tx, a.Initiative)
	if err != nil {
		return err
	}
	switch {
	case a.Status != Decided:
		return fault.New(fault.Conflict, "portfolio.arbitration.state", "state", string(a.Status), "event", "publish")
	case !c.i.Public():
		return fault.New(fault.Conflict, "portfolio.initiative.not_public", "number", c.i.Number)
	}
	g, err := c.allowArbitration("arbitration.publish", a)
	if err != nil {
		return err
	}
	a.Visibility = act.Public
	cause, err := c.settleArbitration(g, "arbitration.publish", &a, act.Act{Visibility: act.Public,
		Texts: []act.Text{{Name: "decision", Body: a.Decision}}})
	if err != nil {
		return err
	}
	return c.follows(a.ID, cause)
}

// follows tells a later room that a decision was made public by an act.
func (c *change) follows(arbitration, cause id.ID) error {
	if c.r.published == nil {
		return nil
	}
	return c.r.published(c.tx, arbitration, cause)
}
