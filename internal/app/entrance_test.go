package app

import (
	"net/http"
	"strings"
	"testing"
)

// Everybody of the demonstration enters through the page a visitor sees, and finds a name on top.
func TestEveryGuestEntersThroughTheFrontDoor(t *testing.T) {
	w := openValmont(t)
	for _, name := range []string{resident, mission, elsewhere, partner, elected, administrator} {
		g := w.enter(name)
		if page := g.get("/fr/"); page.Status != http.StatusOK || !strings.Contains(page.Body, name) {
			t.Errorf("%s: %d, and the page does not say who is in", name, page.Status)
		}
	}
	if page := w.enterByLink("gilles.ferrand@valmont.example").get("/fr/"); !strings.Contains(page.Body, partner) {
		t.Error("the link of a letter does not let its reader in")
	}
}
