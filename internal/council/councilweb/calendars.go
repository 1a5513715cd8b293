package councilweb

import (
	"bytes"
	"net/http"
	"strings"
	"time"

	"parvis/internal/calendar"
	"parvis/internal/council"
	"parvis/internal/fault"
	"parvis/internal/i18n"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/ui"
	"parvis/internal/web"
)

const icsSuffix = ".ics"

// committeeCalendar is the meetings of a public committee, for agendas that subscribe.
func (p *Pages) committeeCalendar(w http.ResponseWriter, r *http.Request) error {
	code, isCalendar := strings.CutSuffix(r.PathValue("committee"), icsSuffix)
	if !isCalendar {
		return fault.New(fault.NotFound, "council.committee.not_found")
	}
	all, err := p.Room.CommitteeMeetings(r.Context(), identity.Visitor{}, code)
	if err != nil {
		return err
	}
	return p.sendCalendar(w, r, "", council.Agenda{Lang: i18n.French, Meetings: all}, "public, max-age=900")
}

// feed is the agenda of one person, behind a secret address that can be taken back.
func (p *Pages) feed(w http.ResponseWriter, r *http.Request) error {
	token, isCalendar := strings.CutSuffix(r.PathValue("token"), icsSuffix)
	if !isCalendar || p.Held == nil {
		return fault.New(fault.NotFound, "council.feed.unknown")
	}
	a, err := p.Room.Feed(r.Context(), token, p.Held)
	if err != nil {
		return err
	}
	secret(w)
	return p.sendCalendar(w, r, web.From(r).P.T("council.feed.name"), a, "private, no-store")
}

// sendCalendar writes meetings as events, deadlines of visas as whole days, and those of meetings as things to do.
func (p *Pages) sendCalendar(w http.ResponseWriter, r *http.Request, name string, a council.Agenda, cache string) error {
	v := web.From(r)
	lang := i18n.French
	if a.Lang == i18n.English {
		lang = i18n.English
	}
	c := calendar.Calendar{Lang: lang, Name: name}
	for _, m := range a.Meetings {
		if c.Name == "" {
			c.Name = m.Of.Name(lang)
		}
		c.Events = append(c.Events, m.Entry(lang, p.Domain, p.address(v, lang, "council.meeting", m.Number), v.Now))
	}
	for _, l := range a.Visas {
		if l.Due != "" {
			c.Events = append(c.Events, calendar.Event{UID: string(l.ID) + "@" + p.Domain, Sequence: int(l.Version), Stamp: v.Now, Days: calendar.On(l.Due),
				Summary: l.Title, Description: l.Spec.Name(lang) + " · " + l.Meeting, URL: p.address(v, lang, "council.visa", l.ID), Remind: 24 * time.Hour})
		}
	}
	for _, l := range a.Deadlines {
		c.Todos = append(c.Todos, l.Todo(lang, p.Domain, p.address(v, lang, "council.meeting", l.Sitting.Number), v.Now))
	}
	return writeCalendar(w, c, cache)
}

func writeCalendar(w http.ResponseWriter, c calendar.Calendar, cache string) error {
	var body bytes.Buffer
	if err := c.Write(&body); err != nil {
		return err
	}
	w.Header().Set("Content-Type", c.MediaType())
	w.Header().Set("Cache-Control", cache)
	w.Write(body.Bytes()) // a reader that has gone can be told nothing
	return nil
}

// meetingCalendar is one meeting for an agenda, with its deadlines for those inside.
func (p *Pages) meetingCalendar(w http.ResponseWriter, r *http.Request) error {
	v := web.From(r)
	f, err := p.Room.File(r.Context(), v.Visitor, r.PathValue("meeting"))
	if err != nil {
		return err
	}
	line := council.MeetingLine{Meeting: f.Meeting, Of: f.Committee}
	a := council.Agenda{Lang: v.Lang, Meetings: []council.MeetingLine{line}}
	for _, d := range f.Deadlines {
		a.Deadlines = append(a.Deadlines, council.DeadlineLine{MeetingDeadline: d, Sitting: line})
	}
	w.Header().Set("Content-Disposition", `attachment; filename="`+f.Meeting.Number+icsSuffix+`"`)
	return p.sendCalendar(w, r, f.Meeting.Number, a, "private, no-store")
}

