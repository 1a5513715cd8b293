package participationweb

import (
	"context"

	"github.com/a-h/templ"

	"parvis/internal/portfolio"
	"parvis/internal/web"
)

// Beside is what the page of an initiative shows of the votes: the winning projects that it carries out.
// nil when there is none that the visitor may read.
func (p *Pages) Beside(ctx context.Context, i portfolio.Initiative) (templ.Component, error) {
	origins, err := p.Room.Of(ctx, web.Of(ctx).Visitor, i.ID)
	if err != nil || len(origins) == 0 {
		return nil, err
	}
	return fromVotes(origins), nil
}
