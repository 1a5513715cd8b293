package council

import (
	"context"
	"slices"
	"strings"

	"parvis/internal/act"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// OpenMeeting begins the sitting, under a president, with a secretary, once the quorum is in the room: on the day to
// which its members were called, which may be moved first.
func (r *Room) OpenMeeting(ctx context.Context, by act.Actor, meeting id.ID, version int64, president, secretary id.ID) (Meeting, error) {
	return r.moveMeeting(ctx, by, meeting, version, "open", func(c *change, a *act.Act) (string, error) {
		if err := c.onItsDay("council.meeting.too_early"); err != nil {
			return "", err
		}
		room, err := c.assembly()
		if err != nil {
			return "", err
		}
		if err := c.chair(room, president, secretary); err != nil {
			return "", err
		}
		if err := met(room.Base(c.tx.Now(), nil)); err != nil {
			return "", err
		}
		c.m.OpenedAt, c.m.StatusNote = c.tx.Now(), ""
		a.Args = map[string]string{"president": string(c.m.President)}
		return "meeting.open", nil
	})
}

// onItsDay refuses what happens in a room on another day than that to which the members were called; early words it before
// that day. A meeting that sits goes on past midnight.
func (c *change) onItsDay(early string) error {
	switch today := c.tx.Today(); {
	case c.m.Sitting() || today == c.m.Day:
		return nil
	case today.Before(c.m.Day):
		return fault.New(fault.Conflict, early, "day", c.m.Day)
	}
	return fault.New(fault.Conflict, "council.meeting.too_late", "day", c.m.Day)
}

// chair names who presides and who keeps the minutes: somebody in the room; the seats of the committee
// when the form names nobody. A council names its secretary among its members, whoever assists them (CGCT, art. L2121-15).
func (c *change) chair(room Assembly, president, secretary id.ID) error {
	in := room.Present(c.tx.Now())
	if president == "" {
		for _, m := range in {
			if m.Role == President {
				president = m.Post
			}
		}
	}
	if secretary == "" && c.c.Kind != Council {
		for _, m := range in {
			if m.Role == Secretary {
				secretary = m.Post
			}
		}
	}
	if !slices.ContainsFunc(in, func(m Member) bool { return m.Post == president && m.MayPreside() }) {
		return invalid("president", "council.meeting.president")
	}
	if c.c.Kind == Council && !slices.ContainsFunc(in, func(m Member) bool { return m.Post == secretary && m.Votes() }) {
		return invalid("secretary", "council.law.secretary")
	}
	if secretary != "" {
		if _, err := c.r.post(c.tx, secretary, "secretary"); err != nil {
			return err
		}
	}
	c.m.President, c.m.Secretary = president, secretary
	return nil
}

// met refuses without quorum.
func met(b Base) error {
	if b.Met() {
		return nil
	}
	return fault.New(fault.Conflict, "council.quorum.lacking", "in", b.InRoom, "needed", b.Quorum)
}

// SuspendMeeting stops the sitting for a while, with a reason.
func (r *Room) SuspendMeeting(ctx context.Context, by act.Actor, meeting id.ID, version int64, reason string) (Meeting, error) {
	reason = strings.TrimSpace(reason)
	return r.moveMeeting(ctx, by, meeting, version, "suspend", func(c *change, a *act.Act) (string, error) {
		if reason == "" {
			return "", invalid("reason", "council.required")
		}
		if err := c.noOpenBallot(); err != nil {
			return "", err
		}
		c.m.StatusNote, a.Args = reason, map[string]string{"why": "reason"}
		a.Texts = []act.Text{{Name: "motive", Body: reason}}
		return "meeting.suspend", nil
	})
}

// ResumeMeeting takes the sitting up again, once the quorum is found.
func (r *Room) ResumeMeeting(ctx context.Context, by act.Actor, meeting id.ID, version int64) (Meeting, error) {
	return r.moveMeeting(ctx, by, meeting, version, "resume", func(c *change, _ *act.Act) (string, error) {
		room, err := c.assembly()
		if err != nil {
			return "", err
		}
		c.m.StatusNote = ""
		return "meeting.resume", met(room.Base(c.tx.Now(), nil))
	})
}

// CloseMeeting ends the sitting: everybody leaves, and what was not dealt with waits for another meeting.
func (r *Room) CloseMeeting(ctx context.Context, by act.Actor, meeting id.ID, version int64) (Meeting, error) {
	return r.moveMeeting(ctx, by, meeting, version, "close", func(c *change, _ *act.Act) (string, error) {
		if err := c.noOpenBallot(); err != nil {
			return "", err
		}
		c.m.ClosedAt, c.m.StatusNote = c.tx.Now(), ""
		if err := c.empty(); err != nil {
			return "", err
		}
		return "meeting.close", c.putOff()
	})
}

func (c *change) empty() error {
	stays, err := loadPresences(c.tx.Context(), c.tx, c.m.ID)
	for _, p := range stays {
		if p.LeftAt.IsZero() {
			p.LeftAt = c.tx.Now()
			p.Version++
			if err := c.wrote(p.row(), putPresence(c.tx, p)); err != nil {
				return err
			}
		}
	}
	return err
}

// putOff postpones the items that the meeting did not come to.
func (c *change) putOff() error {
	items, err := loadItems(c.tx.Context(), c.tx, c.m.ID)
	for _, i := range listed(items) {
		i.Status, i.StatusOn = ItemPostponed, c.tx.Today()
		if err := c.saveItem(&i); err != nil {
			return err
		}
	}
	return err
}

// WriteDebate keeps the substance of the debate on an item, while the meeting sits or its minutes are
// not approved.
func (r *Room) WriteDebate(ctx context.Context, by act.Actor, item id.ID, version int64, text string) (Item, error) {
	text = strings.TrimSpace(text)
	err := form()
	if limited(err, "debate", text, maxText); err.OrNil() != nil {
		return Item{}, err
	}
	return do(ctx, r, by, func(tx *act.Tx) (Item, error) {
		c, i, err := r.openItem(tx, item)
		if err != nil {
			return i, err
		}
		if !c.m.Sitting() && c.m.Status != Closed {
			return i, wrongState("meeting", string(c.m.Status))
		}
		if err := fresh(version, i.Version, differing{"debate", text, i.Debate}); err != nil {
			return i, err
		}
		i.Debate = text
		if err := c.saveItem(&i); err != nil {
			return i, err
		}
		return i, c.settle("item.debate", i.Ref(), i.Version, act.Act{Args: aboutItem(i), Texts: []act.Text{{Name: "debate", Body: text}}})
	})
}
