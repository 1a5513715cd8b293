package councilweb

import (
	"fmt"
	"net/http"
	"slices"

	"github.com/a-h/templ"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/council"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/portfolio"
	"parvis/internal/ui"
	"parvis/internal/web"
)

func (p *Pages) meetingRoutes() []web.Route {
	return []web.Route{
		{Name: "council.meeting", Method: "GET", FR: "/seances/{meeting}", EN: "/meetings/{meeting}", Audience: web.Public, Handler: p.meeting},
		{Name: "council.meeting", Method: "POST", FR: "/seances/{meeting}", EN: "/meetings/{meeting}", Audience: web.Agents, Handler: p.actOnMeeting("council.meeting"), Body: council.MaxPaper + 1<<20},
		{Name: "council.hold", Method: "GET", FR: "/seances/{meeting}/tenue", EN: "/meetings/{meeting}/sitting", Audience: web.Agents, Handler: p.hold},
		{Name: "council.hold", Method: "POST", FR: "/seances/{meeting}/tenue", EN: "/meetings/{meeting}/sitting", Audience: web.Agents, Handler: p.actOnMeeting("council.hold")},
		{Name: "council.file", Method: "GET", FR: "/seances/{meeting}/dossier", EN: "/meetings/{meeting}/file", Audience: web.Agents, Handler: p.file},
		{Name: "council.minutes", Method: "GET", FR: "/seances/{meeting}/proces-verbal", EN: "/meetings/{meeting}/minutes", Audience: web.Public, Handler: p.minutes},
		{Name: "council.minutes", Method: "POST", FR: "/seances/{meeting}/proces-verbal", EN: "/meetings/{meeting}/minutes", Audience: web.Agents, Handler: p.actOnMinutes},
		{Name: "council.item", Method: "GET", FR: "/points/{item}", EN: "/items/{item}", Audience: web.Public, Handler: p.item},
		{Name: "council.item", Method: "POST", FR: "/points/{item}", EN: "/items/{item}", Audience: web.Agents, Handler: p.actOnItem, Body: council.MaxPaper + 1<<20},
		{Name: "council.paper", Method: "GET", FR: "/pieces/{paper}", EN: "/papers/{paper}", Audience: web.Public, Handler: p.paper},
		{Name: "council.agenda", Method: "GET", FR: "/mon-agenda", EN: "/my-agenda", Audience: web.Elected, Handler: p.agenda, Title: "councilweb.agenda.title"},
		{Name: "council.submitted", Method: "GET", FR: "/affaires-soumises", EN: "/matters-submitted", Audience: web.Elected, Handler: p.submitted, Title: "councilweb.submitted.title"},
	}
}

// fileView is a meeting with everything on its table, and the names that its pages need.
type fileView struct {
	council.File
	Book    book
	Today   calendar.Day
	Lang    string
	Route   string // of the page that shows it: its forms post there
	Point   id.ID  // of the item that the holding screen is at
	Journal templ.Component

	Awaited []council.Awaited // what binds the item at hand
	Asked   map[id.ID]Label   // of whom

	Waiting []portfolio.Waiting // questions that could be put on the agenda
	PutOff  []council.Item      // items put off to a day that was not set
	Posts   []Choice
	Units   []Choice
}

func (p *Pages) view(r *http.Request, key, route string) (fileView, error) {
	v := web.From(r)
	f, err := p.Room.File(r.Context(), v.Visitor, key)
	if err != nil {
		return fileView{}, err
	}
	view := fileView{File: f, Today: calendar.DayOf(v.Now), Lang: v.Lang, Route: route}
	view.Book, err = p.open(r, f.Posts, f.Units)
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
		err = p.await(r, &view, i.Item)
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
		if _, err := web.File(r, "file", council.MaxPaper); err != nil {
			return err
		}
		point := id.ID(r.PostFormValue("point"))
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
		for name, do := range p.itemDeeds(point) {
			deeds[name] = do
		}
		return perform(w, r, deeds, page, to)
	}
}

