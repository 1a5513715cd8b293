// Package genealogy tells where the mission of a city comes from: one page composed of what several
// rooms know, dated. Changes of organisation with their legal act, attachments, posts and who held
// them, governance profiles, strategies, positions, published decisions and récits stand on one line of
// time; on any day, the page says how things stood.
//
// It writes nothing and keeps nothing: each kind of thing is read by one query of its room.
package genealogy

import (
	"context"
	"embed"

	"parvis/internal/council"
	"parvis/internal/db"
	"parvis/internal/portfolio"
	"parvis/internal/portfolio/passation"
	"parvis/internal/portfolio/strategy"
	"parvis/internal/powers"
	"parvis/internal/ui"
	"parvis/internal/web"
)

// Messages holds the catalogues of the page.
//
//go:embed messages
var Messages embed.FS

// Assets holds its style sheet, for web.Config.Assets.
//
//go:embed css
var Assets embed.FS

// Config is what the page is made of. Units lists those among which a reader chooses.
type Config struct {
	Read      db.Querier
	Engine    *powers.Engine
	Portfolio *portfolio.Room
	Strategy  *strategy.Room
	Passation *passation.Room
	Council   *council.Room
	Units     func(ctx context.Context, lang string, m powers.Moment) ([]ui.Option, error)
}

// Pages answers the route of the genealogy.
type Pages struct{ Config }

// New makes the page.
func New(c Config) *Pages { return &Pages{c} }

// Routes lists it.
func (p *Pages) Routes() []web.Route {
	return []web.Route{{Name: "genealogy", Method: "GET", FR: "/genealogie", EN: "/genealogy", Audience: web.Public, Handler: p.show, Title: "genealogy.title"}}
}
