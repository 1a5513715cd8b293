package council

import (
	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/id"
)

// Kind is the kind of a committee.
type Kind string

// The kinds.
const (
	Copil      Kind = "copil"      // comité de pilotage
	Group      Kind = "group"      // groupe de travail
	Investment Kind = "investment" // comité d'investissement
	Council    Kind = "council"    // a deliberating assembly
)

// Kinds lists the kinds in the order of forms.
func Kinds() []Kind { return []Kind{Copil, Group, Investment, Council} }

// Quorum is how the number of members that must be in the room is found.
type Quorum string

// The rules of quorum. A share is of the voting seats in exercise (CGCT, art. L2121-17: more than half).
const (
	NoQuorum    Quorum = "none"
	CountQuorum Quorum = "count"
	HalfQuorum  Quorum = "half"  // more than half
	ThirdQuorum Quorum = "third" // at least a third
)

// Voting is how a vote is won.
type Voting string

// The rules of voting.
const (
	Consensus Voting = "consensus"  // nobody against
	Majority  Voting = "majority"   // more voices for than against: of the votes cast (CGCT, art. L2121-20)
	Absolute  Voting = "absolute"   // for by more than half of the seats that vote
	TwoThirds Voting = "two_thirds" // for by two thirds of the votes cast
	Chair     Voting = "chair"      // the committee advises, its president decides
)

// Method is how voices are given.
type Method string

// The methods.
const (
	Show     Method = "show"   // show of hands (scrutin ordinaire): kept by post
	RollCall Method = "public" // public vote (scrutin public): each is called by name
	Secret   Method = "secret" // totals alone
)

// Methods lists the methods in the order of forms.
func Methods() []Method { return []Method{Show, RollCall, Secret} }

// Rules are how a committee is called and decides.
type Rules struct {
	Quorum    Quorum
	QuorumMin int // for CountQuorum
	Voting    Voting
	Casting   bool // the president's voice decides a tie
	Method    Method
	PowersMax int // powers that one member may hold
	Notice    int // days between the notice and the meeting
	ClearDays bool
	LockDays  int // the agenda is locked that many days before

	NotesWaived bool // of a council: no note of synthesis goes with its notice (under 3,500 inhabitants)
}

// Committee is a body that meets.
type Committee struct {
	ID      id.ID
	Version int64
	Code    string
	Kind    Kind
	NameFR  string
	NameEN  string
	Mission string
	Unit    id.ID // the unit of the organisation that it is, or ""
	Rules
	Visibility act.Visibility
	FoundedOn  calendar.Day
	ClosedOn   calendar.Day
}

// Name is the name in a language.
func (c Committee) Name(lang string) string {
	if lang == "en" && c.NameEN != "" {
		return c.NameEN
	}
	return c.NameFR
}

// Public tells whether people outside may know its agenda and its decisions.
func (c Committee) Public() bool { return c.Visibility == act.Public }

// Ref names the committee in acts.
func (c Committee) Ref() act.Ref { return act.Ref{Type: "committee", ID: c.ID} }

func (c Committee) row() act.Row { return act.Row{Table: "council_committee", ID: c.ID} }

// Role is what a member is in a committee.
type Role string

// The roles. A deputy votes when the seat that it stands in for is away; a secretary and an advisory
// voice do not vote.
const (
	President Role = "president"
	Titular   Role = "member"
	Deputy    Role = "deputy"
	Secretary Role = "secretary"
	Advisory  Role = "advisory"
)

// Roles lists the roles in the order in which members are shown.
func Roles() []Role { return []Role{President, Titular, Deputy, Secretary, Advisory} }

// Member is a seat: a post sits in a committee during a period.
type Member struct {
	ID        id.ID
	Version   int64
	Committee id.ID
	Post      id.ID
	Role      Role
	StandsIn  id.ID // of a deputy: the seat
	Rank      int
	calendar.Period
}

// Votes tells whether the seat counts among those that vote: a deputy has the voice of another's seat.
func (m Member) Votes() bool { return m.Role == President || m.Role == Titular }

func (m Member) row() act.Row { return act.Row{Table: "council_member", ID: m.ID} }
