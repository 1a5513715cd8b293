package council

import "parvis/internal/id"

// The facts that the room tells. They hold ids: no name and no free text.

// MeetingConvenedV1: a meeting was called; the members receive the notice with its .ics.
type MeetingConvenedV1 struct {
	Meeting  id.ID
	Sequence int
}

// MeetingMovedV1: the day, the hour or the place of a convened meeting changed.
type MeetingMovedV1 struct {
	Meeting  id.ID
	Sequence int
}

// AgendaChangedV1: what the members were called to changed.
type AgendaChangedV1 struct {
	Meeting  id.ID
	Sequence int
}

// SeatCalledV1: a post was seated after the others were called to a meeting.
type SeatCalledV1 struct {
	Meeting id.ID
	Post    id.ID
}

// MeetingCancelledV1: a meeting that was called will not take place.
type MeetingCancelledV1 struct {
	Meeting  id.ID
	Sequence int
}

// PaperAddedV1: a paper, or a new edition of one, was put before a meeting. A new edition that is not a
// minor change invalidates the visas given on the one before.
type PaperAddedV1 struct {
	Paper   id.ID
	Thread  id.ID
	Edition int
	Item    id.ID
	Meeting id.ID
	Minor   bool
}

// DecisionAdoptedV1: a committee decided on an item.
type DecisionAdoptedV1 struct {
	Decision id.ID
	Item     id.ID
	Meeting  id.ID
	Public   bool
}

// ItemChangedV1: an item, or what was decided on it, changed.
type ItemChangedV1 struct {
	Item id.ID
}

// MinutesPublishedV1: a person published the minutes of a meeting.
type MinutesPublishedV1 struct {
	Meeting id.ID
	Minutes id.ID
}
