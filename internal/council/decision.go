package council

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/id"
	"parvis/internal/portfolio"
)

// Decision is what a committee decided on an item. When the item carries a question of the portfolio,
// the decision is the portfolio's own too, made in the same transaction.
type Decision struct {
	ID          id.ID
	Version     int64
	Year        int
	Seq         int
	Number      string // D-2018-1; AV-2018-1 for an opinion
	Committee   id.ID
	Meeting     id.ID
	Item        id.ID
	Ballot      id.ID // "" when there was no vote
	Initiative  id.ID
	Arbitration id.ID
	Result      ItemStatus // adopted, rejected or noted
	Text        string
	Conditions  string
	Digest      string // SHA-256 of Text, hexadecimal: what is published must have it (I10)
	Answers     portfolio.Answers
	Actions     []id.ID
	DecidedBy   id.ID // post
	DecidedOn   calendar.Day
	DecidedAct  id.ID
	Visibility  act.Visibility
}

// What the numbers of decisions and of opinions begin with. Each counts from one every year, for the whole city.
const (
	decisionPrefix = "D-"
	opinionPrefix  = "AV-"
)

// Opinion tells whether the committee only advised: whoever decides is not bound, and it is preparatory.
func (d Decision) Opinion() bool { return strings.HasPrefix(d.Number, opinionPrefix) }

// Ref names the decision in acts.
func (d Decision) Ref() act.Ref { return act.Ref{Type: "decision", ID: d.ID} }

func (d Decision) row() act.Row { return act.Row{Table: "council_decision", ID: d.ID} }

// DigestOf is the digest of a text, as decisions and minutes keep it.
func DigestOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// MinutesStatus is where the minutes stand.
type MinutesStatus string

// The states of minutes.
const (
	MinutesDraft     MinutesStatus = "draft"
	MinutesApproved  MinutesStatus = "approved"
	MinutesPublished MinutesStatus = "published"
)

func minutesStates() portfolio.Machine {
	return portfolio.Machine{Name: "minutes", Start: string(MinutesDraft), Moves: []portfolio.Move{
		{From: "draft", Event: "edit", To: "draft", Needs: "a secretary"},
		{From: "draft", Event: "approve", To: "approved", Needs: "meeting closed"},
		{From: "approved", Event: "mask", To: "approved", Needs: "passages that are in the text"},
		{From: "approved", Event: "sign", To: "approved", Needs: "signed elsewhere"},
		{From: "published", Event: "sign", To: "published", Needs: "signed elsewhere"},
		{From: "approved", Event: "publish", To: "published", Needs: "occultation reviewed by a person"},
	}}
}

// Block is a paragraph of the minutes: Key names what it tells (heading, attendance, item:<id>, …).
type Block struct {
	Key    string `json:"key"`
	Title  string `json:"title,omitempty"`
	Text   string `json:"text"`
	Item   id.ID  `json:"item,omitempty"`
	Edited bool   `json:"edited,omitempty"` // worded by hand: not generated again
}

// Mask hides a passage of a block before publication.
type Mask struct {
	Key     string `json:"key"`
	Passage string `json:"passage"`
	Reason  string `json:"reason,omitempty"` // article
}

// Minutes is the procès-verbal of a meeting.
type Minutes struct {
	ID              id.ID
	Version         int64
	Meeting         id.ID
	Status          MinutesStatus
	Blocks          []Block
	Digest          string
	ApprovedBy      id.ID
	ApprovedOn      calendar.Day
	ApprovedAt      string // number of the meeting of the committee that was sitting then; "" for none
	Masks           []Mask
	Published       []Block
	PublishedDigest string
	PublishedBy     id.ID
	PublishedOn     calendar.Day
	PresidentSigned calendar.Day // "" while nobody noted it
	SecretarySigned calendar.Day
}

// Ref names the minutes in acts.
func (m Minutes) Ref() act.Ref { return act.Ref{Type: "minutes", ID: m.ID} }

func (m Minutes) row() act.Row { return act.Row{Table: "council_minutes", ID: m.ID} }
