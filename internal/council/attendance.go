package council

import (
	"time"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/portfolio"
)

// Saying is what a member says beforehand of a meeting.
type Saying string

// The answers.
const (
	Coming      Saying = "coming"
	Excused     Saying = "excused"
	Represented Saying = "represented" // gave a power to another member
)

// Attendance is what is known beforehand of a seat in a meeting.
type Attendance struct {
	ID      id.ID
	Version int64
	Meeting id.ID
	Member  id.ID
	Answer  Saying
	Proxy   id.ID // the seat that holds the power
	SaidOn  calendar.Day
	SaidAt  time.Time // a power counts from then
	SaidBy  id.ID     // post: the member's own, or that of the bureau, which received the written power
}

func (a Attendance) row() act.Row { return act.Row{Table: "council_attendance", ID: a.ID} }

// Presence is a stay in the room: from arrival to departure.
type Presence struct {
	ID        id.ID
	Version   int64
	Meeting   id.ID
	Member    id.ID
	Post      id.ID
	ArrivedAt time.Time
	LeftAt    time.Time // zero while in the room
}

// At tells whether the stay covers an instant.
func (p Presence) At(t time.Time) bool {
	return !p.ArrivedAt.After(t) && (p.LeftAt.IsZero() || t.Before(p.LeftAt))
}

func (p Presence) row() act.Row { return act.Row{Table: "council_presence", ID: p.ID} }

// InterestStatus is where the declaration of an interest stands.
type InterestStatus string

// The states of a declaration.
const (
	NoInterest InterestStatus = "none"     // declares to have none
	Declared   InterestStatus = "declared" // to be looked at
	Recused    InterestStatus = "recused"  // leaves the matter
	Cleared    InterestStatus = "cleared"  // may stay: the opinion of the deontologist
)

// clearing is what ends a recusal. Nobody ends their own.
const clearing = "opinion of the deontologist, or of none in office its reference, by the bureau; never oneself"

func interestStates() portfolio.Machine {
	return portfolio.Machine{Name: "interest", Start: "pending", Moves: []portfolio.Move{
		{From: "pending", Event: "deny", To: "none"},
		{From: "pending", Event: "declare", To: "declared", Needs: "nature"},
		{From: "pending", Event: "recuse", To: "recused"},
		{From: "none", Event: "recuse", To: "recused"},
		{From: "declared", Event: "recuse", To: "recused"},
		{From: "declared", Event: "clear", To: "cleared", Needs: clearing},
		{From: "recused", Event: "clear", To: "cleared", Needs: clearing},
		{From: "cleared", Event: "recuse", To: "recused"},
	}}
}

// InterestNature is the nature of an interest: a closed list, so that nobody has to tell more.
type InterestNature string

// The natures.
const (
	Family     InterestNature = "family"
	Employment InterestNature = "employment"
	Shares     InterestNature = "shares"
	Mandate    InterestNature = "mandate"
	Other      InterestNature = "other"
)

// InterestNatures lists the natures in the order of forms.
func InterestNatures() []InterestNature {
	return []InterestNature{Family, Employment, Shares, Mandate, Other}
}

// Interest is what a member declares about a matter: an item, the question that it carries, or both.
type Interest struct {
	ID          id.ID
	Version     int64
	Post        id.ID
	Holder      id.ID // the affectation or term through which the post was held
	Person      id.ID // who held it: the recusal is a person's; "" when nobody says
	Root        id.ID // of the items of the matter
	Initiative  id.ID
	Arbitration id.ID
	Nature      InterestNature
	Note        string // read by the declarant, the bureau and the deontologist alone
	Status      InterestStatus
	StatusOn    calendar.Day
	ClearedBy   id.ID
	DeclaredOn  calendar.Day
}

// of tells whether it is the visitor who declared it, through whichever post: the next holder of a post reads nothing
// of the former one's.
func (i Interest) of(v identity.Visitor) bool {
	if i.Person != "" && v.Person != "" {
		return i.Person == v.Person
	}
	p, holds := v.Post(i.Post)
	return holds && i.Post != "" && (i.Holder == "" || p.Holder == "" || i.Holder == p.Holder)
}

// about tells whether it is about the matter of an item.
func (i Interest) about(item Item) bool {
	return i.Root != "" && i.Root == item.Root || i.Arbitration != "" && i.Arbitration == item.Arbitration
}

// same tells whether another declaration is by the same person, about the same matter.
func (i Interest) same(k Interest) bool {
	who := k.Post == i.Post && k.Holder == i.Holder || i.Person != "" && k.Person == i.Person
	return who && i.about(Item{Root: k.Root, Arbitration: k.Arbitration})
}

// Ref names the declaration in acts.
func (i Interest) Ref() act.Ref { return act.Ref{Type: "interest", ID: i.ID} }

func (i Interest) row() act.Row { return act.Row{Table: "council_interest", ID: i.ID} }
