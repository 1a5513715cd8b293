package app

import (
	"strings"
	"testing"

	"parvis/internal/council"
)

// Before a vote the first page puts nothing forward for the public, and says why; agents see it as always, and what
// the law wants published stays.
func TestNothingIsHighlightedBeforeAVote(t *testing.T) {
	w := openValmont(t)
	highlighted := func(name string) bool {
		return strings.Contains(w.enter(name).get("/fr/").Body, `id="recent"`)
	}
	if !highlighted("") {
		t.Fatal("the first page highlights nothing: this test would see nothing")
	}
	quiet, err := w.Council.SetQuiet(t.Context(), w.actorOf(administrator), council.QuietForm{Election: "Municipales", Ballot: w.Council.Today().AddDays(20)})
	if err != nil {
		t.Fatal(err)
	}
	if highlighted("") || !highlighted(mission) {
		t.Error("the public sees highlights before a vote, or agents do not")
	}
	page := w.enter("").get("/fr/").Body
	if !strings.Contains(page, "Un vote approche") || !strings.Contains(page, "/fr/periode-preelectorale") {
		t.Error("the first page does not say why")
	}
	if got := w.enter("").get("/fr/projets"); got.Status != 200 || !strings.Contains(got.Body, publicTitle) {
		t.Error("projects are hidden too")
	}
	w.hushed()
	if _, err := w.Council.EndQuiet(t.Context(), w.actorOf(administrator), quiet.ID, quiet.Version); err != nil {
		t.Fatal(err)
	}
	if !highlighted("") {
		t.Error("the highlights do not come back")
	}
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
