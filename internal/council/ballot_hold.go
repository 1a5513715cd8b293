package council

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"parvis/internal/act"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// BallotForm puts a motion to the vote.
type BallotForm struct {
	Item   id.ID
	Motion string
	Option int    // of the question, 0 for none
	Method Method // "": the committee's

	// Requested is how many of the members in the room asked for a public or a secret vote. In a council a quarter of
	// them obtain the first and a third the second (CGCT, art. L2121-21); a secret vote that nobody asked for is that
	// of a nomination or of a representation, for which the law wants one.
	Requested int
}

// OpenBallot puts a motion to the vote: who may vote, and whether there is a quorum, is counted now, the
// recused taken away (I7). Faults: Conflict council.quorum.lacking, council.ballot.one_at_a_time,
// council.circuit.awaits.
func (r *Room) OpenBallot(ctx context.Context, by act.Actor, f BallotForm) (Ballot, error) {
	f.Motion = strings.TrimSpace(f.Motion)
	return do(ctx, r, by, func(tx *act.Tx) (Ballot, error) {
		c, i, err := r.openSitting(tx, f.Item)
		if err != nil {
			return Ballot{}, err
		}
		if err := c.noOpenBallot(); err != nil {
			return Ballot{}, err
		}
		if err := c.unbound(i); err != nil {
			return Ballot{}, err
		}
		b := Ballot{ID: tx.NewID(), Meeting: c.m.ID, Item: i.ID, Motion: f.Motion, Option: f.Option,
			Method: cmp.Or(f.Method, c.c.Method), Requested: f.Requested, Rule: c.c.Voting, Status: BallotOpen, OpenedAt: tx.Now()}
		if err := c.checkMotion(&b, i); err != nil {
			return b, err
		}
		if b.Base, err = c.baseOf(i); err != nil {
			return b, err
		}
		if err := met(b.Base); err != nil {
			return b, err
		}
		if err := cmp.Or(c.presided(i), b.checkRequest(c.c.Kind)); err != nil {
			return b, err
		}
		if b.Rank, err = nextBallot(ctx, tx, i.ID); err != nil {
			return b, err
		}
		return b, c.settleBallot(&b, i, "ballot.open", act.Act{Texts: []act.Text{{Name: "motion", Body: b.Motion}}})
	})
}

// openSitting loads an item that is still to be dealt with, at a meeting that is open.
func (r *Room) openSitting(tx *act.Tx, item id.ID) (*change, Item, error) {
	c, i, err := r.openItem(tx, item)
	switch {
	case err != nil:
	case c.m.Status != Opened:
		err = fault.New(fault.Conflict, "council.meeting.not_open", "state", string(c.m.Status))
	case i.Status != Listed:
		err = wrongState("item", string(i.Status))
	}
	return c, i, err
}

func (c *change) checkMotion(b *Ballot, i Item) error {
	err := form()
	oneOf(err, "method", b.Method, Methods())
	if b.Option != 0 {
		q, bad := c.r.portfolio.QuestionIn(c.tx.Context(), c.tx, i.Arbitration)
		if bad != nil || b.Option < 0 || b.Option > len(q.Options) {
			return err.At("option", "council.choose")
		}
		b.Motion = cmp.Or(b.Motion, q.Options[b.Option-1].Label)
	}
	required(err, "motion", b.Motion, 2000)
	return err.OrNil()
}

// checkRequest holds a request for a method against those who may make it.
func (b Ballot) checkRequest(k Kind) error {
	share := map[Method]int{RollCall: 4, Secret: 3}[b.Method]
	switch {
	case b.Requested == 0:
		return nil
	case b.Requested < 0 || b.Requested > b.InRoom || share == 0:
		return invalid("requested", "council.ballot.requested", "in", b.InRoom)
	case k == Council && b.Requested*share < b.InRoom:
		return invalid("requested", "council.ballot.too_few", "needed", (b.InRoom+share-1)/share)
	}
	return nil
}

// baseOf counts who may vote on an item now.
func (c *change) baseOf(i Item) (Base, error) { return c.baseAt(i, c.tx.Now()) }

