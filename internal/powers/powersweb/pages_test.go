package powersweb_test

import (
	"context"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"parvis/internal/act"
	"parvis/internal/act/acttest"
	"parvis/internal/calendar"
	"parvis/internal/clock"
	"parvis/internal/db/dbtest"
	"parvis/internal/i18n"
	"parvis/internal/identity"
	"parvis/internal/powers"
	"parvis/internal/powers/powerstest"
	"parvis/internal/powers/powersweb"
	"parvis/internal/web"
	"parvis/internal/web/webtest"
)

const today = calendar.Day("2018-03-12")

// others are messages of other packages that these pages may show.
var others = fstest.MapFS{
	"fr.toml": {Data: []byte(`"identity.sign_in_required" = "Connectez-vous."` + "\n" + `"identity.read_only" = "Lecture seule."`)},
	"en.toml": {Data: []byte(`"identity.sign_in_required" = "Sign in."` + "\n" + `"identity.read_only" = "Read only."`)},
}

// town is a city under three profiles, with its pages.
type town struct {
	*powerstest.City
	site *web.Site
	now  *clock.Set
}

func newTown(t *testing.T) town {
	t.Helper()
	now := clock.At(today.Clock(9, 0))
	d := dbtest.SQLite(t, now)
	c := powerstest.New(t, d, []act.Verb{{Name: "portfolio.arbitration.decide", Force: act.Decided, Default: act.Public}})
	c.Install(t, c.Founder, powers.LeadDirectorate, "2013-01-01")
	sg := c.Agent("SG")
	c.Install(t, sg, powers.MunicipalTeam, "2014-06-01")
	c.Install(t, sg, powers.WithInvestment, "2018-01-01")
	c.Do(t, sg, func(tx *act.Tx) error {
		if err := powers.EndHolding(tx, c.Holders["ADJ-VOIRIE"], "2013-01-01", "A-9"); err != nil {
			return err
		}
		_, err := powers.Delegate(tx, powers.NewDelegation{Giver: c.Posts["SG"], Receiver: c.Posts["MISSION"], Nature: powers.OfSignature,
			Scope:  powers.Scope{Verbs: []string{"portfolio.arbitration.decide"}, AmountMax: 200_000_00},
			Period: calendar.Since("2014-07-01"), LegalAct: "2014-031"})
		return err
	})
	now.Move(today.Clock(10, 0))
	pages := powersweb.New(powersweb.Config{Read: d.Readers, Log: c.Log, Engine: c.Engine, Desk: powers.NewDesk(d.Readers, act.NewMarks(d.Readers)), Subject: noSubject})
	cfg := webtest.Config(t, pages.Routes(), powersweb.Messages, others)
	cfg.Clock, cfg.Assets = now, []fs.FS{powersweb.Assets}
	t.Cleanup(func() { acttest.Clean(t, d) })
	return town{c, webtest.New(t, cfg), now}
}

func noSubject(context.Context, identity.Visitor, string) (powersweb.Subject, error) {
	return powersweb.Subject{}, nil
}

func (t town) sg() identity.Visitor {
	return identity.Visitor{Kind: identity.Agent, Account: "cpt", Name: "SG",
		Posts: []identity.PostRef{{ID: t.Posts["SG"], Holder: t.Holders["SG"], Title: "Secrétaire général", Layer: "haut_fonctionnaire"}}}
}

func whoURL(lang, date string, c town) string {
	q := url.Values{"what": {"portfolio.arbitration.decide"}, "amount": {"180000"}, "date": {date},
		"lead": {string(c.Units["DSI"])}, "part": {string(c.Units["DPE"]), string(c.Units["DVD"])}}
	path := map[string]string{"fr": "/fr/qui-decide?", "en": "/en/who-decides?"}[lang]
	return path + q.Encode()
}

