package web_test

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/money"
	"parvis/internal/ui"
	"parvis/internal/web"
	"parvis/internal/web/webtest"
)

var (
	resident = identity.Visitor{Kind: identity.Resident, Account: "r", Name: "Rose"}
	agent    = identity.Visitor{Kind: identity.Agent, Account: "a", Name: "Aimé"}
	elected  = identity.Visitor{Kind: identity.Elected, Account: "e", Name: "Élise"}
	admin    = identity.Visitor{Kind: identity.Admin, Account: "x", Name: "Ada"}
)

type idea struct {
	Title  string       `form:"title,required,max=20"`
	Amount money.Amount `form:"amount"`
	Day    calendar.Day `form:"day"`
	Count  int64        `form:"count"`
	Unit   id.ID        `form:"unit"`
	Agree  bool         `form:"agree"`
	Tags   []string     `form:"tags"`
}

func page(title string) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		return web.Render(w, r, ui.Page(ui.Head{Title: title}))
	}
}

func failing(err error) web.Handler {
	return func(http.ResponseWriter, *http.Request) error { return err }
}

func ideaForm() templ.Component {
	return templ.Join(ui.Text(ui.Field{Name: "title", Label: "Titre", Required: true}), ui.Amount(ui.Field{Name: "amount", Label: "Montant"}),
		ui.Date(ui.Field{Name: "day", Label: "Jour"}), ui.Text(ui.Field{Name: "count", Label: "Nombre"}))
}

func postIdea(w http.ResponseWriter, r *http.Request) error {
	var form idea
	if err := web.Decode(r, &form); err != nil {
		return web.Again(w, r, err, templ.ComponentFunc(whole(ideaForm())))
	}
	return web.Done(w, r, web.From(r).URL("idea", "i 1"), "fault.gone")
}

func routes() []web.Route {
	return []web.Route{
		{Name: "home", Method: "GET", FR: "/", EN: "/", Audience: web.Public, Handler: page("Valmont")},
		{Name: "sign_in", Method: "GET", FR: "/connexion", EN: "/sign-in", Audience: web.Public, Handler: page("Connexion")},
		{Name: "idea", Method: "GET", FR: "/idees/{id}", EN: "/ideas/{id}", Audience: web.Public, Handler: page("Idée")},
		{Name: "ideas", Method: "POST", FR: "/idees", EN: "/ideas", Audience: web.Public, Handler: postIdea},
		{Name: "account", Method: "GET", FR: "/compte", EN: "/account", Audience: web.Account, Handler: page("Compte")},
		{Name: "todo", Method: "GET", FR: "/a-faire", EN: "/to-do", Audience: web.Agents, Handler: page("À faire")},
		{Name: "rulings", Method: "GET", FR: "/arbitrages", EN: "/rulings", Audience: web.Elected, Handler: page("Arbitrages")},
		{Name: "settings", Method: "GET", FR: "/reglages", EN: "/settings", Audience: web.Admin, Handler: page("Réglages")},
		{Name: "reply", Method: "POST", FR: "/reponse", EN: "/reply", Audience: web.Account, Handler: page("Réponse")},
		{Name: "secret", Method: "GET", FR: "/panne", EN: "/outage", Audience: web.Public, Handler: failing(errors.New("dsn=postgres://secret"))},
		{Name: "panic", Method: "POST", FR: "/panique", EN: "/panic", Audience: web.Public, Handler: func(http.ResponseWriter, *http.Request) error { panic("secret") }},
		{Name: "gone", Method: "GET", FR: "/retire", EN: "/withdrawn", Audience: web.Public, Handler: failing(fault.New(fault.Gone, "fault.gone"))},
		{Name: "stale", Method: "POST", FR: "/perime", EN: "/stale", Audience: web.Public, Handler: stale},
		{Name: "api", Method: "POST", API: "/api/v1/ideas", Audience: web.Public, Handler: apiIdea},
		{Name: "token", Method: "POST", API: "/api/v1/token", Audience: web.Public, Token: true, Handler: apiIdea},
	}
}

func stale(w http.ResponseWriter, r *http.Request) error {
	err := fault.New(fault.Conflict, "fault.conflict")
	return web.Conflict(w, r, err, web.Stale{Action: "/fr/perime", See: "/fr/", Version: "8", Hidden: map[string]string{"lot": "3"},
		Fields: []web.Both{{Name: "title", Label: "Titre", Mine: r.PostFormValue("title"), Theirs: "Texte du voisin"}}})
}

