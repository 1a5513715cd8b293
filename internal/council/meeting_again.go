package council

import (
	"context"

	"parvis/internal/act"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// againDays are the clear days between a second call and its meeting (CGCT, art. L2121-17).
const againDays = 3

// at is a committee as it was when a meeting of it was called: what it changes of its rules since is for its next meetings.
// A second call sits without quorum (CGCT, art. L2121-17).
func (c Committee) at(m Meeting) Committee {
	if m.Law != nil {
		c.Kind, c.Rules = m.Law.Kind, m.Law.Rules
	}
	if m.Again != "" {
		c.Quorum = NoQuorum
	}
	return c
}

// ConveneAgain prepares the second call of a meeting that could not sit, or no longer: its quorum is lacking at
// its hour. The first meeting ends, and what it did not come to, and nothing else, is on the agenda of the
// second, which sits without quorum. It answers the second one, to be convened.
func (r *Room) ConveneAgain(ctx context.Context, by act.Actor, meeting id.ID, version int64, f MeetingForm) (Meeting, error) {
	f = f.clean()
	if err := f.check(); err != nil {
		return Meeting{}, err
	}
	return do(ctx, r, by, func(tx *act.Tx) (Meeting, error) {
		c, err := r.openMeeting(tx, meeting)
		if err != nil {
			return Meeting{}, err
		}
		if f.Day.Before(tx.Today().AddDays(againDays + 1)) {
			return c.m, invalid("day", "council.again.interval", "day", tx.Today().AddDays(againDays+1))
		}
		left, err := c.lapse(version)
		if err != nil {
			return c.m, err
		}
		second := &change{r: r, tx: tx, c: c.c, members: c.members}
		if err := second.prepare(f, c.m.ID); err != nil {
			return second.m, err
		}
		return second.m, c.handOn(left, second)
	})
}

// lapse ends a meeting that lacks its quorum, and answers the items that it did not come to.
func (c *change) lapse(version int64) ([]Item, error) {
	to, err := next(meetingStates(), c.m.Status, "lapse")
	if err != nil {
		return nil, err
	}
	if err := fresh(version, c.m.Version); err != nil {
		return nil, err
	}
	if c.tx.Now().Before(c.m.Starts()) {
		return nil, fault.New(fault.Conflict, "council.meeting.too_early", "day", c.m.Day)
	}
	room, err := c.assembly()
	if err != nil {
		return nil, err
	}
	if room.Base(c.tx.Now(), nil).Met() {
		return nil, fault.New(fault.Conflict, "council.again.quorum")
	}
	if err := c.noOpenBallot(); err != nil {
		return nil, err
	}
	items, err := loadItems(c.tx.Context(), c.tx, c.m.ID)
	if err != nil {
		return nil, err
	}
	c.m.ClosedAt, c.m.StatusNote = c.tx.Now(), ""
	if err := c.empty(); err != nil {
		return nil, err
	}
	return listed(items), c.moveTo(to, func(*change, *act.Act) (string, error) { return "meeting.lapse", nil })
}

// handOn puts items on the agenda of the second call, in their order.
func (c *change) handOn(left []Item, second *change) error {
	var taken []Item
	for _, i := range left {
		n := i.taken(second.tx.NewID())
		if err := second.add(&n, taken); err != nil {
			return err
		}
		taken = append(taken, n)
		i.Status, i.StatusOn, i.MovedTo = ItemPostponed, c.tx.Today(), n.ID
		if err := c.saveItem(&i); err != nil {
			return err
		}
		if err := c.settle("item.postpone", i.Ref(), i.Version, act.Act{Args: aboutItem(i)}); err != nil {
			return err
		}
	}
	return nil
}

// MayCallAgain tells whether the meeting may be called a second time: it lacks its quorum at its hour.
func (f File) MayCallAgain() bool {
	waits := f.Meeting.Status == Convened && !f.Now.Before(f.Meeting.Starts())
	return (waits || f.Meeting.Status == Suspended) && !f.Base.Met()
}
