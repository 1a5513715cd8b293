package strategyweb

import (
	"parvis/internal/blob"
	"parvis/internal/web"
)

// Routes lists the pages of the strategy.
func (p *Pages) Routes() []web.Route {
	return append(append(p.strategyRoutes(), p.indicatorRoutes()...), p.gridRoutes()...)
}

func (p *Pages) strategyRoutes() []web.Route {
	return []web.Route{
		{Name: "strategy", Method: "GET", FR: "/strategie", EN: "/strategy", Audience: web.Public, Handler: p.current, Title: "strategy.title"},
		{Name: "strategy.csv", Method: "GET", FR: "/strategie.csv", EN: "/strategy.csv", Audience: web.Public, Handler: p.indicatorsCSV},
		{Name: "strategy.xlsx", Method: "GET", FR: "/strategie.xlsx", EN: "/strategy.xlsx", Audience: web.Public, Handler: p.indicatorsXLSX},
		{Name: "strategy.compare", Method: "GET", FR: "/strategie/comparer", EN: "/strategy/compare", Audience: web.Public, Handler: p.compare},
		{Name: "strategy.gaps", Method: "GET", FR: "/strategie/contributions", EN: "/strategy/contributions", Audience: web.Public, Handler: p.gaps, Title: "strategy.gaps.title"},
		{Name: "strategy.gaps", Method: "POST", FR: "/strategie/contributions", EN: "/strategy/contributions", Audience: web.Agents, Handler: p.gaps},
		{Name: "strategy.new", Method: "GET", FR: "/strategie/nouvelle", EN: "/strategy/new", Audience: web.Agents, Handler: p.newStrategy},
		{Name: "strategy.new", Method: "POST", FR: "/strategie/nouvelle", EN: "/strategy/new", Audience: web.Agents, Handler: p.newStrategy},
		{Name: "strategy.sheet", Method: "GET", FR: "/strategie/{number}", EN: "/strategy/{number}", Audience: web.Public, Handler: p.sheet},
		{Name: "strategy.edit", Method: "GET", FR: "/strategie/{number}/modifier", EN: "/strategy/{number}/edit", Audience: web.Agents, Handler: p.editStrategy},
		{Name: "strategy.edit", Method: "POST", FR: "/strategie/{number}/modifier", EN: "/strategy/{number}/edit", Audience: web.Agents, Handler: p.editStrategy, Body: blob.MaxPaper + 1<<20},
		{Name: "strategy.paper", Method: "GET", FR: "/documents/strategie/{paper}", EN: "/documents/strategy/{paper}", Audience: web.Public, Handler: p.paper},
		{Name: "strategy.positions", Method: "GET", FR: "/positionnement", EN: "/positions", Audience: web.Public, Handler: p.positions, Title: "strategy.positions.title"},
		{Name: "strategy.positions", Method: "POST", FR: "/positionnement", EN: "/positions", Audience: web.Agents, Handler: p.positions},
	}
}

func (p *Pages) indicatorRoutes() []web.Route {
	return []web.Route{
		{Name: "strategy.indicator.new", Method: "GET", FR: "/indicateurs/nouveau", EN: "/indicators/new", Audience: web.Agents, Handler: p.newIndicator},
		{Name: "strategy.indicator.new", Method: "POST", FR: "/indicateurs/nouveau", EN: "/indicators/new", Audience: web.Agents, Handler: p.newIndicator},
		{Name: "strategy.indicator", Method: "GET", FR: "/indicateurs/{number}", EN: "/indicators/{number}", Audience: web.Public, Handler: p.indicator},
		{Name: "strategy.indicator.csv", Method: "GET", FR: "/indicateurs/{number}/serie.csv", EN: "/indicators/{number}/series.csv", Audience: web.Public, Handler: p.seriesCSV},
		{Name: "strategy.indicator.xlsx", Method: "GET", FR: "/indicateurs/{number}/serie.xlsx", EN: "/indicators/{number}/series.xlsx", Audience: web.Public, Handler: p.seriesXLSX},
		{Name: "strategy.indicator.edit", Method: "GET", FR: "/indicateurs/{number}/modifier", EN: "/indicators/{number}/edit", Audience: web.Agents, Handler: p.editIndicator},
		{Name: "strategy.indicator.edit", Method: "POST", FR: "/indicateurs/{number}/modifier", EN: "/indicators/{number}/edit", Audience: web.Agents, Handler: p.editIndicator, Body: 4 << 20},
		{Name: "strategy.indicator.series", Method: "GET", FR: "/indicateurs/{number}/serie/{series}", EN: "/indicators/{number}/series/{series}", Audience: web.Agents, Handler: p.series},
		{Name: "strategy.indicator.series", Method: "POST", FR: "/indicateurs/{number}/serie/{series}", EN: "/indicators/{number}/series/{series}", Audience: web.Agents, Handler: p.series},
	}
}

func (p *Pages) gridRoutes() []web.Route {
	return []web.Route{
		{Name: "strategy.grid", Method: "GET", FR: "/referentiel", EN: "/reading-grid", Audience: web.Public, Handler: p.currentGrid, Title: "strategy.grid.title"},
		{Name: "strategy.grid.edition", Method: "GET", FR: "/referentiel/{edition}", EN: "/reading-grid/{edition}", Audience: web.Public, Handler: p.grid},
		{Name: "strategy.grid.edition", Method: "POST", FR: "/referentiel/{edition}", EN: "/reading-grid/{edition}", Audience: web.Account, Handler: p.grid},
		{Name: "strategy.grid.csv", Method: "GET", FR: "/referentiel/{edition}/grille.csv", EN: "/reading-grid/{edition}/grid.csv", Audience: web.Public, Handler: p.gridCSV},
		{Name: "strategy.grid.xlsx", Method: "GET", FR: "/referentiel/{edition}/grille.xlsx", EN: "/reading-grid/{edition}/grid.xlsx", Audience: web.Public, Handler: p.gridXLSX},
		{Name: "strategy.grid.write", Method: "GET", FR: "/referentiel/atelier", EN: "/reading-grid/workshop", Audience: web.Agents, Handler: p.workshop},
		{Name: "strategy.grid.write", Method: "POST", FR: "/referentiel/atelier", EN: "/reading-grid/workshop", Audience: web.Agents, Handler: p.workshop},
		{Name: "strategy.grid.annotations", Method: "GET", FR: "/referentiel/annotations", EN: "/reading-grid/annotations", Audience: web.Agents, Handler: p.moderation},
		{Name: "strategy.grid.annotations", Method: "POST", FR: "/referentiel/annotations", EN: "/reading-grid/annotations", Audience: web.Agents, Handler: p.moderation},
		{Name: "strategy.placement", Method: "GET", FR: "/projets/{number}/referentiel", EN: "/projects/{number}/reading-grid", Audience: web.Public, Handler: p.placement},
		{Name: "strategy.placement", Method: "POST", FR: "/projets/{number}/referentiel", EN: "/projects/{number}/reading-grid", Audience: web.Agents, Handler: p.placement},
	}
}
