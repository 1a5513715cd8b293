package participation

import (
	"context"

	"parvis/internal/act"
	"parvis/internal/blob"
	"parvis/internal/calendar"
	"parvis/internal/clock"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/identity"
)

// Config is what the room is made of.
type Config struct {
	Log    *act.Log
	Reads  db.Querier
	Writer *db.Writer // for what is staged, counts in progress and trials only
	Blobs  *blob.Store
	Clock  clock.Clock
}

// Room holds the votes of a city. Its methods are safe for concurrent use.
type Room struct {
	log    *act.Log
	reads  db.Querier
	writer *db.Writer
	blobs  *blob.Store
	clock  clock.Clock
	trials chan struct{} // a count for curiosity never takes more than one processor
}

// New opens the room.
func New(c Config) *Room {
	if c.Clock == nil {
		c.Clock = clock.System{}
	}
	return &Room{log: c.Log, reads: c.Reads, writer: c.Writer, blobs: c.Blobs, clock: c.Clock, trials: make(chan struct{}, 1)}
}

// Today is the legal day of the room's clock.
func (r *Room) Today() calendar.Day { return calendar.DayOf(r.clock.Now()) }

// requireAgent refuses whoever does not act from a post of the city.
func requireAgent(by act.Actor) error {
	if by.Kind == act.Agent && by.Post != "" {
		return nil
	}
	return fault.New(fault.Denied, "participation.agents_only")
}

// do runs a use case for an agent.
func do[T any](ctx context.Context, r *Room, by act.Actor, fn func(*act.Tx) (T, error)) (T, error) {
	if err := requireAgent(by); err != nil {
		var zero T
		return zero, err
	}
	return act.Do(ctx, r.log, by, fn)
}

// fresh refuses a form filled in against a version that is no longer the current one.
func fresh(typed, stored int64) error {
	if typed != stored {
		return fault.New(fault.Conflict, "participation.stale")
	}
	return nil
}

// visible is the one condition, in SQL, of what a visitor may read of the elections under an alias: what
// is public for everyone, what is internal for those who work for the city; never a tombstone.
func visible(v identity.Visitor, alias string) string {
	return "(" + alias + ".withdrawn_on = '' AND " + alias + "." + act.VisibleTo(reader(v)) + ")"
}

// reader is the kind of reader that a visitor is for act.VisibleTo.
func reader(v identity.Visitor) act.ActorKind {
	if v.Inside() {
		return act.Agent
	}
	return act.Resident
}

// invalid is one field at fault.
func invalid(field, key string, args ...any) error {
	return fault.New(fault.Invalid, "participation.form").At(field, key, args...)
}
