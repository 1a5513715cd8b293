package strategyweb

import (
	"context"

	"github.com/a-h/templ"

	"parvis/internal/i18n"
	"parvis/internal/identity"
	"parvis/internal/notify"
	"parvis/internal/portfolio/strategy"
	"parvis/internal/web"
)

// Waiting counts the measures that a visitor's units have to record.
func (p *Pages) Waiting(ctx context.Context, v identity.Visitor) (int, error) {
	all, err := p.Room.DueMeasures(ctx, v)
	return len(all), err
}

// ToDo is what the page « À faire » shows of measures; nil: nothing.
func (p *Pages) ToDo(ctx context.Context) (templ.Component, error) {
	all, err := p.Room.DueMeasures(ctx, web.Of(ctx).Visitor)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return todoLines(all), nil
}

// Awaited says on Mondays which measures wait for a visitor's units.
func Awaited(ctx context.Context, room *strategy.Room, v identity.Visitor) ([]notify.Awaited, error) {
	due, err := room.DueMeasures(ctx, v)
	all := make([]notify.Awaited, len(due))
	for n, d := range due {
		key := "strategy.awaited"
		if d.Late {
			key = "strategy.awaited.late"
		}
		all[n] = notify.Awaited{Account: v.Account, Heading: "strategy.awaited.heading", Key: key,
			Args: []any{"title", i18n.ByLang{"fr": d.Title.In("fr"), "en": d.Title.In("en")}, "number", d.Number, "day", d.By}, About: d.Ref()}
	}
	return all, err
}

// dueKey says until when a measure is on time, or was.
func dueKey(d strategy.DueMeasure) string {
	if d.Late {
		return "strategy.todo.was"
	}
	return "strategy.todo.by"
}
