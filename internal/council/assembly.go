package council

import (
	"slices"
	"time"

	"parvis/internal/id"
)

// Assembly is who may sit in a meeting and who is in the room: everything that quorum and voices are
// counted from.
type Assembly struct {
	Kind  Kind // what the quorum is counted of depends on it
	Rules Rules
	Seats []Member // in exercise on the day, whose post somebody holds
	Said  []Attendance
	Stays []Presence
}

// Seat is a voice in the room: whose it is and who gives it.
type Seat struct {
	Member id.ID // the seat
	Post   id.ID // whose voice it is
	By     id.ID // who gives it: the post itself, its deputy, or the holder of its power
	Power  bool  // given by power: it does not count for the quorum (CGCT, art. L2121-20)
}

// present is the stay that covers an instant, of one seat.
func (a Assembly) present(member id.ID, at time.Time) bool {
	return slices.ContainsFunc(a.Stays, func(p Presence) bool { return p.Member == member && p.At(at) })
}

// Present lists the seats in the room at an instant, those without voice too.
func (a Assembly) Present(at time.Time) []Member {
	var out []Member
	for _, m := range a.Seats {
		if a.present(m.ID, at) {
			out = append(out, m)
		}
	}
	return out
}

// InRoom tells whether a post is in the room at an instant.
func (a Assembly) InRoom(post id.ID, at time.Time) bool {
	return slices.ContainsFunc(a.Present(at), func(m Member) bool { return m.Post == post })
}

// Voices are the voices in the room at an instant, the recused posts taken away: a recused member has no
// voice, gives no power, holds none, and stands in for nobody.
func (a Assembly) Voices(at time.Time, away map[id.ID]bool) []Seat {
	var out []Seat
	in := map[id.ID]bool{} // seats occupied in person
	for _, m := range a.Seats {
		if !m.Votes() || away[m.Post] {
			continue
		}
		if a.present(m.ID, at) {
			out, in[m.ID] = append(out, Seat{m.ID, m.Post, m.Post, false}), true
		} else if d, ok := a.deputy(m, at, away); ok {
			out = append(out, Seat{m.ID, m.Post, d.Post, false})
		}
	}
	return append(out, a.powers(at, out, in, away)...)
}

// deputy finds who stands in for a seat whose holder is not in the room.
func (a Assembly) deputy(of Member, at time.Time, away map[id.ID]bool) (Member, bool) {
	i := slices.IndexFunc(a.Seats, func(d Member) bool {
		return d.Role == Deputy && d.StandsIn == of.ID && !away[d.Post] && a.present(d.ID, at)
	})
	if i < 0 {
		return Member{}, false
	}
	return a.Seats[i], true
}

// powers are the voices given by power, each to a member who sits in person, within the bound.
func (a Assembly) powers(at time.Time, seated []Seat, in, away map[id.ID]bool) []Seat {
	var out []Seat
	held := map[id.ID]int{}
	for _, m := range a.Seats {
		if !m.Votes() || away[m.Post] || slices.ContainsFunc(seated, func(s Seat) bool { return s.Member == m.ID }) {
			continue
		}
		proxy := a.proxy(m.ID, at)
		if !in[proxy] || held[proxy] >= a.Rules.PowersMax {
			continue
		}
		held[proxy]++
		by := seated[slices.IndexFunc(seated, func(s Seat) bool { return s.Member == proxy })].Post
		out = append(out, Seat{m.ID, m.Post, by, true})
	}
	return out
}

// proxy is the seat to which a member had given a power by an instant, "" for none. A power that is given while a
// vote is open counts from the next one: whoever opened the vote knew how many voices it had.
func (a Assembly) proxy(member id.ID, at time.Time) id.ID {
	for _, s := range a.Said {
		if s.Member == member && s.Answer == Represented && !s.SaidAt.After(at) {
			return s.Proxy
		}
	}
	return ""
}

// RecusedLeaveBase tells what the quorum of a matter is counted of, when members are recused from it.
//
// In a committee that the city made for itself they leave the base: the quorum is of the others. In a deliberating
// assembly the law sets the base, a majority of the members in exercise (CGCT, art. L2121-17), and a member who has an
// interest (art. L2131-11) is only counted out of those present: of 19 in exercise, 3 of them recused, 10 of the
// others must be there and not 9. Members who represent the city elsewhere because a law says so (art. L1111-6) are
// not interested at all: nobody declares a recusal for them.
func (k Kind) RecusedLeaveBase() bool { return k != Council }

// Base counts who may vote at an instant, the recused taken away; the quorum is of them, or of all the members in
// exercise where the law wants it (RecusedLeaveBase).
func (a Assembly) Base(at time.Time, away map[id.ID]bool) Base {
	var b Base
	for _, m := range a.Seats {
		switch {
		case !m.Votes():
		case away[m.Post]:
			b.Recused++
		default:
			b.Seats++
		}
	}
	for _, s := range a.Voices(at, away) {
		b.Entitled++
		if !s.Power {
			b.InRoom++
		}
	}
	b.Quorum = a.Rules.needed(b.Seats)
	if !a.Kind.RecusedLeaveBase() {
		b.Quorum = a.Rules.needed(b.Seats + b.Recused)
	}
	return b
}

// needed is the quorum of a number of seats. Where there is a rule, nobody never meets it: a committee whose members
// are all recused decides nothing.
func (r Rules) needed(seats int) int {
	switch r.Quorum {
	case HalfQuorum:
		return seats/2 + 1
	case ThirdQuorum:
		return max(1, (seats+2)/3)
	case CountQuorum:
		return max(1, min(r.QuorumMin, seats))
	}
	return 0
}

// Presiding is the seat whose own voice a post gives: its own, or the one it stands in for. A power that it holds is
// somebody else's voice. It is "" for a post without voice.
func (a Assembly) Presiding(post id.ID, at time.Time, away map[id.ID]bool) id.ID {
	for _, s := range a.Voices(at, away) {
		if s.By == post && !s.Power {
			return s.Member
		}
	}
	return ""
}

// Outcome tells who wins a vote. president is the voice of whoever presides, titular or not, and "" when there is
// none: recused, gone, or unknown since the vote is secret. It counts twice in a tie of a public vote alone (CGCT,
// art. L2121-20, al. 2).
//
// Under the rule Chair the committee advises and its president decides, so that a vote in which the president took
// no side has no result: were the majority of the others taken instead, advisers would have decided without
// anybody saying so.
func (r Rules) Outcome(rule Voting, b Base, t Tally, president Choice) (result BallotResult, casting Choice) {
	won := func(yes bool) BallotResult {
		if yes {
			return Carried
		}
		return Defeated
	}
	sided := president == For || president == Against
	switch rule {
	case Consensus:
		return won(t.Against == 0 && t.For > 0), ""
	case Absolute:
		return won(2*t.For > b.Seats), ""
	case TwoThirds:
		return won(t.Cast() > 0 && 3*t.For >= 2*t.Cast()), ""
	case Chair:
		if !sided {
			return Unsettled, ""
		}
		return won(president == For), president
	}
	if t.For == t.Against && t.Cast() > 0 && r.Casting && sided {
		return won(president == For), president
	}
	return won(t.For > t.Against), ""
}