func apiIdea(w http.ResponseWriter, r *http.Request) error {
	var form idea
	if err := web.Decode(r, &form); err != nil {
		return err
	}
	return web.SendJSON(w, http.StatusCreated, map[string]string{"title": form.Title})
}

func TestAudiences(t *testing.T) {
	site := webtest.Site(t, routes())
	in := func(path string) string { return "/fr/connexion?back=" + url.QueryEscape(path) }
	webtest.Run(t, site, []webtest.Scenario{
		{Name: "anybody reads a public page", URL: "/fr/idees/1", Status: 200, Contains: []string{"Idée", `hreflang="en" href="https://parvis.test/en/ideas/1"`}},
		{Name: "and in English", URL: "/en/ideas/1?page=2", Status: 200, Contains: []string{`<html lang="en"`, `href="/fr/idees/1?page=2"`}},
		{Name: "an account page asks to sign in", URL: "/fr/compte", Status: 303, Location: in("/fr/compte")},
		{Name: "a resident has an account", URL: "/fr/compte", As: resident, Status: 200, Contains: []string{"Rose"}},
		{Name: "agents' pages ask to sign in", URL: "/fr/a-faire?unit=2", Status: 303, Location: in("/fr/a-faire?unit=2")},
		{Name: "and do not exist for a resident", URL: "/fr/a-faire", As: resident, Status: 404},
		{Name: "an agent opens them", URL: "/fr/a-faire", As: agent, Status: 200},
		{Name: "an elected member too", URL: "/fr/a-faire", As: elected, Status: 200},
		{Name: "but rulings are not for agents", URL: "/fr/arbitrages", As: agent, Status: 404},
		{Name: "rulings are for the elected", URL: "/fr/arbitrages", As: elected, Status: 200},
		{Name: "settings are not for agents", URL: "/fr/reglages", As: agent, Status: 404},
		{Name: "settings are for administrators", URL: "/fr/reglages", As: admin, Status: 200},
	})
}

func TestAddresses(t *testing.T) {
	site := webtest.Site(t, routes())
	webtest.Run(t, site, []webtest.Scenario{
		{Name: "the root speaks French by default", URL: "/", Status: 303, Location: "/fr/"},
		{Name: "or what the browser asks", URL: "/", Header: map[string]string{"Accept-Language": "de, en-GB;q=0.8, fr;q=0.5"}, Status: 303, Location: "/en/"},
		{Name: "a language alone is its home", URL: "/en", Status: 303, Location: "/en/"},
		{Name: "home", URL: "/fr/", Status: 200},
		{Name: "no such page", URL: "/en/nowhere", Status: 404, Contains: []string{"Page not found", `<html lang="en"`, `href="/en/"`, "Back to the home page", `/en/sign-in?back=%2Fen%2Fnowhere`}},
		{Name: "not that method", Method: "DELETE", URL: "/fr/idees/1", Status: 405},
		{Name: "a slash too many leads to the page", URL: "/fr/idees/1/?page=2&q=%C3%A9", Status: 301, Location: "/fr/idees/1?page=2&q=%C3%A9"},
		{Name: "an escaped name stays escaped", URL: "/en/ideas/a%2Fb%20c/", Status: 301, Location: "/en/ideas/a%2Fb%20c"},
		{Name: "the head of it too", Method: "HEAD", URL: "/fr/idees/1/", Status: 301, Location: "/fr/idees/1"},
		{Name: "to where one signs in only once there", URL: "/fr/compte/", Status: 301, Location: "/fr/compte"},
		{Name: "a slash after nothing", URL: "/fr/nulle-part/", Status: 404},
		{Name: "a slash after what only takes forms", URL: "/fr/reponse/", Status: 404},
		{Name: "a form is not led away", URL: "/fr/idees/", Form: url.Values{"title": {"Vélos"}}, Status: 404, Contains: []string{"Vélos"}},
		{Name: "the home page keeps its slash", URL: "/fr/", Status: 200},
		{Name: "no other site is reached so", URL: "/%5Cevil.test/", Status: 404},
		{Name: "alive", URL: "/healthz", Status: 200, Contains: []string{"ok"}},
		{Name: "ready", URL: "/readyz", Status: 200},
		{Name: "metrics are not public", URL: "/metrics", Status: 404},
		{Name: "no such permanent address", URL: "/id/initiative/1", Header: map[string]string{"Accept": "*/*"}, Status: 404},
	})
	if got := site.Table().URL("en", "idea", "a/b é"); got != "/en/ideas/a%2Fb%20%C3%A9" {
		t.Errorf("the address is %s", got)
	}
}

