package council

import (
	"cmp"
	"context"
	"regexp"
	"strings"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// CommitteeForm is what is typed of a committee.
type CommitteeForm struct {
	Code    string
	Kind    Kind
	NameFR  string
	NameEN  string
	Mission string
	Unit    id.ID
	Rules
	Public bool
}

var codeForm = regexp.MustCompile(`^[A-Z][A-Z0-9-]{1,15}$`)

func (f CommitteeForm) clean() CommitteeForm {
	for _, s := range []*string{&f.Code, &f.NameFR, &f.NameEN, &f.Mission} {
		*s = strings.TrimSpace(*s)
	}
	f.Code = strings.ToUpper(f.Code)
	f.Quorum, f.Voting, f.Method = cmp.Or(f.Quorum, NoQuorum), cmp.Or(f.Voting, Consensus), cmp.Or(f.Method, Show)
	return f
}

func (f CommitteeForm) check() error {
	err := form()
	if !codeForm.MatchString(f.Code) {
		err.At("code", "council.committee.code")
	}
	oneOf(err, "kind", f.Kind, Kinds())
	required(err, "name", f.NameFR, maxTitle)
	limited(err, "name_en", f.NameEN, maxTitle)
	limited(err, "mission", f.Mission, maxText)
	f.Rules.check(err, f.Kind)
	return err.OrNil()
}

func (r Rules) check(err *fault.Error, k Kind) {
	oneOf(err, "quorum", r.Quorum, []Quorum{NoQuorum, CountQuorum, HalfQuorum, ThirdQuorum})
	oneOf(err, "voting", r.Voting, []Voting{Consensus, Majority, Absolute, TwoThirds, Chair})
	oneOf(err, "method", r.Method, Methods())
	if r.Quorum == CountQuorum {
		within(err, "quorum_min", r.QuorumMin, 1, 500)
	}
	r.lawful(err, k)
	within(err, "notice", r.Notice, 0, 60)
	within(err, "lock_days", r.LockDays, 0, 60)
	if r.LockDays > r.Notice {
		err.At("lock_days", "council.committee.lock_before_notice")
	}
}

func (f CommitteeForm) into(c *Committee) {
	c.Kind, c.NameFR, c.NameEN, c.Mission, c.Unit, c.Rules = f.Kind, f.NameFR, f.NameEN, f.Mission, f.Unit, f.Rules
	c.Visibility = act.Internal
	if f.Public {
		c.Visibility = act.Public
	}
}

// FoundCommittee makes a committee. Faults: Invalid council.form; Conflict council.committee.code_taken.
func (r *Room) FoundCommittee(ctx context.Context, by act.Actor, f CommitteeForm) (Committee, error) {
	f = f.clean()
	if err := f.check(); err != nil {
		return Committee{}, err
	}
	return do(ctx, r, by, func(tx *act.Tx) (Committee, error) {
		taken, err := codeTaken(ctx, tx, f.Code)
		if err != nil {
			return Committee{}, err
		}
		if taken {
			return Committee{}, form().At("code", "council.committee.code_taken", "code", f.Code)
		}
		c := &change{r: r, tx: tx, c: Committee{ID: tx.NewID(), Version: 1, Code: f.Code, FoundedOn: tx.Today()}}
		f.into(&c.c)
		if err := c.wrote(c.c.row(), putCommittee(tx, c.c)); err != nil {
			return c.c, err
		}
		return c.c, c.settle("committee.found", c.c.Ref(), 1, act.Act{Visibility: c.shown(), Texts: f.texts()})
	})
}

func (f CommitteeForm) texts() []act.Text {
	return []act.Text{{Name: "name", Body: f.NameFR}, {Name: "mission", Body: f.Mission}}
}

// ReviseCommittee changes the rules of a committee; meetings already prepared keep their deadlines, and those already
// called the rules under which they were (Committee.at). A
// committee that was public stays so: what was known of it cannot be taken back (I17).
func (r *Room) ReviseCommittee(ctx context.Context, by act.Actor, committee id.ID, version int64, f CommitteeForm) (Committee, error) {
	f = f.clean()
	return do(ctx, r, by, func(tx *act.Tx) (Committee, error) {
		c, err := r.openCommittee(tx, committee)
		if err != nil {
			return Committee{}, err
		}
		f.Code = c.c.Code // numbers of meetings begin with it: it never changes
		if err := f.check(); err != nil {
			return c.c, err
		}
		if err := c.undeputised(f.Kind); err != nil {
			return c.c, err
		}
		if err := fresh(version, c.c.Version, differing{"mission", f.Mission, c.c.Mission}, differing{"name", f.NameFR, c.c.NameFR}); err != nil {
			return c.c, err
		}
		if c.c.Public() && !f.Public {
			return c.c, form().At("public", "council.committee.stays_public")
		}
		f.into(&c.c)
		c.c.Version++
		if err := c.wrote(c.c.row(), putCommittee(tx, c.c)); err != nil {
			return c.c, err
		}
		return c.c, c.settle("committee.revise", c.c.Ref(), c.c.Version, act.Act{Visibility: c.shown(), Texts: f.texts()})
	})
}

// CloseCommittee ends a committee: its history stays.
func (r *Room) CloseCommittee(ctx context.Context, by act.Actor, committee id.ID, version int64, reason string) (Committee, error) {
	reason = strings.TrimSpace(reason)
	return do(ctx, r, by, func(tx *act.Tx) (Committee, error) {
		c, err := r.openCommittee(tx, committee)
		if err != nil {
			return Committee{}, err
		}
		if err := fresh(version, c.c.Version); err != nil {
			return c.c, err
		}
		if c.c.ClosedOn != "" {
			return c.c, fault.New(fault.Conflict, "council.committee.closed")
		}
		if reason == "" {
			return c.c, invalid("reason", "council.required")
		}
		c.c.ClosedOn = tx.Today()
		c.c.Version++
		if err := c.wrote(c.c.row(), putCommittee(tx, c.c)); err != nil {
			return c.c, err
		}
		return c.c, c.settle("committee.close", c.c.Ref(), c.c.Version, act.Act{Visibility: c.shown(), Texts: []act.Text{{Name: "motive", Body: reason}}})
	})
}

// SeatForm gives a post a seat.
type SeatForm struct {
	Committee id.ID
	Post      id.ID
	Role      Role
	StandsIn  id.ID // of a deputy: the seat
	From      calendar.Day
}

// SeatMember gives a post a seat in a committee. One post has one seat; one seat presides.
func (r *Room) SeatMember(ctx context.Context, by act.Actor, f SeatForm) (Member, error) {
	return do(ctx, r, by, func(tx *act.Tx) (Member, error) {
		c, err := r.openCommittee(tx, f.Committee)
		if err != nil {
			return Member{}, err
		}
		if f.From == "" {
			f.From = tx.Today()
		}
		if err := c.checkSeat(f); err != nil {
			return Member{}, err
		}
		m := Member{ID: tx.NewID(), Version: 1, Committee: c.c.ID, Post: f.Post, Role: f.Role, Rank: len(c.members) + 1,
			Period: calendar.Since(f.From)}
		if f.Role == Deputy {
			m.StandsIn = f.StandsIn
		}
		if err := c.wrote(m.row(), putMember(tx, m)); err != nil {
			return m, err
		}
		if err := c.tellSeat(m); err != nil {
			return m, err
		}
		return m, c.settle("member.seat", c.c.Ref(), c.c.Version, act.Act{Visibility: c.shown(), When: act.When{Effective: f.From},
			Args: map[string]string{"post": string(m.Post), "role": string(m.Role)}})
	})
}

func (c *change) checkSeat(f SeatForm) error {
	err := form()
	oneOf(err, "role", f.Role, Roles())
	if f.Role == Deputy && !c.c.Kind.Deputised() {
		err.At("role", "council.law.deputy")
	}
	checkDay(err, "from", f.From)
	if err := err.OrNil(); err != nil {
		return err
	}
	if _, err := c.r.post(c.tx, f.Post, "post"); err != nil {
		return err
	}
	stood := f.Role != Deputy
	for _, m := range c.members {
		if !m.Overlaps(calendar.Since(f.From)) {
			continue
		}
		switch {
		case m.Post == f.Post:
			err.At("post", "council.member.twice")
		case m.Role == President && f.Role == President:
			err.At("role", "council.member.one_president")
		}
		stood = stood || m.ID == f.StandsIn && m.Votes()
	}
	if !stood {
		err.At("stands_in", "council.member.stands_in")
	}
	return err.OrNil()
}

// EndMember ends a seat, and those of the deputies who stood in for it.
func (r *Room) EndMember(ctx context.Context, by act.Actor, committee, member id.ID, last calendar.Day) error {
	return perform(ctx, r, by, func(tx *act.Tx) error {
		c, err := r.openCommittee(tx, committee)
		if err != nil {
			return err
		}
		if last == "" {
			last = tx.Today()
		}
		if !last.Valid() {
			return invalid("last", "council.day")
		}
		var post id.ID
		for _, m := range c.members {
			if m.ID != member && m.StandsIn != member || !m.Open() {
				continue
			}
			if m.ID == member {
				post = m.Post
			}
			if last.Before(m.From) {
				return invalid("last", "council.member.ends_before")
			}
			m.To = last.AddDays(1)
			m.Version++
			if err := c.wrote(m.row(), putMember(tx, m)); err != nil {
				return err
			}
		}
		if post == "" {
			return fault.New(fault.NotFound, "council.member.not_found")
		}
		return c.settle("member.end", c.c.Ref(), c.c.Version, act.Act{Visibility: c.shown(), When: act.When{Until: last},
			Args: map[string]string{"post": string(post)}})
	})
}
