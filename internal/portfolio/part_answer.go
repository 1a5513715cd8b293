package portfolio

import (
	"context"
	"strings"

	"parvis/internal/act"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// AnswerKind is what a unit answers to an offer.
type AnswerKind string

// The answers.
const (
	Accept  AnswerKind = "accept"
	Counter AnswerKind = "counter"
	Decline AnswerKind = "decline"
)

// Answer is a unit's answer to an offer.
type Answer struct {
	Part    id.ID
	Version int64 // of the part, as it was read: an answer is about these terms
	Kind    AnswerKind
	Text    string // counter: its own terms; decline: the reason; accept: nothing or a remark
}

// AnswerPart gives the answer of the unit, by a post that speaks for it. In every mode of enforcement
// nobody else's answer counts: a unit is never a partner by the act of another (I4).
//
// Faults: Denied portfolio.part.not_your_unit; Conflict portfolio.stale when the terms changed since,
// portfolio.part.lead_taken when another unit leads already (I3).
func (r *Room) AnswerPart(ctx context.Context, by act.Actor, in Answer) (Part, error) {
	return do(ctx, r, by, func(tx *act.Tx) (Part, error) { return r.answerPart(tx, in) })
}

func (r *Room) answerPart(tx *act.Tx, in Answer) (Part, error) {
	in.Text = strings.TrimSpace(in.Text)
	if err := in.check(); err != nil {
		return Part{}, err
	}
	verb := "part." + string(in.Kind)
	return r.movePart(tx, in.Part, in.Version, verb, string(in.Kind), func(c *change, p *Part) error {
		if err := c.mustSpeakFor(*p); err != nil {
			return err
		}
		p.AnsweredBy, p.AnsweredOn = tx.Actor().Post, tx.Today()
		if err := c.take(p, in); err != nil {
			return err
		}
		next, err := partStates().Next(string(p.Status), string(in.Kind))
		if err != nil {
			return err
		}
		c.tell(PartAnsweredV1{p.ID, c.i.ID, p.Unit, PartStatus(next), p.OfferedBy})
		return nil
	})
}

func (in Answer) check() error {
	err := fault.New(fault.Invalid, "portfolio.form")
	switch in.Kind {
	case Counter, Decline:
		required(err, "text", in.Text, maxText)
	case Accept:
		limited(err, "text", in.Text, maxText)
	default:
		err.At("kind", "portfolio.choose")
	}
	return err.OrNil()
}

// take writes an answer into the part.
func (c *change) take(p *Part, in Answer) error {
	switch in.Kind {
	case Counter:
		p.Counter, p.Consent = in.Text, NoConsent
	case Decline:
		p.Reason = in.Text
	case Accept:
		p.Consent = ByAccept
		return c.begins(p)
	}
	return nil
}

// mustSpeakFor wants the actor's post to belong to the unit. For an outside actor that is no unit, the
// post that offered notes the answer it received.
func (c *change) mustSpeakFor(p Part) error {
	by := c.tx.Actor()
	if p.Unit == "" {
		if by.Post == p.OfferedBy {
			return nil
		}
		return fault.New(fault.Denied, "portfolio.part.not_your_offer")
	}
	ok, err := c.r.dir.SpeaksFor(c.tx.Context(), c.tx, by.Post, p.Unit, c.tx.Today())
	if err == nil && !ok {
		err = fault.New(fault.Denied, "portfolio.part.not_your_unit", "verb", "portfolio.part.accept")
	}
	return err
}

// begins lets an agreed part begin today. A lead ends the part that it replaces; without that, there
// is no second lead (I3).
func (c *change) begins(p *Part) error {
	p.From = c.tx.Today()
	if p.Role == CoLead {
		return c.mayCoLead(CoLead)
	}
	if p.Role != Lead {
		return nil
	}
	for _, old := range c.parts {
		if old.ID == p.ID || old.Role != Lead || (old.Status != Accepted && old.Status != Reported) {
			continue
		}
		// What a source reports gives way to what a unit says itself; what a unit accepted does not.
		if old.Status == Accepted && old.ID != p.Replaces {
			return fault.New(fault.Conflict, "portfolio.part.lead_taken", "number", c.i.Number)
		}
		old.Version++
		old.Status, old.To = Ended, c.tx.Today()
		if err := c.wrote(old.row(), putPart(c.tx, old)); err != nil {
			return err
		}
	}
	return nil
}
