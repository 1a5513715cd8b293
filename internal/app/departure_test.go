package app

import (
	"strings"
	"testing"
)

// Recording a departure on the page of a post is all that anyone does: the handover is there, who leaves and who stands
// above are written to, and what is left to itself waits in « À faire » until an interim is named.
func TestADepartureLeadsToAHandover(t *testing.T) {
	w := openValmont(t)
	seen := map[string]bool{}
	w.arrived(seen, "")
	holder := one[string](w, `SELECT h.thing FROM powers_holder h JOIN powers_post p ON p.thing = h.post WHERE p.code = 'CHEF-MVI' AND h.day_to = '9999-12-31'
		AND h.ended_at = 9223372036854775807 ORDER BY h.day_from DESC LIMIT 1`)
	above, head := w.enter(administrator), w.enter(mission)
	if strings.Contains(above.get("/fr/a-faire").Body, "Vous dirigez cette fonction") {
		t.Fatal("somebody leaves already: this test would see nothing")
	}
	form := "/fr/organisation/fonctions/" + string(w.postOf("CHEF-MVI")) + "/fin/" + holder
	if got := above.post(form, fill("day=2018-04-15", "legal_act=ARR-2018-40")); got.Status != 303 {
		t.Fatalf("recording the departure: %d", got.Status)
	}
	w.deliver() // the departure opens a handover; the letters come of that
	letters := w.arrived(seen, "")
	number := one[string](w, `SELECT number FROM passation_handover WHERE holder = $1 AND leaves_on = '2018-04-15' AND opened_by = ''`, holder)
	for _, want := range []string{"Votre départ de cette fonction est inscrit", "Un départ est inscrit"} {
		told := 0
		for _, l := range letters {
			if strings.Contains(l.text, want) && strings.Contains(l.text, number) {
				told++
			}
		}
		if told != 1 {
			t.Errorf("%d letters say %q", told, want)
		}
	}
	page := "/fr/passations/" + number
	above.reads(page, "le départ est inscrit", "Séances dont la fonction tient le secrétariat")
	above.reads("/fr/a-faire", number, "Vous dirigez cette fonction")
	head.reads("/fr/a-faire", number)
	above.reads("/en/to-do", number, "You head this post")
	version := "version=" + one[string](w, `SELECT CAST(version AS TEXT) FROM passation_handover WHERE number = $1`, number)
	if got := above.post(page, fill("_form=interim", version, "interim="+string(w.postOf("CM-DATA")))); got.Status != 303 {
		t.Fatalf("naming an interim: %d", got.Status)
	}
	if strings.Contains(above.get("/fr/a-faire").Body, "Vous dirigez cette fonction") {
		t.Error("an interim is named, and the line stays")
	}
}
