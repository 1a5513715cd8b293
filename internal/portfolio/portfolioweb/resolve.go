package portfolioweb

import (
	"context"

	"parvis/internal/id"
	"parvis/internal/web"
)

// Resolvers find the pages behind permanent addresses /id/initiative/… and /id/arbitration/…, for
// web.Config.Resolvers. What the visitor may not read is not found.
func (p *Pages) Resolvers() map[string]web.Resolver {
	return map[string]web.Resolver{
		"initiative": func(ctx context.Context, which id.ID) (string, []any, error) {
			s, err := p.Room.Sheet(ctx, web.Of(ctx).Visitor, string(which))
			return "portfolio.initiative", []any{s.Number}, err
		},
		"arbitration": func(ctx context.Context, which id.ID) (string, []any, error) {
			a, err := p.Room.Arbitration(ctx, web.Of(ctx).Visitor, string(which))
			return "portfolio.arbitration", []any{a.Number}, err
		},
	}
}
