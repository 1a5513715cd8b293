package passation

import (
	"context"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/clock"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
)

// Config is what the room is made of.
type Config struct {
	Log   *act.Log
	Reads db.Querier
	Marks *act.Marks // of the acts that Reads reads; nil: the room looks for itself
	Held  []Lister   // one for each room that gives things to posts
	Clock clock.Clock
	// Quiet tells whether a période préélectorale holds today (a later room keeps them); nil: never.
	Quiet func(context.Context) (bool, error)
}

// Room keeps the handovers of a city. Its methods are safe for concurrent use.
type Room struct {
	log   *act.Log
	reads db.Querier
	held  []Lister
	clock clock.Clock
	quiet func(context.Context) (bool, error)

	waiting *act.Kept[string, []Waiting]
}

// waitingKept bounds the visitors whose lists are kept.
const waitingKept = 2_000

// New opens the room.
func New(c Config) *Room {
	if c.Clock == nil {
		c.Clock = clock.System{}
	}
	if c.Marks == nil {
		c.Marks = act.NewMarks(c.Reads)
	}
	return &Room{log: c.Log, reads: c.Reads, held: c.Held, clock: c.Clock, quiet: c.Quiet,
		waiting: act.Keep[string, []Waiting](c.Marks, waitingKept, "passation", "powers")}
}

// Today is the legal day of the room's clock.
func (r *Room) Today() calendar.Day { return calendar.DayOf(r.clock.Now()) }

// change is one use case at work: it gathers the rows that its act must explain.
type change struct {
	r     *Room
	by    act.Actor
	tx    *act.Tx
	ctx   context.Context
	today calendar.Day
	rows  []act.Row
	roles map[string][]id.ID // who is who in what is recorded, for the powers
	act   id.ID              // the last one recorded
}

// run is a use case of somebody who works for the city.
func run[T any](ctx context.Context, r *Room, by act.Actor, fn func(*change) (T, error)) (T, error) {
	if by.Kind != act.Agent || by.Post == "" {
		var zero T
		return zero, fault.New(fault.Denied, "passation.agents_only")
	}
	return do(ctx, r, by, fn)
}

func do[T any](ctx context.Context, r *Room, by act.Actor, fn func(*change) (T, error)) (T, error) {
	return act.Do(ctx, r.log, by, func(tx *act.Tx) (T, error) {
		return fn(&change{r: r, by: by, tx: tx, ctx: tx.Context(), today: tx.Today()})
	})
}

// record asks the powers and writes the act. It is called after the writes: what is refused is rolled back.
func (c *change) record(verb string, a act.Act) error {
	a.Verb = "passation." + verb
	g, err := c.tx.Allow(act.Ask{Verb: a.Verb, Object: a.Object, Roles: c.roles})
	if err != nil {
		return err
	}
	a.Rows, c.rows = append(a.Rows, c.rows...), nil
	c.act = c.tx.Record(g, a)
	return nil
}

func inside(v identity.Visitor) error {
	if !v.Inside() {
		return fault.New(fault.Denied, "passation.agents_only")
	}
	return nil
}
