package passationweb

import (
	"net/http"

	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/portfolio/passation"
	"parvis/internal/ui"
	"parvis/internal/web"
)

type listView struct {
	frame
	passation.Alarms
	Open, Over []passation.Sheet
}

func (v listView) alarms() int { return len(v.Leaving) + len(v.late()) + len(v.Orphans) }

// late are the handovers of people who are gone while something of theirs is not taken.
func (v listView) late() (out []passation.Sheet) {
	for _, s := range v.Open {
		if !v.Today.Before(s.LeavesOn) {
			out = append(out, s)
		}
	}
	return out
}

// list shows what might be lost, then what is being handed over.
func (p *Pages) list(w http.ResponseWriter, r *http.Request) error {
	view, err := p.listView(r)
	if err != nil {
		return err
	}
	return web.Render(w, r, listPage(view))
}

func (p *Pages) listView(r *http.Request) (view listView, err error) {
	view.frame = frameOf(r.Context())
	if view.Alarms, err = p.Room.Alarms(r.Context(), view.Visitor); err != nil {
		return view, err
	}
	all, err := p.Room.Handovers(r.Context(), view.Visitor)
	if err != nil {
		return view, err
	}
	var posts []id.ID
	for _, s := range all {
		posts = append(posts, s.Post, s.Interim)
		if s.Status == passation.Open {
			view.Open = append(view.Open, s)
		} else {
			view.Over = append(view.Over, s)
		}
	}
	for _, l := range view.Leaving {
		posts = append(posts, l.Post)
	}
	for _, risk := range append(append([]passation.Risk(nil), view.Orphans...), view.Alone...) {
		posts = append(posts, risk.Post)
	}
	return view, p.name(r.Context(), &view.frame, posts...)
}

type openView struct {
	frame
	Post     id.ID
	Holdings []Holding
	Interims []ui.Option
}

func (p *Pages) openView(r *http.Request) (view openView, err error) {
	view = openView{frame: frameOf(r.Context()), Post: id.ID(r.FormValue("post"))}
	if view.Post == "" {
		return view, fault.New(fault.NotFound, "passation.which_post")
	}
	if err := p.name(r.Context(), &view.frame, view.Post); err != nil {
		return view, err
	}
	if view.post(view.Post).Text == "" {
		return view, fault.New(fault.NotFound, "passation.which_post")
	}
	if p.Holdings != nil {
		if view.Holdings, err = p.Holdings(r.Context(), view.Post); err != nil {
			return view, err
		}
	}
	view.Interims, err = p.interims(r, view.frame, view.Post)
	return view, err
}

// openForm asks who leaves a post, when, and who keeps its things meanwhile.
func (p *Pages) openForm(w http.ResponseWriter, r *http.Request) error {
	view, err := p.openView(r)
	if err != nil {
		return err
	}
	return web.Render(w, r, openPage(view))
}

type openFormIn struct {
	Post     id.ID        `form:"post,max=64"`
	Holder   id.ID        `form:"holder,max=64"`
	LeavesOn calendar.Day `form:"leaves_on"`
	Interim  id.ID        `form:"interim,max=64"`
}

// open opens a handover: from its form, or in one click from an alarm.
func (p *Pages) open(w http.ResponseWriter, r *http.Request) error {
	view, err := p.openView(r)
	if err != nil {
		return err
	}
	var f openFormIn
	if err := web.Decode(r, &f); err != nil {
		return web.Refuse(w, r, err, openPage(view))
	}
	h, err := p.Room.Open(r.Context(), web.Actor(r), passation.OpenForm{Post: f.Post, Holder: f.Holder, LeavesOn: f.LeavesOn, Interim: f.Interim})
	if err != nil {
		return web.Refuse(w, r, err, openPage(view))
	}
	return web.Done(w, r, web.From(r).URL("passation.handover", h.Number), "passation.done.open")
}