// itemForm is the form of an item.
type itemForm struct {
	Version    int64  `form:"version"`
	Nature     string `form:"nature,max=20"`
	Title      string `form:"title,max=500"`
	Summary    string `form:"summary,max=20000"`
	Project    string `form:"project,max=40"` // its number
	Rapporteur id.ID  `form:"rapporteur,max=64"`
	Minutes    int    `form:"minutes"`
	OpenDoors  bool   `form:"open_doors"`
	Late       string `form:"late,max=4000"`
}

// room turns the form into the room's; a project is named by its number.
func (f itemForm) room(p *Pages, r *http.Request) (council.ItemForm, error) {
	out := council.ItemForm{Nature: council.Nature(f.Nature), Title: f.Title, Summary: f.Summary, Rapporteur: f.Rapporteur, Minutes: f.Minutes,
		OpenDoors: f.OpenDoors, Late: f.Late}
	if f.Project == "" {
		return out, nil
	}
	s, err := p.Portfolio.Sheet(r.Context(), web.From(r).Visitor, f.Project)
	if fault.KindOf(err) == fault.NotFound {
		return out, fault.New(fault.Invalid, "council.form").At("project", "councilweb.f.project.unknown", "number", f.Project)
	}
	out.Initiative = s.ID
	return out, err
}

type questionsForm struct {
	Questions []string `form:"questions"`
	Nature    string   `form:"nature,max=20"`
	Late      string   `form:"late,max=4000"`
}

type orderForm struct {
	To int `form:"to"` // position, from 1
}

type sayForm struct {
	Answer string `form:"answer,max=20"`
	Proxy  id.ID  `form:"proxy,max=64"`
}

type doorForm struct {
	Members []string `form:"members"`
	Clock   string   `form:"clock,max=5"`
}

type openForm struct {
	Version   int64 `form:"version"`
	President id.ID `form:"president,max=64"`
	Secretary id.ID `form:"secretary,max=64"`
}

type conveneForm struct {
	Version int64  `form:"version"`
	Urgency string `form:"urgency,max=4000"`
}

func (p *Pages) meetingDeeds(f fileView) map[string]deed {
	m := f.Meeting.ID
	return map[string]deed{
		"move": decoded(func(r *http.Request, by act.Actor, _ string, form meetingForm) error {
			return nothing(p.Room.ReviseMeeting(r.Context(), by, m, form.Version, form.room()))
		}),
		"convene": decoded(func(r *http.Request, by act.Actor, _ string, form conveneForm) error {
			return nothing(p.Room.ConveneMeeting(r.Context(), by, m, form.Version, form.Urgency))
		}),
		"cancel": decoded(func(r *http.Request, by act.Actor, _ string, form because) error {
			return nothing(p.Room.CancelMeeting(r.Context(), by, m, form.Version, form.Reason))
		}),
		"add": decoded(func(r *http.Request, by act.Actor, _ string, form itemForm) error {
			in, err := form.room(p, r)
			if err != nil {
				return err
			}
			return nothing(p.Room.AddItem(r.Context(), by, m, in))
		}),
		"questions": decoded(func(r *http.Request, by act.Actor, _ string, form questionsForm) error {
			return nothing(p.Room.AddQuestions(r.Context(), by, m, council.Nature(form.Nature), idsOf(form.Questions), form.Late))
		}),
		"takeup": decoded(func(r *http.Request, by act.Actor, about string, _ versioned) error {
			return nothing(p.Room.TakeUpItem(r.Context(), by, id.ID(about), m))
		}),
		"order": decoded(func(r *http.Request, by act.Actor, about string, form orderForm) error {
			return p.Room.OrderItems(r.Context(), by, m, f.ordered(id.ID(about), form.To))
		}),
		"say": decoded(func(r *http.Request, by act.Actor, about string, form sayForm) error {
			return p.Room.SayAttendance(r.Context(), by, m, id.ID(about), council.Saying(form.Answer), form.Proxy)
		}),
		"arrive": decoded(func(r *http.Request, by act.Actor, _ string, form doorForm) error {
			return p.Room.Arrive(r.Context(), by, council.ArriveForm{Meeting: m, Members: idsOf(form.Members), Clock: form.Clock})
		}),
		"leave": decoded(func(r *http.Request, by act.Actor, _ string, form doorForm) error {
			return nothing(p.Room.Leave(r.Context(), by, council.ArriveForm{Meeting: m, Members: idsOf(form.Members), Clock: form.Clock}))
		}),
		"open": decoded(func(r *http.Request, by act.Actor, _ string, form openForm) error {
			return nothing(p.Room.OpenMeeting(r.Context(), by, m, form.Version, form.President, form.Secretary))
		}),
		"suspend": decoded(func(r *http.Request, by act.Actor, _ string, form because) error {
			return nothing(p.Room.SuspendMeeting(r.Context(), by, m, form.Version, form.Reason))
		}),
		"resume": decoded(func(r *http.Request, by act.Actor, _ string, form versioned) error {
			return nothing(p.Room.ResumeMeeting(r.Context(), by, m, form.Version))
		}),
		"close": decoded(func(r *http.Request, by act.Actor, _ string, form versioned) error {
			return nothing(p.Room.CloseMeeting(r.Context(), by, m, form.Version))
		}),
		"sheet": func(r *http.Request, by act.Actor, _ string) error { return p.addPaper(r, by, m, "") },
	}
}

