package portfolioweb_test

import (
	"strconv"
	"strings"
	"testing"

	"parvis/internal/portfolio"
	"parvis/internal/web/webtest"
)

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

// Each form of the pages of deeds does what it says, and the page it leads to shows it.
func TestDeeds(t *testing.T) {
	tw := newStory(t)
	sheet := "/fr/projets/" + tw.sensors.Number
	version := func() string {
		s, err := tw.room.Sheet(t.Context(), visitors["mission"], tw.sensors.Number)
		tw.must(err)
		return itoa(s.Version)
	}
	for _, step := range []struct {
		to    string
		form  []string
		shows string
	}{
		{"/porteurs", []string{"_form", "end-sponsor.voirie"}, "a porté auparavant"},
		{"/porteurs", []string{"_form", "sponsor", "sponsor", "voirie"}, "Adjointe à la voirie"},
		{"/porteurs", []string{"_form", "owner", "owner", "dpe"}, "Directrice de la propreté"},
		{"/porteurs", []string{"_form", "offer", "actor", "Université de Valmont", "role", "consult"}, "Université de Valmont"},
		{"/dossier", []string{"_form", "milestone", "label", "Recette", "planned", "2018-Q3"}, "Recette"},
		{"/dossier", []string{"_form", "question", "kind", "unknown", "question", "Et la neige ?", "post", "dpe", "due", "2018-12-01"}, "Et la neige"},
		{"/dossier", []string{"_form", "paper", "title", "Bilan d’essai", "link", "https://ged.valmont.fr/bilan"}, "Bilan d’essai"},
		{"/dossier", []string{"_form", "note", "body", "Penser à la DSI."}, "Penser à la DSI."},
		{"/etape", []string{"_form", "suspend", "reason", "Le marché est infructueux.", "reexamine", "2018-09-01"}, "Le marché est infructueux."},
		{"/etape", []string{"_form", "resume", "note", "Relancé."}, "Toutes les étapes"},
		{"/etape", []string{"_form", "mature", "learn", "Le coût réel.", "post", "dpe", "until", "2018-09-01"}, "Le coût réel."},
		{"/etape", []string{"_form", "learn", "outcome", "22 000 € par an."}, "22 000 € par an."},
		{"/etape", []string{"_form", "advance", "to", "scaling", "version", "?"}, "en généralisation"},
		{"/etape", []string{"_form", "skip", "to", "tested", "why", "On a sauté trop vite.", "evidence", "Compte rendu du 5 mars", "when", "2018-03-12", "for", "residents", "version", "?"}, "expérimenté"},
	} {
		form := append([]string(nil), step.form...)
		if form[len(form)-1] == "?" {
			form[len(form)-1] = version()
		}
		if to := tw.send("mission", sheet+step.to, form...); to != sheet+step.to {
			t.Errorf("%v leads to %s", step.form, to)
		}
		tw.shows("mission", sheet, step.shows)
	}
}

func TestDeedsRefused(t *testing.T) {
	tw := newStory(t)
	sheet := "/fr/projets/" + tw.sensors.Number
	webtest.Run(t, tw.site, []webtest.Scenario{
		{Name: "stop without a lesson", URL: sheet + "/etape", As: visitors["mission"], Form: values("_form", "advance", "to", "stopped", "version", "5"), Status: 422, Contains: []string{"Dites ce que cet arrêt apprend"}},
		{Name: "stale", URL: sheet + "/etape", As: visitors["mission"], Form: values("_form", "advance", "to", "scaling", "version", "1", "note", "Tout est prêt."), Status: 409, Contains: []string{"Tout est prêt.", "Quelqu’un a changé"}},
		{Name: "a sponsor who is not elected", URL: sheet + "/porteurs", As: visitors["mission"], Form: values("_form", "sponsor", "sponsor", "dpe"), Status: 422, Contains: []string{"n’est pas une fonction d’élu"}},
		{Name: "no such form", URL: sheet + "/porteurs", As: visitors["mission"], Form: values("_form", "delete"), Status: 422},
		{Name: "an offer to nobody", URL: sheet + "/porteurs", As: visitors["mission"], Form: values("_form", "offer", "role", "lead"), Status: 422, Contains: []string{"Choisissez une direction"}},
		{Name: "a paper nowhere", URL: sheet + "/dossier", As: visitors["mission"], Form: values("_form", "paper", "title", "Sans adresse", "link", "ftp://x"), Status: 422, Contains: []string{"Sans adresse"}},
		{Name: "a question without question", URL: sheet + "/arbitrage", As: visitors["mission"], Form: values("_form", "ask", "do", "ask", "option1", "Oui", "ask-proprete", "decides"), Status: 422, Contains: []string{"Oui"}},
		{Name: "a cost nobody can read", URL: sheet + "/arbitrage", As: visitors["mission"], Form: values("_form", "ask", "do", "ask", "question", "Alors ?", "cost1", "beaucoup"), Status: 422, Contains: []string{"beaucoup"}},
	})
}

func TestAsk(t *testing.T) {
	tw := newStory(t)
	page := "/fr/projets/" + tw.sensors.Number + "/arbitrage"
	tw.shows("mission", page, "Délégation de fonction, arrêté 2014-112")
	to := tw.send("mission", page, "_form", "ask", "do", "ask", "question", "Changer de fournisseur ?", "option1", "Oui", "cost1", "12 000", "option2", "Non",
		"amount", "12 000", "ask-proprete", "decides", "ask-voirie", "", "other1", "numeriq", "capacity1", "opinion", "for", "residents")
	tw.shows("elected", to, "Changer de fournisseur", "12 000", "Votre réponse")
	tw.shows("elected", "/fr/mes-arbitrages", "2 questions attendent votre réponse")
	if strings.Contains(tw.page("mission", to), "Adjointe à la voirie et aux déplacements</") {
		t.Error("a post that was taken off is asked")
	}
}

