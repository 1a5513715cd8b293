package portfolio

import (
	"context"
	"strings"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// Advance is the form of a move to another stage.
type Advance struct {
	Initiative id.ID
	Version    int64
	To         Stage
	Note       string       // why; post-mortem of a stop; how to resume what becomes dormant
	Review     calendar.Day // dormant: when it is looked at again
}

// AdvanceInitiative moves an initiative along the ordinary way of its stages.
//
// Faults: Conflict portfolio.initiative.state when the stage does not follow (SkipStage decides
// that); Invalid when a stop has no post-mortem or a rest no note and day; Conflict
// portfolio.initiative.no_lead when nobody leads what becomes active (I3).
func (r *Room) AdvanceInitiative(ctx context.Context, by act.Actor, in Advance) (Initiative, error) {
	return do(ctx, r, by, func(tx *act.Tx) (Initiative, error) {
		c, err := r.open(tx, in.Initiative)
		if err != nil {
			return Initiative{}, err
		}
		if err := fresh(in.Version, c.i.Version); err != nil {
			return Initiative{}, err
		}
		if _, err := stages().Next(string(c.i.Stage), string(in.To)); err != nil {
			return Initiative{}, err
		}
		g, err := c.allow("initiative.advance", c.i.Ref())
		if err != nil {
			return Initiative{}, err
		}
		return c.i, c.advance(g, "initiative.advance", in, act.Act{})
	})
}

// Skip is the form of a decision that skips stages.
type Skip struct {
	Advance
	Answers Answers // the six answers of a decision
}

// SkipStage moves an initiative to a stage that does not follow its own: a decision, with its six
// answers. Faults beside those of AdvanceInitiative: Invalid act.incomplete.
func (r *Room) SkipStage(ctx context.Context, by act.Actor, in Skip) (Initiative, error) {
	return do(ctx, r, by, func(tx *act.Tx) (Initiative, error) {
		c, err := r.open(tx, in.Initiative)
		if err != nil {
			return Initiative{}, err
		}
		if err := fresh(in.Version, c.i.Version); err != nil {
			return Initiative{}, err
		}
		if !in.To.Valid() || in.To == c.i.Stage {
			return Initiative{}, invalid("to", "portfolio.choose")
		}
		in.Answers = in.Answers.clean()
		if err := in.Answers.check(); err != nil {
			return Initiative{}, err
		}
		g, err := c.allow("initiative.skip", c.i.Ref())
		if err != nil {
			return Initiative{}, err
		}
		a := act.Act{}
		in.Answers.into(&a)
		return c.i, c.advance(g, "initiative.skip", in.Advance, a)
	})
}

// advance checks what the stage asks for, writes it and records the act.
func (c *change) advance(g act.Grant, verb string, in Advance, a act.Act) error {
	in.Note = strings.TrimSpace(in.Note)
	if err := c.mayEnter(in); err != nil {
		return err
	}
	before := c.i.Stage
	if err := c.move(in); err != nil {
		return err
	}
	a.Visibility = c.shown()
	a.Args = map[string]string{"initiative": c.i.Number, "from": string(before), "to": string(in.To)}
	a.When.Until = in.Review
	a.Texts = append(a.Texts, act.Text{Name: "note", Body: in.Note})
	_, err := c.record(g, verb, a)
	return err
}

func (c *change) mayEnter(in Advance) error {
	err := fault.New(fault.Invalid, "portfolio.form")
	limited(err, "note", in.Note, maxText)
	checkDay(err, "review", in.Review, in.To == Dormant)
	if in.Note == "" && (in.To == Stopped || in.To == Dormant) {
		err.At("note", "portfolio.stage."+string(in.To)+".note")
	}
	if in.To == Dormant && in.Review.Valid() && !in.Review.After(c.tx.Today()) {
		err.At("review", "portfolio.day_past")
	}
	if bad := err.OrNil(); bad != nil {
		return bad
	}
	if in.To.Active() && c.leads() != 1 {
		return fault.New(fault.Conflict, "portfolio.initiative.no_lead", "number", c.i.Number, "stage", string(in.To))
	}
	return nil
}

// leads counts the lead parts that count for I3.
func (c *change) leads() int {
	n := 0
	for _, p := range c.parts {
		if p.Role == Lead && (p.Status == Accepted || p.Status == Reported) {
			n++
		}
	}
	return n
}

// move closes the span of the present stage, and any suspension, and opens the next.
func (c *change) move(in Advance) error {
	for _, kind := range []SpanKind{SpanStage, SpanSuspended} {
		if _, err := c.close(kind, "", ""); err != nil {
			return err
		}
	}
	c.i.Stage, c.i.StageSince = in.To, c.tx.Today()
	if in.To == Stopped {
		c.i.PostMortem = in.Note
	}
	if err := c.enter(in.To, in.Note, in.Review); err != nil {
		return err
	}
	return c.save()
}

// close ends the open span of a kind today, if there is one.
func (c *change) close(kind SpanKind, arbitration id.ID, outcome string) (bool, error) {
	s, found, err := openSpan(c.tx.Context(), c.tx, c.i.ID, arbitration, kind)
	if err != nil || !found {
		return false, err
	}
	s.Version++
	s.To, s.Outcome = c.tx.Today(), outcome
	return true, c.wrote(s.row(), putSpan(c.tx, s))
}
