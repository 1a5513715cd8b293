package councilweb

import "parvis/internal/web"

// formalRoutes are the pages of formal acts, and what leaves as open data and agendas.
func (p *Pages) formalRoutes() []web.Route {
	return []web.Route{
		{Name: "council.formals", Method: "GET", FR: "/actes", EN: "/formal-acts", Audience: web.Public, Handler: p.formals, Title: "council.formals.title"},
		{Name: "council.formals", Method: "POST", FR: "/actes", EN: "/formal-acts", Audience: web.Agents, Handler: p.prepareFormal},
		{Name: "council.formal", Method: "GET", FR: "/actes/{ref}", EN: "/formal-acts/{ref}", Audience: web.Public, Handler: p.formal},
		{Name: "council.formal", Method: "POST", FR: "/actes/{ref}", EN: "/formal-acts/{ref}", Audience: web.Agents, Handler: p.actOnFormal},
		{Name: "council.formal.file", Method: "GET", FR: "/actes/{ref}/fichier", EN: "/formal-acts/{ref}/file", Audience: web.Agents, Handler: p.formalFile},
		{Name: "council.meeting.acts", Method: "GET", FR: "/seances/{meeting}/actes", EN: "/meetings/{meeting}/formal-acts", Audience: web.Agents, Handler: p.meetingActs},
		{Name: "council.return", Method: "POST", FR: "/retours", EN: "/returns", Audience: web.Agents, Handler: p.stageReturn, Body: 21 << 20},
		{Name: "council.return.see", Method: "GET", FR: "/retours/{staged}", EN: "/returns/{staged}", Audience: web.Agents, Handler: p.seeReturn},
		{Name: "council.return.see", Method: "POST", FR: "/retours/{staged}", EN: "/returns/{staged}", Audience: web.Agents, Handler: p.applyReturn},
		{Name: "council.open", Method: "GET", FR: "/donnees-des-comites", EN: "/committee-data", Audience: web.Public, Handler: p.openData, Title: "council.open.title"},
		{Name: "council.open.scdl", Method: "GET", API: "/open/deliberations.csv", Audience: web.Public, Handler: p.scdl},
		{Name: "council.open.decisions.csv", Method: "GET", API: "/open/decisions.csv", Audience: web.Public, Handler: p.decisionsCSV},
		{Name: "council.open.decisions.xlsx", Method: "GET", API: "/open/decisions.xlsx", Audience: web.Public, Handler: p.decisionsXLSX},
		{Name: "council.open.decisions.atom", Method: "GET", API: "/open/decisions.atom", Audience: web.Public, Handler: p.decisionsAtom},
		{Name: "council.open.ical", Method: "GET", API: "/open/comites/{committee}", Audience: web.Public, Handler: p.committeeCalendar},
		{Name: "council.feed", Method: "GET", API: "/agenda/{token}", Audience: web.Public, Handler: p.feed},
		{Name: "council.subscribe", Method: "GET", FR: "/mon-agenda/abonnement", EN: "/my-calendar/subscription", Audience: web.Agents, Handler: p.subscribe},
		{Name: "council.subscribe", Method: "POST", FR: "/mon-agenda/abonnement", EN: "/my-calendar/subscription", Audience: web.Agents, Handler: p.changeSubscription},
		{Name: "council.quiet", Method: "GET", FR: "/periode-preelectorale", EN: "/pre-election-period", Audience: web.Public, Handler: p.quiet, Title: "council.quiet.title"},
		{Name: "council.quiet", Method: "POST", FR: "/periode-preelectorale", EN: "/pre-election-period", Audience: web.Agents, Handler: p.changeQuiet},
	}
}
