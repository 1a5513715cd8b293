package powersweb_test

import (
	"context"
	"html"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/id"
	"parvis/internal/powers"
	"parvis/internal/web/webtest"
)

var seenField = regexp.MustCompile(`name="seen" value="([0-9a-f]+)"`)

func form(pairs ...string) url.Values {
	f := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		f.Set(pairs[i], pairs[i+1])
	}
	return f
}

func with(f url.Values, pairs ...string) url.Values {
	out := form(pairs...)
	for name, values := range f {
		if out[name] == nil {
			out[name] = values
		}
	}
	return out
}

func (c town) acts(t *testing.T) int64 {
	t.Helper()
	n, err := db.One(context.Background(), c.DB.Readers, db.Scalar[int64], `SELECT COUNT(*) FROM act`)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// seenAt sends a form for its preview, which must show the words and record nothing.
func (c town) seenAt(t *testing.T, path string, f url.Values, words ...string) string {
	t.Helper()
	before := c.acts(t)
	webtest.Run(t, c.site, []webtest.Scenario{{Name: "preview of " + path, URL: path, As: c.sg(), Form: with(f, "do", "preview"), Status: 200, Contains: words}})
	shown := webtest.Do(c.site, webtest.Scenario{URL: path, As: c.sg(), Form: with(f, "do", "preview")})
	seen := seenField.FindStringSubmatch(shown.Body.String())
	if seen == nil {
		t.Fatalf("%s: the preview leads no further", path)
	}
	if after := c.acts(t); after != before {
		t.Errorf("%s: the preview recorded %d acts", path, after-before)
	}
	return seen[1]
}

// makes sees a change, then makes it.
func (c town) makes(t *testing.T, path string, f url.Values, words ...string) {
	t.Helper()
	seen, before := c.seenAt(t, path, f, words...), c.acts(t)
	got := webtest.Do(c.site, webtest.Scenario{URL: path, As: c.sg(), Form: with(f, "do", "apply", "seen", seen)})
	if got.Code != 303 || c.acts(t) != before+1 {
		t.Errorf("%s: %d, %d acts, %s", path, got.Code, c.acts(t)-before, got.Body)
	}
	c.now.Advance(1e9)
}

func (c town) at(day calendar.Day) powers.Moment {
	return powers.Now(c.now.Now().AddDate(0, 0, 1)).On(day)
}

func TestUnitsAreReorganisedAfterAPreview(t *testing.T) {
	c := newTown(t)
	unit := func(code string) string {
		return "/fr/organisation/entites/" + string(c.Units[code]) + "/reorganisation"
	}
	for _, path := range []string{unit("DVD"), strings.Replace(strings.Replace(unit("DVD"), "/fr/", "/en/", 1), "entites", "units", 1)} {
		webtest.Run(t, c.site, []webtest.Scenario{{Name: "not for the public " + path, URL: path, Status: 401}, {Name: path, URL: path, As: c.sg(), Status: 200}})
	}
	webtest.Run(t, c.site, []webtest.Scenario{
		{Name: "nothing chosen", URL: unit("DVD"), As: c.sg(), Form: form("legal_act", "A-1"), Status: 422, Contains: []string{"A-1"}},
		{Name: "a cycle", URL: unit("SG"), As: c.sg(), Form: form("kind", "move", "into", string(c.Units["DVD"]), "day", "2018-04-01", "legal_act", "A-2"), Status: 422, Contains: []string{"A-2", `href="#f-into"`}},
		{Name: "without its act", URL: unit("DVD"), As: c.sg(), Form: form("kind", "dissolve", "day", "2018-04-01"), Status: 422, Contains: []string{`href="#f-legal_act"`}},
		{Name: "a move to nowhere", URL: unit("DVD"), As: c.sg(), Form: form("kind", "move", "day", "2018-04-01", "legal_act", "A-3"), Status: 422, Contains: []string{"Choisissez"}},
	})
	c.makes(t, unit("DVD"), form("kind", "rename", "name", "Direction des rues", "day", "2018-04-01", "legal_act", "A-4"), "Direction des rues", "Direction de la voirie", "Rien n’est encore inscrit")
	c.makes(t, unit("DVD"), form("kind", "move", "into", string(c.Units["MISSION"]), "day", "2018-05-01", "legal_act", "A-5"), "Direction des rues")
	c.makes(t, unit("DVD"), form("kind", "merge", "into", string(c.Units["DPE"]), "day", "2018-06-01", "legal_act", "A-6"), "Direction des rues")
	posts, err := powers.PostsOf(context.Background(), c.DB.Readers, "DIR-DVD", c.at("2018-07-01"))
	if err != nil || len(posts) == 0 || posts[len(posts)-1].Unit != c.Units["DPE"] {
		t.Errorf("the head of the streets is in %+v, %v", posts, err)
	}
	c.makes(t, unit("DSI"), form("kind", "dissolve", "day", "2018-06-01", "legal_act", "A-7"), "Direction des systèmes")
}

// What is applied is what was seen: another text, or an organisation that has changed meanwhile, shows the page again.
func TestAPreviewThatIsNoLongerTrueIsShownAgain(t *testing.T) {
	c := newTown(t)
	path := "/fr/organisation/entites/" + string(c.Units["DVD"]) + "/reorganisation"
	f := form("kind", "rename", "name", "Direction des rues", "day", "2018-04-01", "legal_act", "A-4")
	seen := c.seenAt(t, path, f)
	c.now.Advance(1e9)
	before := c.acts(t)
	webtest.Run(t, c.site, []webtest.Scenario{
		{Name: "another name", URL: path, As: c.sg(), Form: with(f, "name", "Direction des ponts", "do", "apply", "seen", seen), Status: 409, Contains: []string{"Direction des ponts", "Ce n’est plus"}},
		{Name: "no preview", URL: path, As: c.sg(), Form: with(f, "do", "apply"), Status: 409},
	})
	c.Do(t, c.Agent("SG"), func(tx *act.Tx) error {
		return powers.Change(tx, powers.OrgChange{Kind: powers.Rename, Units: []id.ID{c.Units["DVD"]}, Name: powers.Naming{Name: "Voirie et ponts"}, Day: "2018-03-20", LegalAct: "A-3"})
	})
	c.now.Advance(1e9)
	webtest.Run(t, c.site, []webtest.Scenario{{Name: "renamed meanwhile", URL: path, As: c.sg(), Form: with(f, "do", "apply", "seen", seen), Status: 409, Contains: []string{"Voirie et ponts", "Direction des rues"}}})
	if got := c.acts(t) - before; got != 1 {
		t.Errorf("%d acts, want that of the other alone", got)
	}
}

func TestDoorsPostsCompetencesAndChecks(t *testing.T) {
	c := newTown(t)
	door := "/fr/organisation/entites/" + string(c.Units["DPE"]) + "/bonne-porte"
	closing := "/fr/organisation/fonctions/" + string(c.Posts["CHARGE"]) + "/suppression"
	webtest.Run(t, c.site, []webtest.Scenario{
		{Name: "no such post", URL: door, As: c.sg(), Form: form("topic", "capteurs", "post", "PERSONNE", "from", "2018-04-01"), Status: 422, Contains: []string{"PERSONNE", "capteurs"}},
		{Name: "no such topic", URL: door, As: c.sg(), Form: form("topic", "les capteurs", "post", "AG-DPE", "from", "2018-04-01"), Status: 422, Contains: []string{`href="#f-topic"`}},
		{Name: "closed before it was", URL: closing, As: c.sg(), Form: form("day", "2001-01-01"), Status: 422},
		{Name: "not read yet", URL: "/fr/organisation/delegations/verification", As: c.sg(), Form: form("do", "preview"), Status: 422, Contains: []string{"Cochez"}},
		{Name: "no such matter", URL: "/fr/organisation/competences", As: c.sg(), Form: form("matter", "voirie et eau", "body", string(c.Body), "from", "2018-04-01", "legal_act", "A-1"), Status: 422, Contains: []string{`href="#f-matter"`, "voirie et eau"}},
	})
	c.makes(t, door, form("topic", "capteurs", "post", "AG-DPE", "from", "2018-04-01"), "personne avant", "Agente de collecte")
	c.makes(t, door, form("topic", "capteurs", "post", "DIR-DPE", "from", "2018-05-01"), "Agente de collecte avant")
	c.makes(t, closing, form("day", "2018-05-01", "legal_act", "A-9"), "Chargé de mission", "mai")
	c.makes(t, "/fr/organisation/competences", form("matter", "voirie", "body", string(c.Body), "from", "2018-04-01", "legal_act", "A-8"), "aucune avant", "Ville de Valmont")
	webtest.Run(t, c.site, []webtest.Scenario{{Name: "competences", URL: "/en/organisation/competences", As: c.sg(), Status: 200}})
	c.now.Advance(20 * 24 * 3600e9)
	c.makes(t, "/fr/organisation/delegations/verification", form("sure", "true"), "1 délégation en vigueur")
	verified, err := powers.LastVerified(context.Background(), c.DB.Readers, c.at(""))
	if err != nil || verified != "2018-04-01" {
		t.Errorf("verified on %s, %v", verified, err)
	}
}

func TestAProfileIsInstalledAfterItsDifferences(t *testing.T) {
	c := newTown(t)
	path := "/fr/organisation/profils/installation"
	f := form("from", "2018-04-01", "legal_act", "DEL-9", "motive", "La ville s’associe à l’université.", "basis", "CGCT L2121-29\nCGCT L2122-18")
	broken := strings.Replace(string(powers.Shipped(powers.Academic)), "[intake]", "[intake]\nbureau = 3", 1)
	webtest.Run(t, c.site, []webtest.Scenario{
		{Name: "the form", URL: path, As: c.sg(), Status: 200},
		{Name: "in English", URL: "/en/organisation/profiles/installation", As: c.sg(), Status: 200},
		{Name: "no document", URL: path, As: c.sg(), Form: f, Status: 422, Contains: []string{"Envoyez un fichier", "DEL-9"}},
		{Name: "a document with a defect", URL: path, As: c.sg(), Form: with(f, "document", broken), Status: 422, Contains: []string{"bureau", "Ligne"}},
	})
	seen := c.seenAt(t, path, with(f, "shipped", powers.Academic), "consortium", "2018")
	shown := webtest.Do(c.site, webtest.Scenario{URL: path, As: c.sg(), Form: with(f, "shipped", powers.Academic, "do", "preview")}).Body.String()
	document := regexp.MustCompile(`(?s)<textarea[^>]* name="document"[^>]*>(.*?)</textarea>`).FindStringSubmatch(shown)
	if document == nil {
		t.Fatal("the page does not carry the document along")
	}
	sent := strings.ReplaceAll(html.UnescapeString(document[1]), "\n", "\r\n") // as browsers send it
	got := webtest.Do(c.site, webtest.Scenario{URL: path, As: c.sg(), Form: with(f, "shipped", "", "do", "apply", "seen", seen, "document", sent)})
	if got.Code != 303 {
		t.Fatalf("%d %s", got.Code, got.Body)
	}
	c.now.Advance(1e9)
	again := c.seenAt(t, path, with(f, "shipped", powers.WithInvestment, "from", "2018-06-01")) // in force before: the same document
	if got := webtest.Do(c.site, webtest.Scenario{URL: path, As: c.sg(), Form: with(f, "shipped", powers.WithInvestment, "from", "2018-06-01", "do", "apply", "seen", again)}); got.Code != 303 {
		t.Errorf("back to the profile before: %d", got.Code)
	}
	profile, err := c.Engine.ProfileOn(context.Background(), c.DB.Readers, c.at("2018-04-02"))
	if err != nil || profile.Code != "academique" {
		t.Errorf("in force: %v, %v", profile, err)
	}
}
