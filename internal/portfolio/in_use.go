package portfolio

import (
	"context"

	"parvis/internal/calendar"
	"parvis/internal/id"
	"parvis/internal/identity"
)

// InUse is what filters offer: the units that hold a part in some initiative and the posts that sponsor one, as
// far as the visitor may see it. A filter that offered every unit of a large city would lead nowhere most times.
type InUse struct{ Units, Sponsors map[id.ID]bool }

type usedKey struct {
	day    calendar.Day
	inside bool
}

// InUse tells what the initiatives of today use.
func (r *Room) InUse(ctx context.Context, v identity.Visitor) (InUse, error) {
	day := r.Today()
	return r.used.Get(ctx, usedKey{day, v.Inside()}, func(ctx context.Context) (InUse, error) {
		d, err := r.deck(ctx, day)
		if err != nil {
			return InUse{}, err
		}
		return d.inUse(v), nil
	})
}

func (d *deck) inUse(v identity.Visitor) InUse {
	u := InUse{map[id.ID]bool{}, map[id.ID]bool{}}
	for _, c := range d.cards {
		if !mayRead(v, c.Visibility) {
			continue
		}
		for _, post := range c.Sponsors {
			u.Sponsors[post] = true
		}
		for _, p := range c.Parts {
			if p.Unit != "" && (v.Inside() || p.outside()) {
				u.Units[p.Unit] = true
			}
		}
	}
	return u
}
