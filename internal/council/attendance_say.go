package council

import (
	"context"
	"slices"
	"strings"
	"time"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// seat finds a seat of the committee that is in exercise on the day of the meeting.
func (c *change) seat(member id.ID, field string) (Member, error) {
	for _, m := range seatsOn(c.members, c.m.Day) {
		if m.ID == member {
			return m, nil
		}
	}
	return Member{}, invalid(field, "council.member.not_found")
}

// SayAttendance notes beforehand what a member says: comes, is excused, or gives a power to another
// member who holds fewer than the rules allow. A member says it, which is a writing of theirs, or the bureau for them,
// which has received it in writing (CGCT, art. L2121-20: a councillor gives a written power to a colleague of their
// choice, who holds one at most).
func (r *Room) SayAttendance(ctx context.Context, by act.Actor, meeting, member id.ID, answer Saying, proxy id.ID) error {
	_, err := do(ctx, r, by, func(tx *act.Tx) (struct{}, error) {
		c, err := r.openMeeting(tx, meeting)
		if err != nil {
			return struct{}{}, err
		}
		if c.m.Held() || c.m.Status == Cancelled {
			return struct{}{}, fault.New(fault.Conflict, "council.agenda.over")
		}
		m, err := c.seat(member, "member")
		if err != nil {
			return struct{}{}, err
		}
		if m.Post != by.Post && !c.bureau(by.Post) {
			return struct{}{}, fault.New(fault.Denied, "council.attendance.not_yours")
		}
		return struct{}{}, c.say(m, answer, proxy)
	})
	return err
}

func (c *change) say(m Member, answer Saying, proxy id.ID) error {
	said, err := loadAttendance(c.tx.Context(), c.tx, c.m.ID)
	if err != nil {
		return err
	}
	if err := c.checkSaying(m, answer, proxy, said); err != nil {
		return err
	}
	a := Attendance{ID: c.newID(), Meeting: c.m.ID, Member: m.ID}
	if i := slices.IndexFunc(said, func(s Attendance) bool { return s.Member == m.ID }); i >= 0 {
		a = said[i]
	}
	if err := c.keptPower(a); err != nil {
		return err
	}
	a.Answer, a.Proxy, a.SaidOn, a.SaidAt, a.SaidBy = answer, "", c.tx.Today(), c.tx.Now(), c.tx.Actor().Post
	if answer == Represented {
		a.Proxy = proxy
	}
	a.Version++
	if err := c.wrote(a.row(), putAttendance(c.tx, a)); err != nil {
		return err
	}
	return c.settle("attendance.say", c.m.Ref(), c.m.Version, act.Act{Args: map[string]string{"post": string(m.Post), "answer": string(answer)}})
}

// keptPower refuses to take back a power, or to give it to somebody else, while a vote is open: its voice may have been
// given. A new one may be given at any time, and counts from the next vote.
func (c *change) keptPower(a Attendance) error {
	if a.Answer != Represented {
		return nil
	}
	return c.noOpenBallot()
}

func (c *change) checkSaying(m Member, answer Saying, proxy id.ID, said []Attendance) error {
	err := form()
	oneOf(err, "answer", answer, []Saying{Coming, Excused, Represented})
	if answer != Represented {
		return err.OrNil()
	}
	p, bad := c.seat(proxy, "proxy")
	held := 0
	for _, s := range said {
		if s.Answer == Represented && s.Proxy == proxy && s.Member != m.ID {
			held++
		}
	}
	switch {
	case c.c.PowersMax == 0:
		err.At("answer", "council.attendance.no_powers")
	case bad != nil || !p.Votes() || !m.Votes() || p.ID == m.ID:
		err.At("proxy", "council.attendance.proxy")
	case held >= c.c.PowersMax:
		err.At("proxy", "council.attendance.too_many", "max", c.c.PowersMax)
	}
	return err.OrNil()
}

// ArriveForm notes who enters the room, or who leaves it. Clock is "HH:MM" of the day; "": now.
type ArriveForm struct {
	Meeting id.ID
	Members []id.ID
	Clock   string
}

// moment is the instant of a form: now, or an hour of today that is past and that no vote followed. Who was in the
// room when a vote was opened or counted is settled: a later word would give voices to the absent.
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

// openDoor loads a meeting whose room people enter and leave: convened for today or before, or sitting.
func (r *Room) openDoor(tx *act.Tx, meeting id.ID) (*change, Assembly, error) {
	c, err := r.openMeeting(tx, meeting)
	if err != nil {
		return nil, Assembly{}, err
	}
	switch {
	case !c.m.Sitting() && c.m.Status != Convened:
		return c, Assembly{}, wrongState("meeting", string(c.m.Status))
	case tx.Today().Before(c.m.Day):
		return c, Assembly{}, fault.New(fault.Conflict, "council.presence.too_early", "day", c.m.Day)
	}
	a, err := c.assembly()
	return c, a, err
}

// Arrive notes that members enter the room. Whoever is in it already is left alone.
func (r *Room) Arrive(ctx context.Context, by act.Actor, f ArriveForm) error {
	_, err := do(ctx, r, by, func(tx *act.Tx) (struct{}, error) {
		c, a, err := r.openDoor(tx, f.Meeting)
		if err != nil {
			return struct{}{}, err
		}
		at, err := c.moment(f.Clock)
		if err != nil {
			return struct{}{}, err
		}
		entered := 0
		for _, member := range f.Members {
			m, err := c.seat(member, "members")
			if err != nil {
				return struct{}{}, err
			}
			if a.present(member, tx.Now()) {
				continue
			}
			p := Presence{ID: c.newID(), Version: 1, Meeting: c.m.ID, Member: member, Post: m.Post, ArrivedAt: c.after(a, member, at)}
			if err := c.wrote(p.row(), putPresence(tx, p)); err != nil {
				return struct{}{}, err
			}
			entered++
		}
		if entered == 0 {
			return struct{}{}, invalid("members", "council.presence.nobody")
		}
		return struct{}{}, c.settle("presence.arrive", c.m.Ref(), c.m.Version, act.Act{Args: map[string]string{"count": itoa(entered)}})
	})
	return err
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
	a := Assembly{Kind: c.c.Kind, Rules: c.c.rulesAt(c.m)}
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
