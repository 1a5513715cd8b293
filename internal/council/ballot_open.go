package council

import (
	"cmp"
	"context"
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
// recused taken away (I7). Nothing is voted on an item for information. Faults: Conflict council.quorum.lacking,
// council.ballot.one_at_a_time, council.ballot.for_info, council.circuit.awaits.
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
		if b.Papers, err = c.inForce(i); err != nil {
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
		err = c.sits()
	case i.Status != Listed:
		err = wrongState("item", string(i.Status))
	}
	return c, i, err
}

// sits refuses while the meeting does not sit: it is suspended as soon as it loses its quorum.
func (c *change) sits() error {
	if c.m.Status == Opened {
		return nil
	}
	return fault.New(fault.Conflict, "council.meeting.not_open", "state", string(c.m.Status))
}

func (c *change) checkMotion(b *Ballot, i Item) error {
	if i.Nature == ForInfo {
		return fault.New(fault.Conflict, "council.ballot.for_info")
	}
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

// openVote loads a vote for an event of its table. Whoever withdrew is told so before anything of where the vote stands.
// Voices are given and counted while the meeting sits: without quorum a vote waits, or is given up.
func (r *Room) openVote(tx *act.Tx, ballot id.ID, event string) (*change, Item, Ballot, error) {
	b, err := loadBallot(tx.Context(), tx, ballot)
	if err != nil {
		return nil, Item{}, b, err
	}
	c, i, err := r.openItem(tx, b.Item)
	if err != nil {
		return c, i, b, err
	}
	if _, err = next(ballotStates(), b.Status, event); err == nil && event != "cancel" {
		err = c.sits()
	}
	return c, i, b, err
}
