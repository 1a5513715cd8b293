package council

import (
	"context"
	"slices"
	"strings"

	"parvis/internal/act"
	"parvis/internal/fault"
	"parvis/internal/i18n"
	"parvis/internal/id"
)

// DraftMinutes writes the minutes of a meeting from what happened, in the language of p: pages give French, whoever
// clicks, for the minutes are a text of the law (Constitution, art. 2; loi 94-665). Done again, it
// words anew what nobody worded by hand. Only a meeting that is closed, and not yet approved.
func (r *Room) DraftMinutes(ctx context.Context, by act.Actor, meeting id.ID, p *i18n.Printer) (Minutes, error) {
	return do(ctx, r, by, func(tx *act.Tx) (Minutes, error) {
		c, m, err := r.openMinutes(tx, meeting, "edit")
		if err != nil {
			return m, err
		}
		told, err := r.told(tx, c, p)
		if err != nil {
			return m, err
		}
		for n, b := range told {
			if i := slices.IndexFunc(m.Blocks, func(o Block) bool { return o.Key == b.Key && o.Edited }); i >= 0 {
				told[n] = m.Blocks[i]
			}
		}
		m.Blocks = told
		return m, c.settleMinutes(&m, "minutes.draft", act.Act{})
	})
}

// openMinutes loads the minutes of a meeting for an event of their table; new ones while there are none.
func (r *Room) openMinutes(tx *act.Tx, meeting id.ID, event string) (*change, Minutes, error) {
	c, err := r.openMeeting(tx, meeting)
	if err != nil {
		return nil, Minutes{}, err
	}
	if !c.m.Held() {
		return c, Minutes{}, fault.New(fault.Conflict, "council.minutes.not_closed")
	}
	m, err := loadMinutes(tx.Context(), tx, meeting)
	if fault.KindOf(err) == fault.NotFound && event == "edit" {
		m, err = Minutes{ID: tx.NewID(), Meeting: meeting, Status: MinutesDraft}, nil
	}
	if err != nil {
		return c, m, err
	}
	_, err = next(minutesStates(), m.Status, event)
	return c, m, err
}

func (c *change) settleMinutes(m *Minutes, verb string, a act.Act) error {
	m.Version++
	if err := c.wrote(m.row(), putMinutes(c.tx, *m)); err != nil {
		return err
	}
	return c.settle(verb, m.Ref(), m.Version, a)
}

// EditMinutes words blocks of the minutes by hand, until they are approved: texts by the key of the block.
// A recused post does not word what it may not read.
func (r *Room) EditMinutes(ctx context.Context, by act.Actor, meeting id.ID, version int64, texts map[string]string) (Minutes, error) {
	return do(ctx, r, by, func(tx *act.Tx) (Minutes, error) {
		c, m, err := r.openMinutes(tx, meeting, "edit")
		if err != nil {
			return m, err
		}
		var differ []differing
		changed := false
		away, err := c.keptFrom(tx.Actor().Post)
		if err != nil {
			return m, err
		}
		for n, b := range m.Blocks {
			text, sent := texts[b.Key]
			text = strings.TrimSpace(text)
			if !sent || text == b.Text || away[b.Item] {
				continue
			}
			if len([]rune(text)) > maxText {
				return m, invalid(b.Key, "council.too_long", "max", maxText)
			}
			differ = append(differ, differing{b.Key, text, b.Text})
			m.Blocks[n].Text, m.Blocks[n].Edited, changed = text, true, true
		}
		if err := fresh(version, m.Version, differ...); err != nil {
			return m, err
		}
		if !changed {
			return m, fault.New(fault.Conflict, "council.minutes.unchanged")
		}
		return m, c.settleMinutes(&m, "minutes.edit", act.Act{})
	})
}

// keptFrom are the items of the meeting that are kept from a post.
func (c *change) keptFrom(post id.ID) (map[id.ID]bool, error) {
	out := map[id.ID]bool{}
	items, err := loadItems(c.tx.Context(), c.tx, c.m.ID)
	if err != nil {
		return out, err
	}
	for _, i := range items {
		away, err := c.recused(i)
		if err != nil {
			return out, err
		}
		out[i.ID] = away[post]
	}
	return out, nil
}

// ApproveMinutes fixes the minutes: their words and their digest change no more. A council approves (arrête) its own at
// the beginning of its next meeting (CGCT, art. L2121-15): the meeting that sits then is kept with them. That it must
// sit is not enforced, so that a city may take over minutes that were approved elsewhere.
func (r *Room) ApproveMinutes(ctx context.Context, by act.Actor, meeting id.ID, version int64) (Minutes, error) {
	return do(ctx, r, by, func(tx *act.Tx) (Minutes, error) {
		c, m, err := r.openMinutes(tx, meeting, "approve")
		if err != nil {
			return m, err
		}
		if err := fresh(version, m.Version); err != nil {
			return m, err
		}
		sitting, err := sittingOf(ctx, tx, c.m)
		if err != nil {
			return m, err
		}
		return m, c.approve(&m, sitting, "")
	})
}

// approve fixes minutes, at the sitting of that number, because of an act that decided it; both may be unknown.
func (c *change) approve(m *Minutes, sitting string, cause id.ID) error {
	to, err := next(meetingStates(), c.m.Status, "approve")
	if err != nil {
		return err
	}
	c.m.Status, c.m.StatusOn = to, c.tx.Today()
	if err := c.saveMeeting(); err != nil {
		return err
	}
	m.Status, m.ApprovedAt, m.ApprovedBy, m.ApprovedOn = MinutesApproved, sitting, c.tx.Actor().Post, c.tx.Today()
	m.Digest = DigestOf(Plain(m.Blocks))
	return c.settleMinutes(m, "minutes.approve", act.Act{Cause: cause, Args: map[string]string{"digest": m.Digest}})
}

// Plain is the text of minutes, from which their digest is taken: for each block its title and its text,
// a blank line between blocks.
func Plain(blocks []Block) string {
	var out strings.Builder
	for _, b := range blocks {
		if b.Title != "" {
			out.WriteString(b.Title + "\n")
		}
		out.WriteString(b.Text + "\n\n")
	}
	return out.String()
}
