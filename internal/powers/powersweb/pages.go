// Package powersweb is the pages of the organisation and of its powers: « Qui décide ? », the organigram
// at any date, units, posts, delegations, profiles and their differences; and the forms by which agents
// keep them.
//
// Handlers read a form, make one change of package powers inside act.Do, and lead to a page (303). The
// organisation is public; names of people are read by those inside, and by everybody for the posts that
// carry one (CRPA L311-6).
package powersweb

import (
	"context"
	"embed"
	"net/http"
	"time"

	"github.com/a-h/templ"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/powers"
	"parvis/internal/ui"
	"parvis/internal/web"
)

// Messages holds the catalogues: the pages, the faults of powers, the sentences of its acts.
//
//go:embed messages
var Messages embed.FS

// Assets holds the style sheet of these pages, for web.Config.Assets.
//
//go:embed css
var Assets embed.FS

// Config is what the pages are made of. Subject, Places and Journal may be nil.
type Config struct {
	Read   db.Querier
	Log    *act.Log
	Engine *powers.Engine
	Desk   *powers.Desk
	// Subject finds what a question is about by the number people see (P-2016-12), as far as the visitor
	// may read it: its title, its address and the part of the question that it answers.
	Subject func(ctx context.Context, v identity.Visitor, number string) (Subject, error)
	// Places lists the codes and names of the city's territories.
	Places []ui.Option
	// BesidePost shows what another room says of a post to the visitor; nil: nothing.
	BesidePost func(ctx context.Context, post id.ID) (templ.Component, error)
	// Journal shows the acts about a thing, folded.
	Journal func(ctx context.Context, subject act.Ref) templ.Component
}

// Subject is the thing that a question is about.
type Subject struct {
	Title, URL string
	Ask        act.Ask // object, matter, place, stage and roles
}

// Pages answers the routes of the organisation.
type Pages struct {
	Config
}

// New makes the pages.
func New(c Config) *Pages { return &Pages{c} }

// Routes is the table of these pages.
func (p *Pages) Routes() []web.Route {
	get := func(name, fr, en string, h web.Handler, title string) web.Route {
		return web.Route{Name: name, Method: http.MethodGet, FR: fr, EN: en, Audience: web.Public, Handler: h, Title: title}
	}
	routes := []web.Route{
		get("powers.who", "/qui-decide", "/who-decides", p.who, "powersweb.who.title"),
		get("powers.organigram", "/organisation", "/organisation", p.organigram, "powersweb.org.title"),
		get("powers.unit", "/organisation/entites/{id}", "/organisation/units/{id}", p.unit, ""),
		get("powers.post", "/organisation/fonctions/{id}", "/organisation/posts/{id}", p.post, ""),
		get("powers.delegations", "/organisation/delegations", "/organisation/delegations", p.delegations, "powersweb.delegations.title"),
		{Name: "powers.mine", Method: http.MethodGet, FR: "/mes-delegations", EN: "/my-delegations", Audience: web.Elected, Handler: p.mine},
		get("powers.vacant", "/organisation/fonctions-vacantes", "/organisation/vacant-posts", p.vacant, "powersweb.vacant.title"),
		get("powers.doors", "/organisation/la-bonne-porte", "/organisation/the-right-door", p.doors, "powersweb.doors.title"),
		get("powers.matrix", "/organisation/pouvoirs", "/organisation/powers", p.matrix, "powersweb.matrix.title"),
		get("powers.profiles", "/organisation/profils", "/organisation/profiles", p.profiles, "powersweb.profiles.title"),
		get("powers.profile", "/organisation/profils/{digest}", "/organisation/profiles/{digest}", p.profile, ""),
		get("powers.compare", "/organisation/differences", "/organisation/differences", p.compare, "powersweb.compare.title"),
	}
	return append(routes, p.formRoutes()...)
}

func (p *Pages) formRoutes() []web.Route {
	var routes []web.Route
	form := func(name, fr, en string, show, send web.Handler) {
		routes = append(routes,
			web.Route{Name: name, Method: http.MethodGet, FR: fr, EN: en, Audience: web.Agents, Handler: show},
			web.Route{Name: name, Method: http.MethodPost, FR: fr, EN: en, Audience: web.Agents, Handler: send})
	}
	form("powers.unit.new", "/organisation/nouvelle-entite", "/organisation/new-unit", p.newUnit, p.createUnit)
	form("powers.post.new", "/organisation/entites/{id}/nouvelle-fonction", "/organisation/units/{id}/new-post", p.newPost, p.createPost)
	form("powers.appoint", "/organisation/fonctions/{id}/affectation", "/organisation/posts/{id}/appointment", p.newHolder, p.appoint)
	form("powers.end", "/organisation/fonctions/{id}/fin/{holder}", "/organisation/posts/{id}/end/{holder}", p.endForm, p.endHolding)
	form("powers.delegate", "/organisation/fonctions/{id}/delegation", "/organisation/posts/{id}/delegation", p.newDelegation, p.delegate)
	form("powers.revoke", "/organisation/delegations/{id}/revocation", "/organisation/delegations/{id}/revocation", p.revokeForm, p.revoke)
	form("powers.change", "/organisation/entites/{id}/reorganisation", "/organisation/units/{id}/reorganisation", p.changeUnit, p.changeUnit)
	form("powers.referent", "/organisation/entites/{id}/bonne-porte", "/organisation/units/{id}/right-door", p.setReferent, p.setReferent)
	form("powers.post.close", "/organisation/fonctions/{id}/suppression", "/organisation/posts/{id}/closing", p.closePost, p.closePost)
	form("powers.competence", "/organisation/competences", "/organisation/competences", p.assignCompetence, p.assignCompetence)
	form("powers.verify", "/organisation/delegations/verification", "/organisation/delegations/check", p.verify, p.verify)
	form("powers.profile.install", "/organisation/profils/installation", "/organisation/profiles/installation", p.installProfile, p.installProfile)
	return routes
}

// dated is the day of a page, from its query; today when there is none.
type dated struct {
	Date  calendar.Day `form:"date"`
	Known calendar.Day `form:"known"`
}

// moment reads on which day, and as known when, a page is asked for.
func moment(r *http.Request) (powers.Moment, dated, error) {
	var d dated
	err := web.Decode(r, &d)
	m := powers.Now(web.From(r).Now).On(d.Date)
	if d.Known != "" && d.Known < calendar.DayOf(m.Known) {
		m.Known = d.Known.AddDays(1).Time().Add(-time.Microsecond) // the end of that day
	}
	return m, d, err
}

// names tells whether the visitor reads every name.
func names(r *http.Request) bool { return web.From(r).Visitor.Inside() }

// journal shows the acts about a thing, if the city shows its log here.
func (p *Pages) journal(r *http.Request, kind string, thing id.ID) templ.Component {
	if p.Journal == nil {
		return nil
	}
	return p.Journal(r.Context(), act.Ref{Type: kind, ID: thing})
}
