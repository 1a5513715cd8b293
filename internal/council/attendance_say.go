package council

import (
	"context"
	"slices"

	"parvis/internal/act"
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
	return perform(ctx, r, by, func(tx *act.Tx) error {
		c, err := r.openMeeting(tx, meeting)
		if err != nil {
			return err
		}
		if c.m.Held() || c.m.Status == Cancelled {
			return fault.New(fault.Conflict, "council.agenda.over")
		}
		m, err := c.seat(member, "member")
		if err != nil {
			return err
		}
		if m.Post != by.Post && !c.bureau(by.Post) {
			return fault.New(fault.Denied, "council.attendance.not_yours")
		}
		return c.say(m, answer, proxy)
	})
}

func (c *change) say(m Member, answer Saying, proxy id.ID) error {
	said, err := loadAttendance(c.tx.Context(), c.tx, c.m.ID)
	if err != nil {
		return err
	}
	if err := c.checkSaying(m, answer, proxy, said); err != nil {
		return err
	}
	a := Attendance{ID: c.tx.NewID(), Meeting: c.m.ID, Member: m.ID}
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
