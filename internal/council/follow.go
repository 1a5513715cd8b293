package council

import (
	"cmp"
	"context"
	"slices"

	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/portfolio"
)

// Following is what a visitor may say of an action item, by the event: the post through which they hold the power.
type Following map[string]id.ID

// Follow tells, by action item, what a visitor may say became of it.
func (r *Room) Follow(ctx context.Context, v identity.Visitor, actions []portfolio.Action) (map[id.ID]Following, error) {
	out := map[id.ID]Following{}
	if !v.Inside() || v.ReadOnly {
		return out, nil
	}
	asks, err := r.portfolio.ActionAsks(ctx, actions, func(committee id.ID) ([]id.ID, error) {
		members, err := loadMembers(ctx, r.reads, committee)
		return seatedIn(seatsOn(members, r.Today()), President, Secretary), err
	})
	if err != nil {
		return out, err
	}
	for n, a := range actions {
		out[a.ID] = Following{}
		for _, event := range a.Events() {
			asks[n].Verb = "portfolio.action." + event
			for _, p := range v.Posts {
				may, err := r.asked.Holds(ctx, v.Actor(p.ID), asks[n])
				if err != nil {
					return out, err
				}
				if may {
					out[a.ID][event] = p.ID
					break
				}
			}
		}
	}
	return out, nil
}

// closedShown is how many action items that were closed a page shows: enough to take a mistake back.
const closedShown = 20

// ClosedLately are the action items that were closed last, the latest first.
func ClosedLately(all []portfolio.Action) []portfolio.Action {
	closed := slices.DeleteFunc(slices.Clone(all), func(a portfolio.Action) bool { return a.Status == portfolio.ActionOpen })
	slices.SortStableFunc(closed, func(a, b portfolio.Action) int { return cmp.Compare(b.StatusOn, a.StatusOn) })
	return closed[:min(closedShown, len(closed))]
}
