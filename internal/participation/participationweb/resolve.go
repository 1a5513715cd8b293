package participationweb

import (
	"context"

	"parvis/internal/id"
	"parvis/internal/web"
)

// Resolvers find the pages behind permanent addresses /id/election/… and /id/ballot_project/…. What the
// visitor may not read is not found.
func (p *Pages) Resolvers() map[string]web.Resolver {
	return map[string]web.Resolver{
		"election": func(ctx context.Context, which id.ID) (string, []any, error) {
			s, err := p.Room.Sheet(ctx, web.Of(ctx).Visitor, string(which))
			return "participation.election", []any{s.Number}, err
		},
		"ballot_project": func(ctx context.Context, which id.ID) (string, []any, error) {
			o, err := p.Room.ProjectPlace(ctx, web.Of(ctx).Visitor, which)
			return "participation.project", []any{o.Number, o.Lot, o.Code}, err
		},
	}
}
