package council

import (
	"context"
	"fmt"
	"strings"
	"time"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// MeetingForm is what is typed of a meeting.
type MeetingForm struct {
	Title   string
	Day     calendar.Day
	Clock   string // HH:MM
	Minutes int
	Place   string
	Urgency string // why it comes nearer than its notice allows
}

func (f MeetingForm) clean() MeetingForm {
	for _, s := range []*string{&f.Title, &f.Clock, &f.Place, &f.Urgency} {
		*s = strings.TrimSpace(*s)
	}
	if f.Minutes == 0 {
		f.Minutes = 90
	}
	return f
}

func (f MeetingForm) check() error {
	err := form()
	limited(err, "title", f.Title, maxTitle)
	checkDay(err, "day", f.Day)
	if _, bad := time.Parse("15:04", f.Clock); bad != nil {
		err.At("clock", "council.meeting.clock")
	}
	within(err, "minutes", f.Minutes, 5, 24*60)
	limited(err, "place", f.Place, maxTitle)
	limited(err, "urgency", f.Urgency, maxText)
	return err.OrNil()
}

// set sets the form in the meeting; its deadlines follow its day under the rules of the committee.
func (c *change) set(f MeetingForm) {
	c.m.Title, c.m.Day, c.m.Clock, c.m.Minutes, c.m.Place = f.Title, f.Day, f.Clock, f.Minutes, f.Place
	c.m.ConveneBy, c.m.LockOn = c.c.Deadlines(c.r.region, f.Day)
	if c.m.Again != "" {
		c.m.ConveneBy = ConveneBy(f.Day, againDays)
	}
}

// PrepareMeeting begins a meeting of a committee: nobody is called yet.
func (r *Room) PrepareMeeting(ctx context.Context, by act.Actor, committee id.ID, f MeetingForm) (Meeting, error) {
	f = f.clean()
	if err := f.check(); err != nil {
		return Meeting{}, err
	}
	return do(ctx, r, by, func(tx *act.Tx) (Meeting, error) {
		c, err := r.openCommittee(tx, committee)
		if err != nil {
			return Meeting{}, err
		}
		if c.c.ClosedOn != "" {
			return Meeting{}, fault.New(fault.Conflict, "council.committee.closed")
		}
		if f.Day.Before(tx.Today()) {
			return Meeting{}, invalid("day", "council.meeting.past")
		}
		return c.m, c.prepare(f, "")
	})
}

// prepare makes a meeting; again is the one that lacked its quorum, if it is its second call.
func (c *change) prepare(f MeetingForm, again id.ID) (err error) {
	c.m = Meeting{ID: c.tx.NewID(), Committee: c.c.ID, Year: f.Day.Year(), Status: Prepared, StatusOn: c.tx.Today(), Visibility: act.Internal, Again: again}
	if c.m.Seq, err = nextMeeting(c.tx.Context(), c.tx, c.c.ID, c.m.Year); err != nil {
		return err
	}
	c.m.Number = fmt.Sprintf("%s-%d-%d", c.c.Code, c.m.Year, c.m.Seq)
	c.set(f)
	if err := c.saveMeeting(); err != nil {
		return err
	}
	return c.settle("meeting.prepare", c.m.Ref(), c.m.Version, act.Act{Args: map[string]string{"day": string(f.Day)}})
}

// ReviseMeeting changes the day, the hour, the place or the title. Once it is convened, those who were
// called are told again; a meeting that comes nearer asks the same as convening it for that day.
func (r *Room) ReviseMeeting(ctx context.Context, by act.Actor, meeting id.ID, version int64, f MeetingForm) (Meeting, error) {
	f = f.clean()
	if err := f.check(); err != nil {
		return Meeting{}, err
	}
	return r.moveMeeting(ctx, by, meeting, version, "move", func(c *change, a *act.Act) (string, error) {
		if f.Day.Before(c.tx.Today()) {
			return "", invalid("day", "council.meeting.past")
		}
		was := c.m
		c.set(f)
		a.Args = map[string]string{"day": string(f.Day)}
		if c.m.Status == Convened {
			a.Visibility = c.shown()
			if err := c.nearer(was, f.Urgency, a); err != nil {
				return "", err
			}
		}
		moved := f.Day != was.Day || f.Clock != was.Clock || f.Place != was.Place || f.Minutes != was.Minutes
		if moved {
			c.m.Sequence++
			if c.m.Status == Convened {
				c.tell(MeetingMovedV1{c.m.ID, c.m.Sequence})
			}
		}
		return "meeting.revise", nil
	})
}

// moveMeeting moves a meeting along its table: edit changes it and says by which verb.
func (r *Room) moveMeeting(ctx context.Context, by act.Actor, meeting id.ID, version int64, event string,
	edit func(*change, *act.Act) (string, error)) (Meeting, error) {
	return do(ctx, r, by, func(tx *act.Tx) (Meeting, error) {
		c, err := r.openMeeting(tx, meeting)
		if err != nil {
			return Meeting{}, err
		}
		to, err := next(meetingStates(), c.m.Status, event)
		if err != nil {
			return c.m, err
		}
		if err := fresh(version, c.m.Version); err != nil {
			return c.m, err
		}
		return c.m, c.moveTo(to, edit)
	})
}

func (c *change) moveTo(to MeetingStatus, edit func(*change, *act.Act) (string, error)) error {
	var a act.Act
	verb, err := edit(c, &a)
	if err != nil {
		return err
	}
	if c.m.Status != to {
		c.m.Status, c.m.StatusOn = to, c.tx.Today()
	}
	if err := c.saveMeeting(); err != nil {
		return err
	}
	return c.settle(verb, c.m.Ref(), c.m.Version, a)
}

// CancelMeeting gives a meeting up. What was known of it stays, and says so (I17).
func (r *Room) CancelMeeting(ctx context.Context, by act.Actor, meeting id.ID, version int64, reason string) (Meeting, error) {
	reason = strings.TrimSpace(reason)
	return r.moveMeeting(ctx, by, meeting, version, "cancel", func(c *change, a *act.Act) (string, error) {
		if reason == "" {
			return "", invalid("reason", "council.required")
		}
		c.m.StatusNote = reason
		c.m.Sequence++
		if c.m.Status == Convened {
			a.Visibility = c.shown()
			c.tell(MeetingCancelledV1{c.m.ID, c.m.Sequence})
		}
		a.Texts = []act.Text{{Name: "motive", Body: reason}}
		return "meeting.cancel", nil
	})
}

// listed are the items that are still to be dealt with.
func listed(items []Item) []Item {
	var out []Item
	for _, i := range items {
		if i.Status == Listed {
			out = append(out, i)
		}
	}
	return out
}
