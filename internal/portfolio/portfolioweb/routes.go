package portfolioweb

import "parvis/internal/web"

// Routes lists the pages of the portfolio.
func (p *Pages) Routes() []web.Route {
	list := append(p.publicRoutes(), p.arbitrationRoutes()...)
	return list
}

func (p *Pages) publicRoutes() []web.Route {
	return []web.Route{
		{Name: "portfolio.list", Method: "GET", FR: "/projets", EN: "/projects", Audience: web.Public, Handler: p.list, Title: "portfolio.list.title"},
		{Name: "portfolio.initiative", Method: "GET", FR: "/projets/{number}", EN: "/projects/{number}", Audience: web.Public, Handler: p.initiative},
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
