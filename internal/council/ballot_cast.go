package council

import (
	"context"
	"slices"

	"parvis/internal/act"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// CastVoice gives one voice of a public vote: the member's own, or those it holds by power. The bureau
// gives it for a hand that it saw, and alone corrects one.
func (r *Room) CastVoice(ctx context.Context, by act.Actor, ballot, member id.ID, choice Choice) error {
	return perform(ctx, r, by, func(tx *act.Tx) error {
		c, i, b, err := r.openVote(tx, ballot, "cast")
		if err != nil {
			return err
		}
		if err := c.cast(i, b, map[id.ID]Choice{member: choice}); err != nil {
			return err
		}
		return c.settle("ballot.cast", b.Ref(), b.Version, act.Act{Args: aboutItem(i)})
	})
}

// cast writes voices of a public vote, each once: of those who were in the room when it opened. Who gives a voice in
// person is still there; the bureau gives that of a hand that it saw before its member left.
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
		if err := c.stayed(a, seats[n]); err != nil {
			return err
		}
		if err := c.give(b, seats[n], choices[member], given); err != nil {
			return err
		}
	}
	return nil
}

// stayed refuses the voice that somebody who left the room gives in person.
func (c *change) stayed(a Assembly, s Seat) error {
	if actor := c.tx.Actor().Post; actor == s.By && !a.InRoom(actor, c.tx.Now()) {
		return fault.New(fault.Conflict, "council.ballot.left")
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
	v := Voice{ID: c.tx.NewID(), Ballot: b.ID, Member: s.Member, Post: s.Post, CastBy: s.By}
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
