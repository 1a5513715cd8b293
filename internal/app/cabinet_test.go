package app

import (
	"context"
	"strings"
	"testing"

	"parvis/internal/council"
)

// section is the part of a page under a heading that holds some words.
func section(page, words string) string {
	for _, s := range strings.Split(page, "<section") {
		if head, _, _ := strings.Cut(s, "</h2>"); strings.Contains(head, words) {
			return s
		}
	}
	return ""
}

// The cabinet reads what waits for each elected member, and nothing of what a member withdrew from.
func TestTheCabinetReadsForTheElected(t *testing.T) {
	w := openValmont(t)
	const waits = "Généraliser la collecte guidée"
	chief := w.enter("Étienne Vasseur")
	before := section(chief.reads("/fr/cabinet"), "Nadia Belkacem")
	if !strings.Contains(before, waits) {
		t.Fatalf("the cabinet does not see what waits for her: %s", before)
	}
	for _, who := range []string{mission, elected, administrator, resident, anonymous} {
		if got := w.enter(who).get("/fr/cabinet"); got.Status == 200 {
			t.Errorf("%q reads it too", who)
		}
	}
	ctx := context.Background()
	f, err := w.Council.File(ctx, w.visitorOf(mission), "COPIL-2018-2")
	if err != nil {
		t.Fatal(err)
	}
	if _, err = w.Council.DeclareInterest(ctx, w.actorOf(elected), council.InterestForm{Item: f.Items[0].ID, Event: "recuse", Nature: council.Shares}); err != nil {
		t.Fatal(err)
	}
	if after := section(chief.reads("/fr/cabinet"), "Nadia Belkacem"); strings.Contains(after, waits) {
		t.Error("the cabinet reads what she withdrew from")
	}
}
