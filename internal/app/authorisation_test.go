package app

import (
	"cmp"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"parvis/internal/act"
	"parvis/internal/web"
	"parvis/internal/web/webtest"
)

// character is a column of the matrix: one of those who may come to the site.
type character struct {
	title string
	enter func(*town) *guest
}

func cast() []character {
	by := func(name string) func(*town) *guest { return func(w *town) *guest { return w.enter(name) } }
	return []character{{"anonymous", by(anonymous)}, {"resident", by(resident)}, {"agent of the mission", by(mission)},
		{"agent of another directorate", by(stranger)}, {"head of the lead directorate", by(elsewhere)}, {"agent asked for the part", by(partner)}, {"elected member", by(elected)}, {"administrator", by(administrator)},
		{"agent by e-mail link", func(w *town) *guest { return w.enterByLink("gilles.ferrand@valmont.example") }}}
}

// everybody may record an act only here: the secret in the address is that of the post that was asked.
var openToAll = []string{"portfolio.letter", "council.visa.letter"}

// openToAgents are the forms by which any agent may record an act where powers are enforced, each with its reason.
var openToAgents = map[string]string{
	"`portfolio.new` signal":           "any agent signals a problem (design §1: need first)",
	"`portfolio.wall` board":           "a view of one's own; only its author, the mission or the SG closes it",
	"`portfolio.wall` snapshot":        "a picture of what every agent reads; it changes nothing",
	"`strategy.grid.edition` annotate": "the grid is annotated and contested by actors (issue), moderated before it is shown",
	"`council.concern` interest":       "of one’s own interests everybody answers, and nobody is kept from withdrawing",
	"`network` contest":                "their directorate holds a part somewhere: engaged units contest a datum (rule R8)",
	"`passation.story.write`":          "a récit is its author's alone (issue: voluntary)",
}

// openToResidents are the forms by which the public takes part under its own name, after signing in.
var openToResidents = []string{"`strategy.grid.edition` annotate"}

// cell is what a character got.
type cell struct {
	status int
	signIn bool // led to the sign-in page
	acts   int64
	why    string // what a refusal says, for whoever reads TestOneRoute
}

func (c cell) String() string {
	text := fmt.Sprint(c.status)
	if c.signIn {
		text = "sign in"
	}
	if c.acts != 0 {
		text += fmt.Sprintf(" **%+d**", c.acts)
	}
	return text
}

// row is a request and what each character got, in the order of the cast.
type row struct {
	route  web.Route
	things string
	form   string
	mode   act.Mode // in which the powers of the city are enforced
	cells  []cell
}

func (r row) title() string {
	title := "`" + r.route.Name + "`"
	if r.form != "" {
		title += " " + r.form
	}
	return title
}

// TestAuthorisation asks for every route as every character, about public and internal things, and
// holds the answers to docs/generated/authorisation.md and to what must hold whatever it says.
func TestAuthorisation(t *testing.T) {
	if testing.Short() {
		t.Skip("nine thousand requests")
	}
	t.Parallel()
	columns := make([][]row, len(cast()))
	t.Run("matrix", func(t *testing.T) {
		for i, c := range cast() {
			t.Run(c.title, func(t *testing.T) {
				t.Parallel()
				columns[i] = ask(t, c)
			})
		}
	})
	if t.Failed() {
		return
	}
	rows := columns[0]
	for _, column := range columns[1:] {
		if len(column) != len(rows) {
			t.Fatal("the characters were not asked the same")
		}
		for i := range rows {
			rows[i].cells = append(rows[i].cells, column[i].cells...)
		}
	}
	for _, r := range rows {
		r.hold(t)
	}
	proof(t, rows)
	golden(t, generated+"authorisation.md", matrix(rows))
}

// ask tries every route as one character, about public things and, where the address names one, about
// internal things. Forms are sent again where powers are enforced: pages do not depend on it.
func ask(t *testing.T, c character) (rows []row) {
	for _, set := range []func(*town) things{publicThings, internalThings} {
		w := openValmont(t)
		s, g := set(w), c.enter(w)
		for _, route := range w.routes() {
			if route.Method == http.MethodGet && s.concern(route) {
				rows = append(rows, row{route, s.kind, "", act.Indicative, []cell{g.ask(route, s.address(t, route), nil)}})
			}
		}
		rows = append(rows, send(t, c, set, act.Indicative)...)
		rows = append(rows, send(t, c, set, act.Blocking)...)
	}
	return rows
}

// concern tells whether an answer may depend on these things.
func (s things) concern(route web.Route) bool {
	room := strings.HasPrefix(route.Name, "portfolio.") || strings.HasPrefix(route.Name, "council.") || strings.HasPrefix(route.Name, "log.") || route.Name == "edge.id"
	return s.kind == "public" || room && strings.Contains(route.Pattern("fr"), "{") || route.Name == "portfolio.wall.move"
}

// send posts every form, filled in and empty. After each that recorded something or signed somebody out, the
// story begins again, so that each form meets the city as it was told.
func send(t *testing.T, c character, set func(*town) things, mode act.Mode) (rows []row) {
	return sendSome(t, c, set, mode, func(web.Route) bool { return true })
}

