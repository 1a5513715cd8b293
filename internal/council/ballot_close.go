package council

import (
	"cmp"
	"context"
	"strings"

	"parvis/internal/act"
	"parvis/internal/fault"
	"parvis/internal/id"
)

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
			return b, fault.New(fault.Denied, "council.bureau_only", "verb", "council.ballot.close")
		}
		if b.Base, err = c.stillMet(i, b); err != nil {
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

// stillMet counts who could vote when a vote opened, whoever was recused since taken away (I7), and refuses when the quorum was
// lacking then or is lacking now: whoever left may come back.
func (c *change) stillMet(i Item, b Ballot) (Base, error) {
	base, err := c.baseAt(i, b.OpenedAt)
	if err != nil {
		return base, err
	}
	now, err := c.baseOf(i)
	return base, cmp.Or(err, met(base), met(now))
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
	chair := a.Presiding(c.m.ChairOf(i), b.OpenedAt, away)
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

// silence takes back a voice: of a member who was recused since, or whose power was; of everybody when a vote is cancelled.
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

// CancelBallot gives a vote up, with a reason: it stays in the minutes. What was voiced until then is forgotten, for it
// decides nothing, and the vote that follows on the same motion may be secret (CGCT, art. L2121-21).
func (r *Room) CancelBallot(ctx context.Context, by act.Actor, ballot id.ID, reason string) (Ballot, error) {
	reason = strings.TrimSpace(reason)
	return do(ctx, r, by, func(tx *act.Tx) (Ballot, error) {
		c, i, b, err := r.openVote(tx, ballot, "cancel")
		if err != nil {
			return b, err
		}
		if !c.bureau(by.Post) {
			return b, fault.New(fault.Denied, "council.bureau_only", "verb", "council.ballot.close")
		}
		if reason == "" {
			return b, invalid("reason", "council.required")
		}
		voices, err := voicesOf(ctx, tx, b.ID)
		if err != nil {
			return b, err
		}
		for _, v := range voices {
			if err := c.silence(v); err != nil {
				return b, err
			}
		}
		b.Status, b.ClosedAt = BallotCancelled, tx.Now()
		return b, c.settleBallot(&b, i, "ballot.cancel", act.Act{Texts: []act.Text{{Name: "motive", Body: reason}}})
	})
}
