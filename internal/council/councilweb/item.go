package councilweb

import (
	"net/http"

	"github.com/a-h/templ"

	"parvis/internal/council"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/web"
)

// itemView is half a page about an item, with what can be done with it.
type itemView struct {
	fileView
	council.ItemFile
	Later []council.Meeting // meetings to which it may be put off
	Ahead aheadView         // the circuits that it goes through
	Made  council.Formal    // formal act of its decision; zero while there is none
}

func (p *Pages) itemView(r *http.Request) (itemView, error) {
	v := web.From(r)
	meeting, err := p.Room.MeetingOf(r.Context(), v.Visitor, id.ID(r.PathValue("item")))
	if err != nil {
		return itemView{}, err
	}
	file, err := p.view(r, string(meeting), "council.item")
	if err != nil {
		return itemView{}, err
	}
	i, ok := file.Item(id.ID(r.PathValue("item")))
	if !ok || i.Closed {
		return itemView{}, unknownThing("council.item.not_found")
	}
	view := itemView{fileView: file, ItemFile: i}
	view.Point = i.ID
	if !file.Inside || i.Withheld {
		return view, nil
	}
	if view.Posts, err = choices(r, p.Names.AllPosts); err != nil {
		return view, err
	}
	if view.Units, err = choices(r, p.Names.AllUnits); err != nil {
		return view, err
	}
	if err = p.atHand(r, &view.fileView, i); err != nil {
		return view, err
	}
	if view.Ahead, err = p.itemAhead(r.Context(), i.Item); err != nil {
		return view, err
	}
	if i.Decision != nil {
		if view.Made, _, err = p.Room.FormalOf(r.Context(), v.Visitor, *i.Decision); err != nil {
			return view, err
		}
	}
	if p.Journal != nil {
		view.Journal = p.Journal(r.Context(), i.Ref())
	}
	view.Later, err = p.later(r, view)
	return view, err
}

// later lists the meetings of the committee that come after this one.
func (p *Pages) later(r *http.Request, view itemView) ([]council.Meeting, error) {
	c, err := p.Room.Committee(r.Context(), web.From(r).Visitor, string(view.Committee.ID))
	var out []council.Meeting
	for _, m := range c.Meetings {
		if m.ID != view.fileView.Meeting.ID && !m.Held() && m.Status != council.Cancelled {
			out = append([]council.Meeting{m}, out...)
		}
	}
	return out, err
}

func (p *Pages) item(w http.ResponseWriter, r *http.Request) error {
	view, err := p.itemView(r)
	if err != nil {
		return err
	}
	if refused(view.ItemFile) {
		return web.RenderStatus(w, r, http.StatusForbidden, recusedPage(view))
	}
	return web.Render(w, r, itemPage(view))
}

func (p *Pages) actOnItem(w http.ResponseWriter, r *http.Request) error {
	view, err := p.itemView(r)
	if err == nil && refused(view.ItemFile) {
		err = fault.New(fault.Denied, "council.recused")
	}
	if err != nil {
		return err
	}
	if err := web.Parse(r); err != nil {
		return err
	}
	view.speak(r, view.ItemFile)
	page := func() (templ.Component, error) {
		again, err := p.itemView(r)
		return itemPage(again), err
	}
	which := id.ID(r.PathValue("item"))
	to := web.From(r).URL("council.item", which)
	if r.PostFormValue("event") == "recuse" { // whoever withdrew reads that page no more
		to = web.From(r).URL("council.meeting", view.fileView.Meeting.Number)
	}
	return perform(w, r, p.itemDeeds(which), page, to)
}
