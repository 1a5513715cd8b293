package council

import (
	"context"
	"strings"

	"parvis/internal/act"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// WithdrawItem takes an item off the agenda, with a reason: it stays on it, struck out.
func (r *Room) WithdrawItem(ctx context.Context, by act.Actor, item id.ID, version int64, reason string) (Item, error) {
	return r.leave(ctx, by, item, version, "withdraw", reason, nil)
}

// PostponeItem puts an item off to another meeting of the committee ("": to one that is not set yet),
// where it is taken up as it stands, with its papers, under the same root.
func (r *Room) PostponeItem(ctx context.Context, by act.Actor, item id.ID, version int64, reason string, to id.ID) (Item, error) {
	reason = strings.TrimSpace(reason)
	return r.leave(ctx, by, item, version, "postpone", reason, func(c *change, i *Item) error {
		if to == "" {
			return nil
		}
		if to == i.Meeting {
			return invalid("to", "council.item.same_meeting")
		}
		taken, err := c.takeUp(*i, to, reason)
		i.MovedTo = taken.ID
		return err
	})
}

func (r *Room) leave(ctx context.Context, by act.Actor, item id.ID, version int64, event, reason string, edit func(*change, *Item) error) (Item, error) {
	reason = strings.TrimSpace(reason)
	return do(ctx, r, by, func(tx *act.Tx) (Item, error) {
		c, i, err := r.openListed(tx, item, version, event)
		if err != nil {
			return i, err
		}
		if reason == "" {
			return i, invalid("reason", "council.required")
		}
		if c.m.Held() || c.m.Status == Cancelled {
			return i, fault.New(fault.Conflict, "council.agenda.over")
		}
		if err := c.noOpenBallot(); err != nil {
			return i, err
		}
		if edit != nil {
			if err := edit(c, &i); err != nil {
				return i, err
			}
		}
		i.Status, i.StatusOn, i.StatusNote = ItemPostponed, tx.Today(), reason
		if event == "withdraw" {
			i.Status = ItemWithdrawn
		}
		if err := c.saveItem(&i); err != nil {
			return i, err
		}
		if err := c.tellAgenda(); err != nil {
			return i, err
		}
		return i, c.settle("item."+event, i.Ref(), i.Version, act.Act{Args: aboutItem(i), Texts: []act.Text{{Name: "motive", Body: reason}}})
	})
}

// takeUp makes the item of another meeting that continues this one. Why it was put off is why it comes late, if the agenda
// of the other one is locked.
func (c *change) takeUp(i Item, to id.ID, reason string) (Item, error) {
	other, err := c.r.openMeeting(c.tx, to)
	if err != nil {
		return Item{}, err
	}
	if other.c.ID != c.c.ID {
		return Item{}, invalid("to", "council.item.other_committee")
	}
	if err := other.unlocked(i.Nature, reason); err != nil {
		return Item{}, err
	}
	items, err := loadItems(c.tx.Context(), c.tx, to)
	if err != nil {
		return Item{}, err
	}
	n := i.taken(c.tx.NewID())
	if other.m.Locked(c.tx.Today()) {
		n.Late = reason
	}
	return n, other.add(&n, items)
}

// taken is the item of another meeting that continues this one.
func (i Item) taken(as id.ID) Item {
	return Item{ID: as, Root: i.Root, Nature: i.Nature, Title: i.Title, Summary: i.Summary, Subject: i.Subject, Initiative: i.Initiative,
		Arbitration: i.Arbitration, Rapporteur: i.Rapporteur, Minutes: i.Minutes, MovedFrom: i.ID, OpenDoors: i.OpenDoors}
}

// TakeUpItem takes up, in a meeting that is being prepared, an item that an earlier one put off to a day
// that was not set.
func (r *Room) TakeUpItem(ctx context.Context, by act.Actor, item, meeting id.ID) (Item, error) {
	return do(ctx, r, by, func(tx *act.Tx) (Item, error) {
		c, i, err := r.openItem(tx, item)
		if err != nil {
			return i, err
		}
		if i.Status != ItemPostponed || i.MovedTo != "" {
			return i, fault.New(fault.Conflict, "council.item.taken_up")
		}
		n, err := c.takeUp(i, meeting, i.StatusNote)
		if err != nil {
			return n, err
		}
		i.MovedTo = n.ID
		if err := c.saveItem(&i); err != nil {
			return n, err
		}
		return n, c.settle("item.postpone", i.Ref(), i.Version, act.Act{Args: aboutItem(i), Texts: []act.Text{{Name: "motive", Body: i.StatusNote}}})
	})
}
