package councilweb

import (
	"context"

	"github.com/a-h/templ"

	"parvis/internal/council"
	"parvis/internal/identity"
	"parvis/internal/web"
)

// Waiting counts what waits for a visitor in the committees.
func (p *Pages) Waiting(ctx context.Context, v identity.Visitor) (int, error) {
	all, err := p.Room.Pending(ctx, v)
	return all.Count(), err
}

// ToDo is what the page « À faire » shows of the committees; nil: nothing.
func (p *Pages) ToDo(ctx context.Context) (templ.Component, error) {
	all, err := p.Room.Pending(ctx, web.Of(ctx).Visitor)
	if err != nil || all.Count() == 0 {
		return nil, err
	}
	return todoLines(all), nil
}

// todoKey tells what is awaited of the bureau of a meeting.
func todoKey(m council.MeetingLine) string { return "council.todo.minutes." + string(m.Status) }
