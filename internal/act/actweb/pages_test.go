package actweb_test

import (
	"context"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/a-h/templ"
	"pgregory.net/rapid"

	"parvis/internal/act"
	"parvis/internal/act/acttest"
	"parvis/internal/act/actweb"
	"parvis/internal/act/logfile"
	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/i18n"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/ui"
	"parvis/internal/web"
	"parvis/internal/web/webtest"
)

const subjectRoute = "thing"

// site is a city with a journal, and a page of another room that shows a timeline.
type site struct {
	http.Handler
	db  *db.DB
	log *act.Log
	seq *act.Sequencer
}

func names(_ context.Context, lang string, _ calendar.Day, refs []act.Ref) (map[act.Ref]actweb.Label, error) {
	known := map[act.Ref]actweb.Label{}
	for _, r := range refs {
		switch {
		case r == (act.Ref{Type: "post", ID: "poste-adjointe-voirie"}):
			known[r] = actweb.Label{Text: map[string]string{"fr": "Adjointe à la voirie", "en": "Deputy mayor for roads"}[lang], URL: "/fr/post"}
		case r.Type == "note":
			known[r] = actweb.Label{Text: "Note " + string(r.ID)}
		}
	}
	return known, nil
}

func newSite(t *testing.T, d *db.DB) site {
	t.Helper()
	l, keys := acttest.Log(t, d, acttest.Verbs()), acttest.Keys(t)
	p := actweb.New(actweb.Config{Log: l, Readers: d.Readers, Files: logfile.Files{Readers: d.Readers, Keys: keys.Public}, Verbs: l.Verbs(), Name: names,
		Units: func(context.Context, string, calendar.Day) ([]ui.Option, error) {
			return []ui.Option{{Label: "-"}, {Value: "unit-voirie", Label: "Voirie"}}, nil
		},
		PostsOf: func(context.Context, id.ID, calendar.Day) ([]id.ID, error) {
			return []id.ID{"poste-adjointe-voirie"}, nil
		}})
	routes := append(p.Routes(), web.Route{Name: subjectRoute, Method: "GET", FR: "/chose/{id}", EN: "/thing/{id}", Audience: web.Public,
		Handler: func(w http.ResponseWriter, r *http.Request) error {
			subject := act.Ref{Type: "note", ID: id.ID(r.PathValue("id"))}
			return web.Render(w, r, templ.Join(ui.Page(ui.Head{Title: "Chose"}), p.Timeline(r.Context(), subject)))
		}})
	return site{webtest.Site(t, routes, actweb.Messages, act.Messages), d, l, acttest.Sequencer(t, d, l, act.Sequencing{Keys: keys})}
}

func (s site) flush(t *testing.T) {
	t.Helper()
	if err := s.seq.Flush(context.Background()); err != nil {
		t.Fatal(err)
	}
}

func (s site) get(t testing.TB, as identity.Visitor, target string) (int, string) {
	t.Helper()
	w := webtest.Do(s, webtest.Scenario{URL: target, As: as})
	return w.Code, w.Body.String()
}

var insider = identity.Visitor{Kind: identity.Agent, Account: "a", Name: "Agente"}

