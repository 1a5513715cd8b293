package council

import (
	"context"
	"slices"
	"strings"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// Hidden is what stands in published minutes for a passage that was masked.
const Hidden = "█████"

// MaskMinutes chooses the passages that are not published: names, what the law protects (CRPA, art.
// L311-6 and L311-7). Each must be in its block. It replaces what was chosen before, except in the items that are kept from
// whoever chooses: of these they may neither read nor lift nor guess a passage.
func (r *Room) MaskMinutes(ctx context.Context, by act.Actor, meeting id.ID, version int64, masks []Mask) (Minutes, error) {
	return do(ctx, r, by, func(tx *act.Tx) (Minutes, error) {
		c, m, err := r.openMinutes(tx, meeting, "mask")
		if err != nil {
			return m, err
		}
		if err := fresh(version, m.Version); err != nil {
			return m, err
		}
		away, err := c.keptFrom(tx.Actor().Post)
		if err != nil {
			return m, err
		}
		withheld := func(k Mask) bool { return away[m.item(k.Key)] }
		kept := slices.DeleteFunc(slices.Clone(m.Masks), func(k Mask) bool { return !withheld(k) })
		bad := form()
		for _, k := range masks {
			k.Passage = strings.TrimSpace(k.Passage)
			if k.Passage == "" {
				continue
			}
			if withheld(k) || !m.says(k) {
				bad.At("mask."+k.Key, "council.minutes.not_there", "passage", k.Passage)
			}
			kept = append(kept, k)
		}
		if err := bad.OrNil(); err != nil {
			return m, err
		}
		m.Masks = kept
		return m, c.settleMinutes(&m, "minutes.mask", act.Act{Args: map[string]string{"count": itoa(len(kept))}})
	})
}

// item is the item that a block tells of; empty for a block about the whole meeting.
func (m Minutes) item(key string) id.ID {
	if n := slices.IndexFunc(m.Blocks, func(b Block) bool { return b.Key == key }); n >= 0 {
		return m.Blocks[n].Item
	}
	return ""
}

// says tells whether the passage of a mask stands in its block.
func (m Minutes) says(k Mask) bool {
	return slices.ContainsFunc(m.Blocks, func(b Block) bool { return b.Key == k.Key && strings.Contains(b.Title+"\n"+b.Text, k.Passage) })
}

// Masked is the minutes with the masked passages hidden.
func Masked(blocks []Block, masks []Mask) []Block {
	out := slices.Clone(blocks)
	for _, k := range masks {
		for n, b := range out {
			if b.Key == k.Key {
				out[n].Title = strings.ReplaceAll(b.Title, k.Passage, Hidden)
				out[n].Text = strings.ReplaceAll(b.Text, k.Passage, Hidden)
			}
		}
	}
	return out
}

// PublishBy is the last day to publish approved minutes, where the law sets one: for a council, within the week after
// the meeting that approved them (CGCT, art. L2121-15); "" for the others, and while they are not approved.
func (m Minutes) PublishBy(k Kind) calendar.Day {
	if k != Council || m.ApprovedOn == "" {
		return ""
	}
	return MinutesDue(m.ApprovedOn)
}

// PublishMinutes makes the minutes public, masked, once a person says that they reviewed what is hidden
// and what is not: not a person from whom an item is kept. What is published is exactly that (I10).
func (r *Room) PublishMinutes(ctx context.Context, by act.Actor, meeting id.ID, version int64, reviewed bool) (Minutes, error) {
	return do(ctx, r, by, func(tx *act.Tx) (Minutes, error) {
		c, m, err := r.openMinutes(tx, meeting, "publish")
		if err != nil {
			return m, err
		}
		if err := fresh(version, m.Version); err != nil {
			return m, err
		}
		if err := c.reviewed(reviewed); err != nil {
			return m, err
		}
		if !c.c.Public() {
			return m, fault.New(fault.Conflict, "council.minutes.internal_committee")
		}
		to, err := next(meetingStates(), c.m.Status, "publish")
		if err != nil {
			return m, err
		}
		c.m.Status, c.m.StatusOn = to, tx.Today()
		if err := c.saveMeeting(); err != nil {
			return m, err
		}
		m.Status, m.PublishedBy, m.PublishedOn, m.Published = MinutesPublished, by.Post, tx.Today(), Masked(m.Blocks, m.Masks)
		m.PublishedDigest = DigestOf(Plain(m.Published))
		c.tell(MinutesPublishedV1{c.m.ID, m.ID})
		return m, c.settleMinutes(&m, "minutes.publish", act.Act{Args: map[string]string{"digest": m.PublishedDigest}})
	})
}

// reviewed wants a review by somebody who could read all of the minutes.
func (c *change) reviewed(said bool) error {
	if !said {
		return invalid("reviewed", "council.minutes.review")
	}
	away, err := c.keptFrom(c.tx.Actor().Post)
	if err != nil {
		return err
	}
	for _, kept := range away {
		if kept {
			return fault.New(fault.Denied, "council.minutes.recused")
		}
	}
	return nil
}
