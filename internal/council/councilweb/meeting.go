package councilweb

import (
	"maps"
	"net/http"
	"slices"

	"github.com/a-h/templ"

	"parvis/internal/blob"
	"parvis/internal/calendar"
	"parvis/internal/council"
	"parvis/internal/id"
	"parvis/internal/portfolio"
	"parvis/internal/web"
)

func (p *Pages) meetingRoutes() []web.Route {
	return []web.Route{
		{Name: "council.meeting", Method: "GET", FR: "/seances/{meeting}", EN: "/meetings/{meeting}", Audience: web.Public, Handler: p.meeting},
		{Name: "council.meeting", Method: "POST", FR: "/seances/{meeting}", EN: "/meetings/{meeting}", Audience: web.Agents, Handler: p.actOnMeeting("council.meeting"), Body: blob.MaxPaper + 1<<20},
		{Name: "council.meeting.ical", Method: "GET", FR: "/seances/{meeting}/agenda.ics", EN: "/meetings/{meeting}/calendar.ics", Audience: web.Public, Handler: p.meetingCalendar},
		{Name: "council.hold", Method: "GET", FR: "/seances/{meeting}/tenue", EN: "/meetings/{meeting}/sitting", Audience: web.Agents, Handler: p.hold},
		{Name: "council.hold", Method: "POST", FR: "/seances/{meeting}/tenue", EN: "/meetings/{meeting}/sitting", Audience: web.Agents, Handler: p.actOnMeeting("council.hold")},
		{Name: "council.actions.csv", Method: "GET", FR: "/seances/{meeting}/suites.csv", EN: "/meetings/{meeting}/follow-ups.csv", Audience: web.Agents, Handler: p.actionsCSV},
		{Name: "council.actions.xlsx", Method: "GET", FR: "/seances/{meeting}/suites.xlsx", EN: "/meetings/{meeting}/follow-ups.xlsx", Audience: web.Agents, Handler: p.actionsXLSX},
		{Name: "council.file", Method: "GET", FR: "/seances/{meeting}/dossier", EN: "/meetings/{meeting}/file", Audience: web.Agents, Handler: p.file},
		{Name: "council.minutes", Method: "GET", FR: "/seances/{meeting}/proces-verbal", EN: "/meetings/{meeting}/minutes", Audience: web.Public, Handler: p.minutes},
		{Name: "council.minutes", Method: "POST", FR: "/seances/{meeting}/proces-verbal", EN: "/meetings/{meeting}/minutes", Audience: web.Agents, Handler: p.actOnMinutes},
		{Name: "council.item", Method: "GET", FR: "/points/{item}", EN: "/items/{item}", Audience: web.Public, Handler: p.item},
		{Name: "council.item", Method: "POST", FR: "/points/{item}", EN: "/items/{item}", Audience: web.Agents, Handler: p.actOnItem, Body: blob.MaxPaper + 1<<20},
		{Name: "council.concern", Method: "GET", FR: "/arbitrages/{number}/interets", EN: "/arbitrations/{number}/interests", Audience: web.Agents, Handler: p.concern},
		{Name: "council.concern", Method: "POST", FR: "/arbitrages/{number}/interets", EN: "/arbitrations/{number}/interests", Audience: web.Agents, Handler: p.actOnConcern},
		{Name: "council.paper", Method: "GET", FR: "/pieces/{paper}", EN: "/papers/{paper}", Audience: web.Public, Handler: p.paper},
		{Name: "council.cabinet", Method: "GET", FR: "/cabinet", EN: "/cabinet", Audience: web.Agents, Handler: p.cabinet, Title: "council.cabinet.title"},
		{Name: "council.agenda", Method: "GET", FR: "/mon-agenda", EN: "/my-agenda", Audience: web.Elected, Handler: p.agenda, Title: "councilweb.agenda.title"},
		{Name: "council.submitted", Method: "GET", FR: "/affaires-soumises", EN: "/matters-submitted", Audience: web.Elected, Handler: p.submitted, Title: "councilweb.submitted.title"},
	}
}

// fileView is a meeting with everything on its table, and the names that its pages need.
type fileView struct {
	council.File
	Book    book
	Today   calendar.Day
	Region  calendar.Region // of the public holidays
	Lang    string
	Route   string // of the page that shows it: its forms post there
	Point   id.ID  // of the item that the holding screen is at
	Journal templ.Component
	May     map[string]bool // verbs of the deeds that the page holds out; those of its route are asked about
	Chairs  bool            // the reader presides the committee or the meeting
	MayAct  bool            // not by an e-mail link, which alone reads

	Awaited []council.Awaited // what binds the item at hand
	Asked   map[id.ID]Label   // of whom

	Waiting   []portfolio.Waiting // questions that could be put on the agenda
	ToApprove []council.Meeting   // whose minutes wait to be on the agenda of a council

	Follow followView // what earlier meetings asked for

	PutOff []council.Item // items put off to a day that was not set
	Posts  []Choice
	Units  []Choice
}

