package council

import (
	"context"
	"slices"
	"strings"
	"time"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/id"
)

// ArriveForm notes who enters the room, or who leaves it. Clock is "HH:MM" of the day; "": now.
type ArriveForm struct {
	Meeting id.ID
	Members []id.ID
	Clock   string
}

// moment is the instant of a form: now, or an hour that is past and that no vote followed: of today, or of the evening before
// in a meeting that goes on past midnight. Who was in the room when a vote was opened or counted is settled: a later word
// would give voices to the absent.
func (c *change) moment(clock string) (time.Time, error) {
	now := c.tx.Now()
	if clock = strings.TrimSpace(clock); clock == "" {
		return now, nil
	}
	t, err := time.Parse("15:04", clock)
	if err != nil {
		return now, invalid("clock", "council.meeting.clock")
	}
	at := c.tx.Today().Clock(t.Hour(), t.Minute())
	if evening := c.tx.Today().AddDays(-1).Clock(t.Hour(), t.Minute()); at.After(now) && c.m.Sitting() && !evening.Before(c.m.OpenedAt) {
		at = evening
	}
	if at.After(now) {
		return now, invalid("clock", "council.presence.future")
	}
	return c.sinceVotes(at)
}

// sinceVotes refuses an hour before the last vote of the meeting. An hour that was typed is a whole minute: in the
// minute of a vote, it is the moment after.
func (c *change) sinceVotes(at time.Time) (time.Time, error) {
	ballots, err := loadBallots(c.tx.Context(), c.tx, c.m.ID)
	for _, b := range ballots {
		settled := b.ClosedAt
		if b.Status == BallotOpen {
			settled = b.OpenedAt
		}
		switch {
		case b.Status == BallotCancelled || !at.Before(settled):
		case at.Add(time.Minute).After(settled):
			at = settled
		default:
			return at, invalid("clock", "council.presence.vote_counted", "at", settled.In(calendar.Paris()).Format("15:04:05"))
		}
	}
	return at, err
}

// openDoor loads a meeting whose room people enter and leave: convened for today, or sitting.
func (r *Room) openDoor(tx *act.Tx, meeting id.ID) (*change, Assembly, error) {
	c, err := r.openMeeting(tx, meeting)
	if err != nil {
		return nil, Assembly{}, err
	}
	if !c.m.Sitting() && c.m.Status != Convened {
		return c, Assembly{}, wrongState("meeting", string(c.m.Status))
	}
	if err := c.onItsDay("council.presence.too_early"); err != nil {
		return c, Assembly{}, err
	}
	a, err := c.assembly()
	return c, a, err
}

// Arrive notes that members enter the room. Whoever is in it already is left alone.
func (r *Room) Arrive(ctx context.Context, by act.Actor, f ArriveForm) error {
	return perform(ctx, r, by, func(tx *act.Tx) error {
		c, a, err := r.openDoor(tx, f.Meeting)
		if err != nil {
			return err
		}
		at, err := c.moment(f.Clock)
		if err != nil {
			return err
		}
		entered := 0
		for _, member := range f.Members {
			m, err := c.seat(member, "members")
			if err != nil {
				return err
			}
			if a.present(member, tx.Now()) {
				continue
			}
			p := Presence{ID: c.tx.NewID(), Version: 1, Meeting: c.m.ID, Member: member, Post: m.Post, ArrivedAt: c.after(a, member, at)}
			if err := c.wrote(p.row(), putPresence(tx, p)); err != nil {
				return err
			}
			entered++
		}
		if entered == 0 {
			return invalid("members", "council.presence.nobody")
		}
		return c.settle("presence.arrive", c.m.Ref(), c.m.Version, act.Act{Args: map[string]string{"count": itoa(entered)}})
	})
}

// after is at, or the departure of the last stay when that is later: stays of one seat do not overlap.
func (c *change) after(a Assembly, member id.ID, at time.Time) time.Time {
	for _, p := range a.Stays {
		if p.Member == member && p.LeftAt.After(at) {
			at = p.LeftAt
		}
	}
	return at
}

// Leave notes that members leave the room. When the quorum is lost with them, the meeting is suspended in
// the same transaction: nothing can be decided until it is found again.
func (r *Room) Leave(ctx context.Context, by act.Actor, f ArriveForm) (Meeting, error) {
	return do(ctx, r, by, func(tx *act.Tx) (Meeting, error) {
		c, a, err := r.openDoor(tx, f.Meeting)
		if err != nil {
			return Meeting{}, err
		}
		at, err := c.moment(f.Clock)
		if err != nil {
			return c.m, err
		}
		left, err := c.leave(&a, f.Members, at)
		if err != nil {
			return c.m, err
		}
		if err := c.settle("presence.leave", c.m.Ref(), c.m.Version, act.Act{Args: map[string]string{"count": itoa(left)}}); err != nil {
			return c.m, err
		}
		if c.m.Status != Opened || a.Base(tx.Now(), nil).Met() {
			return c.m, nil
		}
		return c.m, c.suspend("", tx.Acts()[len(tx.Acts())-1])
	})
}

// leave ends the stays of members and writes them.
func (c *change) leave(a *Assembly, members []id.ID, at time.Time) (int, error) {
	left := 0
	for n, p := range a.Stays {
		if !p.LeftAt.IsZero() || !slices.Contains(members, p.Member) {
			continue
		}
		if p.LeftAt = at; at.Before(p.ArrivedAt) {
			return 0, invalid("clock", "council.presence.before_arrival")
		}
		p.Version++
		a.Stays[n] = p
		if err := c.wrote(p.row(), putPresence(c.tx, p)); err != nil {
			return 0, err
		}
		left++
	}
	if left == 0 {
		return 0, invalid("members", "council.presence.nobody")
	}
	return left, nil
}

// suspend stops the meeting; reason "" is the loss of the quorum.
func (c *change) suspend(reason string, cause id.ID) error {
	c.m.Status, c.m.StatusOn, c.m.StatusNote = Suspended, c.tx.Today(), reason
	if err := c.saveMeeting(); err != nil {
		return err
	}
	why := "quorum"
	if reason != "" {
		why = "reason"
	}
	return c.settle("meeting.suspend", c.m.Ref(), c.m.Version, act.Act{Cause: cause, Args: map[string]string{"why": why},
		Texts: []act.Text{{Name: "motive", Body: reason}}})
}

// assembly reads who may sit and who is in the room. A seat whose post nobody holds is not in exercise.
func (c *change) assembly() (Assembly, error) {
	a := Assembly{Kind: c.c.Kind, Rules: c.c.Rules}
	var err error
	if a.Said, err = loadAttendance(c.tx.Context(), c.tx, c.m.ID); err != nil {
		return a, err
	}
	if a.Stays, err = loadPresences(c.tx.Context(), c.tx, c.m.ID); err != nil {
		return a, err
	}
	a.Seats, err = c.r.inExercise(c.tx.Context(), c.tx, c.members, c.m.Day)
	return a, err
}