func TestPermanentAddresses(t *testing.T) {
	cfg := webtest.Config(t, routes())
	cfg.Resolvers = map[string]web.Resolver{"idea": resolveIdea}
	webtest.Run(t, webtest.New(t, cfg), []webtest.Scenario{
		{Name: "leads to the page of today", URL: "/id/idea/7", Status: 303, Location: "/fr/idees/7"},
		{Name: "in the language asked for", URL: "/id/idea/7", Header: map[string]string{"Accept-Language": "en"}, Status: 303, Location: "/en/ideas/7"},
		{Name: "what may not be seen is not found", URL: "/id/idea/8", Status: 404},
		{Name: "nor what has no type", URL: "/id/other/7", Status: 404},
	})
}

func TestForms(t *testing.T) {
	site := webtest.Site(t, routes())
	webtest.Run(t, site, []webtest.Scenario{
		{Name: "done", URL: "/fr/idees", Form: url.Values{"title": {"Vélos"}, "amount": {"12 500,50 €"}, "day": {"2026-11-22"}, "count": {"1 200"}, "other": {"x"}}, Status: 303, Location: "/fr/idees/i%201"},
		{Name: "refused", URL: "/fr/idees", Form: url.Values{"title": {"  "}, "amount": {"beaucoup"}, "day": {"22 nov"}, "count": {"x"}}, Status: 422,
			Contains: []string{"Cette réponse est nécessaire.", "pas un montant", `href="#f-amount"`, `value="beaucoup"`, "À corriger"}},
		{Name: "in English", URL: "/en/ideas", Form: url.Values{}, Status: 422, Contains: []string{"This answer is needed."}},
		{Name: "a form that the page no longer has is answered at its top", URL: "/fr/idees", Form: url.Values{"_form": {"gone"}, "count": {"x"}}, Status: 422,
			Contains: []string{"À corriger", "Cette réponse est nécessaire."}},
		{Name: "and its words are kept", URL: "/fr/idees", Form: url.Values{"_form": {"gone"}, "other": {"Trois vélos"}}, Status: 422,
			Contains: []string{"Trois vélos", "Votre saisie est conservée", "Cette réponse est nécessaire."}},
		{Name: "too long", URL: "/fr/idees", Form: url.Values{"title": {strings.Repeat("é", 21)}}, Status: 422, Contains: []string{"dépasse 20 caractères"}},
		{Name: "just long enough", URL: "/fr/idees", Form: url.Values{"title": {strings.Repeat("é", 20)}}, Status: 303, Location: "/fr/idees/i%201"},
		{Name: "not UTF-8", URL: "/fr/idees", Form: url.Values{"title": {"\xff"}}, Status: 422, Contains: []string{"illisibles"}},
		{Name: "a nul", URL: "/fr/idees", Form: url.Values{"title": {"a\x00b"}}, Status: 422, Contains: []string{"illisibles"}},
		{Name: "too large", URL: "/fr/idees", Form: url.Values{"title": {strings.Repeat("a", 2<<20)}}, Status: 413, Contains: []string{"Kio"}},
		{Name: "a stale form shows both texts", URL: "/fr/perime", Form: url.Values{"title": {"Mon texte"}}, Status: 409,
			Contains: []string{"Mon texte", "Texte du voisin", `name="version" value="8"`, `name="lot" value="3"`}},
	})
}

func TestFailures(t *testing.T) {
	site := webtest.Site(t, routes())
	webtest.Run(t, site, []webtest.Scenario{
		{Name: "a cause is not shown", URL: "/fr/panne", Status: 500, Contains: []string{"Numéro de la demande"}, Lacks: []string{"secret", "postgres"}},
		{Name: "a panic is a failure, and keeps what was typed", URL: "/fr/panique", Form: url.Values{"reason": {"Trois lignes"}, "password": {"hunter2"}}, Status: 500,
			Contains: []string{"Trois lignes", `action="/fr/panique"`}, Lacks: []string{"hunter2", "goroutine", "secret"}},
		{Name: "a session that ended keeps what was typed", URL: "/fr/reponse", Form: url.Values{"reason": {"Longue réponse"}}, Status: 401, Contains: []string{"Longue réponse", "/fr/connexion"}},
		{Name: "gone", URL: "/fr/retire", Status: 410},
		{Name: "a machine gets a problem", URL: "/fr/retire", Header: map[string]string{"Accept": "application/json"}, Status: 410, Contains: []string{`"type":"urn:parvis:fault:gone"`, `"status":410`}},
		{Name: "with the fields", URL: "/api/v1/ideas", Form: url.Values{"amount": {"x"}}, Header: map[string]string{"Accept-Language": "en"}, Status: 422,
			Contains: []string{`"errors":[{"field":"title","detail":"This answer is needed."}`, `"instance":"urn:parvis:request:`}},
	})
}