func TestTheJournalIsReadInBothLanguages(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newSite(t, d)
		webtest.Run(t, s, []webtest.Scenario{
			{Name: "nothing yet", URL: "/fr/journal", Status: 200, Contains: []string{"Aucun acte"}},
			{Name: "no checkpoint yet", URL: "/fr/journal/ce-que-prouve-le-journal", Status: 200, Contains: []string{"pas encore"}},
			{Name: "no log yet", URL: "/log/checkpoint", Status: 404},
		})
		acttest.History(t, d, s.log, 8)
		s.flush(t)
		public := acttest.Make(t, s.log, acttest.Author(), acttest.Decision(99))
		internal := acttest.Make(t, s.log, acttest.Author(), act.Act{Verb: "test.note.keep", Object: acttest.Note(99)})
		webtest.Run(t, s, []webtest.Scenario{
			{Name: "log", URL: "/fr/journal", Status: 200, Lacks: []string{"test.note.keep, ", acttest.Name, "⟦"},
				Contains: []string{"Adjointe à la voirie", "/fr/journal/actes/" + string(public), "Actes plus anciens", "41", "prend effet le"}},
			{Name: "journal in English", URL: "/en/public-log", Status: 200, Contains: []string{"Deputy mayor for roads", "Older acts", "takes effect on"}, Lacks: []string{"⟦"}},
			{Name: "an agent reads internal acts", URL: "/fr/journal", As: insider, Status: 200, Contains: []string{"test.note.keep, ", "Interne"}},
			{Name: "an internal act is not there for others", URL: "/fr/journal/actes/" + string(internal), Status: 404},
			{Name: "an internal act", URL: "/fr/journal/actes/" + string(internal), As: insider, Status: 200, Contains: []string{"Cet acte est interne", "noindex"}},
			{Name: "an act that waits for its proof", URL: "/fr/journal/actes/" + string(public), Status: 200, Contains: []string{"sera disponible"}},
			{Name: "one kind", URL: "/fr/journal?kind=test.note.decide", Status: 200, Contains: []string{"9 actes"}},
			{Name: "one room", URL: "/fr/journal?kind=act.", Status: 200, Contains: []string{"16 actes"}},
			{Name: "an unknown kind", URL: "/fr/journal?kind=x%27+OR+1%3D1", Status: 422},
			{Name: "an impossible day", URL: "/fr/journal?from=2018-02-30", Status: 422},
			{Name: "a day without acts", URL: "/fr/journal?from=1990-01-01&to=1990-12-31", Status: 200, Contains: []string{"Aucun acte", "Voir tout le journal"}},
			{Name: "one unit", URL: "/fr/journal?unit=unit-voirie", Status: 200, Contains: []string{"41 actes"}},
			{Name: "kinds", URL: "/fr/journal/genres-d-actes", Status: 200, Contains: []string{"CRPA L311-2", "RGPD art. 17", "décision"}},
			{Name: "keys", URL: "/fr/journal/cles", Status: 200, Contains: []string{acttest.Origin + "+", "pas de témoin"}},
			{Name: "what it proves", URL: "/en/public-log/what-the-log-proves", Status: 200, Contains: []string{"no witness has cosigned", "parvis verify"}},
			{Name: "files", URL: "/log/keys", Status: 200, Contains: []string{acttest.Origin + "+"}},
			{Name: "no such file", URL: "/log/tile/0/999", Status: 404},
			{Name: "a timeline elsewhere", URL: "/fr/chose/note-99", Status: 200, Contains: []string{"Note note-99"}, Lacks: []string{"Interne"}},
		})
		s.flush(t)
		webtest.Run(t, s, []webtest.Scenario{
			{Name: "an act with its proof", URL: "/fr/journal/actes/" + string(public), Status: 200, Contains: []string{"/log/proof/", "La place sera rendue"}},
		})
	})
}

func TestEffacedTextsSayWhoEffacedThem(t *testing.T) {
	s := newSite(t, dbtest.SQLite(t, nil))
	written := acttest.Make(t, s.log, acttest.Author(), act.Act{Verb: "test.note.write", Object: acttest.Note(1),
		Texts: []act.Text{{Name: "motive", Body: "<b>Demandé</b> par " + acttest.Name, Lang: "en"}}})
	webtest.Run(t, s, []webtest.Scenario{{Name: "before", URL: "/fr/journal/actes/" + string(written), Status: 200,
		Contains: []string{"&lt;b&gt;Demandé", acttest.Name, `lang="en"`}}})
	erased := acttest.Erase(t, s.log, acttest.TextOf(t, s.db, written, "motive"))
	webtest.Run(t, s, []webtest.Scenario{{Name: "after", URL: "/fr/journal/actes/" + string(written), Status: 200,
		Contains: []string{"Ce texte a été effacé", string(erased)}, Lacks: []string{acttest.Name}}})
}

