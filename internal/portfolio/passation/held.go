package passation

import (
	"context"
	"maps"
	"slices"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/id"
)

// Held is a thing that a post holds, as its room tells it.
type Held struct {
	Post  id.ID
	Kind  string // owner, sponsor, question, action, maturing, asked…
	Thing act.Ref
	Label string
	Due   calendar.Day // "" for none
	Since calendar.Day // first day on which the post held it; "" when nobody knows
}

// Lister tells what posts, one at least, hold today in one room.
type Lister func(ctx context.Context, q db.Querier, posts []id.ID) ([]Held, error)

// together is how many posts one statement asks about: a city of long memory has thousands of departures.
const together = 500

// heldBefore lists, by post, what posts hold today and held already before the day on which their holder leaves: what
// came on that day or later is the next holder's, who received it from nobody.
func (r *Room) heldBefore(ctx context.Context, q db.Querier, leaves map[id.ID]calendar.Day) (map[id.ID][]Held, error) {
	out := map[id.ID][]Held{}
	for some := range slices.Chunk(slices.Sorted(maps.Keys(leaves)), together) {
		for _, ask := range r.held {
			things, err := ask(ctx, q, some)
			if err != nil {
				return nil, err
			}
			for _, t := range things {
				if t.Since == "" || t.Since.Before(leaves[t.Post]) {
					out[t.Post] = append(out[t.Post], t)
				}
			}
		}
	}
	return out, nil
}
