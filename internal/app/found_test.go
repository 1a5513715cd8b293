package app

import (
	"context"
	"strings"
	"testing"

	"parvis/internal/council"
	"parvis/internal/id"
)

// TestMattersAreFound: an item is found by those inside who are not recused from it, a public decision by everyone.
func TestMattersAreFound(t *testing.T) {
	t.Parallel()
	w := openValmont(t)
	item := "/id/item/" + one[string](w, `SELECT id FROM council_item WHERE title = $1`, "Wi-Fi des bibliothèques : renouveler ou changer d’opérateur")
	decision := "/id/decision/" + one[string](w, `SELECT id FROM council_decision WHERE number = 'D-2018-1'`)
	opinion := "/id/decision/" + one[string](w, `SELECT id FROM council_decision WHERE number = 'AV-2018-1'`)
	for _, who := range []struct {
		name                    string
		item, decision, opinion bool
	}{{anonymous, false, true, false}, {resident, false, true, false}, {mission, true, true, true}, {partner, false, true, true}} {
		g := w.enter(who.name)
		for address, wanted := range map[string]bool{"?q=operateur+trois+offres " + item: who.item, "?q=registre+capteurs " + decision: who.decision,
			"?q=publication+ecole+classement " + opinion: who.opinion} {
			query, link, _ := strings.Cut(address, " ")
			if found := strings.Contains(g.get("/fr/recherche"+query).Body, link); found != wanted {
				t.Errorf("%q finds %s with %s: %v", who.name, link, query, found)
			}
		}
	}
	if a := w.enter(anonymous).get(decision); a.Status != 303 || !strings.Contains(a.leads(), "/points/") {
		t.Errorf("the permanent address of a decision: %d %s", a.Status, a.leads())
	}
	if a := w.enter(anonymous).get(opinion); a.Status != 404 {
		t.Errorf("an opinion is read outside: %d %s", a.Status, a.leads())
	}
}

// TestCommitteesAreHandedOver: what a post holds in committees is on its handover.
func TestCommitteesAreHandedOver(t *testing.T) {
	t.Parallel()
	w := openValmont(t)
	kinds := func(post string) string {
		all, err := council.HeldInCommittees(context.Background(), w.DB.Readers, []id.ID{w.postOf(post)})
		if err != nil {
			t.Fatal(err)
		}
		count := map[string]int{}
		for _, h := range all {
			count[h.Kind]++
		}
		return strings.Repeat("s", count["seat"]) + strings.Repeat("r", count["reported"]) + strings.Repeat("v", count["visa"]) +
			strings.Repeat("m", count["secretary"]+count["minutes"]) + strings.Repeat("f", count["formal"]) + strings.Repeat("c", count["circuit"])
	}
	for post, want := range map[string]string{"CHEF-MVI": "ssrrrrrrrrmmmmmmffccc", "DIR-DSI": "ssvv", "CM-PART": "r", "DIR-DJS": ""} {
		if got := kinds(post); got != want {
			t.Errorf("%s holds %q, want %q", post, got, want)
		}
	}
}
