package app

import (
	"net/url"
	"strings"
	"testing"
)

// reads tells whether a page opens and says some words.
func (g *guest) reads(address string, words ...string) string {
	g.town.t.Helper()
	got := g.get(address)
	if got.Status != 200 {
		g.town.t.Fatalf("%s: %d", address, got.Status)
	}
	for _, word := range words {
		if !strings.Contains(got.Body, word) {
			g.town.t.Errorf("%s does not say %q", address, word)
		}
	}
	return got.Body
}

func handover(name string, more ...string) url.Values {
	form := url.Values{"_form": {name}}
	for n := 0; n+1 < len(more); n += 2 {
		form.Add(more[n], more[n+1])
	}
	return form
}

// The interim describes what nobody described, is asked once more before signing, and signs; who reads the
// list of things to do finds the handover there until then.
func TestHandoverOfValmont(t *testing.T) {
	w := openValmont(t)
	g := w.enter(mission)
	g.reads("/fr/passations", "T-2017-1", "Chargé de mission données")
	g.reads("/en/handovers", "T-2017-1")
	g.reads("/fr/a-faire", "3 passations vous attendent")
	page := "/fr/passations/T-2017-1"
	g.reads(page, "Reprise avec une réserve", "Bruit des terrasses", "À décrire d’abord")
	item := one[string](w, `SELECT id FROM passation_item WHERE status = 'listed'`)
	if got := g.post(page, handover("hand", "items", item, "sure", "1")); got.Status != 422 {
		t.Errorf("handed over undescribed: %d", got.Status)
	}
	sheet := []string{"version", "1", "state", "Mesures finies", "next", "Réunir les cafetiers", "papers", "GED 14", "contacts", "Police municipale"}
	if got := g.post(page, handover("describe."+item, sheet...)); got.Status != 303 {
		t.Fatalf("describe: %d", got.Status)
	}
	if got := g.post(page, handover("describe."+item, "version", "1", "state", "Autre texte")); got.Status != 409 || !strings.Contains(got.Body, "Mesures finies") {
		t.Errorf("a stale sheet keeps both texts: %d", got.Status)
	}
	before := w.acts()
	if got := g.post(page, handover("hand", "items", item)); got.Status != 200 || !strings.Contains(got.Body, "Vous remettez une chose") || w.acts() != before {
		t.Errorf("asked once more: %d", got.Status)
	}
	if got := g.post(page, handover("hand", "items", item, "sure", "1")); got.Status != 303 || w.acts() != before+1 {
		t.Errorf("signed: %d", got.Status)
	}
	g.reads("/fr/a-faire", "2 passations vous attendent") // the other ones
}

// Everybody reads the récits and where the mission comes from, on any day, without names that are not public.
func TestGenealogyOfValmont(t *testing.T) {
	w := openValmont(t)
	g := w.enter(anonymous)
	g.reads("/fr/recits", "Trois ans à demander des données", "Personne n’y est tenu")
	g.reads("/fr/recits/"+one[string](w, `SELECT id FROM passation_story`), "Je suis arrivé en février 2015")
	now := g.reads("/fr/genealogie", "Secrétariat général", "Chargé de mission données", "Trois ans à demander des données")
	if strings.Contains(now, "Astier") {
		t.Error("the name of a holder that is not public is shown")
	}
	g.reads("/en/genealogy?day=2015-06-01", "General secretariat", "On 1 June 2015")
	if strings.Contains(g.reads("/fr/genealogie?kind=profile&day=2013-06-01", "Aucune fonction ce jour-là"), "Trois ans à demander") {
		t.Error("only profiles were asked for")
	}
	if !strings.Contains(now, "Tenir un registre public des capteurs") {
		t.Error("what the committee of the mission decided in public is not told")
	}
	early := g.reads("/fr/genealogie?from=2013&to=2014", "De 2013 à 2014")
	if strings.Contains(early, "Tenir un registre public") || strings.Contains(early, ">2016<") {
		t.Error("the line of time goes on after the year asked for")
	}
	g.reads("/en/genealogy?from=1990&to=2018", "From 1990 to 2018", ">1991<", `name="from" value="1990"`)
	for bad, typed := range map[string]string{"from=2018&to=2013": "2018", "from=1800&to=2018": "1800", "from=abc&day=2015-06-01": "abc"} {
		got := g.get("/fr/genealogie?" + bad)
		for _, want := range []string{`href="#f-from"`, `name="from" value="` + typed + `"`, "Chargé de mission données",
			`" selected>Mission ville intelligente`} { // beside the field, above the page
			if got.Status != 422 || !strings.Contains(got.Body, want) {
				t.Errorf("%s: %d, without %s", bad, got.Status, want)
			}
		}
	}
	if got := g.get("/fr/genealogie?unit=nothing"); got.Status != 404 {
		t.Errorf("an unknown unit: %d", got.Status)
	}
}

// What the CST was not consulted on is not computed.
func TestInterfaceProfileOfValmont(t *testing.T) {
	w := openValmont(t)
	outside, inside := w.enter(anonymous), w.enter(mission)
	page := "/fr/profil-d-interface"
	before := outside.reads(page, "Ne sert pas à évaluer des personnes", "M1 · Étendue", "M9 · Part de la demande", "M2 à M6 ne sont pas calculées")
	if strings.Contains(before, "M3 · ") || strings.Contains(before, "M8 · ") {
		t.Error("told before the opinion, or outside")
	}
	inside.reads(page, "M7 · Coût", "M8 · Continuité")
	outside.reads("/fr/profil-d-interface/m1/donnees.csv", "figure,project,unit,directorate", "Direction")
	inside.reads("/en/interface-profile/m7/data.csv", "figure,project")
	for measure, status := range map[string]int{"m7": 404, "m3": 403, "m10": 404} {
		if got := outside.get("/fr/profil-d-interface/" + measure + "/donnees.csv"); got.Status != status {
			t.Errorf("the data of %s outside: %d", measure, got.Status)
		}
	}
	if got := inside.post(page, handover("opinion", "given_on", "2018-01-15", "sense", "reserved")); got.Status != 303 {
		t.Fatalf("opinion: %d", got.Status)
	}
	outside.reads(page, "M3 · Ouverture", "M5 · Mises en relation", "M6 · Dépendance à la mission", "Avis du CST du 15 janvier 2018", "réservé", "graine 2018")
	outside.reads("/fr/projets/"+publicThings(w).initiative, "Qui est vraiment dedans")
	if got := inside.post(page, handover("keep")); got.Status != 303 {
		t.Errorf("keep: %d", got.Status)
	}
	outside.reads(page, "Année par année", "2018")
	if got := inside.post(page, handover("contest", "measure", "m1", "why", "Notre part est finie.")); got.Status != 303 {
		t.Errorf("contest: %d", got.Status)
	}
	inside.reads(page, "Notre part est finie.")
	if strings.Contains(outside.reads("/en/interface-profile"), "Notre part est finie.") {
		t.Error("a contest is read inside")
	}
}
