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
	if _, err := w.Council.EndQuiet(t.Context(), w.actorOf(administrator), quiet.ID, quiet.Version); err != nil {
		t.Fatal(err)
	}
	if !highlighted("") {
		t.Error("the highlights do not come back")
	}
}
