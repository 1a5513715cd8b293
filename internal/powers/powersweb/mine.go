package powersweb

import (
	"net/http"

	"parvis/internal/calendar"
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
	for _, held := range visitor.Visitor.Posts {
		sheet, err := powers.PostFor(r.Context(), p.Read, held.ID, powers.Latest(view.Day), true)
		if err != nil {
			return err
		}
		view.Received = append(view.Received, sheet.Received...)
		view.Given = append(view.Given, sheet.Given...)
	}
	return web.Render(w, r, minePage(view))
}
