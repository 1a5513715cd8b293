package portfolio

import (
	"context"

	"parvis/internal/act"
	"parvis/internal/id"
)

// ActionAsks are the questions that the powers are put when somebody says what became of action items, in their order; the
// verb is left to the caller. bureau lists the posts that speak for a committee.
func (r *Room) ActionAsks(ctx context.Context, actions []Action, bureau func(committee id.ID) ([]id.ID, error)) ([]act.Ask, error) {
	asks := make([]act.Ask, len(actions))
	for n, a := range actions {
		speak, err := bureau(a.From.Committee)
		if err != nil {
			return nil, err
		}
		about, err := r.askOf(ctx, a)
		if err != nil {
			return nil, err
		}
		asks[n] = a.asked(about, speak)
	}
	return asks, nil
}

// askOf is the question about the initiative of an action item, or about nothing but what ordered it.
func (r *Room) askOf(ctx context.Context, a Action) (act.Ask, error) {
	if a.Initiative == "" {
		return askAbout(Initiative{}, nil, nil, r.Today(), "", a.Ref()), nil
	}
	i, err := loadInitiative(ctx, r.reads, a.Initiative)
	if err != nil {
		return act.Ask{}, err
	}
	holders, err := loadHolders(ctx, r.reads, a.Initiative)
	if err != nil {
		return act.Ask{}, err
	}
	parts, err := loadParts(ctx, r.reads, a.Initiative)
	return askAbout(i, holders, parts, r.Today(), "", a.Ref()), err
}

// asked completes a question about an action item with who must do it and who speaks for whoever ordered it.
func (a Action) asked(ask act.Ask, bureau []id.ID) act.Ask {
	ask.Roles["unit"] = []id.ID{a.Unit}
	if a.Post != "" {
		ask.Roles["asked"] = []id.ID{a.Post}
	}
	ask.Roles["owner"] = append(ask.Roles["owner"], bureau...)
	return ask
}
