package portfolioweb

import (
	"parvis/internal/blob"
	"parvis/internal/web"
)

// Routes lists the pages of the portfolio.
func (p *Pages) Routes() []web.Route {
	list := append(p.publicRoutes(), p.letterRoutes()...)
	list = append(list, p.arbitrationRoutes()...)
	list = append(list, p.agentRoutes()...)
	return append(list, p.wallRoutes()...)
}

func (p *Pages) wallRoutes() []web.Route {
	readers := web.Agents
	if p.PublicBoards {
		readers = web.Public
	}
	return []web.Route{
		{Name: "portfolio.wall", Method: "GET", FR: "/mur", EN: "/wall", Audience: readers, Handler: p.wall, Title: "portfolio.wall.title"},
		{Name: "portfolio.wall", Method: "POST", FR: "/mur", EN: "/wall", Audience: web.Agents, Handler: p.actOnWall},
		{Name: "portfolio.wall.move", Method: "POST", FR: "/mur/deplacer", EN: "/wall/move", Audience: web.Agents, Handler: p.move},
		{Name: "portfolio.wall.compare", Method: "GET", FR: "/mur/comparer", EN: "/wall/compare", Audience: web.Agents, Handler: p.compare},
		{Name: "portfolio.snapshot", Method: "GET", FR: "/mur/photos/{snapshot}", EN: "/wall/snapshots/{snapshot}", Audience: web.Agents, Handler: p.snapshot},
		{Name: "portfolio.copil", Method: "GET", FR: "/mur/dossier", EN: "/wall/file", Audience: web.Agents, Handler: p.copil},
	}
}

// agentRoutes are the pages of deeds about an initiative; the form of each posts to its own address.
func (p *Pages) agentRoutes() []web.Route {
	carriers := p.manages("carriers", carriersPage, p.carrierDeeds)
	dossier := p.manages("dossier", dossierPage, p.dossierDeeds)
	return []web.Route{
		{Name: "portfolio.new", Method: "GET", FR: "/projets/nouveau", EN: "/projects/new", Audience: web.Agents, Handler: p.newInitiative, Title: "portfolio.new.title"},
		{Name: "portfolio.new", Method: "POST", FR: "/projets/nouveau", EN: "/projects/new", Audience: web.Agents, Handler: p.createInitiative},
		{Name: "portfolio.initiative.revise", Method: "GET", FR: "/projets/{number}/fiche", EN: "/projects/{number}/sheet", Audience: web.Agents, Handler: p.revise},
		{Name: "portfolio.initiative.revise", Method: "POST", FR: "/projets/{number}/fiche", EN: "/projects/{number}/sheet", Audience: web.Agents, Handler: p.revise},
		{Name: "portfolio.initiative.stage", Method: "GET", FR: "/projets/{number}/etape", EN: "/projects/{number}/stage", Audience: web.Agents, Handler: p.stage},
		{Name: "portfolio.initiative.stage", Method: "POST", FR: "/projets/{number}/etape", EN: "/projects/{number}/stage", Audience: web.Agents, Handler: p.stage},
		{Name: "portfolio.initiative.carriers", Method: "GET", FR: "/projets/{number}/porteurs", EN: "/projects/{number}/carriers", Audience: web.Agents, Handler: carriers},
		{Name: "portfolio.initiative.carriers", Method: "POST", FR: "/projets/{number}/porteurs", EN: "/projects/{number}/carriers", Audience: web.Agents, Handler: carriers},
		{Name: "portfolio.initiative.dossier", Method: "GET", FR: "/projets/{number}/dossier", EN: "/projects/{number}/file", Audience: web.Agents, Handler: dossier},
		{Name: "portfolio.initiative.dossier", Method: "POST", FR: "/projets/{number}/dossier", EN: "/projects/{number}/file", Audience: web.Agents, Handler: dossier, Body: blob.MaxPaper + 1<<20},
		{Name: "portfolio.initiative.ask", Method: "GET", FR: "/projets/{number}/arbitrage", EN: "/projects/{number}/arbitration", Audience: web.Agents, Handler: p.ask},
		{Name: "portfolio.initiative.ask", Method: "POST", FR: "/projets/{number}/arbitrage", EN: "/projects/{number}/arbitration", Audience: web.Agents, Handler: p.ask},
		{Name: "portfolio.todo", Method: "GET", FR: "/a-faire", EN: "/to-do", Audience: web.Agents, Handler: p.todo, Title: "portfolio.todo.title"},
		{Name: "portfolio.todo", Method: "POST", FR: "/a-faire", EN: "/to-do", Audience: web.Agents, Handler: p.todo},
	}
}

