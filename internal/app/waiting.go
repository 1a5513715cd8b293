package app

import (
	"context"

	"github.com/a-h/templ"

	"parvis/internal/identity"
	"parvis/internal/portfolio"
	"parvis/internal/portfolio/portfolioweb"
)

// tray is where a room beside the portfolio keeps what waits for somebody: how much it is, and what « À faire » shows of it.
type tray interface {
	Waiting(ctx context.Context, v identity.Visitor) (int, error)
	ToDo(ctx context.Context) (templ.Component, error)
}

// waiting counts what waits for a visitor in all rooms, behind the two menus.
func waiting(projects *portfolioweb.Pages, trays ...tray) func(context.Context, identity.Visitor) (int, int, error) {
	return func(ctx context.Context, v identity.Visitor) (int, int, error) {
		todo, arbitrations, err := projects.Waiting(ctx, v)
		for _, t := range trays {
			if err != nil {
				return 0, 0, err
			}
			var more int
			more, err = t.Waiting(ctx, v)
			todo += more
		}
		return todo, arbitrations, err
	}
}

// toDo sets what waits in several rooms one below the other.
func toDo(trays ...tray) func(context.Context) (templ.Component, error) {
	return func(ctx context.Context) (templ.Component, error) {
		return stacked(trays, func(t tray) (templ.Component, error) { return t.ToDo(ctx) })
	}
}

// beside sets what several rooms know of an initiative one below the other.
func beside(rooms ...func(context.Context, portfolio.Initiative) (templ.Component, error)) func(context.Context, portfolio.Initiative) (templ.Component, error) {
	return func(ctx context.Context, i portfolio.Initiative) (templ.Component, error) {
		return stacked(rooms, func(room func(context.Context, portfolio.Initiative) (templ.Component, error)) (templ.Component, error) {
			return room(ctx, i)
		})
	}
}

// stacked asks each room for its part of a page; nil when none has any.
func stacked[T any](rooms []T, part func(T) (templ.Component, error)) (templ.Component, error) {
	var all []templ.Component
	for _, room := range rooms {
		c, err := part(room)
		if err != nil {
			return nil, err
		}
		if c != nil {
			all = append(all, c)
		}
	}
	if len(all) == 0 {
		return nil, nil
	}
	return templ.Join(all...), nil
}
