package council

import (
	"context"
	"slices"

	"parvis/internal/fault"
	"parvis/internal/identity"
	"parvis/internal/portfolio"
)

// Served is what waits for an elected member, as their cabinet reads it: questions to answer, visas and opinions to
// give, meetings to come.
type Served struct {
	Questions []portfolio.Waiting
	Visas     []VisaLine
	Meetings  []MeetingLine
}

// Empty tells whether nothing waits.
func (s Served) Empty() bool { return len(s.Questions)+len(s.Visas)+len(s.Meetings) == 0 }

// ServedBy reads what waits for each of some members. A cabinet reads for them and answers nothing in their place; what
// a member withdrew from is kept from their cabinet too, and so is what the reader withdrew from.
// Faults: Denied council.cabinet.only.
func (r *Room) ServedBy(ctx context.Context, reader identity.Visitor, members []identity.Visitor) ([]Served, error) {
	if !reader.Serves() {
		return nil, fault.New(fault.Denied, "council.cabinet.only")
	}
	kept, err := r.Withheld(ctx, reader)
	if err != nil {
		return nil, err
	}
	out := make([]Served, len(members))
	for n, m := range members {
		if out[n], err = r.serving(ctx, m, kept); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// serving reads what waits for a member, but what is kept from who reads.
func (r *Room) serving(ctx context.Context, member identity.Visitor, kept Withheld) (s Served, err error) {
	mine, err := r.portfolio.MyArbitrations(ctx, member)
	if err != nil {
		return s, err
	}
	s.Questions = slices.DeleteFunc(mine.Waiting, func(w portfolio.Waiting) bool { return kept.Arbitration(w.ID) })
	waits, err := r.Pending(ctx, member)
	if err != nil {
		return s, err
	}
	s.Visas = slices.DeleteFunc(slices.Clone(waits.Visas), func(l VisaLine) bool { return kept.roots[l.root] || kept.Arbitration(l.arbitration) })
	s.Meetings, err = r.Upcoming(ctx, member, false)
	return s, err
}
