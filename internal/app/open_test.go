package app

import (
	"strings"
	"testing"
)

// A published deliberation that cannot leave as open data is never missing in silence: the page says which, in which column
// and why. Here the whole city lacks the number by which the format names it.
func TestAPublishedDeliberationThatCannotLeaveIsSaid(t *testing.T) {
	w := openValmont(t)
	page := func(w *town) string { return w.visitor().get("/fr/donnees-des-comites").Body }
	number := one[string](w, `SELECT number FROM council_formal WHERE visibility = 'public' AND kind = 'deliberation' ORDER BY number LIMIT 1`)
	if got := page(w); strings.Contains(got, "COLL_SIRET") || !strings.Contains(w.visitor().get("/open/deliberations.csv").Body, number) {
		t.Fatalf("the line of %s passes: %s", number, got)
	}
	w = openValmont(t, func(c *Config) { c.City.SIRET = "20000000800008" })
	got := page(w)
	for _, words := range []string{number, "COLL_SIRET", "n’est pas un numéro SIRET", "20000000800008"} {
		if !strings.Contains(got, words) {
			t.Errorf("%q is not said: %s", words, got)
		}
	}
	if strings.Contains(w.visitor().get("/open/deliberations.csv").Body, number) {
		t.Error("a line that the schema refuses left")
	}
}
