package portal

import (
	"context"
	"embed"
	"net/http"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/identity"
	"parvis/internal/portfolio"
	"parvis/internal/ui"
	"parvis/internal/web"
)

// Messages holds the catalogues of this package.
//
//go:embed messages/*.toml
var Messages embed.FS

// Config is what the portal shows.
type Config struct {
	City      City
	Demo      string // the demonstration shown, "" for a real city
	Readers   *db.Readers
	Portfolio *portfolio.Room
	// Waiting counts what waits for the visitor: things to do, and arbitrations. It may be nil.
	Waiting func(context.Context, identity.Visitor) (todo, arbitrations int, err error)
	Site    func() *web.Site // for the site map: known once every route is
	// Withheld lists the things that the search does not show to a visitor who withdrew from the matter; nil: none.
	Withheld func(context.Context, identity.Visitor) (map[act.Ref]bool, error)
}

// City is what the legal pages must name.
type City struct {
	Name, Contact, Publisher, Host, DPO string
	Accessibility                       string // none, partial, total
}

// Portal answers the routes of the public face.
type Portal struct{ Config }

// New makes the portal.
func New(c Config) *Portal { return &Portal{c} }

// Routes is the table of the public face.
func (p *Portal) Routes() []web.Route {
	get := func(name, fr, en, title string, h web.Handler) web.Route {
		return web.Route{Name: name, Method: http.MethodGet, FR: fr, EN: en, Audience: web.Public, Title: title, Handler: h}
	}
	return []web.Route{
		get("home", "/", "/", "portal.home", p.home),
		get("search", "/recherche", "/search", "portal.search", p.search),
		get("accessibility", "/accessibilite", "/accessibility", "portal.accessibility", p.page(accessibilityPage)),
		get("legal", "/mentions-legales", "/legal-notice", "portal.legal", p.page(legalPage)),
		get("privacy", "/donnees-personnelles", "/personal-data", "portal.privacy", p.page(privacyPage)),
		get("contact", "/contact", "/contact", "portal.contact", p.page(contactPage)),
		get("site_map", "/plan-du-site", "/site-map", "portal.sitemap", p.sitemap),
	}
}

// link is an item of a menu, left out when the city's Parvis has no such page.
func link(v *web.Visit, list []ui.Item, key, route string) []ui.Item {
	if !v.Has(route) {
		return list
	}
	return append(list, ui.Item{Label: v.P.T(key), URL: v.URL(route)})
}
