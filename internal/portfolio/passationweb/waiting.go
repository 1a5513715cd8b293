package passationweb

import (
	"context"

	"github.com/a-h/templ"

	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/notify"
	"parvis/internal/portfolio/passation"
)

// Waiting counts the handovers in which a visitor has something to do.
func (p *Pages) Waiting(ctx context.Context, v identity.Visitor) (int, error) {
	all, err := p.Room.Waiting(ctx, v)
	return len(all), err
}

// ToDo is what the page « À faire » shows of handovers; nil: nothing.
func (p *Pages) ToDo(ctx context.Context) (templ.Component, error) {
	f := frameOf(ctx)
	all, err := p.Room.Waiting(ctx, f.Visitor)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	posts := make([]id.ID, len(all))
	for n, w := range all {
		posts[n] = w.Post
	}
	err = p.name(ctx, &f, posts...)
	return todoLines(f, all), err
}

// Awaited says on Mondays which handovers wait for a visitor.
func Awaited(ctx context.Context, room *passation.Room, v identity.Visitor) ([]notify.Awaited, error) {
	waiting, err := room.Waiting(ctx, v)
	var all []notify.Awaited
	for _, w := range waiting {
		key := "passation.awaited"
		if w.ToSee > 0 {
			key = "passation.awaited.above"
		}
		all = append(all, notify.Awaited{Account: v.Account, Heading: "passation.awaited.heading", Key: key,
			Args: []any{"number", w.Number, "things", w.ToHand + w.ToTake + w.ToSee, "day", w.LeavesOn}, About: w.Ref()})
	}
	return all, err
}

// BesidePost is what the page of a post shows of its handovers to those inside.
func (p *Pages) BesidePost(ctx context.Context, post id.ID) (templ.Component, error) {
	f := frameOf(ctx)
	if !f.Visitor.Inside() {
		return nil, nil
	}
	all, err := p.Room.OfPost(ctx, f.Visitor, post)
	return besidePost(f, post, all), err
}

// waits tells what a visitor has to do, for the sentence of a line.
func waits(f frame, w passation.Waiting) string {
	switch {
	case w.ToSee > 0 && f.Today.Before(w.LeavesOn):
		return "vacant"
	case w.ToSee > 0:
		return "gone"
	case w.ToHand > 0 && w.ToTake > 0:
		return "both"
	case w.ToHand > 0:
		return "hand"
	}
	return "take"
}