func sendSome(t *testing.T, c character, set func(*town) things, mode act.Mode, chosen func(web.Route) bool) (rows []row) {
	begin := prepare(t, c, set, mode)
	at := begin.open(t)
	for _, route := range at.town.routes() {
		if route.Method == http.MethodGet || !at.concern(route) || !chosen(route) {
			continue
		}
		if len(at.forms[route.Name]) == 0 {
			t.Fatalf("plausible has no form for %s", route.Name)
		}
		for _, f := range append(slices.Clone(at.of(at.forms[route.Name])), sent{name: "empty", form: url.Values{}}) {
			got := at.ask(route, at.reach(route, at.things, f, at.forms), f.form)
			rows = append(rows, row{route, at.kind, f.name, mode, []cell{got}})
			if mode == act.Blocking && got.acts > 0 {
				at.town.established(c, route, got.acts)
			}
			if got.acts > 0 || got.status < 400 && (f.from != "" || leavesTraces(route.Name)) {
				at.town.close()
				at = begin.open(t)
			}
		}
	}
	return rows
}

// scene is the city as a character finds it, signed in and with forms to send.
type scene struct {
	*guest
	things
	forms map[string][]sent
}

// prepare sets the scene and closes the city, which waits in its folder for each new beginning.
func prepare(t *testing.T, c character, set func(*town) things, mode act.Mode) scene {
	w := openValmont(t)
	if mode == act.Blocking {
		w.enforce()
	}
	s, g := set(w), c.enter(w)
	forms := plausible(w, s)
	w.rest()
	return scene{g, s, forms}
}

// open begins the scene in a city of its own.
func (s scene) open(t *testing.T) scene {
	g := openCopy(t, s.town.dir).visitor()
	here, err := url.Parse(home)
	if err != nil {
		t.Fatal(err)
	}
	g.client.Jar.SetCookies(here, s.client.Jar.Cookies(here))
	return scene{g, s.things, s.forms}
}

// leavesTraces tells whether a form changes who is in or uses up a letter, though it records no act.
func leavesTraces(route string) bool {
	for _, prefix := range []string{"demo", "link", "sign_", "register", "account", "portfolio.letter", "portfolio.follow", "council.visa.letter"} {
		if strings.HasPrefix(route, prefix) {
			return true
		}
	}
	return false
}

// reach is where a form is sent: the page of the things, or the one to which the form that comes before leads this
// visitor. Who is not led there sends it to where it leads nobody.
func (g *guest) reach(route web.Route, s things, f sent, forms map[string][]sent) string {
	t := g.town.t
	t.Helper()
	if f.from != "" {
		first := web.Route{}
		for _, r := range g.town.routes() {
			if r.Name == f.from && r.Method == http.MethodPost {
				first = r
			}
		}
		s.at = f.at
		form := f.before
		if form == nil {
			form = forms[f.from][0].form
		}
		before := g.post(s.address(t, first), form)
		if to := before.leads(); strings.HasPrefix(to, "/fr/") && g.town.kind(to) == route.Pattern("fr") {
			if digest := seenDigest.FindStringSubmatch(g.get(to).Body); digest != nil {
				f.form.Set("digest", digest[1])
			}
			return to
		}
	}
	s.at = f.at
	return s.posted(t, route)
}

// posted is where the form of a route is sent.
func (s things) posted(t testing.TB, route web.Route) string {
	address := s.address(t, route)
	if route.Name == "portfolio.wall.move" {
		address += "?" + url.Values{"card": {s.id}, "by": {"stage"}, "from": {"qualified"}}.Encode()
	}
	return address
}

var (
	refusalSaid = regexp.MustCompile(`(?s)<h1.*?</h1>|<h2 [^>]*>[^<]*</h2>|<[^>]*class="[^"]*(?:error|problem|notice)[^"]*"[^>]*>.*?</(?:div|p|li)>`)
	seenDigest  = regexp.MustCompile(`name="digest" value="([0-9a-f]+)"`)
	seenField   = regexp.MustCompile(`name="seen" value="([0-9a-f]+)"`)
	document    = regexp.MustCompile(`(?s)<textarea[^>]* name="document"[^>]*>(.*?)</textarea>`)
)

// withValues is a form sent again with more, and with the document that the page shows.
func withValues(page string, form url.Values, more ...string) url.Values {
	again := url.Values{}
	for name, values := range form {
		again[name] = values
	}
	if shown := document.FindStringSubmatch(page); shown != nil {
		again.Set("document", html.UnescapeString(shown[1]))
	}
	for i := 0; i+1 < len(more); i += 2 {
		again.Set(more[i], more[i+1])
	}
	return again
}

