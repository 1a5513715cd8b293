package council

import (
	"context"
	"slices"

	"parvis/internal/act"
	"parvis/internal/id"
	"parvis/internal/identity"
)

// Offered tells which deeds about a meeting, or about an item of it (the zero one: none), a page holds out to a visitor,
// by their verbs without the room: those for which they hold the power. Where powers are advisory the others would be
// taken and marked as lacking it: who tries may, but nobody is led to cancel somebody else's meeting.
func (r *Room) Offered(ctx context.Context, v identity.Visitor, f File, i ItemFile, verbs ...string) (map[string]bool, error) {
	out := map[string]bool{}
	if !v.Inside() || v.ReadOnly || len(v.Posts) == 0 {
		return out, nil
	}
	members, err := loadMembers(ctx, r.reads, f.Committee.ID)
	if err != nil {
		return out, err
	}
	ask := act.Ask{Object: f.Meeting.Ref(), Roles: rolesOf(f.Committee, f.Meeting, i.President, seatsOn(members, r.Today()))}
	if i.Question != nil { // as the decision will be asked for
		ask.Amount, ask.Matter, ask.Territory = i.Question.Amount, i.Question.Matter, i.Question.Place
	}
	for _, verb := range verbs {
		ask.Verb = "council." + verb
		if out[verb], err = r.asked.Holds(ctx, v.Actor(f.Speaks(v, i)), ask); err != nil {
			return out, err
		}
	}
	return out, nil
}

// Speaks is the post through which a visitor who holds several acts about a meeting or an item of it: the one that
// presides, else the one that is of the bureau; "" for neither.
func (f File) Speaks(v identity.Visitor, i ItemFile) id.ID {
	posts := []id.ID{f.Meeting.ChairOf(i.Item)}
	for _, m := range f.Assembly.Seats {
		if m.Role == President || m.Role == Secretary {
			posts = append(posts, m.Post)
		}
	}
	for _, post := range append(posts, f.Meeting.Secretary) {
		if v.Holds(post) {
			return post
		}
	}
	return ""
}

// Presides tells whether the visitor presides the committee or the meeting.
func (f File) Presides(v identity.Visitor) bool {
	return v.Holds(f.Meeting.President) || slices.ContainsFunc(f.Mine, func(m Member) bool { return m.Role == President })
}
