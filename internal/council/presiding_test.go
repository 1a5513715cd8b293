package council_test

import (
	"testing"
	"time"

	"parvis/internal/act/acttest"
	"parvis/internal/calendar"
	"parvis/internal/council"
	"parvis/internal/db"
	"parvis/internal/id"
)

func (c *town) ballot(i council.Item, edit ...func(*council.BallotForm)) (council.Ballot, error) {
	f := council.BallotForm{Item: i.ID, Motion: "Adopter"}
	for _, e := range edit {
		e(&f)
	}
	return c.room.OpenBallot(c.ctx, secretary, f)
}

// TestWhoPresidesAnItem: whoever presides withdraws from it; nothing is voted until somebody else presides it, whose
// voice then decides a tie, a deputy's too.
func TestWhoPresidesAnItem(t *testing.T) {
	forEachTown(t, func(c *town) {
		tb := c.committee()
		m := c.prepare(tb, "2018-01-22")
		i, other := c.item(m, "Plan vélo", council.ForDecision), c.item(m, "Marché", council.ForDecision)
		c.open(tb, m, "e-maire", "p-dep", "e-ben", "e-cleo", "p-greffe")
		c.ok(errOf(c.room.DeclareInterest(c.ctx, secretary, council.InterestForm{Item: i.ID, Post: "e-maire", Event: "recuse"})))
		c.wants("council.item.no_president", errOf(c.ballot(i)))
		preside := func(post id.ID) error {
			return errOf(c.room.PresideItem(c.ctx, secretary, i.ID, c.stored(i).Version, post))
		}
		c.wants("president:council.meeting.president", preside("e-maire"))
		c.wants("president:council.meeting.president", preside("p-greffe"))
		c.wants("president:council.meeting.president", preside("e-ann")) // not in the room
		c.ok(preside("p-dep"))
		c.ok(errOf(c.room.DeclareInterest(c.ctx, secretary, council.InterestForm{Item: i.ID, Post: "e-cleo", Event: "recuse"})))
		b := c.vote(tb, i, map[id.ID]council.Choice{"e-ann": council.For, "e-ben": council.Against})
		if b.Result != council.Carried || b.Casting != council.For {
			c.Errorf("the deputy who presides decides the tie: %+v", b)
		}
		c.ok(errOf(c.room.TakeDecision(c.ctx, acttestAgent("p-dep"), council.DecideForm{Item: i.ID, Version: c.stored(i).Version, Result: council.ItemAdopted, Answers: answers()})))
		c.pass(time.Minute)
		c.stepped(c.room.Leave(c.ctx, secretary, council.ArriveForm{Meeting: m.ID, Members: tb.ids("e-maire")}))
		c.wants("council.item.no_president", errOf(c.ballot(other)))
	})
}

// TestTheChairTakesNoSide: under the rule Chair the vote then has no result, and nothing is decided on it.
func TestTheChairTakesNoSide(t *testing.T) {
	forEachTown(t, func(c *town) {
		tb := c.committee(func(f *council.CommitteeForm) { f.Voting = council.Chair })
		m := c.prepare(tb, "2018-01-22")
		i := c.item(m, "Plan vélo", council.ForDecision)
		c.open(tb, m)
		b := c.vote(tb, i, map[id.ID]council.Choice{"e-maire": council.Abstain, "e-ann": council.For, "e-ben": council.For, "e-cleo": council.For})
		take := council.DecideForm{Item: i.ID, Version: c.stored(i).Version, Result: council.ItemAdopted, Answers: answers()}
		if _, err := c.room.TakeDecision(c.ctx, president, take); b.Result != council.Unsettled || keyOf(err) != "council.decision.unsettled" {
			c.Errorf("%+v, %v", b, err)
		}
		c.vote(tb, i, map[id.ID]council.Choice{"e-maire": council.For, "e-ann": council.Against, "e-ben": council.Against})
		take.Version = c.stored(i).Version
		c.ok(errOf(c.room.TakeDecision(c.ctx, president, take)))
	})
}

// TestAPowerCountsFromTheNextVote: given while a vote is open, it is not in it; a power in it is not taken back.
func TestAPowerCountsFromTheNextVote(t *testing.T) {
	forEachTown(t, func(c *town) {
		c.wants("powers_max:council.between", errOf(c.room.FoundCommittee(c.ctx, mission, func() council.CommitteeForm {
			f := rules()
			f.Kind, f.ClearDays, f.PowersMax = council.Council, true, 2
			return f
		}())))
		tb := c.assembly()
		m := c.prepare(tb, "2018-01-22")
		i := c.item(m, "Plan vélo", council.ForDecision)
		c.open(tb, m, "e-maire", "e-ann", "e-ben", "p-greffe")
		say := func(answer council.Saying, to id.ID) error {
			return c.room.SayAttendance(c.ctx, cleo, m.ID, tb.seats["e-cleo"].ID, answer, tb.seats[to].ID)
		}
		b := must(c, func() (council.Ballot, error) { return c.ballot(i) })
		c.pass(time.Minute)
		c.ok(say(council.Represented, "e-maire"))
		closing := council.CloseForm{Ballot: b.ID, Voices: tb.by(map[id.ID]council.Choice{"e-maire": council.For, "e-ann": council.For, "e-ben": council.For})}
		if b = must(c, func() (council.Ballot, error) { return c.room.CloseBallot(c.ctx, secretary, closing) }); b.Entitled != 3 {
			c.Errorf("a power given meanwhile adds a voice: %+v", b.Base)
		}
		if b = must(c, func() (council.Ballot, error) { return c.ballot(i) }); b.Entitled != 4 {
			c.Errorf("the power counts from the next vote: %+v", b.Base)
		}
		c.wants("council.ballot.one_at_a_time", say(council.Coming, ""))
	})
}