func TestToDo(t *testing.T) {
	tw := newStory(t)
	tw.send("elected", "/fr/arbitrages/"+tw.question.Number+"/decider", "_form", "decide", "version", "1", "chosen", "1", "why", "Bien.", "step", "decide",
		"what1", "Lancer le marché", "unit1", "u-dpe", "post1", "dpe", "due1", "2018-03-01")
	tw.shows("dpe", "/fr/a-faire", "Lancer le marché", "en retard", "Les capteurs tiennent-ils deux hivers")
	todo, err := tw.room.ToDo(t.Context(), visitors["dpe"])
	tw.must(err)
	n, mine, err := tw.pages.Waiting(t.Context(), visitors["dpe"])
	tw.must(err)
	if n != len(todo.Actions)+len(todo.Questions)+len(todo.Parts) || n != 2 || mine != 0 {
		t.Errorf("%d things wait, %d arbitrations: %+v", n, mine, todo)
	}
	a := todo.Actions[0]
	tw.send("dpe", "/fr/a-faire", "_form", "reassign."+string(a.ID), "version", itoa(a.Version), "unit", "u-dvd", "due", "2018-05-01")
	tw.send("dvd", "/fr/a-faire", "_form", "finish."+string(a.ID), "version", itoa(a.Version+1), "note", "Marché signé.")
	tw.shows("anonymous", "/fr/projets/"+tw.sensors.Number, "Marché signé.")
	tw.send("dpe", "/fr/a-faire", "_form", "found."+string(todo.Questions[0].ID), "version", itoa(todo.Questions[0].Version), "answer", "Oui, trois même.")
	tw.shows("anonymous", "/fr/projets/"+tw.sensors.Number, "Oui, trois même.")
}

func TestWall(t *testing.T) {
	tw := newStory(t)
	body := plain(tw.page("mission", "/fr/mur"))
	if n := strings.Count(body, ">Collecte guidée par capteurs</a>"); n != 3 {
		t.Errorf("an initiative with three sponsors is in %d columns", n)
	}
	for _, want := range []string{"sans réponse depuis 2 ans", "arbitrage attendu : 1 an et 11 mois", "Éclairage secret"} {
		if !strings.Contains(body, want) {
			t.Errorf("the wall lacks %q", want)
		}
	}
	for _, by := range portfolio.Groupings() {
		tw.shows("mission", "/fr/mur?by="+string(by), "Collecte guidée par capteurs")
		tw.shows("mission", "/en/wall?by="+string(by)+"&day=2016-04-01&order=silence", "Collecte guidée par capteurs")
	}
	s, err := tw.room.Sheet(t.Context(), visitors["mission"], tw.sensors.Number)
	tw.must(err)
	move := "/fr/mur/deplacer?card=" + string(tw.sensors.ID) + "&back=/fr/mur"
	tw.send("mission", move+"&by=sponsor&from=voirie", "version", itoa(s.Version), "to", "none")
	if n := strings.Count(tw.page("mission", "/fr/mur"), ">Collecte guidée par capteurs</a>"); n != 2 {
		t.Errorf("after the move it is in %d columns", n)
	}
	tw.send("mission", move+"&by=stage&from=tested", "version", itoa(s.Version), "to", "scaling")
	webtest.Run(t, tw.site, []webtest.Scenario{
		{Name: "stop needs a lesson", URL: move + "&by=stage&from=scaling", Form: values("version", itoa(s.Version+1), "to", "operating"), As: visitors["mission"], Status: 303, Location: "/fr/mur"},
		{Name: "does not follow", URL: move + "&by=stage&from=operating", Form: values("version", itoa(s.Version+2), "to", "signalled"), As: visitors["mission"], Status: 409, Contains: []string{"Revenir au mur"}},
		{Name: "the public does not move", URL: move + "&by=stage&from=operating", Form: values("version", "1", "to", "retired"), Status: 401},
	})
}

func TestSnapshots(t *testing.T) {
	tw := newStory(t)
	board := tw.send("mission", "/fr/mur", "_form", "board", "by", "sponsor", "name", "COPIL ville intelligente")
	_, id, _ := strings.Cut(board, "board=")
	first := tw.send("mission", "/fr/mur", "_form", "snapshot", "board", id, "title", "COPIL du 12 mars")
	tw.shows("mission", first, "Collecte guidée par capteurs", "Cette photographie ne change pas")
	tw.must(tw.room.EndSponsor(t.Context(), agent("mission"), tw.sensors.ID, "voirie"))
	second := tw.send("mission", "/fr/mur", "_form", "snapshot", "board", id, "title", "COPIL du 13 mars")
	of := func(address string) string { return address[strings.LastIndex(address, "/")+1:] }
	tw.shows("mission", "/fr/mur/comparer?from="+of(first)+"&to="+of(second), "Adjointe à la voirie et aux déplacements ne le porte plus")
	tw.shows("mission", "/fr/mur/dossier?board="+id+"&since="+of(first), "ne le porte plus", "Généraliser à toute la ville", "COPIL ville intelligente")
	tw.shows("mission", "/en/wall/file?by=sponsor", "Steering committee file")
	tw.send("mission", "/fr/mur", "_form", "close-board", "board", id)
	if w := webtest.Do(tw.site, webtest.Scenario{URL: board, As: visitors["mission"]}); w.Code != 410 {
		t.Errorf("a closed board: %d", w.Code)
	}
}
