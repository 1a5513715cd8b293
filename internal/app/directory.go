package app

import (
	"context"

	"parvis/internal/calendar"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/powers"
)

// at is what is in force on a legal day, as known now.
func (a *App) at(day calendar.Day) powers.Moment {
	return powers.Now(a.cfg.clock().Now()).On(day)
}

// heldBy is what identity asks of the powers: the posts a person holds.
func (a *App) heldBy(ctx context.Context, person id.ID, day calendar.Day) ([]identity.PostRef, error) {
	m := a.at(day)
	places, err := powers.PostsHeldBy(ctx, a.DB.Readers, person, m)
	if err != nil {
		return nil, err
	}
	units := make([]id.ID, len(places))
	for i, p := range places {
		units[i] = p.Unit
	}
	named, err := powers.UnitsOn(ctx, a.DB.Readers, units, m)
	refs := make([]identity.PostRef, len(places))
	for i, p := range places {
		refs[i] = identity.PostRef{ID: p.Post, Holder: p.Holder, Title: p.Title, UnitID: p.Unit, Unit: named[p.Unit].Name, Layer: p.Layer}
	}
	return refs, err
}
