package strategy

import (
	"context"

	"parvis/internal/act"
	"parvis/internal/blob"
	"parvis/internal/calendar"
	"parvis/internal/clock"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/portfolio"
)

// Config is what the room is made of.
type Config struct {
	Log       *act.Log
	Reads     db.Querier
	Marks     *act.Marks // of the acts that Reads reads; nil: the room looks for itself
	Writer    *db.Writer // for staged series only
	Portfolio *portfolio.Room
	// Units describes the units that exist on a day: owners of indicators.
	Units func(ctx context.Context, q db.Querier, units []id.ID, day calendar.Day) (map[id.ID]portfolio.Unit, error)
	// Taxonomies are the lists of codes that an indicator may cite.
	Taxonomies []Taxonomy
	Clock      clock.Clock
	Blobs      *blob.Store // files of papers; nil: papers are links
	Asked      act.Asked   // the powers, asked beforehand; nil: pages offer every deed
}

// Room is the strategy of a city. Its methods are safe for concurrent use.
type Room struct {
	log        *act.Log
	reads      db.Querier
	writer     *db.Writer
	portfolio  *portfolio.Room
	units      func(context.Context, db.Querier, []id.ID, calendar.Day) (map[id.ID]portfolio.Unit, error)
	taxonomies []Taxonomy
	clock      clock.Clock
	blobs      *blob.Store
	asked      act.Asked
	due        *act.Kept[string, []DueMeasure]
}

// New opens the room.
func New(c Config) *Room {
	if c.Clock == nil {
		c.Clock = clock.System{}
	}
	if c.Marks == nil {
		c.Marks = act.NewMarks(c.Reads)
	}
	return &Room{log: c.Log, reads: c.Reads, writer: c.Writer, portfolio: c.Portfolio, units: c.Units, taxonomies: c.Taxonomies, clock: c.Clock, blobs: c.Blobs, asked: c.Asked,
		due: act.Keep[string, []DueMeasure](c.Marks, dueKept, "strategy")}
}

// Today is the legal day of the room's clock.
func (r *Room) Today() calendar.Day { return calendar.DayOf(r.clock.Now()) }

// change is one use case at work: it gathers the rows that its act must explain.
type change struct {
	r     *Room
	tx    *act.Tx
	ctx   context.Context
	today calendar.Day
	rows  []act.Row
	roles map[string][]id.ID // who is who in what is recorded, for the powers
}

// run is a use case of somebody who works for the city.
func run[T any](ctx context.Context, r *Room, by act.Actor, fn func(*change) (T, error)) (T, error) {
	if by.Kind != act.System && (by.Kind != act.Agent || by.Post == "") {
		var zero T
		return zero, fault.New(fault.Denied, "strategy.agents_only")
	}
	return runAny(ctx, r, by, fn)
}

// runAny is a use case of anybody who is known.
func runAny[T any](ctx context.Context, r *Room, by act.Actor, fn func(*change) (T, error)) (T, error) {
	return act.Do(ctx, r.log, by, func(tx *act.Tx) (T, error) { return fn(r.inside(tx)) })
}

// inside is a change in a transaction that is open already, perhaps a later room's.
func (r *Room) inside(tx *act.Tx) *change {
	return &change{r: r, tx: tx, ctx: tx.Context(), today: tx.Today()}
}

// wrote notes a row that the act must explain.
func (c *change) wrote(table string, row id.ID, err error) error {
	c.rows = append(c.rows, act.Row{Table: table, ID: row})
	return err
}

// record asks the powers and writes the act. It is called after the writes: what is refused is rolled back.
func (c *change) record(verb string, a act.Act) (id.ID, error) {
	a.Verb = "strategy." + verb
	g, err := c.tx.Allow(act.Ask{Verb: a.Verb, Object: a.Object, Roles: c.roles})
	if err != nil {
		return "", err
	}
	a.Rows, c.rows = append(a.Rows, c.rows...), nil
	recorded := c.tx.Record(g, a)
	if a.Subject.Zero() {
		a.Subject = a.Object
	}
	return recorded, tell(c.tx, a.Subject)
}

// visible is the condition, in SQL, of what a visitor may read under an alias.
func visible(v identity.Visitor, alias string) string {
	kind := act.Resident
	if v.Inside() {
		kind = act.Agent
	}
	return alias + "." + act.VisibleTo(kind)
}

// mayRead is the same rule on a thing that is already read.
func mayRead(v identity.Visitor, visibility act.Visibility) bool {
	return visibility == act.Public || v.Inside()
}
