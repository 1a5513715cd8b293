package council

import (
	"time"

	"parvis/internal/act"
	"parvis/internal/id"
	"parvis/internal/portfolio"
)

// BallotStatus is where a vote stands.
type BallotStatus string

// The states of a vote.
const (
	BallotOpen      BallotStatus = "open"
	BallotClosed    BallotStatus = "closed"
	BallotCancelled BallotStatus = "cancelled"
)

func ballotStates() portfolio.Machine {
	return portfolio.Machine{Name: "ballot", Start: string(BallotOpen), Moves: []portfolio.Move{
		{From: "open", Event: "cast", To: "open", Needs: "public vote, entitled"},
		{From: "open", Event: "close", To: "closed", Needs: "no more voices than entitled"},
		{From: "open", Event: "cancel", To: "cancelled", Needs: "reason"},
	}}
}

// Choice is a voice.
type Choice string

// The choices.
const (
	For     Choice = "for"
	Against Choice = "against"
	Abstain Choice = "abstain"
	Apart   Choice = "apart" // does not take part in the vote
)

// Choices lists the choices in the order of forms.
func Choices() []Choice { return []Choice{For, Against, Abstain, Apart} }

// Named lists the choices that are told with who made them, in the minutes and outside: all of them in a council
// (CGCT, art. L2121-15) and of a public vote; of a show of hands, those that were not for. A secret vote keeps none.
func (k Kind) Named(m Method) []Choice {
	if k == Council || m == RollCall {
		return Choices()
	}
	return []Choice{Against, Abstain, Apart}
}

// Tally is the outcome of a vote, in voices.
type Tally struct{ For, Against, Abstain, Apart int }

// add counts one voice.
func (t *Tally) add(c Choice) {
	switch c {
	case For:
		t.For++
	case Against:
		t.Against++
	case Abstain:
		t.Abstain++
	case Apart:
		t.Apart++
	}
}

// Total is the voices accounted for.
func (t Tally) Total() int { return t.For + t.Against + t.Abstain + t.Apart }

// Cast is the votes cast: abstentions are not (CGCT, art. L2121-20).
func (t Tally) Cast() int { return t.For + t.Against }

// Base is who may vote when a vote is opened, the recused taken away.
type Base struct {
	Seats    int // voting seats of the committee in exercise, the recused taken away
	InRoom   int // of these, present in person or by their deputy
	Entitled int // voices: those in the room and the powers that they hold
	Recused  int // seats taken away
	Quorum   int // members that must be in the room
}

// Met tells whether the quorum is reached.
func (b Base) Met() bool { return b.InRoom >= b.Quorum }

// BallotResult is what a vote decides.
type BallotResult string

// The results.
const (
	Carried   BallotResult = "adopted"
	Defeated  BallotResult = "rejected"
	Unsettled BallotResult = "unsettled" // the president was to decide, and took no side
)

// Ballot is a vote on an item.
type Ballot struct {
	ID       id.ID
	Version  int64
	Meeting  id.ID
	Item     id.ID
	Rank     int
	Motion   string
	Option   int // of the question, 0 for none
	Method   Method
	Rule     Voting
	Status   BallotStatus
	OpenedAt time.Time
	ClosedAt time.Time
	Base
	Tally
	Requested int    // members in the room who asked for this method; 0: nobody had to
	Casting   Choice // how the president's voice decided a tie; "" when it did not
	Result    BallotResult
	Papers    []id.ID // editions in force when it opened
}

// Ref names the vote in acts.
func (b Ballot) Ref() act.Ref { return act.Ref{Type: "ballot", ID: b.ID} }

func (b Ballot) row() act.Row { return act.Row{Table: "council_ballot", ID: b.ID} }

// Voice is one voice of a public vote, by post.
type Voice struct {
	ID      id.ID
	Version int64
	Ballot  id.ID
	Member  id.ID
	Post    id.ID // whose voice it is
	CastBy  id.ID // the post that voted: the holder of the power, or Post
	Choice  Choice
}

func (v Voice) row() act.Row { return act.Row{Table: "council_voice", ID: v.ID} }
