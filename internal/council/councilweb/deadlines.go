package councilweb

import (
	"context"
	"net/http"

	"github.com/a-h/templ"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/council"
	"parvis/internal/id"
	"parvis/internal/ui"
	"parvis/internal/web"
)

func (p *Pages) deadlineRoutes() []web.Route {
	return []web.Route{
		{Name: "council.deadlines", Method: "GET", FR: "/comites/{committee}/echeances", EN: "/committees/{committee}/deadlines", Audience: web.Agents, Handler: p.deadlines},
		{Name: "council.deadlines", Method: "POST", FR: "/comites/{committee}/echeances", EN: "/committees/{committee}/deadlines", Audience: web.Agents, Handler: p.actOnDeadlines},
	}
}

// deadlinesView is the page on which a committee writes its deadlines. MayAct: the visitor is of its bureau.
type deadlinesView struct {
	council.CommitteeFile
	Rules  []council.Deadline
	Names  map[id.ID]Label
	Posts  []Choice
	MayAct bool
}

func (p *Pages) deadlinesView(r *http.Request) (view deadlinesView, err error) {
	v := web.From(r)
	if view.CommitteeFile, err = p.Room.Committee(r.Context(), v.Visitor, r.PathValue("committee")); err != nil {
		return view, err
	}
	if view.Rules, err = p.Room.Deadlines(r.Context(), v.Visitor, view.ID); err != nil {
		return view, err
	}
	var posts []id.ID
	for _, d := range view.Rules {
		if d.Post != "" {
			posts = append(posts, d.Post)
		}
	}
	if view.Names, err = p.postNames(r, posts); err != nil {
		return view, err
	}
	view.MayAct = view.Bureau && !v.Visitor.ReadOnly && view.ClosedOn == ""
	view.Posts, err = choices(r, p.Names.AllPosts)
	return view, err
}

func (p *Pages) deadlines(w http.ResponseWriter, r *http.Request) error {
	view, err := p.deadlinesView(r)
	if err != nil {
		return err
	}
	return web.Render(w, r, deadlinesPage(view))
}

func (p *Pages) actOnDeadlines(w http.ResponseWriter, r *http.Request) error {
	view, err := p.deadlinesView(r)
	if err != nil {
		return err
	}
	page := func() (templ.Component, error) {
		again, err := p.deadlinesView(r)
		return deadlinesPage(again), err
	}
	return perform(w, r, p.deadlineDeeds(view.ID), page, web.From(r).URL("council.deadlines", view.Code))
}

// deadlineForm is what is typed of a deadline.
type deadlineForm struct {
	Version  int64  `form:"version"`
	Name     string `form:"name,max=250"`
	NameEN   string `form:"name_en,max=250"`
	Days     int    `form:"days"`
	Side     string `form:"side,max=10"`
	Counting string `form:"counting,max=10"`
	Post     id.ID  `form:"post,max=64"`
	Settled  string `form:"settled,max=10"`
}

func (f deadlineForm) room() council.DeadlineForm {
	return council.DeadlineForm{NameFR: f.Name, NameEN: f.NameEN, Days: f.Days, After: f.Side == after, Counting: council.Counting(f.Counting),
		Post: f.Post, Settled: council.Settling(f.Settled)}
}

// The sides of the meeting.
const (
	before = "before"
	after  = "after"
)

// newDeadline is what the form offers first.
func newDeadline() council.Deadline {
	return council.Deadline{Days: -12, Counting: council.CalendarDays}
}

// deadlineDeeds are what the bureau does with deadlines: the thread follows the dot in the name of the form.
func (p *Pages) deadlineDeeds(committee id.ID) map[string]web.Deed {
	return map[string]web.Deed{
		"add_deadline": web.Decoded(func(r *http.Request, by act.Actor, _ string, f deadlineForm) error {
			return nothing(p.Room.AddDeadline(r.Context(), by, committee, f.room()))
		}),
		"revise_deadline": web.Decoded(func(r *http.Request, by act.Actor, about string, f deadlineForm) error {
			return nothing(p.Room.ReviseDeadline(r.Context(), by, committee, id.ID(about), f.Version, f.room()))
		}),
		"end_deadline": web.Decoded(func(r *http.Request, by act.Actor, about string, f versioned) error {
			return p.Room.EndDeadline(r.Context(), by, committee, id.ID(about), f.Version)
		}),
	}
}

// deadlineMarks say of a deadline of a meeting that it is met, or not after all.
func (p *Pages) deadlineMarks(meeting id.ID) map[string]web.Deed {
	mark := func(done bool) web.Deed {
		return func(r *http.Request, by act.Actor, about string) error {
			return p.Room.MeetDeadline(r.Context(), by, meeting, id.ID(about), done)
		}
	}
	return map[string]web.Deed{"met": mark(true), "unmet": mark(false)}
}

// sideOf tells on which side of the meeting a deadline is.
func sideOf(d council.Deadline) string {
	if d.Days > 0 {
		return after
	}
	return before
}

// countOf is a deadline as assemblies say it: « J − 12 », « J − 6 ouvrés ».
func countOf(ctx context.Context, d council.Deadline) string {
	day, sign := ui.T(ctx, "council.deadline.j"), "−"
	switch {
	case d.Days == 0:
		return day
	case d.Days > 0:
		sign = "+"
	}
	count := day + "\u00a0" + sign + "\u00a0" + itoa(max(d.Days, -d.Days))
	if d.Counting != council.CalendarDays {
		count += "\u00a0" + ui.T(ctx, "council.deadline.unit."+string(d.Counting))
	}
	return count
}

// countText says the same in words.
func countText(ctx context.Context, d council.Deadline) string {
	if d.Days == 0 {
		return ui.T(ctx, "council.deadline.the_day")
	}
	return ui.N(ctx, "council.deadline."+sideOf(d)+"."+string(d.Counting), max(d.Days, -d.Days))
}

// mayMeet tells whether the visitor says that a deadline of the meeting is met: the bureau, and whoever it is for.
func (v fileView) mayMeet(ctx context.Context, d council.MeetingDeadline) bool {
	visitor := web.Of(ctx).Visitor
	return !visitor.ReadOnly && d.Settled == council.BySomebody && v.Meeting.Status != council.Cancelled && (v.Bureau || visitor.Holds(d.Post))
}

func mayWrite(ctx context.Context) bool { return !web.Of(ctx).Visitor.ReadOnly }

func today(ctx context.Context) calendar.Day { return calendar.DayOf(web.Of(ctx).Now) }