// « Généraliser, 180 000 € »: the same question in 2013, 2014 and 2018 (issue, §4).
func TestWhoDecides(t *testing.T) {
	c := newTown(t)
	webtest.Run(t, c.site, []webtest.Scenario{
		{Name: "2013", URL: whoURL("fr", "2013-06-01", c), Status: 200, Contains: []string{"Personne ne décide seul", "Il manque un siège", "Direction de la voirie", "siège manquant", "Direction pilote"}},
		{Name: "2014", URL: whoURL("fr", "2014-09-01", c), Status: 200, Contains: []string{"La décision revient à\u00a0: Secrétaire général.", "Cheffe de la mission", "2014-031", "Régularisation", "Visa nécessaire"}},
		{Name: "2018", URL: whoURL("fr", "2018-03-12", c), Status: 200, Contains: []string{"La décision revient au", "Présidence du comité", "Délégations vérifiées le 12 mars 2018", "ne vaut pas avis juridique"}, Lacks: []string{"Régularisation"}},
		{Name: "2018 in English", URL: whoURL("en", "2018-03-12", c), Status: 200, Contains: []string{"belongs to the Investment committee", "not legal advice"}},
		{Name: "before any profile", URL: whoURL("fr", "2012-01-01", c), Status: 200, Contains: []string{"Aucun profil de gouvernance"}},
		{Name: "as known before the delegation", URL: whoURL("fr", "2014-09-01", c) + "&known=2018-03-11", Status: 200, Contains: []string{"Aucun profil"}},
		{Name: "nothing asked", URL: "/fr/qui-decide", Status: 200, Contains: []string{"Posez votre question"}},
		{Name: "a wrong date keeps the rest", URL: "/fr/qui-decide?what=portfolio.arbitration.decide&amount=18x&date=2014-13-01", Status: 422, Contains: []string{"18x"}},
	})
}

func TestEveryPageInBothLanguages(t *testing.T) {
	c := newTown(t)
	unit, post := string(c.Units["DVD"]), string(c.Posts["MISSION"])
	profile, err := c.Engine.ProfileOn(context.Background(), c.DB.Readers, powers.Now(c.now.Now()))
	if err != nil {
		t.Fatal(err)
	}
	var list []webtest.Scenario
	for _, path := range []string{
		"/fr/organisation", "/en/organisation", "/fr/organisation?as=list", "/en/organisation?as=list&date=2012-01-01", "/fr/organisation?q=voirie", "/fr/organisation?date=2001-01-01",
		"/fr/organisation/entites/" + unit, "/en/organisation/units/" + unit + "?date=2015-01-01", "/fr/organisation/fonctions/" + post, "/en/organisation/posts/" + post,
		"/fr/organisation/delegations", "/en/organisation/delegations?date=2010-02-01", "/fr/organisation/fonctions-vacantes", "/en/organisation/vacant-posts",
		"/fr/organisation/la-bonne-porte", "/en/organisation/the-right-door", "/fr/organisation/pouvoirs", "/en/organisation/powers?date=2013-05-05", "/fr/organisation/pouvoirs?date=2011-01-01",
		"/fr/organisation/profils", "/en/organisation/profiles", "/fr/organisation/profils/" + profile.Digest, "/en/organisation/profiles/" + profile.Digest,
		"/fr/organisation/differences", "/en/organisation/differences?from=2013-06-01&to=2018-03-12", "/fr/organisation/differences?from=2012-01-01&to=2018-03-12",
	} {
		for _, as := range []identity.Visitor{{}, c.sg()} {
			list = append(list, webtest.Scenario{Name: path + " " + as.Name, URL: path, As: as, Status: 200})
		}
	}
	for _, path := range []string{"/fr/organisation/nouvelle-entite", "/en/organisation/new-unit", "/fr/organisation/entites/" + unit + "/nouvelle-fonction", "/en/organisation/units/" + unit + "/new-post",
		"/fr/organisation/fonctions/" + post + "/affectation", "/en/organisation/posts/" + post + "/appointment", "/fr/organisation/fonctions/" + post + "/delegation", "/en/organisation/posts/" + post + "/delegation",
		"/fr/organisation/fonctions/" + post + "/fin/" + string(c.Holders["MISSION"])} {
		list = append(list, webtest.Scenario{Name: path, URL: path, As: c.sg(), Status: 200})
	}
	list = append(list, webtest.Scenario{Name: "a unit before its time", URL: "/fr/organisation/entites/" + unit + "?date=2001-01-01", Status: 404, Contains: []string{"Rien de tel"}},
		webtest.Scenario{Name: "no such unit", URL: "/fr/organisation/entites/nothing", Status: 404},
		webtest.Scenario{Name: "first day after last", URL: "/fr/organisation/differences?from=2018-01-01&to=2013-01-01", Status: 422, Contains: []string{"doit venir avant"}})
	webtest.Run(t, c.site, list)
}