// baseAt counts who may vote on an item, of those in the room at an instant; recusals are those of now.
func (c *change) baseAt(i Item, at time.Time) (Base, error) {
	a, err := c.assembly()
	if err != nil {
		return Base{}, err
	}
	away, err := c.recused(i)
	return a.Base(at, away), err
}

// noOpenBallot refuses while a vote is open, on any item of the meeting.
func (c *change) noOpenBallot() error {
	n, err := openBallots(c.tx.Context(), c.tx, c.m.ID)
	if err == nil && n > 0 {
		err = fault.New(fault.Conflict, "council.ballot.one_at_a_time")
	}
	return err
}

func (c *change) settleBallot(b *Ballot, i Item, verb string, a act.Act) error {
	b.Version++
	if err := c.wrote(b.row(), putBallot(c.tx, *b)); err != nil {
		return err
	}
	a.Args = aboutItem(i)
	return c.settle(verb, b.Ref(), b.Version, a)
}

// openVote loads a vote for an event of its table.
func (r *Room) openVote(tx *act.Tx, ballot id.ID, event string) (*change, Item, Ballot, error) {
	b, err := loadBallot(tx.Context(), tx, ballot)
	if err != nil {
		return nil, Item{}, b, err
	}
	if _, err := next(ballotStates(), b.Status, event); err != nil {
		return nil, Item{}, b, err
	}
	c, i, err := r.openItem(tx, b.Item)
	return c, i, b, err
}

// CastVoice gives one voice of a public vote: the member's own, or those it holds by power. The bureau
// gives it for a hand that it saw, and alone corrects one.
func (r *Room) CastVoice(ctx context.Context, by act.Actor, ballot, member id.ID, choice Choice) error {
	_, err := do(ctx, r, by, func(tx *act.Tx) (struct{}, error) {
		c, i, b, err := r.openVote(tx, ballot, "cast")
		if err != nil {
			return struct{}{}, err
		}
		if err := c.cast(i, b, map[id.ID]Choice{member: choice}); err != nil {
			return struct{}{}, err
		}
		return struct{}{}, c.settle("ballot.cast", b.Ref(), b.Version, act.Act{Args: aboutItem(i)})
	})
	return err
}

// cast writes voices of a public vote: of those in the room alone, each once.
func (c *change) cast(i Item, b Ballot, choices map[id.ID]Choice) error {
	if b.Method == Secret {
		return fault.New(fault.Conflict, "council.ballot.secret")
	}
	a, err := c.assembly()
	if err != nil {
		return err
	}
	away, err := c.recused(i)
	if err != nil {
		return err
	}
	given, err := voicesOf(c.tx.Context(), c.tx, b.ID)
	if err != nil {
		return err
	}
	seats := a.Voices(b.OpenedAt, away)
	for _, member := range sortedKeys(choices) {
		n := slices.IndexFunc(seats, func(s Seat) bool { return s.Member == member })
		if n < 0 {
			return invalid("voice."+string(member), "council.ballot.not_entitled")
		}
		if err := c.give(b, seats[n], choices[member], given); err != nil {
			return err
		}
	}
	return nil
}

func (c *change) give(b Ballot, s Seat, choice Choice, given []Voice) error {
	err := form()
	if oneOf(err, "voice."+string(s.Member), choice, Choices()); err.OrNil() != nil {
		return err
	}
	actor := c.tx.Actor().Post
	if !c.bureau(actor) && actor != s.By {
		return fault.New(fault.Denied, "council.ballot.not_yours")
	}
	v := Voice{ID: c.newID(), Ballot: b.ID, Member: s.Member, Post: s.Post, CastBy: s.By}
	if n := slices.IndexFunc(given, func(v Voice) bool { return v.Member == s.Member }); n >= 0 {
		if v = given[n]; v.Choice == choice {
			return nil
		}
		if !c.bureau(actor) {
			return fault.New(fault.Conflict, "council.ballot.twice")
		}
	}
	v.Choice = choice
	v.Version++
	return c.wrote(v.row(), putVoice(c.tx, v))
}