// A change asked for by another site is refused; a program without our cookies is not another site.
func TestCrossSite(t *testing.T) {
	site := webtest.Site(t, routes())
	form := url.Values{"title": {"Vélos"}}
	nameless := map[string]string{"Origin": "", "Sec-Fetch-Site": ""}
	with := func(more map[string]string) map[string]string {
		h := map[string]string{"Origin": "", "Sec-Fetch-Site": ""}
		for k, v := range more {
			h[k] = v
		}
		return h
	}
	webtest.Run(t, site, []webtest.Scenario{
		{Name: "same origin", URL: "/fr/idees", Form: form, Status: 303, Location: "/fr/idees/i%201"},
		{Name: "cross-site", URL: "/fr/idees", Form: form, Header: map[string]string{"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.test"}, Status: 403, Contains: []string{"Vélos"}},
		{Name: "same site, other host", URL: "/fr/idees", Form: form, Header: map[string]string{"Sec-Fetch-Site": "same-site", "Origin": "https://other.parvis.test"}, Status: 403},
		{Name: "foreign origin alone", URL: "/fr/idees", Form: form, Header: with(map[string]string{"Origin": "https://evil.test"}), Status: 403},
		{Name: "our cookie without a name", URL: "/fr/idees", Form: form, Header: with(map[string]string{"Cookie": "__Host-parvis-session=x"}), Status: 403},
		{Name: "a program without cookie", URL: "/api/v1/ideas", Form: form, Header: nameless, Status: 201},
		{Name: "a program with a token", URL: "/api/v1/token", Form: form, Header: with(map[string]string{"Cookie": "a=b"}), Status: 201},
		{Name: "reading is open", URL: "/fr/idees/1", Header: map[string]string{"Sec-Fetch-Site": "cross-site"}, Status: 200},
	})
}

func TestEveryRouteCarriesItsHeaders(t *testing.T) {
	sound := slices.DeleteFunc(routes(), func(r web.Route) bool { return r.Name == "secret" || r.Name == "panic" })
	webtest.EveryRoute(t, webtest.Site(t, sound))
}

// A page that refuses says whom to ask: who has the power, of a verb when the fault names one; to whoever works for the
// city only.
func TestARefusalSaysWhomToAsk(t *testing.T) {
	lacking := fault.New(fault.Denied, "fault.denied", "verb", "portfolio.part.accept")
	site := webtest.Site(t, append(routes(),
		web.Route{Name: web.WhoRoute, Method: "GET", FR: "/qui-decide", EN: "/who-decides", Audience: web.Public, Handler: page("Qui décide ?")},
		web.Route{Name: "lacking", Method: "GET", FR: "/refus", EN: "/refusal", Audience: web.Public, Handler: failing(lacking)},
		web.Route{Name: "plain", Method: "GET", FR: "/non", EN: "/no", Audience: web.Public, Handler: failing(fault.New(fault.Denied, "fault.denied"))}))
	webtest.Run(t, site, []webtest.Scenario{
		{Name: "of the verb", URL: "/fr/refus", As: agent, Status: 403, Contains: []string{`href="/fr/qui-decide?what=portfolio.part.accept"`, "Voir qui en a le pouvoir"}},
		{Name: "in English", URL: "/en/refusal", As: agent, Status: 403, Contains: []string{`href="/en/who-decides?what=portfolio.part.accept"`}},
		{Name: "of no verb", URL: "/fr/non", As: agent, Status: 403, Contains: []string{`class="btn btn-secondary" href="/fr/qui-decide"`}},
		{Name: "a resident is told whose it is", URL: "/fr/refus", As: resident, Status: 403, Contains: []string{"agents de la ville"}, Lacks: []string{"qui-decide"}},
	})
}