var actLink = regexp.MustCompile(`<p><a href="/fr/journal/actes/([0-9a-f-]{36})">`) // the permanent link of a line

// listed walks the journal to its end and gives the acts shown.
func (s site) listed(t testing.TB, as identity.Visitor, q url.Values) map[id.ID]bool {
	t.Helper()
	seen := map[id.ID]bool{}
	for address := "/fr/journal?" + q.Encode(); address != ""; {
		code, body := s.get(t, as, address)
		if code != 200 {
			t.Fatal(address, code)
		}
		list := body[strings.Index(body, `id="acts"`):]
		for _, m := range actLink.FindAllStringSubmatch(list, -1) {
			seen[id.ID(m[1])] = true
		}
		address = ""
		if m := regexp.MustCompile(`<a href="([^"]+)" rel="next"`).FindStringSubmatch(list); m != nil {
			address = strings.ReplaceAll(m[1], "&amp;", "&")
		}
	}
	return seen
}

// feeds gives the acts of both feeds, which must agree.
func (s site) feeds(t testing.TB, as identity.Visitor, q url.Values) map[id.ID]bool {
	t.Helper()
	_, atom := s.get(t, as, "/fr/journal/flux.atom?"+q.Encode())
	var a struct {
		Entries []struct {
			ID string `xml:"id"`
		} `xml:"entry"`
	}
	if err := xml.Unmarshal([]byte(atom), &a); err != nil {
		t.Fatal(err, atom)
	}
	_, feed := s.get(t, as, "/fr/journal/flux.json?"+q.Encode())
	var j struct{ Items []struct{ ID id.ID } }
	if err := json.Unmarshal([]byte(feed), &j); err != nil {
		t.Fatal(err, feed)
	}
	seen := map[id.ID]bool{}
	for i, e := range a.Entries {
		seen[id.ID(strings.TrimPrefix(e.ID, "urn:uuid:"))] = true
		if j.Items[i].ID != id.ID(strings.TrimPrefix(e.ID, "urn:uuid:")) {
			t.Fatal("the feeds differ")
		}
	}
	return seen
}

// Whatever the filter, a visitor sees in the list exactly the acts that open one by one and match, the
// count says how many, the feeds show those of a visitor without account, and so does the log.
func TestSingleReadsListsFeedsAndCountsAgree(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := newSite(t, d)
		acttest.History(t, d, s.log, 7)
		s.flush(t)
		all, err := db.All(context.Background(), d.Readers, func(r db.Row) (a struct{ id, verb, subject, visibility string }, err error) {
			err = r.Scan(&a.id, &a.verb, &a.subject, &a.visibility)
			return a, err
		}, `SELECT id, verb, subject_id, visibility FROM act`)
		if err != nil {
			t.Fatal(err)
		}
		rapid.Check(t, func(rt *rapid.T) {
			as := rapid.SampledFrom([]identity.Visitor{{}, {Kind: identity.Resident, Account: "r"}, insider, {Kind: identity.Admin, Account: "x"}}).Draw(rt, "as")
			q := url.Values{}
			kind := rapid.SampledFrom([]string{"", "test.", "test.note.keep", "test.note.write", "act."}).Draw(rt, "kind")
			on := rapid.SampledFrom([]string{"", "note-1", "note-3"}).Draw(rt, "on")
			if kind != "" {
				q.Set("kind", kind)
			}
			if on != "" {
				q.Set("type", "note")
				q.Set("on", on)
			}
			want, public := map[id.ID]bool{}, map[id.ID]bool{}
			for _, a := range all {
				matches := (kind == "" || a.verb == kind || strings.HasSuffix(kind, ".") && strings.HasPrefix(a.verb, kind)) && (on == "" || a.subject == on)
				code, _ := s.get(t, as, "/fr/journal/actes/"+a.id)
				if code == 200 && matches {
					want[id.ID(a.id)] = true
				}
				if a.visibility == "public" && matches {
					public[id.ID(a.id)] = true
				}
				if code != 200 && a.visibility == "public" || code == 200 && a.visibility != "public" && !as.Inside() {
					rt.Errorf("%s act: %d", a.visibility, code)
				}
			}
			if got := s.listed(t, as, q); !equal(got, want) {
				rt.Errorf("the list has %d acts, single reads %d", len(got), len(want))
			}
			if got := s.feeds(t, as, q); !equal(got, public) {
				rt.Errorf("the feeds have %d acts, %d are public", len(got), len(public))
			}
			if _, body := s.get(t, as, "/fr/journal?"+q.Encode()); !strings.Contains(body, fmt.Sprintf(">%d acte", len(want))) {
				rt.Errorf("the count is not %d", len(want))
			}
		})
	})
}

