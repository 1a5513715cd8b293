package powersweb

import (
	"net/http"

	"parvis/internal/calendar"
	"parvis/internal/id"
	"parvis/internal/powers"
	"parvis/internal/web"
)

// mineView is what an elected member received and gave on a day, over all the posts they hold.
type mineView struct {
	Day             calendar.Day
	Posts           int
	Received, Given []powers.DelegationView
}

// mine is "Mes délégations".
func (p *Pages) mine(w http.ResponseWriter, r *http.Request) error {
	visitor := web.From(r)
	view := mineView{Day: calendar.DayOf(visitor.Now), Posts: len(visitor.Visitor.Posts)}
	all, err := powers.Delegations(r.Context(), p.Read, powers.Latest(view.Day))
	if err != nil {
		return err
	}
	mine := map[id.ID]bool{}
	for _, held := range visitor.Visitor.Posts {
		mine[held.ID] = true
	}
	for _, d := range all {
		if mine[d.Receiver] {
			view.Received = append(view.Received, d)
		}
		if mine[d.Giver] {
			view.Given = append(view.Given, d)
		}
	}
	return web.Render(w, r, minePage(view))
}
