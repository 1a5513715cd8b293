package portfolio

import (
	"cmp"
	"context"
	"strings"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// NewAction is the form of an action item: what, by which unit and post, by when.
type NewAction struct {
	What string
	Unit id.ID
	Post id.ID // optional: the unit finds who
	Due  calendar.Day
}

func (n NewAction) check() error {
	err := fault.New(fault.Invalid, "portfolio.form")
	required(err, "what", n.What, maxText)
	required(err, "unit", string(n.Unit), maxText)
	checkDay(err, "due", n.Due, true)
	return err.OrNil()
}

// CreateAction adds something that follows a decision already taken.
func (r *Room) CreateAction(ctx context.Context, by act.Actor, arbitration id.ID, n NewAction) (Action, error) {
	return do(ctx, r, by, func(tx *act.Tx) (Action, error) {
		a, err := loadArbitration(tx.Context(), tx, arbitration)
		if err != nil {
			return Action{}, err
		}
		if a.Status != Decided {
			return Action{}, fault.New(fault.Conflict, "portfolio.arbitration.state", "state", string(a.Status), "event", "follow")
		}
		c, err := r.open(tx, a.Initiative)
		if err != nil {
			return Action{}, err
		}
		decision, err := decisionOf(tx.Context(), tx, a.ID)
		if err != nil {
			return Action{}, err
		}
		return c.createAction(n, a.ID, decision, a.Visibility)
	})
}

func (c *change) createAction(n NewAction, arbitration, cause id.ID, v act.Visibility) (Action, error) {
	n.What = strings.TrimSpace(n.What)
	if err := n.check(); err != nil {
		return Action{}, err
	}
	a := Action{ID: c.tx.NewID(), Initiative: c.i.ID, Arbitration: arbitration, From: c.from, What: n.What, Unit: n.Unit, Post: n.Post,
		Due: n.Due, Status: ActionOpen, StatusOn: c.tx.Today(), CreatedOn: c.tx.Today()}
	if err := c.checkWho(a); err != nil {
		return a, err
	}
	g, err := c.allowAction("action.create", a)
	if err != nil {
		return a, err
	}
	c.tell(ActionItemCreatedV1{a.ID, c.i.ID, a.Unit, a.Post, a.Due, 1})
	return a, c.settleAction(g, "action.create", &a, v, cause)
}

func (c *change) checkWho(a Action) error {
	if _, err := c.r.unit(c.tx, a.Unit, "unit"); err != nil {
		return err
	}
	if a.Post == "" {
		return nil
	}
	_, err := c.r.post(c.tx, a.Post, "post")
	return err
}

func (c *change) allowAction(verb string, a Action) (act.Grant, error) {
	if err := c.barred(a.matter()); err != nil {
		return act.Grant{}, err
	}
	ask, err := c.ask(verb, a.Ref())
	if err != nil {
		return act.Grant{}, err
	}
	bureau, err := c.bureau(a.From.Committee)
	if err != nil {
		return act.Grant{}, err
	}
	return c.tx.Allow(a.asked(ask, bureau))
}

// bureau are the posts that speak for the committee that ordered an action item: they follow it from one meeting to the next.
func (c *change) bureau(committee id.ID) ([]id.ID, error) {
	if c.r.bureau == nil || committee == "" {
		return nil, nil
	}
	return c.r.bureau(c.tx, committee)
}

func (c *change) settleAction(g act.Grant, verb string, a *Action, v act.Visibility, cause id.ID) error {
	a.Version++
	if err := c.wrote(a.row(), putAction(c.tx, *a)); err != nil {
		return err
	}
	_, err := c.record(g, verb, act.Act{Object: a.Ref(), Version: a.Version, Visibility: v, Cause: cause,
		When:  act.When{Until: a.Due},
		Args:  map[string]string{"initiative": cmp.Or(c.i.Number, a.From.Number), "unit": string(a.Unit), "post": string(a.Post), "due": string(a.Due)},
		Texts: []act.Text{{Name: "what", Body: a.What}, {Name: "motive", Body: a.Reason}}})
	return err
}

// FinishAction notes that an action item is done.
func (r *Room) FinishAction(ctx context.Context, by act.Actor, action id.ID, version int64, remark string) (Action, error) {
	return r.moveAction(ctx, by, action, version, "finish", func(c *change, a *Action) error {
		a.Reason = strings.TrimSpace(remark)
		return nil
	})
}

// DropAction gives an action item up, with a reason.
func (r *Room) DropAction(ctx context.Context, by act.Actor, action id.ID, version int64, reason string) (Action, error) {
	return r.moveAction(ctx, by, action, version, "drop", func(c *change, a *Action) error { return a.because(reason) })
}

// ReopenAction takes up again what was not done after all, or was given up wrongly, with a reason.
func (r *Room) ReopenAction(ctx context.Context, by act.Actor, action id.ID, version int64, reason string) (Action, error) {
	return r.moveAction(ctx, by, action, version, "reopen", func(c *change, a *Action) error { return a.because(reason) })
}

// ReassignAction gives an action item to another unit or post, or another day; it is mailed again.
func (r *Room) ReassignAction(ctx context.Context, by act.Actor, action id.ID, version int64, n NewAction) (Action, error) {
	return r.moveAction(ctx, by, action, version, "reassign", func(c *change, a *Action) error {
		n.What = a.What
		if err := n.check(); err != nil {
			return err
		}
		a.Unit, a.Post, a.Due = n.Unit, n.Post, n.Due
		c.tell(ActionItemCreatedV1{a.ID, c.i.ID, a.Unit, a.Post, a.Due, a.Version + 1})
		return c.checkWho(*a)
	})
}

func (a *Action) because(reason string) error {
	if a.Reason = strings.TrimSpace(reason); a.Reason == "" {
		return invalid("reason", "portfolio.required")
	}
	return nil
}

func (r *Room) moveAction(ctx context.Context, by act.Actor, action id.ID, version int64, event string,
	edit func(*change, *Action) error) (Action, error) {
	return do(ctx, r, by, func(tx *act.Tx) (Action, error) {
		a, err := loadAction(tx.Context(), tx, action)
		if err != nil {
			return a, err
		}
		next, err := actionStates().Next(string(a.Status), event)
		if err != nil {
			return a, err
		}
		if err := fresh(version, a.Version); err != nil {
			return a, err
		}
		c, err := r.openAction(tx, a)
		if err != nil {
			return a, err
		}
		g, err := c.allowAction("action."+event, a)
		if err != nil {
			return a, err
		}
		if err := edit(c, &a); err != nil {
			return a, err
		}
		a.Status, a.StatusOn = ActionStatus(next), tx.Today()
		shown, err := c.actionShown(a)
		if err != nil {
			return a, err
		}
		return a, c.settleAction(g, "action."+event, &a, shown, "")
	})
}

// openAction loads what an action item is about: its initiative, or nothing but the sitting that ordered it.
func (r *Room) openAction(tx *act.Tx, a Action) (*change, error) {
	if a.Initiative == "" {
		return &change{r: r, tx: tx, from: a.From}, nil
	}
	c, err := r.open(tx, a.Initiative)
	if err != nil {
		return nil, err
	}
	c.from = a.From
	return c, nil
}

// actionShown: what follows a public decision is public.
func (c *change) actionShown(a Action) (act.Visibility, error) {
	if a.Arbitration == "" {
		return act.Internal, nil
	}
	arb, err := loadArbitration(c.tx.Context(), c.tx, a.Arbitration)
	return arb.Visibility, err
}
