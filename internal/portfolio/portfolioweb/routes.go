package portfolioweb

import "parvis/internal/web"

// Routes lists the pages of the portfolio.
func (p *Pages) Routes() []web.Route {
	list := append(p.publicRoutes(), p.letterRoutes()...)
	list = append(list, p.arbitrationRoutes()...)
	return append(list, p.agentRoutes()...)
}

// agentRoutes are the pages of deeds about an initiative; the form of each posts to its own address.
func (p *Pages) agentRoutes() []web.Route {
	return []web.Route{
		{Name: "portfolio.new", Method: "GET", FR: "/projets/nouveau", EN: "/projects/new", Audience: web.Agents, Handler: p.newInitiative, Title: "portfolio.new.title"},
		{Name: "portfolio.new", Method: "POST", FR: "/projets/nouveau", EN: "/projects/new", Audience: web.Agents, Handler: p.createInitiative},
		{Name: "portfolio.initiative.revise", Method: "GET", FR: "/projets/{number}/fiche", EN: "/projects/{number}/sheet", Audience: web.Agents, Handler: p.revise},
		{Name: "portfolio.initiative.revise", Method: "POST", FR: "/projets/{number}/fiche", EN: "/projects/{number}/sheet", Audience: web.Agents, Handler: p.revise},
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
