package council

import (
	"cmp"
	"context"

	"parvis/internal/db"
)

// What a council decides is a deliberation. Like every formal act it bears the number that the tool which signed it gave
// it; until it comes back with it, that of the decision.

// ActName is how the act made of a decision is called elsewhere.
type ActName struct {
	Number string // "" until it comes back
	Public bool
}

// Numbered is the number under which the decision of an item is known: of its deliberation, else of the decision.
func (i ItemFile) Numbered() string {
	if i.Decision == nil {
		return ""
	}
	return cmp.Or(i.Act.Number, i.Decision.Number)
}

// Called is what a decision of the meeting is, as the catalogues call it.
func (f File) Called(d Decision) string {
	switch {
	case d.Opinion():
		return "opinion"
	case f.Committee.Kind == Council:
		return "deliberation"
	}
	return "decision"
}

// outside keeps what everybody may know.
func (a ActName) outside() ActName {
	if !a.Public {
		return ActName{}
	}
	return a
}

// gatherActs hands the decisions of a council the numbers of their deliberations.
func gatherActs(ctx context.Context, q db.Querier, f *File) error {
	if f.Committee.Kind != Council {
		return nil
	}
	made, err := formalsAt(ctx, q, f.Meeting.ID)
	for n := range f.Items {
		i := &f.Items[n]
		for _, a := range made {
			if i.Decision != nil && a.Decision == i.Decision.ID && a.Kind == Deliberation && a.Status != FormalWithdrawn {
				i.Act = ActName{a.Number, a.Public()}
			}
		}
	}
	return err
}
