package council

import (
	"slices"

	"parvis/internal/fault"
)

// Clear days of the notice of a council, the least: five, or three in a commune under 3,500 inhabitants.
const (
	councilNotice      = 5 // CGCT, art. L2121-12
	councilNoticeSmall = 3 // CGCT, art. L2121-11
)

// lawful refuses the rules that the law does not leave to a committee of the kind: those of a deliberating assembly are
// set by the code général des collectivités territoriales. Each message names its article.
func (r Rules) lawful(err *fault.Error, k Kind) {
	if k != Council {
		within(err, "powers_max", r.PowersMax, 0, 2)
		return
	}
	within(err, "powers_max", r.PowersMax, 0, 1) // art. L2121-20
	notice := councilNotice
	if r.NotesWaived { // under 3,500 inhabitants: art. L2121-11 and L2121-12
		notice = councilNoticeSmall
	}
	for _, bound := range []struct {
		field string
		kept  bool
	}{
		{"quorum", r.Quorum == HalfQuorum}, // art. L2121-17
		{"voting", r.Voting == Majority},   // art. L2121-20
		{"casting", r.Casting},             // art. L2121-20
		{"method", r.Method != Secret},     // art. L2121-21
		{"notice", r.ClearDays && r.Notice >= notice},
	} {
		if !bound.kept {
			err.At(bound.field, "council.law."+bound.field, "days", notice)
		}
	}
}

// Deputised tells whether a member may have a deputy: a councillor who is away gives a power to another, and nobody sits
// in their stead (CGCT, art. L2121-20).
func (k Kind) Deputised() bool { return k != Council }

// SeatRoles lists what a member may be in a committee of the kind.
func (k Kind) SeatRoles() []Role {
	return slices.DeleteFunc(Roles(), func(r Role) bool { return r == Deputy && !k.Deputised() })
}

// undeputised refuses that a committee where deputies sit becomes one that has none.
func (c *change) undeputised(k Kind) error {
	for _, m := range c.members {
		if m.Role == Deputy && m.Open() && !k.Deputised() {
			return invalid("kind", "council.law.deputies")
		}
	}
	return nil
}