// TestNobodyLeftBeforeAVoteThatWasCounted, nor came.
func TestNobodyLeftBeforeAVoteThatWasCounted(t *testing.T) {
	forEachTown(t, func(c *town) {
		tb := c.committee()
		m := c.prepare(tb, "2018-01-22")
		i := c.item(m, "Plan vélo", council.ForDecision)
		c.open(tb, m, "e-maire", "e-ann", "e-ben", "p-greffe")
		c.pass(10 * time.Minute) // 14:40
		c.vote(tb, i, map[id.ID]council.Choice{"e-maire": council.For, "e-ann": council.For, "e-ben": council.Against})
		c.pass(10*time.Minute + 30*time.Second)
		door := func(posts []id.ID, clock string) council.ArriveForm {
			return council.ArriveForm{Meeting: m.ID, Members: tb.ids(posts...), Clock: clock}
		}
		c.wants("clock:council.presence.vote_counted", errOf(c.room.Leave(c.ctx, secretary, door([]id.ID{"e-ben"}, "14:35"))))
		c.wants("clock:council.presence.vote_counted", c.room.Arrive(c.ctx, secretary, door([]id.ID{"e-cleo"}, "14:39")))
		c.ok(c.room.Arrive(c.ctx, secretary, door([]id.ID{"e-cleo"}, "14:40")))
		c.ok(errOf(c.room.Leave(c.ctx, secretary, door([]id.ID{"e-ben"}, "14:45"))))
		for _, p := range c.file(inside("p-mission"), m).Assembly.Stays {
			if p.Post == "e-ben" && !p.LeftAt.Equal(calendar.Day("2018-01-22").Clock(14, 45)) {
				c.Errorf("%+v", p)
			}
		}
	})
}

// TestWhoAsksForAMethod: a quarter of those present for a public vote, a third for a secret one, in a council.
func TestWhoAsksForAMethod(t *testing.T) {
	forEachTown(t, func(c *town) {
		tb := c.assembly()
		m := c.prepare(tb, "2018-01-22")
		i := c.item(m, "Plan vélo", council.ForDecision)
		c.open(tb, m)
		asks := func(method council.Method, n int) func(*council.BallotForm) {
			return func(f *council.BallotForm) { f.Method, f.Requested = method, n }
		}
		c.wants("requested:council.ballot.too_few", errOf(c.ballot(i, asks(council.Secret, 1)))) // four are there
		c.wants("requested:council.ballot.requested", errOf(c.ballot(i, asks(council.RollCall, 5))))
		c.wants("requested:council.ballot.requested", errOf(c.ballot(i, asks(council.Show, 1))))
		b := must(c, func() (council.Ballot, error) { return c.ballot(i, asks(council.RollCall, 1)) })
		if b.Method != council.RollCall || b.Requested != 1 {
			c.Errorf("%+v", b)
		}
		c.ok(c.room.CastVoice(c.ctx, ann, b.ID, tb.seats["e-ann"].ID, council.Against))
	})
}

// TestAVoteGivenUpForgetsItsVoices: nothing in the database or in the file says who voted what, before a secret vote
// on the same motion; that the vote was given up, and why, is kept.
func TestAVoteGivenUpForgetsItsVoices(t *testing.T) {
	forEachTown(t, func(c *town) {
		tb := c.committee()
		m := c.prepare(tb, "2018-01-22")
		i := c.item(m, "Une nomination", council.ForDecision)
		c.open(tb, m)
		b := must(c, func() (council.Ballot, error) {
			return c.room.OpenBallot(c.ctx, secretary, council.BallotForm{Item: i.ID, Motion: "Nommer"})
		})
		c.ok(c.room.CastVoice(c.ctx, ann, b.ID, tb.seats["e-ann"].ID, council.Against))
		chosen := func() int {
			return must(c, func() (int, error) {
				return db.One(c.ctx, c.db.Readers, db.Scalar[int], `SELECT COUNT(*) FROM council_voice WHERE choice <> 'apart'`)
			})
		}
		if chosen() != 1 {
			c.Error("the voice was not kept while the vote was open")
		}
		c.ok(errOf(c.room.CancelBallot(c.ctx, secretary, b.ID, "Le scrutin secret est demandé.")))
		if given := c.stored(i).Ballots[0]; chosen() != 0 || len(given.Voices) != 0 || given.Status != council.BallotCancelled {
			c.Errorf("%d choices are kept, the file says %+v", chosen(), given)
		}
		acttest.Clean(t, c.db)
	})
}
