package strategyweb_test

import (
	"strings"
	"testing"

	"parvis/internal/i18n"
	"parvis/internal/portfolio/strategy"
	"parvis/internal/portfolio/strategyweb"
	"parvis/internal/web/webtest"
)

func TestMessages(t *testing.T) {
	for _, problem := range i18n.Check(strategyweb.Messages) {
		t.Error(problem)
	}
	catalog, err := i18n.Load(strategyweb.Messages)
	if err != nil {
		t.Fatal(err)
	}
	var keys []string
	for _, v := range strategy.Verbs() {
		keys = append(keys, "act."+v.Name)
	}
	keys = with(keys, "strategy.kind.", strategy.Kinds())
	keys = with(keys, "strategy.status.", []strategy.Status{strategy.Draft, strategy.Adopted, strategy.Superseded})
	keys = with(keys, "strategy.change.", strategy.Changes())
	keys = with(keys, "strategy.node_kind.", strategy.NodeKinds())
	keys = with(keys, "strategy.direction.", strategy.Directions())
	keys = with(keys, "strategy.progress.how.", strategy.Directions())
	keys = with(keys, "strategy.frequency.", strategy.Frequencies())
	keys = with(keys, "strategy.remark.", strategy.Remarks())
	keys = with(keys, "strategy.voice.", append(strategy.Voices(), strategy.AsUnit))
	keys = with(keys, "strategy.state.", []strategy.State{strategy.Unmeasured, strategy.Behind, strategy.OnTrack, strategy.Reached})
	for _, lang := range i18n.Languages() {
		for _, key := range keys {
			if !catalog.Printer(lang).Has(key) {
				t.Errorf("%s: %s is not said", lang, key)
			}
		}
	}
}

func with[S ~string](keys []string, prefix string, all []S) []string {
	for _, v := range all {
		keys = append(keys, prefix+string(v))
	}
	return keys
}

// An empty city says so, and shows agents how to begin.
func TestNothingYet(t *testing.T) {
	c := newTown(t)
	webtest.EveryRoute(t, c.site)
	mission := visitors["mission"]
	webtest.Run(t, c.site, []webtest.Scenario{
		{Name: "strategy", URL: "/fr/strategie", Status: 200, Contains: []string{"Aucune stratégie n’est publiée"}},
		{Name: "strategy for agents", URL: "/fr/strategie", As: mission, Status: 200, Contains: []string{"Écrire une stratégie"}},
		{Name: "compare", URL: "/fr/strategie/comparer", Status: 200, Contains: []string{"Il faut deux stratégies"}},
		{Name: "contributions", URL: "/fr/strategie/contributions", Status: 200, Contains: []string{"Objectifs sans projet"}},
		{Name: "positions", URL: "/fr/positionnement", As: mission, Status: 200, Contains: []string{"Poser les quatre dilemmes"}},
		{Name: "grid", URL: "/fr/referentiel", Status: 200, Contains: []string{"Aucun référentiel"}},
		{Name: "workshop", URL: "/fr/referentiel/atelier", As: mission, Status: 200, Contains: []string{"Commencer l’édition suivante"}},
		{Name: "moderation", URL: "/fr/referentiel/annotations", As: mission, Status: 200, Contains: []string{"Rien n’attend"}},
	})
}

// Everybody reads what is public, nobody outside reads what is not; every page opens in both languages.
func TestReading(t *testing.T) {
	c := newTown(t)
	c.tell()
	open := map[string]string{
		"/fr/strategie": "Moins d’eau perdue", "/en/strategy": "Strategic plan", "/fr/strategie/" + c.plan.Number: "Pour que la ville serve",
		"/fr/indicateurs/" + c.indicator.Number: "67", "/en/indicators/" + c.indicator.Number: "Behind|On the line|Reached",
		"/fr/positionnement": "Plutôt", "/en/positions": "Rather", "/fr/referentiel/1": "Qui a le problème", "/en/reading-grid/1": "Edition 1",
		"/fr/strategie/contributions": "EAU-1", "/fr/strategie.csv": "Eau d’arrosage", "/fr/indicateurs/" + c.indicator.Number + "/serie.csv": "2017", "/fr/referentiel/1/grille.csv": "Des habitants",
	}
	var all []webtest.Scenario
	for who, v := range visitors {
		for at, text := range open {
			s := webtest.Scenario{Name: who + " " + at, URL: at, As: v, Status: 200}
			if !strings.Contains(text, "|") {
				s.Contains = []string{text}
			}
			all = append(all, s)
		}
	}
	for _, secret := range []string{"/fr/strategie/" + c.draft.Number, "/fr/indicateurs/" + c.hidden.Number, "/fr/projets/" + c.project.Number + "/referentiel", "/fr/referentiel/2"} {
		all = append(all, webtest.Scenario{Name: "secret " + secret, URL: secret, Status: 404}, webtest.Scenario{Name: "secret for a resident " + secret, URL: secret, As: visitors["resident"], Status: 404})
	}
	all = append(all,
		webtest.Scenario{Name: "lists keep secrets", URL: "/fr/strategie", Status: 200, Lacks: []string{"confidentiel", "Arroser le sol"}},
		webtest.Scenario{Name: "exports keep secrets", URL: "/fr/strategie.csv", Status: 200, Lacks: []string{"confidentielle"}},
		webtest.Scenario{Name: "agents see", URL: "/fr/strategie", As: visitors["mission"], Status: 200, Contains: []string{"Arroser le sol", "Mesure confidentielle"}},
		webtest.Scenario{Name: "project", URL: "/fr/projets/" + c.project.Number, As: visitors["mission"], Status: 200, Contains: []string{"À quoi il contribue", "EAU-1"}},
		webtest.Scenario{Name: "edit a draft", URL: "/fr/strategie/" + c.draft.Number + "/modifier", As: visitors["mission"], Status: 200, Contains: []string{"Adopter la stratégie"}},
		webtest.Scenario{Name: "taxonomies", URL: "/fr/indicateurs/nouveau?q=egalite", As: visitors["mission"], Status: 200, Contains: []string{"sdg:5"}},
		webtest.Scenario{Name: "xlsx", URL: "/fr/strategie.xlsx", Status: 200}, webtest.Scenario{Name: "grid xlsx", URL: "/fr/referentiel/1/grille.xlsx", Status: 200},
		webtest.Scenario{Name: "compare", URL: "/fr/strategie/comparer", As: visitors["mission"], Status: 200, Contains: []string{"Abandonné"}})
	webtest.Run(t, c.site, all)
}

