package act

import (
	"parvis/internal/calendar"
	"parvis/internal/id"
)

// Ref names a thing of any room by its type and id: "initiative", "part", "post", …
type Ref struct {
	Type string `json:"type"`
	ID   id.ID  `json:"id"`
}

// Zero tells whether r names nothing.
func (r Ref) Zero() bool { return r.ID == "" }

// Force is what an act does in the life of the institution (cf. the verbs of Akoma Ntoso steps).
type Force string

// The forces of an act.
const (
	Did       Force = "did"
	Opined    Force = "opined"
	Visaed    Force = "visaed"
	Decided   Force = "decided"
	Signed    Force = "signed"
	Recused   Force = "recused"
	Published Force = "published"
	Contested Force = "contested"
)

// Visibility is who may read an act or a thing. A draft is no act: it is not recorded here.
type Visibility string

// The visibilities of what is recorded (CRPA L311-1 and L311-2: preparatory documents are not
// communicable before the decision).
const (
	Internal Visibility = "interne"
	Public   Visibility = "public"
)

// Act is what the author of a change says of it; who and how it was allowed come from the Grant.
type Act struct {
	ID      id.ID // minted beforehand when the rows name the act that recorded them; "": minted by Record
	Verb    string
	Object  Ref   // what was changed
	Version int64 // the object's version after the change
	Subject Ref   // the thing on whose page the act appears; zero: the object itself

	For  For
	Why  Why
	When When
	How  How

	Args  map[string]string // institutional arguments of the sentence: ids, stages, amounts; no name, no free text
	Texts []Text            // free texts and names, erasable
	Rows  []Row             // the civic rows that this act changed, all of them

	Visibility Visibility // "": the verb's default
	Cause      id.ID      // the act that led to this one
	Corrects   id.ID      // the act that this one corrects
}

// For answers « pour qui ».
type For struct {
	Segments  []string `json:"segments,omitempty"`  // residents, agents, firms…: keys of the catalogue
	Units     []id.ID  `json:"units,omitempty"`     // units that benefit
	Territory []string `json:"territory,omitempty"` // codes of places
	Promise   string   `json:"promise,omitempty"`   // what participants are promised (IAP2 spectrum)
}

func (f For) empty() bool {
	return len(f.Segments) == 0 && len(f.Units) == 0 && len(f.Territory) == 0
}

// Why answers « pourquoi »; the motive itself is the Text named "motive".
type Why struct {
	Objectives   []id.ID  `json:"objectives,omitempty"`
	Basis        []string `json:"basis,omitempty"`    // articles of law, deliberations
	Evidence     []string `json:"evidence,omitempty"` // addresses or references
	Solicitation *Ref     `json:"solicitation,omitempty"`
	Question     *Ref     `json:"question,omitempty"` // the arbitration that is answered
}

func (w Why) linked() bool {
	return len(w.Objectives)+len(w.Basis)+len(w.Evidence) > 0 || w.Solicitation != nil || w.Question != nil
}

// When answers « quand »: legal days, Europe/Paris. The instant of recording is the log's own.
type When struct {
	Effective calendar.Day `json:"effective,omitempty"`
	Until     calendar.Day `json:"until,omitempty"`
	Done      calendar.Day `json:"done,omitempty"` // when it was done, if recorded later
}

// How answers « comment »; the chain of power comes from the Grant.
type How struct {
	Procedure  string `json:"procedure,omitempty"` // key of the catalogue: arbitration, committee, direct…
	Meeting    *Ref   `json:"meeting,omitempty"`
	Step       *Ref   `json:"step,omitempty"`
	Instrument string `json:"instrument,omitempty"` // formal act, convention, market number
	BudgetLine string `json:"budget_line,omitempty"`
	Basis      string `json:"basis,omitempty"` // the author's power: position, competence, relation
}

// Reserved begins the names of texts that are not for all who read the act: an interest that a member declares, say
// (CRPA L311-6). The journal says that they are there and gives none; the room that wrote one shows it to whom it
// concerns. They can be effaced as any other. A public act holds none.
const Reserved = "reserved."

// Text is a free text or a name: its own salted payload.
type Text struct {
	Name string // "motive", "reserve", "question", …; see Reserved
	Lang string // "fr" or "en"; "" is "fr"
	Body string
}

// Row names a civic row changed by an act.
type Row struct {
	Table string
	ID    id.ID
}