func (p *Pages) publicRoutes() []web.Route {
	return []web.Route{
		{Name: "portfolio.list", Method: "GET", FR: "/projets", EN: "/projects", Audience: web.Public, Handler: p.list, Title: "portfolio.list.title"},
		{Name: "portfolio.map", Method: "GET", FR: "/projets/carte", EN: "/projects/map", Audience: web.Public, Handler: p.chart, Title: "portfolio.map.title"},
		{Name: "portfolio.list.csv", Method: "GET", FR: "/projets.csv", EN: "/projects.csv", Audience: web.Public, Handler: p.listCSV},
		{Name: "portfolio.list.xlsx", Method: "GET", FR: "/projets.xlsx", EN: "/projects.xlsx", Audience: web.Public, Handler: p.listXLSX},
		{Name: "portfolio.list.geojson", Method: "GET", FR: "/projets.geojson", EN: "/projects.geojson", Audience: web.Public, Handler: p.listGeoJSON},
		{Name: "portfolio.list.atom", Method: "GET", FR: "/projets.atom", EN: "/projects.atom", Audience: web.Public, Handler: p.listAtom},
		{Name: "portfolio.initiative", Method: "GET", FR: "/projets/{number}", EN: "/projects/{number}", Audience: web.Public, Handler: p.initiative},
		{Name: "portfolio.initiative.atom", Method: "GET", FR: "/projets/{number}/atom", EN: "/projects/{number}/atom", Audience: web.Public, Handler: p.initiativeAtom},
		{Name: "portfolio.paper", Method: "GET", FR: "/documents/{paper}", EN: "/documents/{paper}", Audience: web.Public, Handler: p.paper},
		{Name: "portfolio.part", Method: "GET", FR: "/projets/{number}/part/{part}", EN: "/projects/{number}/part/{part}", Audience: web.Agents, Handler: p.part},
		{Name: "portfolio.part", Method: "POST", FR: "/projets/{number}/part/{part}", EN: "/projects/{number}/part/{part}", Audience: web.Agents, Handler: p.answerPart},
		{Name: "portfolio.follow", Method: "POST", FR: "/projets/{number}/suivre", EN: "/projects/{number}/follow", Audience: web.Public, Handler: p.follow},
	}
}

// letterRoutes are behind the links of letters: their address is a secret, and a GET changes nothing.
func (p *Pages) letterRoutes() []web.Route {
	return []web.Route{
		{Name: "portfolio.letter", Method: "GET", FR: "/part/{token}", EN: "/part/{token}", Audience: web.Public, Handler: p.letter},
		{Name: "portfolio.letter", Method: "POST", FR: "/part/{token}", EN: "/part/{token}", Audience: web.Public, Handler: p.answerLetter},
		{Name: "portfolio.follow.confirm", Method: "GET", FR: "/suivi/{secret}", EN: "/following/{secret}", Audience: web.Public, Handler: p.followLink("confirm")},
		{Name: "portfolio.follow.confirm", Method: "POST", FR: "/suivi/{secret}", EN: "/following/{secret}", Audience: web.Public, Handler: p.confirmFollow},
		{Name: "portfolio.follow.leave", Method: "GET", FR: "/suivi/{secret}/arreter", EN: "/following/{secret}/stop", Audience: web.Public, Handler: p.followLink("leave")},
		{Name: "portfolio.follow.leave", Method: "POST", FR: "/suivi/{secret}/arreter", EN: "/following/{secret}/stop", Audience: web.Public, Handler: p.leaveFollow},
	}
}

func (p *Pages) arbitrationRoutes() []web.Route {
	return []web.Route{
		{Name: "portfolio.mine", Method: "GET", FR: "/mes-arbitrages", EN: "/my-arbitrations", Audience: web.Elected, Handler: p.myArbitrations, Title: "portfolio.mine.title"},
		{Name: "portfolio.arbitration", Method: "GET", FR: "/arbitrages/{number}", EN: "/arbitrations/{number}", Audience: web.Public, Handler: p.arbitration},
		{Name: "portfolio.arbitration", Method: "POST", FR: "/arbitrages/{number}", EN: "/arbitrations/{number}", Audience: web.Agents, Handler: p.actOnArbitration},
		{Name: "portfolio.arbitration.decide", Method: "POST", FR: "/arbitrages/{number}/decider", EN: "/arbitrations/{number}/decide", Audience: web.Agents, Handler: p.decide},
		{Name: "portfolio.arbitration.note", Method: "GET", FR: "/arbitrages/{number}/note", EN: "/arbitrations/{number}/note", Audience: web.Public, Handler: p.note},
	}
}
