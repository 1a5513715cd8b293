package app

import (
	"context"
	"io/fs"
	"os"

	"parvis/internal/act/actweb"
	"parvis/internal/council/councilweb"
	"parvis/internal/fault"
	"parvis/internal/geo"
	"parvis/internal/identity/identityweb"
	"parvis/internal/participation/participationweb"
	"parvis/internal/portal"
	"parvis/internal/portal/genealogy"
	"parvis/internal/portfolio/passationweb"
	"parvis/internal/portfolio/portfolioweb"
	"parvis/internal/portfolio/strategyweb"
	"parvis/internal/powers/powersweb"
	"parvis/internal/ui"
	"parvis/internal/web"
)

func (a *App) makeSite() error {
	layer, err := a.places()
	if err != nil {
		return err
	}
	proxies, err := a.cfg.proxies()
	if err != nil {
		return err
	}
	doors := identityweb.New(identityweb.Config{Identity: a.Identity, Clock: a.cfg.clock(), Cookies: a.cookies(), Address: proxies.Address, Mails: "workspace.notices"})
	journal := actweb.New(a.journal())
	aims := a.strategyPages(journal)
	handovers := a.passationPages(journal)
	committees := a.councilPages(journal)
	projects := a.projectPages(layer, journal, aims, committees, handovers)
	votes := a.votePages(layer, journal)
	organisation := powersweb.New(a.organisation(layer, journal, handovers))
	home := portal.New(a.portal(projects, committees, aims, handovers))
	a.Site, err = web.New(web.Config{
		City:   ui.City{Name: a.cfg.City.Name, Line: a.cfg.City.Line, Accessibility: a.cfg.accessibility()},
		Origin: a.cfg.origin(), Clock: a.cfg.clock(), Log: a.logger, Catalog: a.Catalog, Proxies: proxies,
		Assets:   []fs.FS{portfolioweb.Assets, powersweb.Assets, identityweb.Assets, participationweb.Assets, councilweb.Assets, strategyweb.Assets, passationweb.Assets, genealogy.Assets},
		Routes:   join(home.Routes(), projects.Routes(), aims.Routes(), handovers.Routes(), a.genealogyPages().Routes(), a.measurePages().Routes(), votes.Routes(), committees.Routes(), organisation.Routes(), journal.Routes(), a.Workspace.Routes(), doors.Routes()),
		Identify: doors.Identify, Menus: home.Menus, Ready: a.check, Quiet: a.quietUntil,
		FormsTo: a.cfg.issuers(), Finders: a.finders(), Limits: web.DefaultLimits(), Resolvers: resolvers(journal, projects, votes, aims, a.councilResolvers(), handovers.Resolvers()),
	})
	return err
}

func join(tables ...[]web.Route) (all []web.Route) {
	for _, t := range tables {
		all = append(all, t...)
	}
	return all
}

func (a *App) cookies() web.Cookies {
	return web.Cookies{Secure: len(a.cfg.Origin) > 6 && a.cfg.Origin[:6] == "https:"}
}

// check is what /readyz asks: the database answers and the last commit went well.
func (a *App) check(ctx context.Context) error {
	if err := a.DB.Writer.Trouble(); err != nil {
		return err
	}
	return a.DB.Readers.Raw().PingContext(ctx)
}

// places are the territories of the city; nil when the data folder has none.
func (a *App) places() (*geo.Layer, error) {
	f, err := os.Open(a.cfg.path(PlacesFile))
	if os.IsNotExist(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	features, err := geo.Read(f, geo.Usual())
	if err != nil {
		return nil, fault.Wrap(err, fault.Invalid, "app.places_unreadable", "file", a.cfg.path(PlacesFile))
	}
	return geo.NewLayer(features), nil
}
