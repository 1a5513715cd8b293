package app

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// refused sends a form that cannot be right: the page says so at the field, keeps what was typed, and
// nothing is recorded.
func (g *guest) refused(path string, form url.Values, field string, status int) answer {
	t := g.town.t
	t.Helper()
	before := g.town.acts()
	got := g.post(path, form)
	if got.Status != status {
		t.Errorf("%s: %d, want %d: %s", path, got.Status, status, excerpt(got.Body, "<h1"))
	}
	if after := g.town.acts(); after != before {
		t.Errorf("%s: %d acts were recorded", path, after-before)
	}
	if field != "" && !regexp.MustCompile(`href="#[^"]*`+field+`[^"]*"`).MatchString(got.Body) {
		t.Errorf("%s: nothing leads to the field %s: %s", path, field, excerpt(got.Body, "error"))
	}
	for name, values := range form {
		if strings.HasPrefix(name, "_") || name == "version" {
			continue
		}
		for _, value := range values {
			if !strings.Contains(readable(t, got), flat(value)) {
				t.Errorf("%s: what was typed in %s is lost: %q", path, name, value)
			}
		}
	}
	return got
}

func TestFormsOfTheOrganisationThatCannotBeRight(t *testing.T) {
	w := openValmont(t)
	g := w.enter(administrator)
	post := func(code string) string { return "/fr/organisation/fonctions/" + string(w.postOf(code)) }
	for _, c := range []struct {
		name, path, field string
		form              url.Values
	}{
		{"a second holder at the same time", post("DIR-DPE") + "/affectation", "from", fill("given=Anne", "family=Petit", "status=fonctionnaire", "quotity=100", "from=2018-04-01")},
		{"a holder of the past who overlaps", post("DIR-DVD") + "/affectation", "from", fill("given=Anne", "family=Petit", "status=fonctionnaire", "quotity=100", "from=2016-09-01", "last=2016-10-15")},
		{"a delegation wider than what its giver has, in amount", post("SGV") + "/delegation", "to", fill("to=FINANCES", "nature=signature", "verbs=portfolio.arbitration.decide", "amount=500000", "from=2018-04-01", "legal_act=A-2018-010")},
		{"a delegation of what its giver has not", post("REF-DPE") + "/delegation", "to", fill("to=EQ-DPE", "nature=signature", "verbs=portfolio.arbitration.decide", "from=2018-04-01", "legal_act=A-2018-011")},
		{"a delegation back to its giver", post("FINANCES") + "/delegation", "to", fill("to=MAIRE", "nature=signature", "verbs=portfolio.*", "amount=1000", "from=2018-04-01", "legal_act=A-2018-014")},
		{"a delegation to nobody", post("MAIRE") + "/delegation", "to", fill("to=PERSONNE", "nature=fonction", "matters=voirie", "from=2018-04-01", "legal_act=A-2018-012")},
		{"a delegation without its arrêté", post("MAIRE") + "/delegation", "legal_act", fill("to=ADJ-DEM", "nature=fonction", "matters=participation", "from=2018-04-01")},
		{"a unit whose code is taken", "/fr/organisation/nouvelle-entite", "", fill("kind=service", "code=DPE", "name=Service d’essai", "body="+one[string](w, `SELECT DISTINCT thing FROM powers_body WHERE code = 'VALMONT'`), "parent="+one[string](w, `SELECT DISTINCT thing FROM powers_unit WHERE code = 'SG'`), "from=2018-04-01")},
		{"a day that does not exist", post("MAIRE") + "/delegation", "from", fill("to=ADJ-DEM", "nature=fonction", "from=2018-02-30", "legal_act=A-2018-013")},
	} {
		t.Run(c.name, func(t *testing.T) {
			g.town.t = t
			g.refused(c.path, c.form, c.field, http.StatusUnprocessableEntity)
		})
	}
}

// Two people revise the same sheet: the second sees both texts, and nothing is overwritten.
func TestAStaleFormKeepsBothTexts(t *testing.T) {
	w := openValmont(t)
	s := publicThings(w)
	path := "/fr/projets/" + s.initiative + "/fiche"
	sheet := func(title string) url.Values {
		return fill("title="+title, "problem=Les camions roulent pour rien.", "sufferer=Les habitants", "lang=fr", "origin=supply", "matter=proprete",
			"version="+w.version("portfolio_initiative", s.id), "motive=Le titre ne disait pas assez.")
	}
	mine, theirs := sheet("Collecte : écrit par la seconde"), sheet("Collecte : écrit par la première")
	if got := w.enter(mission).post(path, theirs); got.Status != http.StatusSeeOther {
		t.Fatalf("the first form: %d %s", got.Status, excerpt(got.Body, "<h1"))
	}
	got := w.enter(administrator).refused(path, mine, "", http.StatusConflict)
	if !strings.Contains(readable(t, got), theirs.Get("title")) {
		t.Error("the page does not show the text of the other")
	}
	if title := one[string](w, `SELECT title FROM portfolio_initiative WHERE id = $1`, s.id); title != theirs.Get("title") {
		t.Errorf("the title is %q", title)
	}
}

