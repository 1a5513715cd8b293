package app

import (
	"strings"
	"testing"

	"parvis/internal/council"
)

// surface is where a mark of something promoted, or of something published, is read.
type surface struct {
	path, mark string
	outside    bool // agents read the same: a feed, which knows nobody
}

// surfaces gives each surface of the list its page and what is to be seen there.
func (w *town) surfaces() map[string]surface {
	project := publicThings(w).initiative
	elected := one[string](w, `SELECT n.given || ' ' || n.family FROM portfolio_holder h JOIN portfolio_initiative i ON i.id = h.initiative
		JOIN powers_post p ON p.thing = h.post AND p.named = TRUE AND p.layer = 'elu' JOIN powers_holder k ON k.post = h.post AND k.day_to = '9999-12-31'
		JOIN powers_person_name n ON n.id = k.person WHERE i.number = $1 AND h.role = 'sponsor' AND h.to_day = '9999-12-31' ORDER BY p.code LIMIT 1`, project)
	sheet := "/fr/projets/" + project
	return map[string]surface{
		"home":          {path: "/fr/", mark: `id="recent"`},
		"names":         {path: sheet, mark: elected},
		"stories":       {path: "/fr/recits", mark: one[string](w, `SELECT title FROM passation_story WHERE status = 'published' ORDER BY id LIMIT 1`)},
		"progress":      {path: "/fr/strategie", mark: "<progress"},
		"feed":          {path: "/fr/projets.atom", mark: "<entry>", outside: true},
		"formals":       {path: "/fr/actes", mark: one[string](w, `SELECT title FROM council_formal WHERE visibility = 'public' ORDER BY id LIMIT 1`)},
		"deliberations": {path: "/open/deliberations.csv", mark: "2018"},
		"meetings":      {path: "/fr/comites", mark: "Comité de pilotage"},
		"decisions":     {path: "/open/decisions.atom", mark: "<entry>"},
		"news":          {path: sheet + "/atom", mark: "<entry>"},
		"projects":      {path: "/fr/projets", mark: publicTitle},
		"data":          {path: "/fr/projets.csv", mark: publicTitle},
		"measures":      {path: "/fr/strategie.csv", mark: one[string](w, `SELECT number FROM strategy_indicator WHERE visibility = 'public' ORDER BY number LIMIT 1`)},
		"votes":         {path: "/fr/participer", mark: "V-2016-1"},
		"organisation":  {path: "/fr/organisation", mark: elected},
		"journal":       {path: "/fr/journal", mark: "Les six réponses"},
	}
}

// Before a vote every surface of the list is as the list says, for who reads outside: what is frozen is not shown, what
// the law wants published stays. Agents see all as always, under a banner that says to read again. Each surface is seen
// with its mark before and after: a test that looks at nothing fails.
func TestEverySurfaceBeforeAVote(t *testing.T) {
	w := openValmont(t)
	places := w.surfaces()
	look := func(when string, quiet bool) {
		for _, s := range council.Surfaces() {
			at, known := places[s.Key]
			if s.Key == "followers" {
				continue // TestFollowersAreNotWrittenToBeforeAVote
			}
			if !known {
				t.Errorf("%s has no test", s.Key)
				continue
			}
			for _, name := range []string{"", mission} {
				inside := name != "" && !at.outside
				got := w.enter(name).get(at.path)
				if seen, want := strings.Contains(got.Body, at.mark), !quiet || !s.Frozen || inside; got.Status != 200 || seen != want {
					t.Errorf("%s, %q reads %s (%d): shows %q is %v", when, name, at.path, got.Status, at.mark, seen)
				}
			}
		}
	}
	look("before", false)
	quiet, err := w.Council.SetQuiet(t.Context(), w.actorOf(administrator), council.QuietForm{Election: "Municipales", Ballot: w.Council.Today().AddDays(20)})
	if err != nil {
		t.Fatal(err)
	}
	look("during", true)
	w.hushed()
	page := w.enter("").get("/fr/").Body
	if !strings.Contains(page, "Un vote approche") || !strings.Contains(page, "/fr/periode-preelectorale") || strings.Contains(page, `class="banner"`) {
		t.Error("the first page does not say why, or residents are told to read again before they publish")
	}
	for _, p := range []string{"/fr/", "/en/to-do", "/fr/recits/ecrire"} {
		if !strings.Contains(w.enter(mission).get(p).Body, `class="banner"`) {
			t.Errorf("%s does not tell agents that a vote is near", p)
		}
	}
	list := w.enter("").get("/fr/periode-preelectorale").Body
	for _, s := range council.Surfaces() {
		if words := w.Catalog.Printer("fr").T("council.quiet.surface." + s.Key); !strings.Contains(list, words) || !strings.Contains(list, s.Law) {
			t.Errorf("the page does not say what becomes of %q", words)
		}
	}
	if _, err := w.Council.EndQuiet(t.Context(), w.actorOf(administrator), quiet.ID, quiet.Version); err != nil {
		t.Fatal(err)
	}
	look("after", false)
}

// hushed says that récits are kept from who reads outside, with the reason, on the list and at their own address; that
// agents go on reading them; that none is published meanwhile.
func (w *town) hushed() {
	w.t.Helper()
	told := one[string](w, `SELECT id FROM passation_story WHERE status = 'published' ORDER BY id LIMIT 1`)
	title := one[string](w, `SELECT title FROM passation_story WHERE id = $1`, told)
	list, page := w.enter("").get("/fr/recits"), w.enter("").get("/fr/recits/"+told)
	if strings.Contains(list.Body, title) || !strings.Contains(list.Body, "L52-1") {
		w.t.Error("the list shows récits, or does not say why it does not")
	}
	if page.Status != 503 || strings.Contains(page.Body, title) || !strings.Contains(page.Body, "L52-1") {
		w.t.Errorf("a récit answers %d, or does not say why", page.Status)
	}
	if inside := w.enter(mission).get("/fr/recits/" + told); inside.Status != 200 || !strings.Contains(inside.Body, title) {
		w.t.Errorf("inside a récit answers %d", inside.Status)
	}
}
