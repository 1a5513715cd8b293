package councilweb

import (
	"net/http"
	"strconv"

	"parvis/internal/calendar"
	"parvis/internal/council"
	"parvis/internal/fault"
	"parvis/internal/web"
)

func (p *Pages) committeeRoutes() []web.Route {
	return []web.Route{
		{Name: "council.committees", Method: "GET", FR: "/comites", EN: "/committees", Audience: web.Public, Handler: p.committees, Title: "councilweb.committees.title"},
		{Name: "council.committees.new", Method: "GET", FR: "/comites/nouveau", EN: "/committees/new", Audience: web.Agents, Handler: p.newCommittee},
		{Name: "council.committees.new", Method: "POST", FR: "/comites/nouveau", EN: "/committees/new", Audience: web.Agents, Handler: p.newCommittee},
		{Name: "council.committee", Method: "GET", FR: "/comites/{committee}", EN: "/committees/{committee}", Audience: web.Public, Handler: p.committee},
		{Name: "council.committee", Method: "POST", FR: "/comites/{committee}", EN: "/committees/{committee}", Audience: web.Agents, Handler: p.actOnCommittee},
	}
}

type committeesView struct {
	Lines  []council.CommitteeLine
	Inside bool
	Lang   string
}

func (p *Pages) committees(w http.ResponseWriter, r *http.Request) error {
	v := web.From(r)
	lines, err := p.Room.Committees(r.Context(), v.Visitor)
	if err != nil {
		return err
	}
	return web.Render(w, r, committeesPage(committeesView{lines, v.Visitor.Inside(), v.Lang}))
}

// committeeForm is the form of a committee: a new one, or its rules revised.
type committeeForm struct {
	Version   int64  `form:"version"`
	Code      string `form:"code,max=16"`
	Kind      string `form:"kind,max=20"`
	Name      string `form:"name,max=250"`
	NameEN    string `form:"name_en,max=250"`
	Mission   string `form:"mission,max=8000"`
	Quorum    string `form:"quorum,max=20"`
	QuorumMin int    `form:"quorum_min"`
	Voting    string `form:"voting,max=20"`
	Casting   bool   `form:"casting"`
	Method    string `form:"method,max=20"`
	PowersMax int    `form:"powers_max"`
	Notice    int    `form:"notice"`
	ClearDays bool   `form:"clear_days"`
	LockDays  int    `form:"lock_days"`
	Public    bool   `form:"public"`

	NotesWaived bool `form:"notes_waived"`
}

func (f committeeForm) room() council.CommitteeForm {
	return council.CommitteeForm{Code: f.Code, Kind: council.Kind(f.Kind), NameFR: f.Name, NameEN: f.NameEN, Mission: f.Mission, Public: f.Public,
		Rules: council.Rules{Quorum: council.Quorum(f.Quorum), QuorumMin: f.QuorumMin, Voting: council.Voting(f.Voting), Casting: f.Casting,
			Method: council.Method(f.Method), PowersMax: f.PowersMax, Notice: f.Notice, ClearDays: f.ClearDays, LockDays: f.LockDays, NotesWaived: f.NotesWaived}}
}

// formOf fills the form from a committee.
func formOf(c council.Committee) committeeForm {
	return committeeForm{Version: c.Version, Code: c.Code, Kind: string(c.Kind), Name: c.NameFR, NameEN: c.NameEN, Mission: c.Mission,
		Quorum: string(c.Quorum), QuorumMin: c.QuorumMin, Voting: string(c.Voting), Casting: c.Casting, Method: string(c.Method),
		PowersMax: c.PowersMax, Notice: c.Notice, ClearDays: c.ClearDays, LockDays: c.LockDays, Public: c.Public(), NotesWaived: c.NotesWaived}
}

// newForm is what most committees choose, over what the profile in force describes.
func newForm(t Template) committeeForm {
	f := committeeForm{Kind: string(council.Copil), Quorum: string(council.HalfQuorum), Voting: string(council.Majority), Casting: true,
		Method: string(council.Show), PowersMax: 1, Notice: 7, LockDays: 3}
	if t.Code == "" {
		return f
	}
	f.Code, f.Name, f.NameEN, f.Voting, f.Notice = t.Code, t.NameFR, t.NameEN, t.Voting, t.Notice
	f.LockDays = min(f.LockDays, f.Notice)
	if t.Quorum > 0 {
		f.Quorum, f.QuorumMin = string(council.CountQuorum), t.Quorum
	}
	if t.Code == "INVEST" {
		f.Kind = string(council.Investment)
	}
	return f
}

type newCommitteeView struct {
	Form      committeeForm
	Templates []Template
	Lang      string
}

func (p *Pages) newCommittee(w http.ResponseWriter, r *http.Request) error {
	v := web.From(r)
	view := newCommitteeView{Lang: v.Lang}
	if p.Templates != nil {
		var err error
		if view.Templates, err = p.Templates(r.Context()); err != nil {
			return err
		}
	}
	var chosen Template
	for _, t := range view.Templates {
		if t.Code == r.URL.Query().Get("modele") {
			chosen = t
		}
	}
	view.Form = newForm(chosen)
	if r.Method == http.MethodGet {
		return web.Render(w, r, newCommitteePage(view))
	}
	var f committeeForm
	err := web.Decode(r, &f)
	view.Form = f
	if err == nil {
		var c council.Committee
		if c, err = p.Room.FoundCommittee(r.Context(), web.Actor(r), f.room()); err == nil {
			return web.Done(w, r, v.URL("council.committee", c.Code), "councilweb.done.found")
		}
	}
	return web.Refuse(w, r, err, newCommitteePage(view))
}

// meetingForm is the form of a meeting.
type meetingForm struct {
	Version int64        `form:"version"`
	Title   string       `form:"title,max=250"`
	Day     calendar.Day `form:"day,required"`
	Clock   string       `form:"clock,max=5,required"`
	Minutes int          `form:"minutes"`
	Place   string       `form:"place,max=250"`
	Urgency string       `form:"urgency,max=4000"`
}

func (f meetingForm) room() council.MeetingForm {
	return council.MeetingForm{Title: f.Title, Day: f.Day, Clock: f.Clock, Minutes: f.Minutes, Place: f.Place, Urgency: f.Urgency}
}

func itoa(n int) string { return strconv.Itoa(n) }

func number(n int64) string { return strconv.FormatInt(n, 10) }

// unknownThing is the answer of a page to an address that names nothing.
func unknownThing(key string) error { return fault.New(fault.NotFound, key) }
