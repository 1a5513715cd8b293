package council

import (
	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/id"
	"parvis/internal/portfolio"
)

// FormalStatus is where a formal act stands.
type FormalStatus string

// The states of a formal act.
const (
	FormalPrepared  FormalStatus = "prepared"
	FormalSent      FormalStatus = "sent"     // handed to the délibération tool and the parapheur
	FormalReturned  FormalStatus = "returned" // they said what became of it
	FormalPublished FormalStatus = "published"
	FormalWithdrawn FormalStatus = "withdrawn"
)

func formalStates() portfolio.Machine {
	return portfolio.Machine{Name: "formal", Start: string(FormalPrepared), Moves: []portfolio.Move{
		{From: "prepared", Event: "revise", To: "prepared", Needs: "the text of the decision"},
		{From: "prepared", Event: "send", To: "sent", Needs: "matter of the nomenclature"},
		{From: "prepared", Event: "withdraw", To: "withdrawn", Needs: "reason"},
		{From: "sent", Event: "send", To: "sent"},
		{From: "sent", Event: "return", To: "returned", Needs: "a file with the digest of what was sent"},
		{From: "sent", Event: "withdraw", To: "withdrawn", Needs: "reason"},
		{From: "returned", Event: "return", To: "returned", Needs: "same digest"},
		{From: "returned", Event: "mask", To: "returned", Needs: "passages that are in the text"},
		{From: "returned", Event: "publish", To: "published", Needs: "signed, occultation reviewed by a person"},
		{From: "published", Event: "return", To: "published", Needs: "same digest"},
		{From: "returned", Event: "appeal", To: "returned", Needs: "the day on which it was received"},
		{From: "published", Event: "appeal", To: "published", Needs: "the day on which it was received"},
	}}
}

// Count is the public count of the vote on a formal act.
type Count struct {
	Seats, Cast, For, Against, Abstain int
}

// Formal is a formal act ("acte": délibération, arrêté, convention) made of a decision. Parvis prepares its
// file and keeps what the other tools say of it: it neither signs nor transmits.
type Formal struct {
	ID        id.ID
	Version   int64
	Ref       string // AF-2018-1: what the exchange files call it
	Year, Seq int
	Kind      FormalKind
	Decision  id.ID
	Meeting   id.ID
	Committee id.ID
	FormalText
	Votes     *Count // of the assembly that adopted it; nil for an act of a signing authority
	Status    FormalStatus
	SentOn    calendar.Day
	AdoptedOn calendar.Day
	Returned
	Masks           []Mask
	Published       string
	PublishedDigest string
	PublishedBy     id.ID
	PublishedOn     calendar.Day
	Visibility      act.Visibility
}

// FormalText is what is typed of a formal act, or taken from its decision.
type FormalText struct {
	Title      string
	Text       string
	Digest     string // SHA-256 of Text
	MatterCode string // nomenclature ACTES, level 2: "8.8"
	MatterName string
	BudgetYear string
	BudgetName string
	Transmit   bool
	Remedies   bool
	Signatory  string // name and quality of who signs an act that no assembly adopts (CRPA, art. L212-1); "" for a deliberation
}

// Returned is what the other tools say.
type Returned struct {
	Number    string
	Receipt   string // identifier of the receipt (AR) of the State's representative
	Authority string // PREFNNN
	URL       string // where it is published
	FormalDays
}

// ActRef names the formal act in acts.
func (f Formal) ActRef() act.Ref { return act.Ref{Type: "formal", ID: f.ID} }

func (f Formal) row() act.Row { return act.Row{Table: "council_formal", ID: f.ID} }

// Clocks are the deadlines that the law sets to it.
func (f Formal) Clocks(region calendar.Region) []LegalClock {
	return LegalClocks(FormalRegime{Kind: f.Kind, Transmit: f.Transmit, Remedies: f.Remedies, Region: region}, f.FormalDays)
}

// HandedOver tells whether the other tools have its file.
func (f Formal) HandedOver() bool { return f.Status != FormalPrepared && f.Status != FormalWithdrawn }

// Public tells whether everyone may read it.
func (f Formal) Public() bool { return f.Visibility == act.Public }