// A part that was answered meanwhile is not answered twice.
func TestAPartIsAnsweredOnce(t *testing.T) {
	w := openValmont(t)
	s, g := publicThings(w), w.enter(partner)
	path := "/fr/projets/" + s.initiative + "/part/" + s.part
	form := fill("kind=counter", "text=La moitié des capteurs seulement, pour un an", "version="+w.version("portfolio_part", s.part))
	if got := g.post(path, form); got.Status != http.StatusSeeOther {
		t.Fatalf("%d %s", got.Status, excerpt(got.Body, "<h1"))
	}
	g.refused(path, fill("kind=decline", "text=Finalement nous n’avons personne", "version="+form.Get("version")), "", http.StatusConflict)
}

var anyLink = regexp.MustCompile(`https://parvis\.test(/[^\s"<>)]*)`)

// Mail scanners open every link of every letter before its reader does: nothing happens.
func TestOpeningEveryLinkOfEveryLetterDoesNothing(t *testing.T) {
	w := openValmont(t)
	scanner := w.visitor()
	scanner.post("/fr/connexion", fill("email=gilles.ferrand@valmont.example"))
	scanner.post("/fr/inscription", fill("email=nouvelle@example.org", "name=Une habitante"))
	w.deliver()
	letters, reader := w.letters(), w.enter(mission) // who finds what is internal where the scanner finds nothing
	before, parts, opened := w.acts(), one[string](w, `SELECT GROUP_CONCAT(status) FROM portfolio_part`), 0
	sessions := one[int64](w, `SELECT COUNT(*) FROM op_session`)
	for _, letter := range letters {
		for _, m := range anyLink.FindAllStringSubmatch(letter, -1) {
			opened++
			for range 2 {
				path := strings.ReplaceAll(m[1], "&amp;", "&")
				got := scanner.get(path)
				if inside := got.Status == http.StatusNotFound && reader.get(path).Status == http.StatusOK; got.Status >= 400 && !inside {
					t.Errorf("%s: %d", path, got.Status)
				}
			}
		}
	}
	if len(letters) < 3 || opened < 3 {
		t.Fatalf("%d letters with %d links are too few to try anything", len(letters), opened)
	}
	if after := w.acts(); after != before {
		t.Errorf("opening links recorded %d acts", after-before)
	}
	if after := one[string](w, `SELECT GROUP_CONCAT(status) FROM portfolio_part`); after != parts {
		t.Errorf("parts were %s and are %s", parts, after)
	}
	if after := one[int64](w, `SELECT COUNT(*) FROM op_session`); after != sessions {
		t.Errorf("opening links let %d people in", after-sessions)
	}
	if got := w.enterByLink("gilles.ferrand@valmont.example").get("/fr/a-faire"); got.Status != http.StatusOK {
		t.Errorf("the link that was scanned does not open any more: %d", got.Status)
	}
}

// What does not exist is not found, whatever stands for it: never a failure of ours.
func TestWhatDoesNotExistIsNotFound(t *testing.T) {
	t.Parallel()
	w := openValmont(t)
	for _, who := range []string{anonymous, mission, administrator} {
		g := w.enter(who)
		for _, route := range w.routes() {
			if route.Method != http.MethodGet || !strings.Contains(route.Pattern("fr"), "{") || strings.HasSuffix(route.Pattern("fr"), "/{$}") {
				continue
			}
			for _, value := range []string{"0", "01890000-0000-7000-8000-000000000000", "P-2099-1", "%27%3B--", "%F0%9F%92%A9", strings.Repeat("x", 300)} {
				path := regexp.MustCompile(`\{[^}]*\}`).ReplaceAllString(route.Pattern("fr"), value)
				if got := g.get(path); got.Status < 300 || got.Status >= 500 || got.holed() {
					t.Errorf("%s as %q: %d", path, who, got.Status)
				}
			}
		}
	}
}
