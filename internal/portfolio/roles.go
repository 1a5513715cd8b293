package portfolio

import (
	"context"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/id"
)

// AskAbout is the question put to the powers about a thing of another room that hangs on an initiative:
// who leads it, who has a part, who carries it on a day. It reads as the transaction of that room sees it.
func (r *Room) AskAbout(ctx context.Context, q db.Querier, initiative id.ID, day calendar.Day) (act.Ask, error) {
	i, err := loadInitiative(ctx, q, initiative)
	if err != nil {
		return act.Ask{}, err
	}
	holders, err := loadHolders(ctx, q, initiative)
	if err != nil {
		return act.Ask{}, err
	}
	parts, err := loadParts(ctx, q, initiative)
	return askAbout(i, holders, parts, day, "", i.Ref()), err
}
