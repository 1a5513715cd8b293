package council

import (
	"context"

	"parvis/internal/id"
	"parvis/internal/identity"
)

// FormalsOfMeeting is how many acts of a meeting wait to be handed over, were, and came back.
type FormalsOfMeeting struct {
	Meeting                  Meeting
	Prepared, Sent, Returned int
}

// ByMeeting counts formal acts by the meeting that adopted them, the last meeting first. They are those that a visitor
// was given by Formals.
func (r *Room) ByMeeting(ctx context.Context, v identity.Visitor, all []Formal) ([]FormalsOfMeeting, error) {
	if !v.Inside() {
		return nil, nil
	}
	var ids []id.ID
	for _, f := range all {
		ids = append(ids, f.Meeting)
	}
	meetings, err := meetingsOf(ctx, r.reads, ids)
	out := make([]FormalsOfMeeting, len(meetings))
	for n, m := range meetings {
		out[n].Meeting = m
		for _, f := range all {
			if f.Meeting == m.ID {
				out[n].count(f.Status)
			}
		}
	}
	return out, err
}

func (c *FormalsOfMeeting) count(s FormalStatus) {
	switch s {
	case FormalPrepared:
		c.Prepared++
	case FormalSent:
		c.Sent++
	case FormalReturned, FormalPublished:
		c.Returned++
	}
}
