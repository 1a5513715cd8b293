package portfolioweb_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"parvis/internal/act"
	"parvis/internal/act/acttest"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/web/webtest"
)

// What only the city may read: words of an internal project, of the talk before an agreement, of a question
// that waits, of notes and drafts.
var secrets = []string{"Éclairage secret", "P-2016-2", "confidentiel", "vingt supports", "Direction des systèmes d’information", "Généraliser", "A-2016-1",
	"Remarque interne", "donnée personnelle", "Brouillon de banc"}

// Nothing internal leaks to anybody outside, on any page, list, count, export, feed or error.
func TestNothingLeaks(t *testing.T) {
	tw := newStory(t)
	tw.send("dpe", "/fr/projets/nouveau", "_form", "new", "problem", "Brouillon de banc", "origin", "demand", "do", "draft")
	sheet, internal := "/fr/projets/"+tw.sensors.Number, "/fr/projets/"+tw.lamps.Number
	addresses := []string{"/fr/projets", "/en/projects", "/fr/projets?q=secret", "/fr/projets?q=confidentiel", "/fr/projets?matter=numerique", "/fr/projets?tag=confidentiel",
		"/fr/projets?unit=u-dsi", "/fr/projets?place=centre", "/fr/projets/carte", "/fr/projets.csv", "/fr/projets.xlsx", "/fr/projets.geojson", "/fr/projets.atom",
		sheet, sheet + "/atom", internal, internal + "/atom", "/fr/projets/" + string(tw.lamps.ID), "/fr/arbitrages/A-2016-1", "/fr/arbitrages/A-2016-1/note",
		"/fr/mur", "/fr/mur?by=unit", "/fr/mur?by=stage&day=2016-05-01", "/fr/mur?unit=u-dsi", "/id/initiative/" + string(tw.lamps.ID), "/fr/mur/dossier", "/fr/a-faire",
		sheet + "/porteurs", sheet + "/dossier", internal + "/fiche"}
	for _, as := range []string{"anonymous", "resident"} {
		for _, address := range addresses {
			body := webtest.Do(tw.site, webtest.Scenario{URL: address, As: visitors[as]}).Body.String()
			for _, secret := range secrets {
				// The unit is offered by the filter of the list: that it exists is no secret, that it was asked is.
				if strings.Contains(body, secret) && !(strings.HasPrefix(secret, "Direction des systèmes") && strings.Contains(body, `name="unit"`)) &&
					!strings.Contains(address, secret) {
					t.Errorf("%s as %s shows %q", address, as, secret)
				}
			}
		}
		tw.shows(as, "/fr/projets", "1 projet")
		tw.shows(as, "/fr/projets?unit=u-dsi", "Aucun projet ne répond")
		tw.shows(as, "/fr/projets?matter=numerique", "Aucun projet ne répond")
	}
	tw.shows("mission", "/fr/projets", "2 projets", "Éclairage secret")
	tw.shows("mission", "/fr/projets.csv", "Éclairage secret")
	if strings.Contains(tw.page("mission", "/fr/projets.atom"), "Éclairage secret") {
		t.Error("a feed holds what is internal, even for an agent")
	}
}

// Who may open which page: each route states its audience, and the room hides what is not to be read.
func TestAudiences(t *testing.T) {
	tw := newStory(t)
	for _, c := range []struct {
		address string
		open    string // the visitors who get a page
	}{
		{"/fr/projets", "anonymous resident mission dpe dvd elected roads admin"},
		{"/fr/projets/" + tw.sensors.Number, "anonymous resident mission dpe dvd elected roads admin"},
		{"/fr/projets/" + tw.lamps.Number, "mission dpe dvd elected roads admin"},
		{"/fr/projets/" + tw.sensors.Number + "/fiche", "mission dpe dvd elected roads admin"},
		{"/fr/projets/" + tw.sensors.Number + "/etape", "mission dpe dvd elected roads admin"},
		{"/fr/projets/" + tw.sensors.Number + "/porteurs", "mission dpe dvd elected roads admin"},
		{"/fr/projets/" + tw.sensors.Number + "/dossier", "mission dpe dvd elected roads admin"},
		{"/fr/projets/" + tw.sensors.Number + "/arbitrage", "mission dpe dvd elected roads admin"},
		{"/fr/projets/nouveau", "mission dpe dvd elected roads admin"},
		{"/fr/arbitrages/A-2016-1", "mission dpe dvd elected roads admin"},
		{"/fr/mes-arbitrages", "elected roads"},
		{"/fr/a-faire", "mission dpe dvd elected roads admin"},
		{"/fr/mur", "anonymous resident mission dpe dvd elected roads admin"},
		{"/fr/mur/dossier", "mission dpe dvd elected roads admin"},
	} {
		for name, v := range visitors {
			w := webtest.Do(tw.site, webtest.Scenario{URL: c.address, As: v})
			if open := strings.Contains(" "+c.open+" ", " "+name+" "); open != (w.Code == http.StatusOK) {
				t.Errorf("%s as %s: %d", c.address, name, w.Code)
			}
		}
	}
}

