package council

import (
	"context"
	"slices"

	"parvis/internal/act"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// ReviseItem changes an item of an agenda that is not locked: not while a vote is open, for it is on the words of an item.
func (r *Room) ReviseItem(ctx context.Context, by act.Actor, item id.ID, version int64, f ItemForm) (Item, error) {
	f = f.clean()
	if err := f.check(); err != nil {
		return Item{}, err
	}
	return do(ctx, r, by, func(tx *act.Tx) (Item, error) {
		c, i, err := r.openListed(tx, item, version, "revise", differing{"title", f.Title, ""}, differing{"summary", f.Summary, ""})
		if err != nil {
			return i, err
		}
		if err := c.noOpenBallot(); err != nil {
			return i, err
		}
		for _, n := range []Nature{i.Nature, f.Nature} {
			if err := c.unlocked(n, f.Late); err != nil {
				return i, err
			}
		}
		if err := c.known(f); err != nil {
			return i, err
		}
		said := i.Title != f.Title || i.Nature != f.Nature
		f.into(&i)
		if err := c.sentAgain(i); err != nil {
			return i, err
		}
		if err := c.saveItem(&i); err != nil {
			return i, err
		}
		if said {
			if err := c.tellAgenda(); err != nil {
				return i, err
			}
		}
		return i, c.settle("item.revise", i.Ref(), i.Version, act.Act{Args: aboutItem(i),
			Texts: []act.Text{{Name: "title", Body: i.Title}, {Name: "motive", Body: f.Late}}})
	})
}

// openListed loads an item for an event of its table.
func (r *Room) openListed(tx *act.Tx, item id.ID, version int64, event string, texts ...differing) (*change, Item, error) {
	c, i, err := r.openItem(tx, item)
	if err != nil {
		return c, i, err
	}
	if _, err := next(itemStates(), i.Status, event); err != nil {
		return c, i, err
	}
	theirs := map[string]string{"title": i.Title, "summary": i.Summary, "debate": i.Debate}
	for n := range texts {
		texts[n].theirs = theirs[texts[n].field]
	}
	return c, i, fresh(version, i.Version, texts...)
}

// OrderItems puts the agenda in an order: the ids of all its items. The wall of drag and the keys both
// send it. It is the order of the day: it stays free until the meeting is held. An item keeps its place under the hands of
// whoever withdrew from it: they may put the others in any order around it. Faults: Denied council.recused.
func (r *Room) OrderItems(ctx context.Context, by act.Actor, meeting id.ID, order []id.ID) error {
	return perform(ctx, r, by, func(tx *act.Tx) error {
		c, err := r.openMeeting(tx, meeting)
		if err != nil {
			return err
		}
		if c.m.Held() || c.m.Status == Cancelled {
			return fault.New(fault.Conflict, "council.agenda.over")
		}
		items, err := loadItems(ctx, tx, meeting)
		if err != nil {
			return err
		}
		if err := c.leavesInPlace(items, order); err != nil {
			return err
		}
		return c.reorder(items, order)
	})
}

// leavesInPlace refuses an order that moves an item from which the actor withdrew.
func (c *change) leavesInPlace(items []Item, order []id.ID) error {
	for _, i := range items {
		if slices.Index(order, i.ID)+1 == i.Rank {
			continue
		}
		away, err := c.recused(i)
		if err != nil {
			return err
		}
		if away[c.tx.Actor().Post] {
			return fault.New(fault.Denied, "council.recused")
		}
	}
	return nil
}

func (c *change) reorder(items []Item, order []id.ID) error {
	if len(order) != len(items) {
		return fault.New(fault.Conflict, "council.agenda.changed")
	}
	moved := 0
	for _, i := range items {
		rank := slices.Index(order, i.ID) + 1
		if rank == 0 {
			return fault.New(fault.Conflict, "council.agenda.changed")
		}
		if rank == i.Rank {
			continue
		}
		i.Rank = rank
		moved++
		if err := c.saveItem(&i); err != nil {
			return err
		}
	}
	if moved == 0 {
		return fault.New(fault.Conflict, "council.agenda.same_order")
	}
	return c.settle("item.order", c.m.Ref(), c.m.Version, act.Act{})
}
