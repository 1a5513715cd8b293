package councilweb

import "parvis/internal/web"

// circuitRoutes are the pages of opinions and visas. Behind the link of a letter, the address is a secret
// and a GET changes nothing.
func (p *Pages) circuitRoutes() []web.Route {
	return []web.Route{
		{Name: "council.visas", Method: "GET", FR: "/mes-visas", EN: "/my-sign-offs", Audience: web.Agents, Handler: p.visas, Title: "council.visas.title"},
		{Name: "council.visas", Method: "POST", FR: "/mes-visas", EN: "/my-sign-offs", Audience: web.Agents, Handler: p.answerVisas},
		{Name: "council.visa", Method: "GET", FR: "/mes-visas/{visa}", EN: "/my-sign-offs/{visa}", Audience: web.Agents, Handler: p.visa},
		{Name: "council.visa", Method: "POST", FR: "/mes-visas/{visa}", EN: "/my-sign-offs/{visa}", Audience: web.Agents, Handler: p.answerVisa},
		{Name: "council.visa.letter", Method: "GET", FR: "/visa/{token}", EN: "/sign-off/{token}", Audience: web.Public, Handler: p.visaLetter},
		{Name: "council.visa.letter", Method: "POST", FR: "/visa/{token}", EN: "/sign-off/{token}", Audience: web.Public, Handler: p.answerVisaLetter},
		{Name: "council.circuits", Method: "GET", FR: "/comites/points/{item}/circuits", EN: "/committees/items/{item}/circuits", Audience: web.Agents, Handler: p.circuits},
		{Name: "council.circuits", Method: "POST", FR: "/comites/points/{item}/circuits", EN: "/committees/items/{item}/circuits", Audience: web.Agents, Handler: p.actOnCircuits},
		{Name: "council.drawings", Method: "GET", FR: "/comites/circuits", EN: "/committees/circuits", Audience: web.Agents, Handler: p.drawings, Title: "council.drawings.title"},
		{Name: "council.drawing.new", Method: "GET", FR: "/comites/circuits/nouveau", EN: "/committees/circuits/new", Audience: web.Agents, Handler: p.newDrawing},
		{Name: "council.drawing.new", Method: "POST", FR: "/comites/circuits/nouveau", EN: "/committees/circuits/new", Audience: web.Agents, Handler: p.newDrawing},
		{Name: "council.drawing", Method: "GET", FR: "/comites/circuits/{committee}/{code}", EN: "/committees/circuits/{committee}/{code}", Audience: web.Agents, Handler: p.drawing},
		{Name: "council.drawing", Method: "POST", FR: "/comites/circuits/{committee}/{code}", EN: "/committees/circuits/{committee}/{code}", Audience: web.Agents, Handler: p.actOnDrawing},
		{Name: "council.drawing.edition", Method: "GET", FR: "/comites/circuits/{committee}/{code}/edition", EN: "/committees/circuits/{committee}/{code}/edition", Audience: web.Agents, Handler: p.redraw},
		{Name: "council.drawing.edition", Method: "POST", FR: "/comites/circuits/{committee}/{code}/edition", EN: "/committees/circuits/{committee}/{code}/edition", Audience: web.Agents, Handler: p.redraw},
	}
}
