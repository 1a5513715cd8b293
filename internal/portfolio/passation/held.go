package passation

import (
	"context"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/id"
)

// Held is a thing that a post holds, as its room tells it.
type Held struct {
	Kind  string // owner, sponsor, question, action, maturing, asked…
	Thing act.Ref
	Label string
	Due   calendar.Day // "" for none
	Since calendar.Day // first day on which the post held it; "" when nobody knows
}

// Lister tells what a post holds today in one room.
type Lister func(ctx context.Context, q db.Querier, post id.ID) ([]Held, error)

// heldBefore lists what a post holds today and held before a day already: what came on that day or later is its
// next holder's, who received it from nobody.
func (r *Room) heldBefore(ctx context.Context, q db.Querier, post id.ID, day calendar.Day) (out []Held, err error) {
	for _, ask := range r.held {
		things, err := ask(ctx, q, post)
		if err != nil {
			return nil, err
		}
		for _, t := range things {
			if t.Since == "" || t.Since.Before(day) {
				out = append(out, t)
			}
		}
	}
	return out, nil
}
