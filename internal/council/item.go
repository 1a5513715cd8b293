package council

import (
	"slices"

	"parvis/internal/act"
	"parvis/internal/blob"
	"parvis/internal/calendar"
	"parvis/internal/id"
	"parvis/internal/portfolio"
)

// Nature is what an item asks of the committee.
type Nature string

// The natures.
const (
	ForInfo     Nature = "info"
	ForOpinion  Nature = "opinion"
	ForDecision Nature = "decision"
)

// Natures lists the natures in the order of forms.
func Natures() []Nature { return []Nature{ForDecision, ForOpinion, ForInfo} }

// ItemStatus is where an item stands.
type ItemStatus string

// The states of an item.
const (
	Listed        ItemStatus = "listed"
	ItemAdopted   ItemStatus = "adopted"
	ItemRejected  ItemStatus = "rejected"
	ItemNoted     ItemStatus = "noted" // taken note of
	ItemPostponed ItemStatus = "postponed"
	ItemWithdrawn ItemStatus = "withdrawn"
)

func itemStates() portfolio.Machine {
	return portfolio.Machine{Name: "item", Start: string(Listed), Moves: []portfolio.Move{
		{From: "listed", Event: "revise", To: "listed", Needs: "agenda not locked, or the president and a reason"},
		{From: "listed", Event: "adopt", To: "adopted", Needs: "six answers, quorum"},
		{From: "listed", Event: "reject", To: "rejected", Needs: "six answers, quorum"},
		{From: "listed", Event: "note", To: "noted", Needs: "meeting open"},
		{From: "listed", Event: "postpone", To: "postponed", Needs: "reason"},
		{From: "listed", Event: "withdraw", To: "withdrawn", Needs: "reason"},
	}}
}

// titled tells whether the agenda names the item outside: what is decided on another stays inside until a person
// publishes it, for its words say what the title hid.
func (i Item) titled() bool { return i.OpenDoors || i.Initiative != "" }

// Item is a point of the agenda.
type Item struct {
	ID          id.ID
	Version     int64
	Meeting     id.ID
	Rank        int   // from 1
	Root        id.ID // the first item of this matter
	Nature      Nature
	Title       string
	Summary     string
	Subject     act.Ref // what it is about; zero for nothing kept elsewhere
	Initiative  id.ID
	Arbitration id.ID // the question that it carries
	Rapporteur  id.ID // post
	Minutes     int
	Late        string // why it came after the lock
	Debate      string
	Status      ItemStatus
	StatusOn    calendar.Day
	StatusNote  string
	MovedTo     id.ID // item of another meeting
	MovedFrom   id.ID
	President   id.ID   // post that presides it, when the president of the meeting does not
	Seen        []id.ID // editions of papers in view of which it was dealt with; nil until then
	OpenDoors   bool    // its title is shown outside on the agenda of a public meeting
}

// Ref names the item in acts.
func (i Item) Ref() act.Ref { return act.Ref{Type: "item", ID: i.ID} }

// Settled tells whether the item was dealt with: nothing of it is still to come at another meeting.
func (i Item) Settled() bool { return i.Status != Listed && i.Status != ItemPostponed }

// inView keeps of the papers of a matter the editions in view of which the item was dealt with; those in force while it
// was not.
func (i Item) inView(papers []Paper) []Paper {
	if i.Seen == nil {
		return blob.Latest(papers)
	}
	return slices.DeleteFunc(slices.Clone(papers), func(p Paper) bool { return !slices.Contains(i.Seen, p.ID) })
}

func (i Item) row() act.Row { return act.Row{Table: "council_item", ID: i.ID} }

// PaperKind is what a paper is for.
type PaperKind string

// The kinds of papers.
const (
	Report    PaperKind = "report"
	Synthesis PaperKind = "synthesis" // the note that goes with the notice of a council (CGCT, art. L2121-12)
	Draft     PaperKind = "draft"     // draft of the text to adopt
	Annex     PaperKind = "annex"
	Slides    PaperKind = "slides"
	Note      PaperKind = "note"
)

// PaperKinds lists the kinds in the order of forms.
func PaperKinds() []PaperKind { return []PaperKind{Report, Synthesis, Draft, Annex, Slides, Note} }

// Paper is one edition of a document put before a meeting. Editions of the same document share a
// thread; the latest that is not withdrawn is the one in force.
type Paper struct {
	ID           id.ID
	Version      int64
	Meeting      id.ID
	Item         id.ID // "" for a paper of the meeting itself
	Thread       id.ID // id of the first edition
	Edition      int   // 1, 2…
	Kind         PaperKind
	Title        string
	Link         string // address in the GED, or ""
	Digest       string // SHA-256, hexadecimal; the name of the blob when Link is ""
	Media        blob.Media
	Size         int64 // bytes
	Minor        bool  // the change is minor: a visa that tolerates it stands
	AddedBy      id.ID // post
	AddedOn      calendar.Day
	WithdrawnOn  calendar.Day
	WithdrawnWhy string
	Visibility   act.Visibility
	PublishedOn  calendar.Day
}

// Ref names the paper in acts.
func (p Paper) Ref() act.Ref { return act.Ref{Type: "council_paper", ID: p.ID} }

// Of makes a paper a blob.Edition.
func (p Paper) Of() (thread id.ID, number int) {
	if p.WithdrawnOn != "" {
		return p.Thread, 0
	}
	return p.Thread, p.Edition
}

func (p Paper) row() act.Row { return act.Row{Table: "council_paper", ID: p.ID} }