// ask sends one request and counts what it recorded.
func (g *guest) ask(route web.Route, address string, form url.Values) cell {
	t := g.town.t
	t.Helper()
	before := g.town.acts()
	var got answer
	if route.Method == http.MethodGet {
		got = g.get(address)
	} else {
		got = g.post(address, form)
		if seen := seenField.FindStringSubmatch(got.Body); seen != nil && got.Status == http.StatusOK { // a form in two steps: what was seen is applied
			got = g.post(address, withValues(got.Body, form, "do", "apply", "seen", seen[1]))
		}
	}
	if got.Header.Get("Referrer-Policy") == "no-referrer" {
		got.Header.Set("Referrer-Policy", "same-origin") // where the address is a secret: stricter than asked
	}
	webtest.Headers(t, got.Header)
	if got.Status >= 500 || got.holed() {
		t.Errorf("%s %s: %d %s", route.Method, address, got.Status, excerpt(got.Body, "⟦"))
	}
	c := cell{status: got.Status, signIn: got.Status == http.StatusSeeOther && strings.HasPrefix(got.leads(), "/fr/connexion?back="), acts: g.town.acts() - before}
	if said := refusalSaid.FindAllString(got.Body, 3); got.Status >= 400 {
		c.why = tag.ReplaceAllString(strings.Join(said, " | "), "")
	}
	return c
}

func excerpt(body, around string) string {
	at := max(strings.Index(body, around), 0)
	return body[max(at-200, 0):min(at+400, len(body))]
}

// hold checks what must be true of a row, whatever the table says.
func (r row) hold(t *testing.T) {
	t.Helper()
	open := slices.Contains(openToAll, r.route.Name)
	for i, c := range cast() {
		got := r.cells[i]
		outside := c.title == "anonymous" || c.title == "resident"
		switch {
		case r.route.Method == http.MethodGet && got.acts != 0:
			t.Errorf("%s: reading %s recorded an act", c.title, r.route.Name)
		case got.acts != 0 && c.title == "resident" && slices.Contains(openToResidents, r.title()):
		case got.acts != 0 && !open && (outside || c.title == "agent by e-mail link"):
			t.Errorf("%s recorded an act through %s %s", c.title, r.route.Name, r.form)
		case outside && r.route.Audience > web.Account && got.status < 300:
			t.Errorf("%s opened %s, which is for %s", c.title, r.route.Name, audiences[r.route.Audience])
		case got.acts > 0 && got.status >= 400:
			t.Errorf("%s was refused %s and it recorded an act", c.title, r.route.Name)
		case r.mode == act.Blocking && c.title == "agent of another directorate" && got.acts != 0 && !open && openToAgents[r.title()] == "":
			t.Errorf("powers are enforced, and %s recorded an act through %s about %s things", c.title, r.title(), r.things)
		}
	}
	r.holdParts(t)
}

// holdParts checks that a directorate speaks for itself alone.
func (r row) holdParts(t *testing.T) {
	if r.route.Name != "portfolio.part" || r.route.Method != http.MethodPost || r.form == "empty" {
		return
	}
	for i, c := range cast() {
		if r.cells[i].acts != 0 && c.title != "agent asked for the part" {
			t.Errorf("%s answered (%s) the %s part of a directorate that is not theirs", c.title, r.form, r.things)
		}
		if c.title == "agent asked for the part" && r.things == "public" && r.cells[i].acts != 1 {
			t.Errorf("the directorate that was asked could not answer (%s): %v", r.form, r.cells[i])
		}
	}
}

func matrix(rows []row) string {
	var b strings.Builder
	b.WriteString("# Who may do what on the site\n\nGenerated by asking each route of the demonstration as each character: the HTTP status, and in bold how many acts were recorded. " +
		"“Sign in” is a redirection to the sign-in page. Forms are sent filled in, then empty, each to the city as the story left it. " +
		"The story is told under a profile that does not enforce the powers (*indicatif*): agents who lack a power act, and the act says so. " +
		"The last tables send the same forms to the same city under the same profile, enforced (*bloquant*).\n")
	for _, part := range []struct {
		title, method string
		mode          act.Mode
	}{{"Pages", "GET", act.Indicative}, {"Forms", "POST", act.Indicative}, {"Forms, powers enforced,", "POST", act.Blocking}} {
		for _, kind := range []string{"public", "internal"} {
			fmt.Fprintf(&b, "\n## %s about %s things\n\n| |", part.title, kind)
			for _, c := range cast() {
				b.WriteString(" " + c.title + " |")
			}
			b.WriteString("\n| --- |" + strings.Repeat(" --- |", len(cast())) + "\n")
			for _, r := range rows {
				if r.route.Method != part.method || r.things != kind || r.mode != part.mode {
					continue
				}
				fmt.Fprintf(&b, "| %s |", r.title())
				for _, c := range r.cells {
					fmt.Fprintf(&b, " %s |", c)
				}
				b.WriteString("\n")
			}
		}
	}
	return b.String()
}

// routes are those of the site in the order of their names: the rooms register theirs in any order.
func (w *town) routes() []web.Route {
	return slices.SortedStableFunc(slices.Values(w.Site.Table().Routes()), func(a, b web.Route) int {
		return cmp.Or(strings.Compare(a.Name, b.Name), strings.Compare(a.Method, b.Method))
	})
}
