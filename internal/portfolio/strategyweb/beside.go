package strategyweb

import (
	"context"

	"github.com/a-h/templ"

	"parvis/internal/calendar"
	"parvis/internal/portfolio"
	"parvis/internal/web"
)

// Beside is what the page of an initiative shows of the strategy: the objectives that it serves and
// its place in the reading grid.
func (p *Pages) Beside(ctx context.Context, i portfolio.Initiative) (templ.Component, error) {
	v := web.Of(ctx)
	view := besideView{Number: i.Number, frame: frame{Visitor: v.Visitor, Today: calendar.DayOf(v.Now), Lang: v.Lang,
		MayAct: v.Visitor.Inside() && !v.Visitor.ReadOnly && len(v.Visitor.Posts) > 0}}
	var err error
	if view.Serving, err = p.Room.ServedBy(ctx, v.Visitor, i.ID); err != nil {
		return nil, err
	}
	placements, err := p.Room.Placements(ctx, i.Ref())
	for _, pl := range placements {
		if pl.ReplacedOn == "" {
			view.Placed++
		}
	}
	return beside(view), err
}
