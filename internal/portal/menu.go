package portal

import (
	"context"

	"parvis/internal/identity"
	"parvis/internal/ui"
	"parvis/internal/web"
)

// door is one of the three menus of the site.
type door struct {
	key   string
	route string // where the door leads
	items [][2]string
}

var (
	residents = door{"portal.door.residents", "home", [][2]string{
		{"participation.list.title", "participation.list"}, {"portal.menu.projects", "portfolio.list"}, {"strategy.title", "strategy"}, {"portal.menu.who", "powers.who"}, {"portal.menu.organisation", "powers.organigram"},
		{"portal.menu.journal", "log"}, {"portal.menu.contact", "contact"}}}
	agents = door{"portal.door.agents", "portfolio.todo", [][2]string{
		{"portal.menu.todo", "portfolio.todo"}, {"council.visas.title", "council.visas"}, {"council.cabinet.title", "council.cabinet"}, {"portal.menu.projects", "portfolio.list"}, {"portal.menu.wall", "portfolio.wall"}, {"councilweb.committees.title", "council.committees"}, {"strategy.title", "strategy"}, {"participation.list.title", "participation.list"},
		{"portal.menu.organisation", "powers.organigram"}, {"portal.menu.who", "powers.who"}, {"passation.title", "passation.list"}, {"portal.menu.settings", "admin.accounts"}, {"portal.menu.import", "workspace.import"}}}
	elected = door{"portal.door.elected", "portfolio.mine", [][2]string{
		{"portal.menu.mine", "portfolio.mine"}, {"council.visas.title", "council.visas"}, {"councilweb.agenda.title", "council.agenda"}, {"powersweb.mine.title", "powers.mine"}, {"portal.menu.projects", "portfolio.list"}, {"portal.menu.wall", "portfolio.wall"}, {"councilweb.committees.title", "council.committees"}, {"strategy.title", "strategy"},
		{"portal.menu.who", "powers.who"}}}
)

// reserved are the routes whose items not every agent sees, with who does.
var reserved = map[string]func(identity.Visitor) bool{"admin.accounts": administers, "workspace.import": administers, "council.cabinet": identity.Visitor.Serves}

func administers(v identity.Visitor) bool { return v.Is(identity.Admin) }

// Menus chooses the doors of the visitor; the last one is the visitor's own.
func (p *Portal) Menus(ctx context.Context, v *web.Visit) web.Menus {
	doors := []door{residents}
	if v.Visitor.Is(identity.Agent | identity.Admin) {
		doors = append(doors, agents)
	}
	if v.Visitor.Is(identity.Elected) {
		doors = []door{residents, elected}
	}
	own := doors[len(doors)-1]
	var m web.Menus
	for _, d := range doors {
		if v.Has(d.route) {
			m.Spaces = append(m.Spaces, ui.Item{Label: v.P.T(d.key), URL: v.URL(d.route), Current: d.key == own.key})
		}
	}
	for _, item := range own.items {
		if sees := reserved[item[1]]; sees == nil || sees(v.Visitor) {
			m.Main = link(v, m.Main, item[0], item[1])
		}
	}
	p.count(ctx, v, m.Main)
	return m
}

// count says behind the visitor's own items how many things wait. A count that cannot be read is left
// out: a menu is no place to fail.
func (p *Portal) count(ctx context.Context, v *web.Visit, items []ui.Item) {
	todo, arbitrations, err := p.waiting(ctx, v.Visitor)
	if err != nil {
		return
	}
	for i := range items {
		switch items[i].URL {
		case v.URL("portfolio.todo"):
			items[i].Count = todo
		case v.URL("portfolio.mine"):
			items[i].Count = arbitrations
		}
	}
}
