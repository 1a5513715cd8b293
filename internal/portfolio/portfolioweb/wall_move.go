package portfolioweb

import (
	"net/http"

	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/portfolio"
	"parvis/internal/web"
)

// moveForm is a card carried from one column to another. Where it stands is in the address of the form,
// where it goes is chosen: by a drag, by the arrow keys, or in the list.
type moveForm struct {
	Version int64        `form:"version"`
	To      string       `form:"to,max=64"`
	Note    string       `form:"note,max=8000"`
	Review  calendar.Day `form:"review"`
	Keep    bool         `form:"keep"`
}

// moveView is shown when a move needs more than a column: why it stops, when it is looked at again.
type moveView struct {
	Sheet  sheetView
	Form   moveForm
	By     portfolio.GroupBy
	Action string
	Back   string
}

func (p *Pages) move(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	var f moveForm
	if err := web.Decode(r, &f); err != nil {
		return err
	}
	v := web.From(r)
	back := web.Local(q.Get("back"), v.URL("portfolio.wall"))
	s, err := p.sheetByID(r, q.Get("card"))
	if err != nil {
		return err
	}
	err = p.Room.MoveCard(r.Context(), web.Actor(r), portfolio.CardMove{Initiative: id.ID(q.Get("card")), Version: f.Version,
		GroupBy: portfolio.GroupBy(q.Get("by")), From: keyOfColumn(q.Get("from")), To: keyOfColumn(f.To), Keep: f.Keep, Note: f.Note, Review: f.Review})
	switch fault.KindOf(err) {
	case fault.Invalid, fault.Conflict, fault.Denied:
		f.Version = s.Version
		return web.Refuse(w, r, err, movePage(moveView{s, f, portfolio.GroupBy(q.Get("by")), r.URL.RequestURI(), back}))
	}
	if err != nil {
		return err
	}
	return web.Done(w, r, back, "portfolio.done.move", "title", s.Title, "by", v.P.T("portfolio.wall.by."+q.Get("by")))
}

func keyOfColumn(key string) string {
	if key == noColumn {
		return ""
	}
	return key
}

// sheetByID reads an initiative of which the address does not hold the number.
func (p *Pages) sheetByID(r *http.Request, key string) (sheetView, error) {
	r.SetPathValue("number", key)
	return p.sheet(r)
}