func (p *Pages) view(r *http.Request, key, route string) (fileView, error) {
	v := web.From(r)
	f, err := p.Room.File(r.Context(), v.Visitor, key)
	if err != nil {
		return fileView{}, err
	}
	view := fileView{File: f, Today: calendar.DayOf(v.Now), Region: p.Room.Region(), Lang: v.Lang, Route: route, Chairs: f.Presides(v.Visitor), MayAct: !v.Visitor.ReadOnly}
	if view.May, err = p.Room.Offered(r.Context(), v.Visitor, f, council.ItemFile{}, offers(route)...); err != nil {
		return view, err
	}
	view.Book, err = p.open(r.Context(), f.Posts, f.Units)
	view.Follow = followView{List: view.earlier(), Book: view.Book, Today: view.Today}
	return view, err
}

// prepared adds to a meeting what its preparation offers.
func (p *Pages) prepared(r *http.Request, view *fileView) (err error) {
	v := web.From(r)
	if !view.Inside || view.Meeting.Held() || view.Meeting.Status == council.Cancelled {
		return nil
	}
	if view.Posts, err = choices(r, p.Names.AllPosts); err != nil {
		return err
	}
	if view.Units, err = choices(r, p.Names.AllUnits); err != nil {
		return err
	}
	waiting, err := p.Portfolio.Unanswered(r.Context(), v.Visitor)
	if err != nil {
		return err
	}
	withheld, err := p.Room.Withheld(r.Context(), v.Visitor)
	for _, w := range waiting {
		on := slices.ContainsFunc(view.Items, func(i council.ItemFile) bool { return i.Arbitration == w.ID && i.Status == council.Listed })
		if !on && !withheld.Arbitration(w.ID) {
			view.Waiting = append(view.Waiting, w)
		}
	}
	if err != nil {
		return err
	}
	if view.ToApprove, err = p.Room.ToApprove(r.Context(), v.Visitor, view.File); err != nil {
		return err
	}
	view.PutOff, err = p.Room.PutOff(r.Context(), v.Visitor, view.Committee.ID)
	return err
}

func (p *Pages) meetingView(r *http.Request, route string) (fileView, error) {
	view, err := p.view(r, r.PathValue("meeting"), route)
	if err != nil {
		return view, err
	}
	if p.Journal != nil && view.Inside {
		view.Journal = p.Journal(r.Context(), view.Meeting.Ref())
	}
	if route == "council.meeting" {
		if err := p.follow(r, &view.Follow, web.From(r).URL(route, view.Meeting.Number)); err != nil {
			return view, err
		}
	}
	return view, p.prepared(r, &view)
}

func (p *Pages) meeting(w http.ResponseWriter, r *http.Request) error {
	view, err := p.meetingView(r, "council.meeting")
	if err != nil {
		return err
	}
	return web.Render(w, r, meetingPage(view))
}

// hold is the screen of the sitting: attendance, quorum, the item at hand, its vote and its decision.
func (p *Pages) hold(w http.ResponseWriter, r *http.Request) error {
	view, err := p.holdView(r, id.ID(r.URL.Query().Get("point")))
	if err != nil {
		return err
	}
	return web.Render(w, r, holdPage(view))
}

func (p *Pages) holdView(r *http.Request, point id.ID) (fileView, error) {
	view, err := p.meetingView(r, "council.hold")
	if err != nil {
		return view, err
	}
	view.Point = point
	if i, ok := view.At(); ok {
		err = p.atHand(r, &view, i)
	}
	return view, err
}

func (p *Pages) actOnMeeting(route string) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		view, err := p.view(r, r.PathValue("meeting"), route)
		if err != nil {
			return err
		}
		// The form is read once with its file, before anything looks at its fields.
		if _, err := web.File(r, "file", blob.MaxPaper); err != nil {
			return err
		}
		point := id.ID(r.PostFormValue("point"))
		i, _ := view.Item(point)
		view.speak(r, i)
		page := func() (templ.Component, error) {
			if route == "council.hold" {
				again, err := p.holdView(r, point)
				return holdPage(again), err
			}
			again, err := p.meetingView(r, route)
			again.Point = point
			return meetingPage(again), err
		}
		to := web.From(r).URL(route, view.Meeting.Number)
		if point != "" {
			to += "?point=" + string(point)
		}
		deeds := p.meetingDeeds(view)
		maps.Copy(deeds, p.itemDeeds(point))
		maps.Copy(deeds, p.deadlineMarks(view.Meeting.ID))
		maps.Copy(deeds, p.actionDeeds())
		return perform(w, r, deeds, page, to)
	}
}
