// Package participationweb is the pages of the votes: results that everyone reads and that say why, and,
// for agents, the way from a file of ballots to a published result.
//
// What may be read is decided by the room (visibility, in SQL; small lots by recount.Disclose), what may
// be done by the powers, in the transaction.
package participationweb

import (
	"context"
	"embed"

	"github.com/a-h/templ"

	"parvis/internal/act"
	"parvis/internal/geo"
	"parvis/internal/participation"
	"parvis/internal/portfolio"
	"parvis/internal/web"
)

// Messages holds the catalogues of the votes: their pages, the faults of the room, the sentences of its acts.
//
//go:embed messages/*.toml
var Messages embed.FS

// Assets holds the style sheet of these pages, for web.Config.Assets.
//
//go:embed css
var Assets embed.FS

// Config is what the pages are made of. Room is needed; the rest may be nil.
type Config struct {
	Room      *participation.Room
	Portfolio *portfolio.Room // what winning projects became
	Layer     *geo.Layer      // the city's territories
	Journal   func(ctx context.Context, subject act.Ref) templ.Component
	Origin    string // of the site, for the commands of verification: "https://parvis.ville.fr"
}

// Pages answers the routes of the votes.
type Pages struct{ Config }

// New makes the pages.
func New(c Config) *Pages { return &Pages{c} }

// Routes lists the pages of the votes.
func (p *Pages) Routes() []web.Route {
	return append(p.publicRoutes(), p.agentRoutes()...)
}

func (p *Pages) publicRoutes() []web.Route {
	page := func(name, fr, en string, h web.Handler) web.Route {
		return web.Route{Name: "participation." + name, Method: "GET", FR: "/participer" + fr, EN: "/take-part" + en, Audience: web.Public, Handler: h}
	}
	list := page("list", "", "", p.list)
	list.Title = "participation.list.title"
	return []web.Route{
		list,
		page("election", "/{election}", "/{election}", p.election),
		page("lot", "/{election}/lots/{lot}", "/{election}/lots/{lot}", p.lot),
		page("project", "/{election}/lots/{lot}/projets/{project}", "/{election}/lots/{lot}/projects/{project}", p.project),
		page("compare", "/{election}/lots/{lot}/comparer", "/{election}/lots/{lot}/compare", p.compare),
		page("quality", "/{election}/qualite", "/{election}/quality", p.quality),
		page("rules", "/{election}/regles", "/{election}/rules", p.rules),
		page("verify", "/{election}/verifier", "/{election}/verify", p.verify),
		page("csv", "/{election}/projets.csv", "/{election}/projects.csv", p.csv),
		page("json", "/{election}/resultat.json", "/{election}/result.json", p.json),
		{Name: "participation.file", Method: "GET", API: "/elections/{election}/{file...}", Audience: web.Public, Handler: p.file},
	}
}

func (p *Pages) agentRoutes() []web.Route {
	page := func(name, method, fr, en string, h web.Handler) web.Route {
		return web.Route{Name: "participation." + name, Method: method, FR: fr, EN: en, Audience: web.Agents, Handler: h}
	}
	first := page("import", "POST", "/depouiller", "/counting", p.bringFirst)
	more := page("import.staged", "POST", "/depouiller/{import}", "/counting/{import}", p.actOnStaged)
	first.Body, more.Body = participation.MaxFile+1<<20, participation.MaxFile+1<<20
	form := page("import", "GET", "/depouiller", "/counting", p.importPage)
	form.Title = "participation.import.title"
	return []web.Route{
		form, first, more,
		page("import.staged", "GET", "/depouiller/{import}", "/counting/{import}", p.staged),
		page("manage", "GET", "/participer/{election}/conduite", "/take-part/{election}/manage", p.manage),
		page("manage", "POST", "/participer/{election}/conduite", "/take-part/{election}/manage", p.actOnElection),
	}
}
