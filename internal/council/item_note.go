package council

import (
	"context"
	"strings"

	"parvis/internal/act"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/portfolio"
)

// maxActions bounds what an item may order at once.
const maxActions = 50

// order creates action items of an item: the portfolio keeps them, with the initiative if the item is about one.
func (c *change) order(i Item, cause id.ID, v act.Visibility, actions []portfolio.NewAction) ([]id.ID, error) {
	if len(actions) > maxActions {
		return nil, invalid("actions", "council.actions.too_many", "max", maxActions)
	}
	var out []id.ID
	for _, n := range actions {
		a, err := c.r.portfolio.CreateActionIn(c.tx, portfolio.Ordered{Initiative: i.Initiative, Cause: cause, Visibility: v,
			From: portfolio.Sitting{Committee: c.c.ID, Meeting: c.m.ID, Item: i.ID, Number: c.m.Number}}, n)
		if err != nil {
			return nil, err
		}
		out = append(out, a.ID)
	}
	return out, nil
}

// TakeNote closes an item that was for information, with what was said of it and what the committee asks for.
func (r *Room) TakeNote(ctx context.Context, by act.Actor, item id.ID, version int64, debate string, actions ...portfolio.NewAction) (Item, error) {
	debate = strings.TrimSpace(debate)
	return do(ctx, r, by, func(tx *act.Tx) (Item, error) {
		c, i, err := r.openSitting(tx, item)
		if err != nil {
			return i, err
		}
		if err := fresh(version, i.Version); err != nil {
			return i, err
		}
		if i.Nature == ForDecision {
			return i, fault.New(fault.Conflict, "council.item.for_decision")
		}
		if err := c.noOpenBallot(); err != nil {
			return i, err
		}
		if debate != "" {
			i.Debate = debate
		}
		i.Status, i.StatusOn = ItemNoted, tx.Today()
		if err := c.saveItem(&i); err != nil {
			return i, err
		}
		noted := tx.NewID() // minted first: what the committee asks for names it as its cause
		if _, err := c.order(i, noted, act.Internal, actions); err != nil {
			return i, err
		}
		return i, c.settle("item.note", i.Ref(), i.Version, act.Act{ID: noted, Args: aboutItem(i), Texts: []act.Text{{Name: "debate", Body: debate}}})
	})
}