func equal(a, b map[id.ID]bool) bool {
	if len(a) != len(b) {
		return false
	}
	for k := range a {
		if !b[k] {
			return false
		}
	}
	return true
}

func TestCataloguesAreWhole(t *testing.T) {
	for _, defect := range i18n.Check(actweb.Messages, act.Messages) {
		t.Error(defect)
	}
	catalog, err := i18n.Load(actweb.Messages, act.Messages)
	if err != nil {
		t.Fatal(err)
	}
	own, err := act.NewVerbs()
	if err != nil {
		t.Fatal(err)
	}
	if unsaid := actweb.Unsaid(catalog, own); len(unsaid) > 0 {
		t.Error(unsaid)
	}
	other, _ := act.NewVerbs(acttest.Verbs())
	if unsaid := actweb.Unsaid(catalog, other); !slices.Contains(unsaid, "fr: act.test.note.write") {
		t.Error("the control failed: ", unsaid)
	}
}

func TestAnAdministratorEffacesAText(t *testing.T) {
	s := newSite(t, dbtest.SQLite(t, nil))
	written := acttest.Make(t, s.log, acttest.Author(), act.Act{Verb: "test.note.write", Object: acttest.Note(1),
		Texts: []act.Text{{Name: "motive", Body: "Demandé par " + acttest.Name}}})
	text := acttest.TextOf(t, s.db, written, "motive")
	admin := identity.Visitor{Kind: identity.Agent | identity.Admin, Account: "x", Posts: []identity.PostRef{{ID: "secretaire"}}}
	readOnly := admin
	readOnly.ReadOnly = true
	page, target := "/fr/journal/actes/"+string(written), "/fr/journal/textes/"+string(text)+"/effacer"
	if w := webtest.Do(s, webtest.Scenario{URL: target, Form: url.Values{"reason": {"x"}}, As: readOnly}); w.Code != 403 {
		t.Errorf("somebody signed in by a link alone effaces: %d", w.Code)
	}
	webtest.Run(t, s, []webtest.Scenario{
		{Name: "nobody else is offered it", URL: page, As: insider, Status: 200, Lacks: []string{"effacer"}},
		{Name: "an agent may not", URL: target, As: insider, Status: 404},
		{Name: "a resident may not", URL: target, Form: url.Values{}, As: identity.Visitor{Kind: identity.Resident, Account: "r"}, Status: 404},
		{Name: "it is offered", URL: page, As: admin, Status: 200, Contains: []string{target}},
		{Name: "asked once more", URL: target, As: admin, Status: 200, Contains: []string{acttest.Name, "définitif"}},
		{Name: "too long a reason", URL: target, Form: url.Values{"reason": {strings.Repeat("é", 1001)}}, As: admin, Status: 422, Contains: []string{"ééé"}},
		{Name: "done", URL: target, Form: url.Values{"reason": {"À la demande de la personne"}}, As: admin, Status: 303, Location: page},
		{Name: "gone", URL: page, Status: 200, Contains: []string{"Ce texte a été effacé"}, Lacks: []string{acttest.Name}},
		{Name: "not twice", URL: target, Form: url.Values{"reason": {"x"}}, As: admin, Status: 410},
		{Name: "no such text", URL: "/fr/journal/textes/nothing/effacer", As: admin, Status: 404},
	})
}
