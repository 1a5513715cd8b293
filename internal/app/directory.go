package app

import (
	"context"

	"parvis/internal/calendar"
	"parvis/internal/id"
	"parvis/internal/identity"
)

// heldBy is what identity asks of the powers: the posts a person holds.
func (a *App) heldBy(ctx context.Context, person id.ID, day calendar.Day) ([]identity.PostRef, error) {
	places, err := a.desk.PostsHeldBy(ctx, person, day)
	if err != nil {
		return nil, err
	}
	units := make([]id.ID, len(places))
	for i, p := range places {
		units[i] = p.Unit
	}
	named, err := a.desk.UnitsOn(ctx, units, day)
	refs := make([]identity.PostRef, len(places))
	for i, p := range places {
		refs[i] = identity.PostRef{ID: p.Post, Holder: p.Holder, Title: p.Title, UnitID: p.Unit, Unit: named[p.Unit].Name, Layer: p.Layer}
	}
	return refs, err
}
