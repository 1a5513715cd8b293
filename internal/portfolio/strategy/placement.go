package strategy

import (
	"context"
	"strconv"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// Placement is where a thing stands on one criterion of one edition, why, and who says so.
type Placement struct {
	ID         id.ID
	Version    int64
	Grid       id.ID
	Criterion  string // code
	Subject    act.Ref
	Level      string // code
	Reason     string
	Lang       string
	Post       id.ID
	PlacedOn   calendar.Day
	ReplacedOn calendar.Day
}

const placementColumns db.Columns = "id, version, grid, criterion, subject_type, subject_id, level, reason, lang, post, placed_on, replaced_on"

func placementFields(p *Placement) []any {
	return []any{&p.ID, &p.Version, &p.Grid, &p.Criterion, &p.Subject.Type, &p.Subject.ID, &p.Level, &p.Reason, &p.Lang, &p.Post, &p.PlacedOn, &p.ReplacedOn}
}

// Place is the form of a placement in the edition in force.
type Place struct {
	Subject   act.Ref
	Criterion string // code
	Level     string // code
	Reason    string
	Lang      string
	// Seen is the placement that whoever fills the form saw, "" for none: two people do not overwrite
	// each other unknowingly.
	Seen id.ID
}

// Place places an initiative on one criterion of the edition in force. A new placement replaces the
// one that stood, which is kept.
func (r *Room) Place(ctx context.Context, by act.Actor, in Place) (Placement, error) {
	return run(ctx, r, by, func(c *change) (Placement, error) {
		if in.Subject.Type != "initiative" {
			return Placement{}, fault.New(fault.Invalid, "strategy.unknown_initiative")
		}
		about, err := initiativeOf(c.ctx, c.tx, in.Subject.ID)
		if err != nil {
			return Placement{}, err
		}
		if err := c.carriedBy(in.Subject.ID); err != nil {
			return Placement{}, err
		}
		return r.PlaceIn(c.tx, in, PlaceOf{Number: about.number, Visibility: about.visibility, Roles: c.roles})
	})
}

// PlaceOf is what a later room says of the subject that it places.
type PlaceOf struct {
	Number     string // what people call it
	Visibility act.Visibility
	Roles      map[string][]id.ID // who is who in the subject, for the powers
}

// PlaceIn is Place for the things of later rooms (a solicitation), inside their transaction. The room
// vouches that the subject exists.
//
// Faults: Conflict strategy.grid.none while no edition is in force, strategy.placement.moved when
// somebody placed it meanwhile.
func (r *Room) PlaceIn(tx *act.Tx, in Place, of PlaceOf) (Placement, error) {
	c := r.inside(tx)
	c.roles = of.Roles
	trim(&in.Reason)
	grid, inForce, err := r.GridInForce(c.ctx, tx, c.today)
	if err != nil {
		return Placement{}, err
	}
	if !inForce {
		return Placement{}, fault.New(fault.Conflict, "strategy.grid.none")
	}
	if err := in.check(grid); err != nil {
		return Placement{}, err
	}
	p := Placement{ID: c.tx.NewID(), Version: 1, Grid: grid.ID, Criterion: in.Criterion, Subject: in.Subject, Level: in.Level,
		Reason: in.Reason, Lang: in.Lang, Post: tx.Actor().Post, PlacedOn: c.today}
	if err := c.replacePlacement(p, in.Seen); err != nil {
		return p, err
	}
	if err := c.putPlacement(&p); err != nil {
		return p, err
	}
	a := act.Act{Object: act.Ref{Type: "placement", ID: p.ID}, Subject: p.Subject, Version: 1, Visibility: of.Visibility,
		Args: map[string]string{in.Subject.Type: of.Number, "edition": strconv.Itoa(grid.Edition), "criterion": p.Criterion, "level": p.Level}}
	_, err = c.record("placement.set", said(a, "reason", in.Lang, p.Reason))
	return p, err
}

func (in Place) check(grid Reading) error {
	f := newForm()
	k, known := grid.Criterion(in.Criterion)
	if !known {
		f.At("criterion", "strategy.grid.no_criterion")
	} else if _, ok := k.Level(in.Level); !ok {
		f.At("level", "strategy.choose")
	}
	f.required("reason", in.Reason, maxText)
	return f.OrNil()
}

func (c *change) replacePlacement(p Placement, seen id.ID) error {
	standing, err := placementsOf(c.ctx, c.tx, p.Subject)
	if err != nil {
		return err
	}
	var stood id.ID
	for _, old := range standing {
		if old.Grid != p.Grid || old.Criterion != p.Criterion {
			continue
		}
		stood = old.ID
		old.Version, old.ReplacedOn = old.Version+1, c.today
		if err := c.putPlacement(&old); err != nil {
			return err
		}
	}
	if seen != stood {
		return fault.New(fault.Conflict, "strategy.placement.moved")
	}
	return nil
}
