package councilweb

import (
	"net/http"

	"parvis/internal/council"
	"parvis/internal/identity"
	"parvis/internal/web"
)

// Member is an elected member, as the cabinet reads for them.
type Member struct {
	Name    string
	Visitor identity.Visitor // what the member would read
}

// cabinetView is what waits for the elected members.
type cabinetView struct {
	Lang string
	Busy []servedMember
	Free []string // those for whom nothing waits
}

type servedMember struct {
	Member
	council.Served
}

// cabinet shows those who work for the elected members what waits for each of them.
func (p *Pages) cabinet(w http.ResponseWriter, r *http.Request) error {
	v := web.From(r)
	view := cabinetView{Lang: v.Lang}
	members, err := p.Elected(r.Context(), v.Lang)
	if err != nil {
		return err
	}
	seen := make([]identity.Visitor, len(members))
	for n, m := range members {
		seen[n] = m.Visitor
	}
	waits, err := p.Room.ServedBy(r.Context(), v.Visitor, seen)
	if err != nil {
		return err
	}
	for n, m := range members {
		if waits[n].Empty() {
			view.Free = append(view.Free, m.Name)
		} else {
			view.Busy = append(view.Busy, servedMember{m, waits[n]})
		}
	}
	return web.Render(w, r, cabinetPage(view))
}
