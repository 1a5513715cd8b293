package act

import (
	"encoding/json"

	"parvis/internal/calendar"
	"parvis/internal/id"
)

// Payload is the institutional answers of an act as they are stored, hashed and published. It holds
// no name and no free text: those are named in Texts by their salted digests.
type Payload struct {
	V        int      `json:"v"`
	ID       id.ID    `json:"id"`
	Verb     string   `json:"verb"`
	Force    Force    `json:"force"`
	Who      Who      `json:"who"`
	What     What     `json:"what"`
	For      *For     `json:"for,omitempty"`
	Why      *Why     `json:"why,omitempty"`
	When     WhenHeld `json:"when"`
	How      HowHeld  `json:"how"`
	Args     Args     `json:"args,omitempty"`
	Texts    []Held   `json:"texts,omitempty"`
	Rows     []Sealed `json:"rows,omitempty"`
	Cause    id.ID    `json:"cause,omitempty"`
	Corrects id.ID    `json:"corrects,omitempty"`
}

// Args are the institutional arguments of an act's sentence (JSON sorts the keys).
type Args map[string]string

// Who answers « qui »: a post and the reference of its holding, never a name.
type Who struct {
	Kind       ActorKind `json:"kind"`
	Post       id.ID     `json:"post,omitempty"`
	Holder     id.ID     `json:"holder,omitempty"`
	OnBehalf   id.ID     `json:"on_behalf,omitempty"`
	Deputising id.ID     `json:"deputising,omitempty"`
	SetOffBy   id.ID     `json:"set_off_by,omitempty"`
}

// What answers « quoi ».
type What struct {
	Ref
	Version int64 `json:"version,omitempty"`
	Subject *Ref  `json:"subject,omitempty"`
}

// WhenHeld answers « quand », with the instant of recording in microseconds UTC.
type WhenHeld struct {
	When
	Recorded int64        `json:"recorded"`
	Day      calendar.Day `json:"day"`
}

// HowHeld answers « comment », with the chain of power.
type HowHeld struct {
	How
	Channel string `json:"channel,omitempty"`
	Chain   Chain  `json:"chain"`
}

// Held commits to a text kept beside the payload: digest = sha256(nonce ‖ body).
type Held struct {
	ID     id.ID  `json:"id"`
	Name   string `json:"name"`
	Lang   string `json:"lang"`
	Digest Digest `json:"digest"`
}

// Sealed commits to a civic row as the act left it; the salt stays secret.
type Sealed struct {
	Table  string `json:"table"`
	ID     id.ID  `json:"id"`
	Digest Digest `json:"digest"` // zero: the row is no more
}

// Decode reads a stored payload.
func Decode(stored []byte) (Payload, error) {
	var p Payload
	err := json.Unmarshal(stored, &p)
	return p, err
}
