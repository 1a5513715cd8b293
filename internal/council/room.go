package council

import (
	"context"

	"parvis/internal/act"
	"parvis/internal/blob"
	"parvis/internal/calendar"
	"parvis/internal/clock"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/portfolio"
)

// Config is what the room is made of.
type Config struct {
	Log       *act.Log
	Reads     db.Querier
	Marks     *act.Marks // of the acts that Reads reads; nil: the room looks for itself
	Writer    *db.Writer // traffic only: seen notices, drafts
	Portfolio *portfolio.Room
	Directory portfolio.Directory // posts and units, as the portfolio reads them
	People    People              // names for the minutes of a council; nil: posts alone
	Blobs     *blob.Store         // files of papers; nil: papers are links only
	Clock     clock.Clock
	Region    calendar.Region // public holidays of the deadlines
	Asked     act.Asked       // the powers, asked beforehand; nil: pages offer every deed
	Seats     Seats           // whom circuits ask; nil functions: only committees, posts and units named one by one
}

// People names who holds posts on a day, where the city makes it known; the others are missing from the answer.
type People func(ctx context.Context, posts []id.ID, day calendar.Day) (map[id.ID]string, error)

// Room is the committees of a city. Its methods are safe for concurrent use.
type Room struct {
	log       *act.Log
	reads     db.Querier
	writer    *db.Writer
	portfolio *portfolio.Room
	dir       portfolio.Directory
	people    People
	blobs     *blob.Store
	clock     clock.Clock
	region    calendar.Region
	seats     Seats
	asked     act.Asked
	pending   *act.Kept[string, Pending]
}

// New opens the room.
func New(c Config) *Room {
	if c.Clock == nil {
		c.Clock = clock.System{}
	}
	if c.Marks == nil {
		c.Marks = act.NewMarks(c.Reads)
	}
	return &Room{log: c.Log, reads: c.Reads, writer: c.Writer, portfolio: c.Portfolio, dir: c.Directory, people: c.People,
		blobs: c.Blobs, clock: c.Clock, region: c.Region, seats: c.Seats, asked: c.Asked,
		pending: act.Keep[string, Pending](c.Marks, pendingKept, "council", "portfolio", "powers")}
}

// Today is the legal day of the room's clock.
func (r *Room) Today() calendar.Day { return calendar.DayOf(r.clock.Now()) }

// do runs a use case for whoever acts from a post of the city.
func do[T any](ctx context.Context, r *Room, by act.Actor, fn func(*act.Tx) (T, error)) (T, error) {
	if by.Kind == act.System && by.SetOffBy != "" || by.Kind == act.Agent && by.Post != "" {
		return act.Do(ctx, r.log, by, fn)
	}
	var zero T
	return zero, fault.New(fault.Denied, "council.agents_only")
}

// perform is do for a deed that gives nothing back.
func perform(ctx context.Context, r *Room, by act.Actor, fn func(*act.Tx) error) error {
	_, err := do(ctx, r, by, func(tx *act.Tx) (struct{}, error) { return struct{}{}, fn(tx) })
	return err
}

// post checks that a post exists today.
func (r *Room) post(tx *act.Tx, post id.ID, field string) (portfolio.Post, error) {
	found, err := r.dir.Posts(tx.Context(), tx, []id.ID{post}, tx.Today())
	if err != nil {
		return portfolio.Post{}, err
	}
	p, ok := found[post]
	if !ok {
		return p, invalid(field, "council.unknown_post")
	}
	return p, nil
}
