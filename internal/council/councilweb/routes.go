package councilweb

import (
	"slices"

	"parvis/internal/web"
)

// Routes lists the pages of the committees. Each family of pages has its own list beside its handlers:
// add yours here.
func (p *Pages) Routes() []web.Route {
	return slices.Concat(
		p.committeeRoutes(),
		p.meetingRoutes(),
		p.deadlineRoutes(),
		p.listRoutes(),
		p.circuitRoutes(),
		p.formalRoutes(),
	)
}
