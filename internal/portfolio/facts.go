package portfolio

import (
	"parvis/internal/calendar"
	"parvis/internal/id"
	"parvis/internal/money"
)

// The facts that the room tells. They hold ids, days and amounts: no name and no free text. Their
// cause is the act recorded last before they were inserted.

// PartProposedV1: a part was offered, or offered again with new terms. Mail leaves with it.
type PartProposedV1 struct {
	Part       id.ID
	Initiative id.ID
	Unit       id.ID // "" for an outside actor
	Role       PartRole
	Version    int64
}

// PartAnsweredV1: a unit accepted, countered or declined; the post that offered is told.
type PartAnsweredV1 struct {
	Part       id.ID
	Initiative id.ID
	Unit       id.ID
	Status     PartStatus
	OfferedBy  id.ID // post
}

// ArbitrationAskedV1: a question was put (or put again after a reply) to posts.
type ArbitrationAskedV1 struct {
	Arbitration id.ID
	Initiative  id.ID
	Posts       []id.ID
	Amount      money.Amount
}

// DecisionTakenV1: a question was decided.
type DecisionTakenV1 struct {
	Arbitration id.ID
	Initiative  id.ID
	Act         id.ID
	Post        id.ID
	Chosen      int
	Public      bool
}

// ActionItemCreatedV1: something follows a decision; it is mailed with its .ics. It is told again
// when the unit, the post or the day changes.
type ActionItemCreatedV1 struct {
	Action     id.ID
	Initiative id.ID
	Unit       id.ID
	Post       id.ID
	Due        calendar.Day
	Version    int64
}

// InitiativePublishedV1: a person made an initiative public.
type InitiativePublishedV1 struct {
	Initiative id.ID
	Number     string
}

// InitiativeChangedV1: what search and followers know of an initiative may have changed.
type InitiativeChangedV1 struct {
	Initiative id.ID
	Public     bool
}
