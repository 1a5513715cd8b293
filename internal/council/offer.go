package council

import (
	"context"
	"slices"

	"parvis/internal/act"
	"parvis/internal/fault"
	"parvis/internal/identity"
)

// Asked tells, before anything is done, what the powers would answer an actor; an error of kind Denied refuses.
type Asked func(ctx context.Context, by act.Actor, ask act.Ask) (act.Chain, error)

// Offered tells which deeds about a meeting a page holds out to a visitor, by their verbs without the room: those for
// which they hold the power. Where powers are advisory the others would be taken and marked as lacking it: who tries
// may, but nobody is led to cancel somebody else's meeting.
func (r *Room) Offered(ctx context.Context, v identity.Visitor, f File, verbs ...string) (map[string]bool, error) {
	out := map[string]bool{}
	if !v.Inside() || v.ReadOnly || len(v.Posts) == 0 {
		return out, nil
	}
	members, err := loadMembers(ctx, r.reads, f.Committee.ID)
	if err != nil {
		return out, err
	}
	roles := rolesOf(f.Committee, f.Meeting, "", seatsOn(members, r.Today()))
	for _, verb := range verbs {
		if out[verb], err = r.holds(ctx, v.Actor(""), act.Ask{Verb: "council." + verb, Object: f.Meeting.Ref(), Roles: roles}); err != nil {
			return out, err
		}
	}
	return out, nil
}

func (r *Room) holds(ctx context.Context, by act.Actor, ask act.Ask) (bool, error) {
	if r.asked == nil {
		return true, nil
	}
	chain, err := r.asked(ctx, by, ask)
	if fault.KindOf(err) == fault.Denied {
		return false, nil
	}
	return err == nil && !chain.Lacking, err
}

// Presides tells whether the visitor presides the committee or the meeting.
func (f File) Presides(v identity.Visitor) bool {
	return v.Holds(f.Meeting.President) || slices.ContainsFunc(f.Mine, func(m Member) bool { return m.Role == President })
}