func idsOf(list []string) []id.ID {
	out := make([]id.ID, len(list))
	for n, s := range list {
		out[n] = id.ID(s)
	}
	return out
}

// ordered is the agenda with an item moved to a position.
func (v fileView) ordered(item id.ID, to int) []id.ID {
	var out []id.ID
	for _, i := range v.Items {
		if i.ID != item {
			out = append(out, i.ID)
		}
	}
	at := min(max(to-1, 0), len(out))
	return slices.Insert(out, at, item)
}

// At is the item that the holding screen is at: the one asked for, else the first that is still to be dealt with.
func (v fileView) At() (council.ItemFile, bool) {
	if i, ok := v.Item(v.Point); ok {
		return i, true
	}
	if i, _, voting := v.OpenBallot(); voting {
		return i, true
	}
	for _, i := range v.Items {
		if i.Status == council.Listed && !i.Withheld {
			return i, true
		}
	}
	return council.ItemFile{}, false
}

// in tells whether a seat is in the room now.
func (v fileView) in(member id.ID) bool {
	return slices.ContainsFunc(v.Assembly.Present(v.Now), func(m council.Member) bool { return m.ID == member })
}

// said is what a member said beforehand.
func (v fileView) said(member id.ID) council.Attendance {
	for _, a := range v.Assembly.Said {
		if a.Member == member {
			return a
		}
	}
	return council.Attendance{}
}

// seatPost is the post of a seat.
func (v fileView) seatPost(member id.ID) Label {
	for _, m := range v.Assembly.Seats {
		if m.ID == member {
			return v.Book.post(m.Post)
		}
	}
	return Label{Long: "—"}
}

// voters are the seats to which a power may be given.
func (v fileView) voters(but id.ID) []ui.Option {
	out := []ui.Option{{}}
	for _, m := range v.Assembly.Seats {
		if m.Votes() && m.ID != but {
			out = append(out, ui.Option{Value: string(m.ID), Label: v.Book.post(m.Post).Long})
		}
	}
	return out
}

// members are the seats in the room, or those that are not.
func (v fileView) members(inside bool) []ui.Option {
	var out []ui.Option
	for _, m := range v.Assembly.Seats {
		if v.in(m.ID) == inside {
			l := v.Book.post(m.Post)
			label := l.Long
			if l.Person != "" {
				label = fmt.Sprintf("%s (%s)", l.Long, l.Person)
			}
			out = append(out, ui.Option{Value: string(m.ID), Label: label})
		}
	}
	return out
}

// roomPosts are the posts in the room that may preside.
func (v fileView) roomPosts() []ui.Option {
	var out []ui.Option
	for _, m := range v.Assembly.Present(v.Now) {
		if m.Role != council.Secretary && m.Role != council.Advisory {
			out = append(out, ui.Option{Value: string(m.Post), Label: v.Book.post(m.Post).Long})
		}
	}
	return out
}

func openActions(all []portfolio.Action) []portfolio.Action {
	return slices.DeleteFunc(slices.Clone(all), func(a portfolio.Action) bool { return a.Status != portfolio.ActionOpen })
}

// planned is how long the agenda is meant to last, in minutes.
func (v fileView) planned() int {
	total := 0
	for _, i := range v.Items {
		total += i.Minutes
	}
	return total
}