// Names of agents are read inside only; the public reads those of posts that carry one.
func TestNamesStayInside(t *testing.T) {
	c := newTown(t)
	for _, path := range []string{"/fr/organisation?as=list", "/fr/organisation/entites/" + string(c.Units["MISSION"]), "/fr/organisation/fonctions/" + string(c.Posts["MISSION"]), whoURL("fr", "2014-09-01", c), "/fr/organisation/la-bonne-porte"} {
		webtest.Run(t, c.site, []webtest.Scenario{
			{Name: "public " + path, URL: path, Status: 200, Lacks: []string{"Camille"}},
			{Name: "agent " + path, URL: path, As: c.sg(), Status: 200, Contains: []string{"Camille"}},
		})
	}
}

func TestForms(t *testing.T) {
	c := newTown(t)
	sg := c.sg()
	appoint := "/fr/organisation/fonctions/" + string(c.Posts["ADJ-VOIRIE"]) + "/affectation"
	delegate := "/fr/organisation/fonctions/" + string(c.Posts["SG"]) + "/delegation"
	newPost := "/fr/organisation/entites/" + string(c.Units["DVD"]) + "/nouvelle-fonction"
	submit(t, c, []webtest.Scenario{
		{Name: "not for the public", URL: "/fr/organisation/nouvelle-entite", Form: url.Values{}, Status: 401},
		{Name: "a unit without a name keeps the rest", URL: "/fr/organisation/nouvelle-entite", As: sg, Form: url.Values{"code": {"AB C"}, "kind": {"service"}, "from": {"2018-04-01"}}, Status: 422, Contains: []string{"AB C"}},
		{Name: "a code taken", URL: "/fr/organisation/nouvelle-entite", As: sg, Form: url.Values{"name": {"Voirie bis"}, "code": {"DVD"}, "kind": {"service"}, "body": {string(c.Body)}, "from": {"2018-04-01"}}, Status: 422, Contains: []string{"déjà pris", "Voirie bis"}},
		{Name: "a unit", URL: "/fr/organisation/nouvelle-entite", As: sg, Form: url.Values{"name": {"Service des ponts"}, "code": {"PONTS"}, "kind": {"service"}, "body": {string(c.Body)}, "parent": {string(c.Units["DVD"])}, "from": {"2018-04-01"}}, Status: 303},
		{Name: "a post", URL: newPost, As: sg, Form: url.Values{"title": {"Ingénieure"}, "code": {"ING-1"}, "layer": {"service"}, "from": {"2018-03-01"}}, Status: 303},
		{Name: "an appointment", URL: appoint, As: sg, Form: url.Values{"given": {"Alix"}, "family": {"Morel"}, "from": {"2018-03-01"}, "legal_act": {"2018-12"}}, Status: 303},
		{Name: "a second holder is refused", URL: appoint, As: sg, Form: url.Values{"given": {"Noé"}, "family": {"Petit"}, "from": {"2018-03-05"}}, Status: 422, Contains: []string{"exerce déjà", "Petit"}},
		{Name: "a delegation", URL: delegate, As: sg, Form: url.Values{"to": {"DIR-DPE"}, "nature": {"signature"}, "verbs": {"portfolio.arbitration.decide"}, "amount": {"50 000"}, "from": {"2018-03-12"}, "legal_act": {"2018-40"}}, Status: 303},
		{Name: "a delegation too wide", URL: delegate, As: sg, Form: url.Values{"to": {"DIR-DSI"}, "nature": {"signature"}, "verbs": {"portfolio.arbitration.decide"}, "amount": {"900 000"}, "from": {"2018-03-12"}, "legal_act": {"2018-41"}}, Status: 422, Contains: []string{"dépasse", "900 000"}},
		{Name: "a post that does not exist", URL: delegate, As: sg, Form: url.Values{"to": {"NOBODY"}, "nature": {"signature"}, "from": {"2018-03-12"}, "legal_act": {"2018-42"}}, Status: 422, Contains: []string{"NOBODY"}},
	})
	c.now.Advance(1e9)
	given, err := powers.Delegations(context.Background(), c.DB.Readers, powers.Now(c.now.Now()))
	if err != nil || len(given) != 2 {
		t.Fatalf("%d delegations, %v", len(given), err)
	}
	revoke := "/fr/organisation/delegations/" + string(given[0].ID) + "/revocation"
	submit(t, c, []webtest.Scenario{
		{Name: "the form of a revocation", URL: revoke, As: sg, Status: 200},
		{Name: "not in the past", URL: revoke, As: sg, Form: url.Values{"day": {"2018-03-01"}, "legal_act": {"2018-50"}}, Status: 422, Contains: []string{"dans le passé", "2018-50"}},
		{Name: "revoked", URL: revoke, As: sg, Form: url.Values{"day": {"2018-03-12"}, "legal_act": {"2018-50"}}, Status: 303},
		{Name: "an end", URL: "/fr/organisation/fonctions/" + string(c.Posts["CHARGE"]) + "/fin/" + string(c.Holders["CHARGE"]), As: sg, Form: url.Values{"day": {"2018-05-01"}}, Status: 303},
	})
	readOnly := sg
	readOnly.ReadOnly = true
	submit(t, c, []webtest.Scenario{{Name: "read only", URL: newPost, As: readOnly, Form: url.Values{"title": {"X"}, "code": {"X-1"}, "layer": {"service"}, "from": {"2018-03-01"}}, Status: 403}})
}

