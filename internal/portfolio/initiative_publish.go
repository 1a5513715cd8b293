package portfolio

import (
	"cmp"
	"context"
	"strings"

	"parvis/internal/act"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// Publish is the form by which a person makes an initiative public.
type Publish struct {
	Initiative id.ID
	Version    int64
	Decisions  bool // also what was decided about it
}

// PublishInitiative makes an initiative public. No timer does that, and there is no way back but the
// tombstone (I17).
func (r *Room) PublishInitiative(ctx context.Context, by act.Actor, in Publish) (Initiative, error) {
	if by.Kind == act.System {
		return Initiative{}, fault.New(fault.Denied, "portfolio.publish.person_only")
	}
	return do(ctx, r, by, func(tx *act.Tx) (Initiative, error) {
		c, err := r.open(tx, in.Initiative)
		if err != nil {
			return Initiative{}, err
		}
		if err := fresh(in.Version, c.i.Version); err != nil {
			return Initiative{}, err
		}
		if c.i.Public() {
			return Initiative{}, fault.New(fault.Conflict, "portfolio.initiative.already_public", "number", c.i.Number)
		}
		g, err := c.allow("initiative.publish", c.i.Ref())
		if err != nil {
			return Initiative{}, err
		}
		return c.i, c.publish(g, in.Decisions)
	})
}

func (c *change) publish(g act.Grant, decisions bool) error {
	c.i.Visibility, c.i.PublishedOn = act.Public, c.tx.Today()
	if err := c.save(); err != nil {
		return err
	}
	var along []Arbitration
	if decisions {
		var err error
		if along, err = c.publishDecisions(); err != nil {
			return err
		}
	}
	a := act.Act{Visibility: act.Public, Args: map[string]string{"initiative": c.i.Number}}
	a.For.Territory = c.i.Places
	c.tell(InitiativePublishedV1{Initiative: c.i.ID, Number: c.i.Number})
	cause, err := c.record(g, "initiative.publish", a)
	for _, d := range along {
		err = cmp.Or(err, c.follows(d.ID, cause))
	}
	return err
}

// publishDecisions makes what was decided about the initiative public with it.
func (c *change) publishDecisions() ([]Arbitration, error) {
	decided, err := decisionsOf(c.tx.Context(), c.tx, c.i.ID)
	if err != nil {
		return nil, err
	}
	for _, a := range decided {
		a.Visibility = act.Public
		a.Version++
		if err := c.wrote(a.row(), putArbitration(c.tx, a)); err != nil {
			return nil, err
		}
	}
	return decided, nil
}

// WithdrawInitiative makes a tombstone of an initiative: it leaves every list, and its address says
// that it was there, until when, and why it is gone (I17). What was public stays known as such.
func (r *Room) WithdrawInitiative(ctx context.Context, by act.Actor, initiative id.ID, version int64, reason string) (Initiative, error) {
	return do(ctx, r, by, func(tx *act.Tx) (Initiative, error) {
		if reason = strings.TrimSpace(reason); reason == "" {
			return Initiative{}, invalid("reason", "portfolio.required")
		}
		c, err := r.open(tx, initiative)
		if err != nil {
			return Initiative{}, err
		}
		if err := fresh(version, c.i.Version); err != nil {
			return Initiative{}, err
		}
		g, err := c.allow("initiative.withdraw", c.i.Ref())
		if err != nil {
			return Initiative{}, err
		}
		c.i.WithdrawnOn = tx.Today()
		if err := c.save(); err != nil {
			return Initiative{}, err
		}
		if err := unindex(tx, c.i.ID); err != nil {
			return Initiative{}, err
		}
		_, err = c.record(g, "initiative.withdraw", act.Act{Visibility: c.shown(),
			Args:  map[string]string{"initiative": c.i.Number},
			Texts: []act.Text{{Name: "motive", Body: reason}}})
		return c.i, err
	})
}
