package council

import (
	"context"

	"parvis/internal/act"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// PublishDecision makes public a decision that was kept internal when it was pronounced, once a person says that they
// reviewed it: its words, its six answers and its vote are read outside from then on, and may name people (CRPA,
// art. L311-6 and L312-1-2). The question that it answers becomes public by the same transaction.
//
// Faults: Invalid council.decision.review without a review, Conflict council.decision.public, council.decision.opinion
// (an opinion is known with the minutes), council.decision.internal_committee, portfolio.initiative.not_public.
func (r *Room) PublishDecision(ctx context.Context, by act.Actor, decision id.ID, version int64, reviewed bool) error {
	return perform(ctx, r, by, func(tx *act.Tx) error {
		d, err := loadDecision(ctx, tx, decision)
		if err != nil {
			return err
		}
		c, i, err := r.openItem(tx, d.Item)
		if err != nil {
			return err
		}
		if err := fresh(version, d.Version); err != nil {
			return err
		}
		if err := d.publishable(c.c); err != nil {
			return err
		}
		if !reviewed {
			return invalid("reviewed", "council.decision.review")
		}
		if d.Arbitration != "" {
			q, err := r.portfolio.QuestionIn(ctx, tx, d.Arbitration)
			if err != nil {
				return err
			}
			if q.Visibility != act.Public { // that decision is published, and this one follows it
				return r.portfolio.PublishArbitrationIn(tx, d.Arbitration)
			}
		}
		return c.publishDecision(d, i, "")
	})
}

// publishable tells what keeps a decision of a committee from the public.
func (d Decision) publishable(of Committee) error {
	switch {
	case d.Visibility == act.Public:
		return fault.New(fault.Conflict, "council.decision.public", "decision", d.Number)
	case d.Opinion():
		return fault.New(fault.Conflict, "council.decision.opinion", "decision", d.Number)
	case !of.Public():
		return fault.New(fault.Conflict, "council.decision.internal_committee")
	}
	return nil
}

// FollowPublished makes public what public committees decided on a question whose decision a person has just made public
// by another act.
func (r *Room) FollowPublished(tx *act.Tx, arbitration, cause id.ID) error {
	decided, err := decisionsOn(tx.Context(), tx, arbitration)
	if err != nil {
		return err
	}
	for _, d := range decided {
		c, i, err := r.openItem(tx, d.Item)
		if err != nil {
			return err
		}
		if d.publishable(c.c) != nil {
			continue
		}
		if err := c.publishDecision(d, i, cause); err != nil {
			return err
		}
	}
	return nil
}

func (c *change) publishDecision(d Decision, i Item, cause id.ID) error {
	d.Visibility = act.Public
	d.Version++
	if err := c.wrote(d.row(), putDecision(c.tx, d)); err != nil {
		return err
	}
	args := aboutItem(i)
	args["decision"], args["digest"] = d.Number, d.Digest
	c.tell(ItemChangedV1{i.ID})
	return c.settle("decision.publish", d.Ref(), d.Version, act.Act{Visibility: act.Public, Cause: cause, Args: args,
		Texts: []act.Text{{Name: "decision", Body: d.Text}, {Name: "conditions", Body: d.Conditions}}})
}
