package council

import (
	"context"
	"slices"
	"strings"

	"parvis/internal/act"
	"parvis/internal/fault"
	"parvis/internal/i18n"
	"parvis/internal/id"
	"parvis/internal/identity"
)

// approves tells whether deciding the item approves the minutes of an earlier meeting: the one that it is about.
func (i Item) approves() bool { return i.Subject.Type == "meeting" && i.Nature == ForDecision }

// ToApprove lists the earlier meetings of a council whose minutes are drafted and wait to be approved, and which are on
// no agenda for it: for those inside, of a meeting that is not over.
func (r *Room) ToApprove(ctx context.Context, v identity.Visitor, f File) ([]Meeting, error) {
	if !v.Inside() || f.Committee.Kind != Council || f.Meeting.Held() || f.Meeting.Status == Cancelled {
		return nil, nil
	}
	return toApprove(ctx, r.reads, f.Meeting)
}

// AddApprovals puts at the head of the agenda of a council the approval of the minutes of its earlier meetings: they are
// approved at the beginning of the next one (CGCT, art. L2121-15), after it voted on its own urgency. Titles are worded by
// p, in French, as the agenda of a council is. Faults: Conflict council.approval.none, and those of an agenda that is locked.
func (r *Room) AddApprovals(ctx context.Context, by act.Actor, meeting id.ID, late string, p *i18n.Printer) ([]Item, error) {
	late = strings.TrimSpace(late)
	return do(ctx, r, by, func(tx *act.Tx) ([]Item, error) {
		c, items, err := r.openAgenda(tx, meeting, ForDecision, late)
		if err != nil {
			return nil, err
		}
		waiting, err := toApprove(ctx, tx, c.m)
		if err == nil && (c.c.Kind != Council || len(waiting) == 0) {
			err = fault.New(fault.Conflict, "council.approval.none")
		}
		if err != nil {
			return nil, err
		}
		var added []Item
		for _, m := range waiting {
			i := Item{ID: c.tx.NewID(), Nature: ForDecision, Title: p.T("council.approval.item", "day", m.Day), Subject: m.Ref(), OpenDoors: true, Minutes: 5, Late: late}
			if err := c.add(&i, slices.Concat(items, added)); err != nil {
				return nil, err
			}
			added = append(added, i)
		}
		return added, c.first(added, items)
	})
}

// first moves new items to the head of an agenda, behind the vote on its urgency.
func (c *change) first(added, items []Item) error {
	if len(items) == 0 {
		return nil
	}
	at := 0
	if items[0].urgency() {
		at = 1
	}
	all := slices.Insert(slices.Clone(items), at, added...)
	if len(items) == at {
		return nil // they are where they belong
	}
	var order []id.ID
	for _, i := range all {
		order = append(order, i.ID)
	}
	return c.reorder(all, order)
}

// adoptMinutes approves the minutes that an adopted item is about; the decision is the cause of that act. Minutes that
// were approved meanwhile stay as they are.
func (c *change) adoptMinutes(i Item, decided id.ID) error {
	m, err := loadMinutes(c.tx.Context(), c.tx, i.Subject.ID)
	if err != nil || m.Status != MinutesDraft {
		return err
	}
	o, m, err := c.r.openMinutes(c.tx, i.Subject.ID, "approve")
	if err != nil {
		return err
	}
	return o.approve(&m, c.m.Number, decided)
}