// Every form that changes something: whoever is outside is refused and nothing is recorded; whoever is
// inside is refused by the powers when they give nothing, and nothing is recorded either.
func TestNobodyWithoutPowerActs(t *testing.T) {
	none := false
	tw := openTown(t, func(tx *db.Tx, by act.Actor, ask act.Ask) (act.Chain, error) {
		if none {
			return act.Chain{}, fault.New(fault.Denied, "portfolio.agents_only")
		}
		return acttest.Allow(tx, by, ask)
	})
	tw.tell()
	none = true
	before := tw.acts()
	sheet := "/fr/projets/" + tw.sensors.Number
	for _, f := range []struct {
		to   string
		form url.Values
	}{
		{"/fr/projets/nouveau", values("_form", "new", "title", "T", "problem", "P", "origin", "demand", "lang", "fr")},
		{sheet + "/fiche", values("_form", "revise", "version", "5", "title", "T", "problem", "P", "origin", "demand", "lang", "fr")},
		{sheet + "/etape", values("_form", "advance", "version", "5", "to", "scaling")},
		{sheet + "/etape", values("_form", "withdraw", "version", "5", "reason", "Rien.")},
		{sheet + "/porteurs", values("_form", "offer", "unit", "u-dvd", "role", "host")},
		{sheet + "/porteurs", values("_form", "end-sponsor.voirie")},
		{sheet + "/dossier", values("_form", "note", "body", "Bonjour.")},
		{sheet + "/arbitrage", values("_form", "ask", "do", "ask", "question", "Q ?", "ask-proprete", "decides")},
		{"/fr/arbitrages/A-2016-1", values("_form", "postpone", "until", "2018-05-01", "note", "Plus tard.")},
		{"/fr/arbitrages/A-2016-1/decider", values("_form", "decide", "version", "1", "chosen", "1", "why", "Oui.", "step", "decide")},
		{"/fr/mur", values("_form", "board", "by", "sponsor", "name", "Tableau")},
		{"/fr/mur/deplacer?by=sponsor&from=voirie&card=" + string(tw.sensors.ID), values("version", "5", "to", "none")},
	} {
		for name, v := range visitors {
			w := webtest.Do(tw.site, webtest.Scenario{URL: f.to, Form: f.form, As: v})
			if w.Code < 400 && !(strings.HasSuffix(f.to, "/decider") && w.Code == http.StatusOK) {
				t.Errorf("%s %v as %s: %d", f.to, f.form, name, w.Code)
			}
		}
	}
	if after := tw.acts(); after != before {
		t.Errorf("%d acts were recorded without power", after-before)
	}
}

func (tw *town) acts() int {
	tw.t.Helper()
	n, err := db.One(tw.t.Context(), tw.d.Readers, db.Scalar[int], `SELECT COUNT(*) FROM act`)
	tw.must(err)
	return n
}

func TestTombstone(t *testing.T) {
	tw := newStory(t)
	s, err := tw.room.Sheet(t.Context(), visitors["mission"], tw.sensors.Number)
	tw.must(err)
	if to := tw.send("mission", "/fr/projets/"+tw.sensors.Number+"/etape", "_form", "withdraw", "version", itoa(s.Version), "reason", "Doublon."); to != "/fr/projets" {
		t.Errorf("leads to %s", to)
	}
	webtest.Run(t, tw.site, []webtest.Scenario{
		{Name: "the address says so", URL: "/fr/projets/" + tw.sensors.Number, Status: 410, Contains: []string{"Ce projet a été retiré", "journal public"}},
		{Name: "the list has forgotten it", URL: "/fr/projets", Status: 200, Lacks: []string{"Collecte guidée"}},
	})
}

func TestFollow(t *testing.T) {
	tw := newStory(t)
	sheet := "/fr/projets/" + tw.sensors.Number
	webtest.Run(t, tw.site, []webtest.Scenario{
		{Name: "not an address", URL: sheet + "/suivre", Form: values("_form", "follow", "email", "jean"), Status: 422, Contains: []string{"adresse électronique entière"}},
		{Name: "an internal project", URL: "/fr/projets/" + tw.lamps.Number + "/suivre", Form: values("email", "a@b.fr"), Status: 404},
	})
	tw.send("anonymous", sheet+"/suivre", "_form", "follow", "email", "jeanne@exemple.fr")
	if len(tw.mails) != 1 {
		t.Fatalf("%d letters", len(tw.mails))
	}
	link := "/fr/suivi/" + tw.mails[0].Confirm
	tw.shows("anonymous", link, "Suivre ce projet", "Collecte guidée")
	if f, err := tw.room.Followers(t.Context(), tw.sensors.ID); err != nil || len(f) != 0 {
		t.Errorf("opening the link is enough: %v %v", f, err)
	}
	if to := tw.send("anonymous", link); to != sheet {
		t.Errorf("leads to %s", to)
	}
	f, err := tw.room.Followers(t.Context(), tw.sensors.ID)
	tw.must(err)
	if len(f) != 1 {
		t.Fatalf("%d followers", len(f))
	}
	tw.shows("anonymous", "/fr/suivi/"+f[0].Leave+"/arreter", "Ne plus suivre")
	tw.send("anonymous", "/fr/suivi/"+f[0].Leave+"/arreter")
	if f, _ := tw.room.Followers(t.Context(), tw.sensors.ID); len(f) != 0 {
		t.Error("the address is kept")
	}
}

// Every route in both languages: the headers, no failure inside, and reserved pages stay closed.
func TestEveryRoute(t *testing.T) {
	webtest.EveryRoute(t, newStory(t).site)
}

// Read-only agents (signed in by a link) see no form.
func TestReadOnly(t *testing.T) {
	tw := newStory(t)
	v := visitors["mission"]
	v.ReadOnly = true
	w := webtest.Do(tw.site, webtest.Scenario{URL: "/fr/projets/" + tw.sensors.Number, As: v})
	if body := w.Body.String(); !strings.Contains(body, "Remarque interne") || strings.Contains(body, "Agir sur ce projet") {
		t.Error("an agent who may only read: notes but no forms")
	}
}
