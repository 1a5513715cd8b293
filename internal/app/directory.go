package app

import (
	"context"

	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/portfolio"
	"parvis/internal/powers"
)

// today is what is in force on a legal day, as known now.
func (a *App) at(day calendar.Day) powers.Moment {
	return powers.Now(a.cfg.clock().Now()).On(day)
}

// directory is what the portfolio asks of the powers.
func (a *App) directory() portfolio.Directory {
	return portfolio.Directory{
		Posts: a.posts,
		Units: a.units,
		SpeaksFor: func(ctx context.Context, q db.Querier, post, unit id.ID, day calendar.Day) (bool, error) {
			return powers.SpeaksFor(ctx, q, post, unit, a.at(day))
		},
		PostByCode: func(ctx context.Context, q db.Querier, code string, day calendar.Day) (id.ID, error) {
			return powers.PostOfCode(ctx, q, code, a.at(day))
		},
		UnitByCode: func(ctx context.Context, q db.Querier, code string, day calendar.Day) (id.ID, error) {
			return powers.UnitOfCode(ctx, q, code, a.at(day))
		},
	}
}

func (a *App) posts(ctx context.Context, q db.Querier, wanted []id.ID, day calendar.Day) (map[id.ID]portfolio.Post, error) {
	places, err := powers.PostsOn(ctx, q, wanted, a.at(day))
	found := make(map[id.ID]portfolio.Post, len(places))
	for post, p := range places {
		found[post] = portfolio.Post{ID: post, Code: p.Code, Title: p.Title, Unit: p.Unit,
			Elected: p.Layer == powers.Elected, Held: p.Holder != ""}
	}
	return found, err
}

func (a *App) units(ctx context.Context, q db.Querier, wanted []id.ID, day calendar.Day) (map[id.ID]portfolio.Unit, error) {
	named, err := powers.UnitsOn(ctx, q, wanted, a.at(day))
	found := make(map[id.ID]portfolio.Unit, len(named))
	for unit, u := range named {
		found[unit] = portfolio.Unit{ID: unit, Code: u.Code, Name: u.Name}
	}
	return found, err
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
