package councilweb

import (
	"maps"
	"net/http"

	"github.com/a-h/templ"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/council"
	"parvis/internal/id"
	"parvis/internal/ui"
	"parvis/internal/web"
)

// committeeView is the page of a committee.
type committeeView struct {
	council.CommitteeFile
	Book    book
	Posts   []Choice
	Inside  bool
	Today   calendar.Day
	Lang    string
	Journal templ.Component

	Deadlines []council.Deadline
	Follow    followView
	May       map[string]bool // as on the pages of meetings
}

func (p *Pages) committeeView(r *http.Request) (committeeView, error) {
	v := web.From(r)
	f, err := p.Room.Committee(r.Context(), v.Visitor, r.PathValue("committee"))
	if err != nil {
		return committeeView{}, err
	}
	view := committeeView{CommitteeFile: f, Inside: v.Visitor.Inside(), Today: calendar.DayOf(v.Now), Lang: v.Lang}
	if view.Book, err = p.open(r.Context(), f.Posts, f.Units); err != nil {
		return view, err
	}
	if view.Inside {
		if view.Deadlines, err = p.Room.Deadlines(r.Context(), v.Visitor, f.ID); err != nil {
			return view, err
		}
		if view.Posts, err = choices(r, p.Names.AllPosts); err != nil {
			return view, err
		}
		if view.May, err = p.Room.Offered(r.Context(), v.Visitor, view.atLarge().File, council.ItemFile{}, offers("council.committee")...); err != nil {
			return view, err
		}
		view.Follow = followView{List: openActions(f.Actions), Closed: council.ClosedLately(f.Actions), Book: view.Book, Today: view.Today}
		if err := p.follow(r, &view.Follow, v.URL("council.committee", f.Code)); err != nil {
			return view, err
		}
		if p.Journal != nil {
			view.Journal = p.Journal(r.Context(), f.Ref())
		}
	}
	return view, nil
}

// atLarge is the committee without a meeting, for what is done about the committee itself.
func (c committeeView) atLarge() fileView {
	return fileView{File: council.File{Committee: c.Committee, Assembly: council.Assembly{Seats: c.Members}}}
}

func (p *Pages) committee(w http.ResponseWriter, r *http.Request) error {
	view, err := p.committeeView(r)
	if err != nil {
		return err
	}
	return web.Render(w, r, committeePage(view))
}

func (p *Pages) actOnCommittee(w http.ResponseWriter, r *http.Request) error {
	view, err := p.committeeView(r)
	if err != nil {
		return err
	}
	if err := web.Parse(r); err != nil {
		return err
	}
	view.atLarge().speak(r, council.ItemFile{})
	page := func() (templ.Component, error) {
		again, err := p.committeeView(r)
		return committeePage(again), err
	}
	return perform(w, r, p.committeeDeeds(view), page, web.From(r).URL("council.committee", view.Code))
}

type seatForm struct {
	Post     id.ID        `form:"post,max=64,required"`
	Role     string       `form:"role,max=20"`
	StandsIn id.ID        `form:"stands_in,max=64"`
	From     calendar.Day `form:"from"`
}

type lastForm struct {
	Last calendar.Day `form:"last"`
}

func (p *Pages) committeeDeeds(c committeeView) map[string]web.Deed {
	deeds := map[string]web.Deed{
		"seat": web.Decoded(func(r *http.Request, by act.Actor, _ string, f seatForm) error {
			return nothing(p.Room.SeatMember(r.Context(), by, council.SeatForm{Committee: c.ID, Post: f.Post, Role: council.Role(f.Role), StandsIn: f.StandsIn, From: f.From}))
		}),
		"end": web.Decoded(func(r *http.Request, by act.Actor, about string, f lastForm) error {
			return p.Room.EndMember(r.Context(), by, c.ID, id.ID(about), f.Last)
		}),
		"revise": web.Decoded(func(r *http.Request, by act.Actor, _ string, f committeeForm) error {
			return nothing(p.Room.ReviseCommittee(r.Context(), by, c.ID, f.Version, f.room()))
		}),
		"close": web.Decoded(func(r *http.Request, by act.Actor, _ string, f because) error {
			return nothing(p.Room.CloseCommittee(r.Context(), by, c.ID, f.Version, f.Reason))
		}),
		"prepare": web.Decoded(func(r *http.Request, by act.Actor, _ string, f meetingForm) error {
			return nothing(p.Room.PrepareMeeting(r.Context(), by, c.ID, f.room()))
		}),
	}
	maps.Copy(deeds, p.actionDeeds())
	return deeds
}

// seatsThatVote are the seats that a deputy may stand in for.
func (c committeeView) seatsThatVote() []ui.Option {
	out := []ui.Option{{}}
	for _, m := range c.Members {
		if m.Votes() {
			out = append(out, ui.Option{Value: string(m.ID), Label: c.Book.post(m.Post).Long})
		}
	}
	return out
}

// standsFor is the post of the seat that a deputy stands in for.
func (c committeeView) standsFor(m council.Member) string {
	for _, other := range c.Members {
		if other.ID == m.StandsIn {
			return c.Book.post(other.Post).Long
		}
	}
	return ""
}

func (c committeeView) upcoming() (next, past []council.Meeting) {
	for _, m := range c.Meetings {
		if m.Held() || m.Status == council.Cancelled {
			past = append(past, m)
		} else {
			next = append([]council.Meeting{m}, next...)
		}
	}
	return next, past
}
