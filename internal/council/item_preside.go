package council

import (
	"cmp"
	"context"
	"slices"

	"parvis/internal/act"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// PresideItem names who presides one item in the place of the president of the meeting, who is recused from it or has
// left the room (CGCT, art. L2121-14 and L2122-17; governance.md §6). It is a member in the room, a deputy too, who
// is not recused; "" gives the item back to the president of the meeting. Not while its vote is open: whose voice
// counts twice is known before anybody votes.
func (r *Room) PresideItem(ctx context.Context, by act.Actor, item id.ID, version int64, post id.ID) (Item, error) {
	return do(ctx, r, by, func(tx *act.Tx) (Item, error) {
		c, i, err := r.openSitting(tx, item)
		if err != nil {
			return i, err
		}
		if err := fresh(version, i.Version); err != nil {
			return i, err
		}
		if err := c.noOpenBallot(); err != nil {
			return i, err
		}
		i.President = post
		if err := c.presided(i); post != "" && err != nil {
			return i, invalid("president", "council.meeting.president")
		}
		if err := c.saveItem(&i); err != nil {
			return i, err
		}
		args := aboutItem(i)
		args["president"] = string(c.m.ChairOf(i))
		return i, c.settle("item.preside", i.Ref(), i.Version, act.Act{Args: args})
	})
}

// ChairOf is the post that presides an item: its own, or that of the meeting.
func (m Meeting) ChairOf(i Item) id.ID { return cmp.Or(i.President, m.President) }

// presided refuses to vote or to decide on an item that nobody presides: whoever should is recused, or has left.
func (c *change) presided(i Item) error {
	a, err := c.assembly()
	if err != nil {
		return err
	}
	away, err := c.recused(i)
	if err != nil {
		return err
	}
	chair := c.m.ChairOf(i)
	in := slices.ContainsFunc(a.Present(c.tx.Now()), func(m Member) bool { return m.Post == chair && m.MayPreside() })
	if !in || away[chair] {
		return fault.New(fault.Conflict, "council.item.no_president")
	}
	return nil
}

// MayPreside tells whether a seat may preside: a member, or the deputy of one.
func (m Member) MayPreside() bool { return m.Votes() || m.Role == Deputy }