// submit runs scenarios; one that succeeds must lead to a page of the organisation.
func submit(t *testing.T, c town, list []webtest.Scenario) {
	for _, s := range list {
		if s.Status != http.StatusSeeOther {
			webtest.Run(t, c.site, []webtest.Scenario{s})
			continue
		}
		answer := webtest.Do(c.site, s)
		if to := answer.Header().Get("Location"); answer.Code != s.Status || !strings.HasPrefix(to, "/fr/organisation/") {
			t.Errorf("%s: %d, leads to %q", s.Name, answer.Code, to)
		}
	}
}

var literal = regexp.MustCompile(`"(powersweb\.[a-z_.]*|powers\.[a-z_.]*)"`)

// Every key that the sources name exists in both languages, and every message is named somewhere.
func TestMessagesAreAllThereAndAllUsed(t *testing.T) {
	catalog, err := i18n.Load(powersweb.Messages)
	if err != nil {
		t.Fatal(err)
	}
	named := map[string]bool{}
	for _, pattern := range []string{"*.go", "*.templ", "../*.go"} {
		files, _ := filepath.Glob(pattern)
		for _, f := range files {
			if strings.HasSuffix(f, "_test.go") || strings.HasSuffix(f, "_templ.go") {
				continue
			}
			text, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range literal.FindAllStringSubmatch(string(text), -1) {
				named[m[1]] = true
			}
		}
	}
	names := map[string]bool{}
	for _, r := range powersweb.New(powersweb.Config{}).Routes() {
		names[r.Name] = true
	}
	for _, v := range powers.Verbs() {
		names[v.Name] = true
	}
	for _, lang := range i18n.Languages() {
		p := catalog.Printer(lang)
		for key := range named {
			if !strings.HasSuffix(key, ".") && !names[key] && !p.Has(key) && !p.Has(key+".other") {
				t.Errorf("%s: no message %s", lang, key)
			}
		}
		for _, v := range powers.Verbs() {
			if !p.Has("act." + v.Name) {
				t.Errorf("%s: no sentence for %s", lang, v.Name)
			}
		}
		for _, key := range catalog.Keys(lang) {
			if strings.HasPrefix(key, "powers") && !used(key, named) {
				t.Errorf("%s: nobody says %s", lang, key)
			}
		}
	}
	if defects := i18n.Check(powersweb.Messages); len(defects) > 0 {
		t.Error(strings.Join(defects, "\n"))
	}
}

func used(key string, named map[string]bool) bool {
	stem := strings.TrimSuffix(strings.TrimSuffix(key, ".one"), ".other")
	if named[key] || named[stem] {
		return true
	}
	for n := range named {
		if strings.HasSuffix(n, ".") && strings.HasPrefix(key, n) {
			return true
		}
	}
	return false
}

// Every role and condition of the shipped profiles can be said in both languages.
func TestProfilesCanBeSaid(t *testing.T) {
	catalog, err := i18n.Load(powersweb.Messages)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range powers.ShippedNames() {
		profile, err := powers.ParseProfile(powers.Shipped(name))
		if err != nil {
			t.Fatal(err)
		}
		for _, lang := range i18n.Languages() {
			for _, row := range profile.Matrix() {
				if key := "powersweb.verb." + strings.TrimSuffix(strings.ReplaceAll(row.Verb, "*", "all"), "."); !catalog.Printer(lang).Has(key) {
					t.Errorf("%s, %s: no words for %s", name, lang, row.Verb)
				}
			}
		}
	}
}