// Each form does one thing and says so; a refused one shows what was typed.
func TestForms(t *testing.T) {
	c := newTown(t)
	c.tell()
	mission, edit := visitors["mission"], "/fr/indicateurs/"+c.indicator.Number+"/modifier"
	now := must[strategy.Indicator](c)(c.room.FindIndicator(c.ctx, mission, c.indicator.Number))
	six := []string{"why", "Parce que", "for", "residents", "basis", "2018-10", "when", "2018-03-12", "how", "deliberation"}
	webtest.Run(t, c.site, []webtest.Scenario{
		{Name: "write", URL: "/fr/strategie/nouvelle", As: mission, Form: form("write", 0, "title", "Suite", "purpose", "x", "kind", "other", "from", "2024-01-01"), Status: 303, Location: "/fr/strategie/S-2024-1/modifier"},
		{Name: "write badly", URL: "/fr/strategie/nouvelle", As: mission, Form: form("write", 0, "title", "Texte gardé", "kind", "other"), Status: 422, Contains: []string{"Texte gardé", "Répondez à cette question"}},
		{Name: "stale", URL: "/fr/strategie/" + c.draft.Number + "/modifier", As: mission, Form: form("write", 9, "title", "Mon titre", "purpose", "x", "kind", "other", "from", "2024-01-01"),
			Status: 409, Contains: []string{"Mon titre", "Brouillon confidentiel"}},
		{Name: "node", URL: "/fr/strategie/" + c.draft.Number + "/modifier", As: mission, Form: form("node", 0, "code", "B-1", "title", "But", "kind", "outcome", "weight", "1/3"), Status: 303, Location: "/fr/strategie/S-2023-1/modifier"},
		{Name: "measure twice", URL: edit, As: mission, Form: form("measure", 0, "period", "2017", "value", "71"), Status: 409, Contains: []string{"déjà une mesure", "71"}},
		{Name: "measure", URL: edit, As: mission, Form: form("measure", 0, "period", "2015", "value", "85,5"), Status: 303, Location: "/fr/indicateurs/I-2018-1/modifier"},
		{Name: "series with defects", URL: edit, As: mission, Form: form("series", 0, "pasted", "Année;Valeur\n2013;beaucoup"), Status: 422, Contains: []string{"Cellule B2", "beaucoup"}},

		{Name: "target", URL: edit, As: mission, Form: form("target", 0, "due", "2022-12-31", "value", "50"), Status: 303, Location: "/fr/indicateurs/I-2018-1/modifier"},
		{Name: "stale indicator", URL: edit, As: mission, Form: form("set", now.Version-1, "title", "Autre mot", "objective", string(c.node.Objective), "unit", "m³", "direction", "down", "method", "x", "source", "y", "frequency", "year"),
			Status: 409, Contains: []string{"Autre mot"}},
		{Name: "claim", URL: "/fr/strategie/contributions", As: mission, Form: form("claim", 0, "initiative", c.project.Number, "objective", string(c.node.Objective), "claim", "Beaucoup"), Status: 303, Location: "/fr/strategie/contributions"},
		{Name: "claim on nothing", URL: "/fr/strategie/contributions", As: mission, Form: form("claim", 0, "initiative", "P-1", "objective", string(c.node.Objective), "claim", "Beaucoup"), Status: 422, Contains: []string{"Ce projet n’existe pas"}},
		{Name: "take", URL: "/fr/positionnement", As: mission, Form: form("take."+string(c.dilemma.ID), 0, append(six, "lean", "-1")...), Status: 303, Location: "/fr/positionnement"},
		{Name: "take without a motive", URL: "/fr/positionnement", As: mission, Form: form("take."+string(c.dilemma.ID), 0, "lean", "-1", "for", "residents"), Status: 422, Contains: []string{"Prendre position"}},
		{Name: "annotate", URL: "/fr/referentiel/1", As: visitors["resident"], Form: form("annotate", 0, "kind", "contest", "body", "Et les autres ?", "voice", "resident"), Status: 303, Location: "/fr/referentiel/1#annotations"},
		{Name: "annotate as nobody", URL: "/fr/referentiel/1", Form: form("annotate", 0, "kind", "contest", "body", "Et les autres ?", "voice", "resident"), Status: 401},
		{Name: "place", URL: "/fr/projets/" + c.project.Number + "/referentiel", As: mission, Form: form("place.besoin", 0, "level", "1", "reason", "Les jardiniers"), Status: 303, Location: "/fr/projets/P-2018-1/referentiel"},
		{Name: "place over somebody", URL: "/fr/projets/" + c.project.Number + "/referentiel", As: mission, Form: form("place.besoin", 0, "level", "0", "reason", "Non"), Status: 409, Contains: []string{"entre-temps"}},
		{Name: "next edition", URL: "/fr/referentiel/atelier", As: mission, Form: form("grid", 0, "title", "Édition deux", "intro", "x"), Status: 303, Location: "/fr/referentiel/atelier"},
		{Name: "no such deed", URL: "/fr/positionnement", As: mission, Form: form("vanish", 0), Status: 422},
	})
	kept := must[strategy.Position](c)(c.room.TakePosition(c.ctx, mayorActor, strategy.Take{Dilemma: c.dilemma.ID, Lean: 2, Answers: answers(), Keep: true}))
	publish := "publish." + string(kept.ID)
	webtest.Run(t, c.site, []webtest.Scenario{
		{Name: "kept, outside", URL: "/fr/positionnement", Status: 200, Lacks: []string{publish}},
		{Name: "kept, inside", URL: "/fr/positionnement", As: mission, Status: 200, Contains: []string{publish, "gardée interne"}},
		{Name: "publish without review", URL: "/fr/positionnement", As: mission, Form: form(publish, 1), Status: 422, Contains: []string{"relu"}},
		{Name: "publish", URL: "/fr/positionnement", As: mission, Form: form(publish, 1, "reviewed", "true"), Status: 303, Location: "/fr/positionnement"},
		{Name: "published", URL: "/fr/positionnement", As: mission, Status: 200, Lacks: []string{publish}},
	})
	preview := webtest.Do(c.site, webtest.Scenario{URL: edit, As: mission, Form: form("series", 0, "pasted", "Année\tValeur\n2013\t95\n")})
	at := preview.Header().Get("Location")
	webtest.Run(t, c.site, []webtest.Scenario{
		{Name: "preview", URL: at, As: mission, Status: 200, Contains: []string{"Ajoute"}},
		{Name: "import", URL: at, As: mission, Form: form("import", 0), Status: 303, Location: "/fr/indicateurs/I-2018-1"},
		{Name: "import again", URL: at, As: mission, Form: form("import", 0), Status: 404},
	})
	preview = webtest.Do(c.site, webtest.Scenario{URL: edit, As: mission, Form: form("series", 0, "pasted", "Année;Valeur;Source\n2013;95;Bilan relu\n")})
	at = preview.Header().Get("Location")
	webtest.Run(t, c.site, []webtest.Scenario{
		{Name: "preview of a correction", URL: at, As: mission, Status: 200, Contains: []string{"Corrige", "Bilan relu", "Pourquoi les valeurs corrigées"}},
		{Name: "correction without reason", URL: at, As: mission, Form: form("import", 0), Status: 422, Contains: []string{"Bilan relu"}},
		{Name: "correction", URL: at, As: mission, Form: form("import", 0, "why", "Source mal notée"), Status: 303, Location: "/fr/indicateurs/I-2018-1"},
	})
	waiting := must[[]strategy.Annotation](c)(c.room.ToModerate(c.ctx, mission))
	if len(waiting) != 1 || waiting[0].As != strategy.AsResident {
		t.Fatalf("%+v", waiting)
	}
	a := string(waiting[0].ID)
	webtest.Run(t, c.site, []webtest.Scenario{
		{Name: "not moderated", URL: "/fr/referentiel/1", Status: 200, Lacks: []string{"Et les autres"}},
		{Name: "show", URL: "/fr/referentiel/annotations", As: mission, Form: form("show."+a, 1), Status: 303, Location: "/fr/referentiel/annotations"},
		{Name: "answer", URL: "/fr/referentiel/annotations", As: mission, Form: form("answer."+a, 2, "answer", "Bonne question."), Status: 303, Location: "/fr/referentiel/annotations"},
		{Name: "shown", URL: "/fr/referentiel/1", Status: 200, Contains: []string{"Et les autres", "Bonne question"}},
	})
}
