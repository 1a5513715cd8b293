package powers

import (
	"context"
	"sync"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/id"
)

// Desk answers pages, from memory until the next act about the powers: how posts, units and people are called on
// a day, as known now, and the organigram. A transaction asks the functions of the same names, which read the tables.
type Desk struct {
	q      db.Querier
	days   *act.Kept[calendar.Day, *drawer]
	people *act.Kept[string, *shelf[Person]]
	held   *act.Kept[holds, []Place]
	plans  *act.Kept[string, *plan]
}

// drawer is what is known of a day so far.
type drawer struct {
	posts *shelf[Place]
	units *shelf[NamedUnit]
}

// holds asks what a person holds on a day.
type holds struct {
	person id.ID
	day    calendar.Day
}

// Bounds of what is kept at once.
const (
	daysKept    = 8
	onShelf     = 20_000 // posts, units or people
	peopleKnown = 2_000  // whose posts are known
)

// NewDesk makes a desk of the city that q reads; marks are those of the same city.
func NewDesk(q db.Querier, marks *act.Marks) *Desk {
	return &Desk{q: q, days: act.Keep[calendar.Day, *drawer](marks, daysKept, "powers"),
		people: act.Keep[string, *shelf[Person]](marks, 1, "powers"), held: act.Keep[holds, []Place](marks, peopleKnown, "powers"),
		plans: act.Keep[string, *plan](marks, 1, "powers")}
}

// Latest is what stands on a day once every act is counted, also one of this very instant: what is kept must stay
// true until the next.
func Latest(day calendar.Day) Moment { return Moment{day, db.Instant(never - 1)} }

func (d *Desk) drawer(ctx context.Context, day calendar.Day) (*drawer, error) {
	return d.days.Get(ctx, day, func(context.Context) (*drawer, error) {
		return &drawer{newShelf[Place](), newShelf[NamedUnit]()}, nil
	})
}

// PostsOn is the function of that name.
func (d *Desk) PostsOn(ctx context.Context, wanted []id.ID, day calendar.Day) (map[id.ID]Place, error) {
	of, err := d.drawer(ctx, day)
	if err != nil {
		return nil, err
	}
	return of.posts.find(wanted, func(missing []id.ID) (map[id.ID]Place, error) { return PostsOn(ctx, d.q, missing, Latest(day)) })
}

// UnitsOn is the function of that name.
func (d *Desk) UnitsOn(ctx context.Context, wanted []id.ID, day calendar.Day) (map[id.ID]NamedUnit, error) {
	of, err := d.drawer(ctx, day)
	if err != nil {
		return nil, err
	}
	return of.units.find(wanted, func(missing []id.ID) (map[id.ID]NamedUnit, error) { return UnitsOn(ctx, d.q, missing, Latest(day)) })
}

// People is PersonsByID.
func (d *Desk) People(ctx context.Context, wanted []id.ID) (map[id.ID]Person, error) {
	of, err := d.people.Get(ctx, "", func(context.Context) (*shelf[Person], error) { return newShelf[Person](), nil })
	if err != nil {
		return nil, err
	}
	return of.find(wanted, func(missing []id.ID) (map[id.ID]Person, error) { return PersonsByID(ctx, d.q, missing) })
}

// PostsHeldBy is the function of that name.
func (d *Desk) PostsHeldBy(ctx context.Context, person id.ID, day calendar.Day) ([]Place, error) {
	return d.held.Get(ctx, holds{person, day}, func(ctx context.Context) ([]Place, error) { return PostsHeldBy(ctx, d.q, person, Latest(day)) })
}

// shelf keeps things by their ids; a thing that does not exist is kept as nil.
type shelf[T any] struct {
	mu    sync.Mutex
	known map[id.ID]*T
}

func newShelf[T any]() *shelf[T] { return &shelf[T]{known: map[id.ID]*T{}} }

// find takes the things from the shelf, after reading those that are not on it yet.
func (s *shelf[T]) find(wanted []id.ID, read func([]id.ID) (map[id.ID]T, error)) (map[id.ID]T, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.fill(s.missing(wanted), read); err != nil {
		return nil, err
	}
	found := make(map[id.ID]T, len(wanted))
	for _, one := range wanted {
		if thing := s.known[one]; thing != nil {
			found[one] = *thing
		}
	}
	return found, nil
}

// missing lists what must be read: all of it once more when the shelf is too full to take the rest.
func (s *shelf[T]) missing(wanted []id.ID) []id.ID {
	var out []id.ID
	for _, one := range wanted {
		if _, known := s.known[one]; !known {
			out = append(out, one)
		}
	}
	if len(s.known)+len(out) > onShelf {
		clear(s.known)
		return wanted
	}
	return out
}

func (s *shelf[T]) fill(missing []id.ID, read func([]id.ID) (map[id.ID]T, error)) error {
	if len(missing) == 0 {
		return nil
	}
	found, err := read(missing)
	for _, one := range missing {
		if thing, exists := found[one]; exists {
			s.known[one] = &thing
		} else if err == nil {
			s.known[one] = nil
		}
	}
	return err
}