func sortedKeys[V any](m map[id.ID]V) []id.ID {
	keys := make([]id.ID, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// CloseForm ends a vote: of a public one, the voices that were not given yet; of a secret one, the totals.
type CloseForm struct {
	Ballot id.ID
	Voices map[id.ID]Choice // by seat
	Tally  Tally            // secret vote
}

// CloseBallot counts a vote. Faults: Invalid council.ballot.too_many when there are more voices than
// entitled.
func (r *Room) CloseBallot(ctx context.Context, by act.Actor, f CloseForm) (Ballot, error) {
	return do(ctx, r, by, func(tx *act.Tx) (Ballot, error) {
		c, i, b, err := r.openVote(tx, f.Ballot, "close")
		if err != nil {
			return b, err
		}
		if !c.bureau(by.Post) {
			return b, fault.New(fault.Denied, "council.bureau_only")
		}
		// Whoever was recused while the vote was open is taken away, as if it opened now (I7).
		if b.Base, err = c.baseAt(i, b.OpenedAt); err != nil {
			return b, err
		}
		if err := met(b.Base); err != nil {
			return b, err
		}
		president := Choice("")
		if b.Method == Secret {
			b.Tally = f.Tally
		} else if b.Tally, president, err = c.count(i, b, f.Voices); err != nil {
			return b, err
		}
		if err := b.check(); err != nil {
			return b, err
		}
		b.Status, b.ClosedAt = BallotClosed, tx.Now()
		b.Result, b.Casting = c.c.Outcome(b.Rule, b.Base, b.Tally, president)
		return b, c.settleBallot(&b, i, "ballot.close", act.Act{})
	})
}

// count gives the voices of a public vote that were not given yet and counts them all.
func (c *change) count(i Item, b Ballot, more map[id.ID]Choice) (t Tally, president Choice, err error) {
	if err := c.cast(i, b, more); err != nil {
		return t, "", err
	}
	away, err := c.recused(i)
	if err != nil {
		return t, "", err
	}
	a, err := c.assembly()
	if err != nil {
		return t, "", err
	}
	chair := a.Presiding(c.chairOf(i), b.OpenedAt, away)
	voices, err := voicesOf(c.tx.Context(), c.tx, b.ID)
	for _, v := range voices {
		if away[v.Post] || away[v.CastBy] {
			if err := c.silence(v); err != nil {
				return t, "", err
			}
			continue
		}
		t.add(v.Choice)
		if v.Member == chair {
			president = v.Choice
		}
	}
	return t, president, err
}

// silence takes back a voice given before its member, or who held its power, was recused.
func (c *change) silence(v Voice) error {
	v.Choice = Apart
	v.Version++
	return c.wrote(v.row(), putVoice(c.tx, v))
}

// check holds the invariant of votes: no voice is negative and no more are given than entitled (I7).
func (b Ballot) check() error {
	err := form()
	for field, n := range map[string]int{"for": b.For, "against": b.Against, "abstain": b.Abstain, "apart": b.Apart} {
		if n < 0 {
			err.At(field, "council.ballot.negative")
		}
	}
	if b.Total() > b.Entitled {
		err.At("for", "council.ballot.too_many", "total", b.Total(), "entitled", b.Entitled)
	}
	if b.Total() == 0 {
		err.At("for", "council.ballot.nobody")
	}
	return err.OrNil()
}

// CancelBallot gives a vote up, with a reason: it stays in the minutes.
func (r *Room) CancelBallot(ctx context.Context, by act.Actor, ballot id.ID, reason string) (Ballot, error) {
	reason = strings.TrimSpace(reason)
	return do(ctx, r, by, func(tx *act.Tx) (Ballot, error) {
		c, i, b, err := r.openVote(tx, ballot, "cancel")
		if err != nil {
			return b, err
		}
		if !c.bureau(by.Post) {
			return b, fault.New(fault.Denied, "council.bureau_only")
		}
		if reason == "" {
			return b, invalid("reason", "council.required")
		}
		b.Status, b.ClosedAt = BallotCancelled, tx.Now()
		return b, c.settleBallot(&b, i, "ballot.cancel", act.Act{Texts: []act.Text{{Name: "motive", Body: reason}}})
	})
}