// address is the full address of a page; "" when this city has no such page.
func (p *Pages) address(v *web.Visit, _ string, route string, args ...any) string {
	if !v.Has(route) {
		return ""
	}
	return v.Frame.Origin + v.URL(route, args...)
}

// subscriptionView is the page of the secret address. Address is shown once, when it is made.
type subscriptionView struct {
	Address string
	Since   time.Time
	Has     bool
}

func (p *Pages) subscribe(w http.ResponseWriter, r *http.Request) error {
	since, has, err := p.Room.HasFeed(r.Context(), web.From(r).Visitor)
	if err != nil {
		return err
	}
	secret(w)
	return web.Render(w, r, subscriptionPage(subscriptionView{Since: since, Has: has}))
}

func (p *Pages) changeSubscription(w http.ResponseWriter, r *http.Request) error {
	var f struct {
		Do string `form:"do,max=10"`
	}
	if err := web.Decode(r, &f); err != nil {
		return err
	}
	v := web.From(r)
	if err := identity.RequireWrite(v.Visitor); err != nil {
		return err
	}
	if f.Do == "revoke" {
		if err := p.Room.RevokeFeed(r.Context(), v.Visitor); err != nil {
			return err
		}
		return web.Done(w, r, v.URL("council.subscribe"), "council.feed.done.revoke")
	}
	token, err := p.Room.NewFeed(r.Context(), v.Visitor)
	if err != nil {
		return err
	}
	secret(w)
	return web.Render(w, r, subscriptionPage(subscriptionView{Address: v.Frame.Origin + "/agenda/" + token + icsSuffix, Since: v.Now, Has: true}))
}

// quietView is the période préélectorale as everyone reads it.
type quietView struct {
	All    []council.Quiet
	Today  calendar.Day
	MayAct bool
}

func (p *Pages) quiet(w http.ResponseWriter, r *http.Request) error {
	view, err := p.quietView(r)
	if err != nil {
		return err
	}
	return web.Render(w, r, quietPage(view))
}

func (p *Pages) quietView(r *http.Request) (quietView, error) {
	v := web.From(r)
	all, err := p.Room.Quiets(r.Context())
	return quietView{All: all, Today: p.Room.Today(), MayAct: v.Visitor.Inside() && !v.Visitor.ReadOnly}, err
}

type quietForm struct {
	Do       string       `form:"do,max=10"`
	Quiet    string       `form:"quiet,max=64"`
	Version  int64        `form:"version"`
	Election string       `form:"election,max=250"`
	Ballot   calendar.Day `form:"ballot"`
	From     calendar.Day `form:"from"`
	Until    calendar.Day `form:"until"`
}

func (p *Pages) changeQuiet(w http.ResponseWriter, r *http.Request) error {
	view, err := p.quietView(r)
	if err != nil {
		return err
	}
	var f quietForm
	if err := web.Decode(r, &f); err != nil {
		return web.Again(w, r, err, quietPage(view))
	}
	v := web.From(r)
	if f.Do == "end" {
		_, err = p.Room.EndQuiet(r.Context(), v.Visitor.Actor(""), id.ID(f.Quiet), f.Version)
	} else {
		f.Do = "set"
		_, err = p.Room.SetQuiet(r.Context(), v.Visitor.Actor(""), council.QuietForm{Election: f.Election, Ballot: f.Ballot, From: f.From, Until: f.Until})
	}
	if err != nil {
		return web.Again(w, r, err, quietPage(view))
	}
	return web.Done(w, r, v.URL("council.quiet"), "council.quiet.done."+f.Do)
}

// frozen lists what a period freezes, or what it leaves as it is.
func frozen(is bool) (out []council.Surface) {
	for _, s := range council.Surfaces() {
		if s.Frozen == is {
			out = append(out, s)
		}
	}
	return out
}

// quietTone tells a period that holds from one that is to come.
func quietTone(q council.Quiet, today calendar.Day) ui.Tone {
	if q.Contains(today) {
		return ui.Warning
	}
	return ui.Info
}
