package measures

import (
	"context"
	"slices"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/clock"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// Config is what the room is made of. Units says where the units stand, Doors which of them answer for a topic, PlaceName how
// the place of a code is called, Steps what circuits asked and how long it took; nil for none of these three.
type Config struct {
	Log       *act.Log
	Reads     db.Querier
	Marks     *act.Marks // nil: its own
	Units     func(context.Context) (Units, error)
	Doors     func(context.Context) ([]Door, error)
	Steps     func(context.Context) ([]Step, error)
	PlaceName func(code string) string
	Clock     clock.Clock
}

// Room computes the measures and keeps what is said about them. Its methods are safe for concurrent use.
type Room struct {
	Config
	kept *act.Kept[calendar.Day, weighed]
}

// New opens the room.
func New(c Config) *Room {
	if c.Clock == nil {
		c.Clock = clock.System{}
	}
	if c.PlaceName == nil {
		c.PlaceName = func(string) string { return "" }
	}
	if c.Marks == nil {
		c.Marks = act.NewMarks(c.Reads)
	}
	return &Room{c, act.Keep[calendar.Day, weighed](c.Marks, 1, "portfolio", "powers")}
}

// Today is the legal day of the room's clock.
func (r *Room) Today() calendar.Day { return calendar.DayOf(r.Clock.Now()) }

// Verbs are the acts of this room.
func Verbs() []act.Verb {
	return []act.Verb{
		{Name: "measures.opinion", Force: act.Did, Default: act.Public, Basis: "CRPA L312-1"},
		{Name: "measures.keep", Force: act.Did, Default: act.Public, Basis: "CRPA L312-1"},
		{Name: "measures.contest", Force: act.Contested, Default: act.Internal, Basis: "CRPA L311-2"},
	}
}

// Senses are those of an opinion. Whatever it says, it was asked: the city may go on, and the page says it.
func Senses() []string { return []string{"favourable", "reserved", "unfavourable"} }

// Opinion is that of the CST (comité social territorial).
type Opinion struct {
	ID          id.ID
	GivenOn     calendar.Day
	Sense, Link string
	Post        id.ID
	RecordedOn  calendar.Day
}

// RecordOpinion records that the CST was consulted. It switches M2 to M6 on.
func (r *Room) RecordOpinion(ctx context.Context, by act.Actor, o Opinion) error {
	return r.write(ctx, by, nil, func(tx *act.Tx) (act.Act, error) {
		f := fault.New(fault.Invalid, "network.form")
		if !o.GivenOn.Valid() || o.GivenOn.After(tx.Today()) {
			f = f.At("given_on", "network.given_on")
		}
		if !slices.Contains(Senses(), o.Sense) {
			f = f.At("sense", "network.sense_missing")
		}
		if err := f.OrNil(); err != nil {
			return act.Act{}, err
		}
		o.ID, o.Post, o.RecordedOn = id.New(tx.Now()), by.Post, tx.Today()
		return act.Act{Verb: "measures.opinion", Object: act.Ref{Type: "measures", ID: o.ID}, Version: 1, Visibility: act.Public,
			Args: map[string]string{"sense": o.Sense, "day": string(o.GivenOn)}, Rows: []act.Row{{Table: "measures_opinion", ID: o.ID}}}, putOpinion(tx, o)
	})
}

// Contest is what somebody who takes part says against a datum.
type Contest struct {
	ID           id.ID
	Measure, Why string
	Post         id.ID
	On           calendar.Day
}

// ContestDatum records that a datum is wrong and why; who keeps the datum mends it by an act of its own.
// The powers are told which units are engaged in a project (R8).
func (r *Room) ContestDatum(ctx context.Context, by act.Actor, c Contest) error {
	parts, err := r.parts(ctx)
	if err != nil {
		return err
	}
	return r.write(ctx, by, map[string][]id.ID{"part": engaged(parts)}, func(tx *act.Tx) (act.Act, error) {
		f := fault.New(fault.Invalid, "network.form")
		if !slices.Contains(Names(), c.Measure) {
			f = f.At("measure", "network.measure_missing")
		}
		if c.Why == "" || len(c.Why) > 4000 {
			f = f.At("why", "network.why_missing")
		}
		if err := f.OrNil(); err != nil {
			return act.Act{}, err
		}
		c.ID, c.Post, c.On = id.New(tx.Now()), by.Post, tx.Today()
		return act.Act{Verb: "measures.contest", Object: act.Ref{Type: "measures", ID: c.ID}, Version: 1, Texts: []act.Text{{Name: "why", Body: c.Why}},
			Args: map[string]string{"measure": c.Measure}, Rows: []act.Row{{Table: "measures_contest", ID: c.ID}}}, putContest(tx, c)
	})
}

// engaged lists the units that accepted a part, once each.
func engaged(parts []part) []id.ID {
	var units []id.ID
	for _, p := range parts {
		if p.Unit != "" && p.Status == "accepted" {
			units = append(units, p.Unit)
		}
	}
	slices.Sort(units)
	return slices.Compact(units)
}

// write is a use case of somebody who works for the city; roles are what the powers are told of them.
func (r *Room) write(ctx context.Context, by act.Actor, roles map[string][]id.ID, fn func(*act.Tx) (act.Act, error)) error {
	if by.Kind != act.Agent || by.Post == "" {
		return fault.New(fault.Denied, "network.agents_only")
	}
	_, err := act.Do(ctx, r.Log, by, func(tx *act.Tx) (struct{}, error) {
		a, err := fn(tx)
		if err != nil {
			return struct{}{}, err
		}
		g, err := tx.Allow(act.Ask{Verb: a.Verb, Object: a.Object, Roles: roles})
		if err != nil {
			return struct{}{}, err
		}
		tx.Record(g, a)
		return struct{}{}, nil
	})
	return err
}
