package portfolioweb_test

import (
	"net/url"
	"strings"
	"testing"

	"parvis/internal/portfolio"
	"parvis/internal/web/webtest"
)

// send posts a form of a page as a visitor and returns where it leads.
func (tw *town) send(as, to string, form ...string) string {
	tw.t.Helper()
	w := webtest.Do(tw.site, webtest.Scenario{URL: to, Form: values(form...), As: visitors[as]})
	if w.Code != 303 {
		tw.t.Fatalf("%s as %s: %d, want 303: %s", to, as, w.Code, w.Body)
	}
	return w.Header().Get("Location")
}

func values(form ...string) url.Values {
	v := url.Values{}
	for i := 0; i+1 < len(form); i += 2 {
		v.Add(form[i], form[i+1])
	}
	return v
}

// page reads a page and checks it.
func (tw *town) page(as, address string) string {
	tw.t.Helper()
	w := webtest.Do(tw.site, webtest.Scenario{URL: address, As: visitors[as]})
	if w.Code != 200 {
		tw.t.Fatalf("%s as %s: %d: %s", address, as, w.Code, w.Body)
	}
	return w.Body.String()
}

// plain replaces the spaces of French typography, which tests need not repeat.
func plain(s string) string { return strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(s) }

func (tw *town) shows(as, address string, wants ...string) {
	tw.t.Helper()
	body := plain(tw.page(as, address))
	for _, want := range wants {
		if !strings.Contains(body, want) {
			tw.t.Errorf("%s as %s lacks %q", address, as, want)
		}
	}
}

// The whole of a decision: an elected member finds the question, reads what it will say, decides, and the
// public page changes.
func TestDecide(t *testing.T) {
	tw := newStory(t)
	question, sheet := "/fr/arbitrages/"+tw.question.Number, "/fr/projets/"+tw.sensors.Number
	tw.shows("elected", "/fr/mes-arbitrages", "Généraliser à toute la ville", "silence : 1 an et 11 mois")
	form := []string{"_form", "decide", "version", "1", "chosen", "1", "why", "L’essai a tenu ses promesses.", "what1", "Lancer le marché", "unit1", "u-dpe", "due1", "2018-06-30"}
	webtest.Run(t, tw.site, []webtest.Scenario{
		{Name: "an interest is declared before the file is opened", URL: "/fr/mes-arbitrages", As: visitors["elected"], Status: 200,
			Lacks: []string{"Six mois d’essai", "180\u202f000", "Généraliser aux 900 bornes"}},
		{Name: "anonymous cannot read the question", URL: question, Status: 404, Lacks: []string{"Généraliser"}},
		{Name: "no motive", URL: question + "/decider", Form: values("_form", "decide", "version", "1", "chosen", "1", "what1", "Lancer le marché", "unit1", "u-dpe", "due1", "2018-06-30"), As: visitors["elected"],
			Status: 422, Contains: []string{"Donnez le motif", "Lancer le marché"}},
		{Name: "nothing chosen", URL: question + "/decider", Form: values("_form", "decide", "version", "1", "why", "Parce que."), As: visitors["elected"],
			Status: 422, Contains: []string{"Parce que."}},
		{Name: "read before deciding", URL: question + "/decider", Form: values(form...), As: visitors["elected"],
			Status: 200, Contains: []string{"Je décide", "Généraliser aux 900 bornes", "L’essai a tenu ses promesses.", "Cette décision sera publique"}},
		{Name: "back to the form", URL: question + "/decider", Form: values(append(form, "step", "edit")...), As: visitors["elected"],
			Status: 200, Contains: []string{"L’essai a tenu ses promesses.", "Relire avant de décider"}},
	})
	tw.shows("anonymous", sheet, "Rien n’a encore été décidé")
	to := tw.send("elected", question+"/decider", append(form, "step", "decide")...)
	if to != question {
		t.Errorf("leads to %s", to)
	}
	tw.shows("anonymous", sheet, "L’adjoint à la propreté et à l’eau a décidé, le 12 mars 2018 : « Généraliser aux 900 bornes », pour Les Halles et Centre-Parvis, au motif suivant : « L’essai a tenu ses promesses », avec effet le 12 mars 2018, par arbitrage.", "Lancer le marché")
	tw.shows("anonymous", "/en/projects/"+tw.sensors.Number, "decided, on 12 March 2018", "Lancer le marché")
	tw.shows("anonymous", question, "Généraliser aux 900 bornes")
	tw.shows("anonymous", sheet+"/atom", "Décision : Généraliser")
	webtest.Run(t, tw.site, []webtest.Scenario{{Name: "twice", URL: question + "/decider", Form: values(append(form, "step", "decide")...),
		As: visitors["elected"], Status: 409}})
}

// Whoever has not proved who they are in the last minutes loses nothing: the form is a draft of theirs.
func TestDecideNeedsFreshProof(t *testing.T) {
	tw := newStory(t)
	question := "/fr/arbitrages/" + tw.question.Number
	stale := visitors["elected"]
	stale.StrongAt = on("2018-03-11")
	w := webtest.Do(tw.site, webtest.Scenario{URL: question + "/decider", As: stale,
		Form: values("_form", "decide", "version", "1", "chosen", "2", "why", "À essayer encore.", "step", "decide")})
	to, err := url.Parse(w.Header().Get("Location"))
	if w.Code != 303 || err != nil || to.Path != "/fr/connexion" {
		t.Fatalf("%d to %q", w.Code, w.Header().Get("Location"))
	}
	tw.shows("elected", to.Query().Get("back"), "À essayer encore.")
	if strings.Contains(tw.page("roads", to.Query().Get("back")), "À essayer encore.") {
		t.Error("another elected member reads the draft")
	}
	tw.shows("elected", question, "en attente de réponse")
}

func TestPostponeAndReturn(t *testing.T) {
	tw := newStory(t)
	question := "/fr/arbitrages/" + tw.question.Number
	webtest.Run(t, tw.site, []webtest.Scenario{
		{Name: "a day that is past", URL: question, As: visitors["elected"], Form: values("_form", "postpone", "until", "2018-03-01", "note", "Attendre le budget."),
			Status: 422, Contains: []string{"Choisissez un jour à venir", "Attendre le budget."}},
	})
	tw.send("elected", question, "_form", "postpone", "until", "2018-05-01", "note", "Attendre le budget.")
	tw.shows("elected", "/fr/mes-arbitrages", "En attente, exprès", "Attendre le budget.")
	tw.send("elected", question, "_form", "return", "note", "Combien en dix ans ?")
	tw.shows("mission", "/fr/a-faire", "Combien en dix ans ?")
	tw.send("mission", question, "_form", "reply", "note", "220 000 € en dix ans.")
	tw.send("roads", question, "_form", "opine", "stance", "reserved", "remark", "Pas rue de la Gare.")
	tw.shows("mission", question, "Pas rue de la Gare.")
}

// A letter is answered by somebody who is not signed in; a mail scanner that opens it changes nothing.
func TestLetter(t *testing.T) {
	tw := newStory(t)
	ctx := t.Context()
	p, err := tw.room.OfferPart(ctx, agent("mission"), portfolio.Offer{Initiative: tw.sensors.ID, Unit: "u-dvd", Role: portfolio.HostPlace, Effort: "Trois rues."})
	tw.must(err)
	token, err := tw.room.NewAnswerToken(ctx, p.ID, "dvd", "aff-dvd")
	tw.must(err)
	link := "/fr/part/" + token
	for range 3 { // a scanner opens it, then a person
		tw.shows("anonymous", link, "Trois rues.", "Accepter", "Décliner")
	}
	w := webtest.Do(tw.site, webtest.Scenario{Method: "HEAD", URL: link})
	if w.Code != 200 || w.Header().Get("Cache-Control") != "no-store" || w.Header().Get("Referrer-Policy") != "no-referrer" {
		t.Errorf("HEAD: %d %v", w.Code, w.Header())
	}
	tw.shows("mission", "/fr/projets/"+tw.sensors.Number, "Sollicitée aujourd’hui")
	answer := webtest.Do(tw.site, webtest.Scenario{URL: link, Form: values("_form", "decline", "kind", "decline", "text", "")})
	if answer.Code != 422 {
		t.Errorf("declined without a reason: %d", answer.Code)
	}
	answer = webtest.Do(tw.site, webtest.Scenario{URL: link, Form: values("_form", "accept", "kind", "accept")})
	if answer.Code != 200 || !strings.Contains(answer.Body.String(), "accepte sa part") {
		t.Errorf("%d %s", answer.Code, answer.Body)
	}
	if w := webtest.Do(tw.site, webtest.Scenario{URL: link}); w.Code != 410 || !strings.Contains(w.Body.String(), "Ce lien a déjà servi") ||
		!strings.Contains(w.Body.String(), "Vous avez déjà répondu</h1>") || strings.Contains(w.Body.String(), "retirée") {
		t.Errorf("a used link: %d %s", w.Code, w.Body)
	}
	if w := webtest.Do(tw.site, webtest.Scenario{URL: "/fr/part/abc"}); w.Code != 404 {
		t.Errorf("an unknown link: %d", w.Code)
	}
	tw.shows("anonymous", "/fr/projets/"+tw.sensors.Number, "A accepté sa part le 12 mars 2018")
}

func TestAnswerPart(t *testing.T) {
	tw := newStory(t)
	p, err := tw.room.OfferPart(t.Context(), agent("mission"), portfolio.Offer{Initiative: tw.sensors.ID, Unit: "u-dvd", Role: portfolio.HostPlace})
	tw.must(err)
	tw.shows("dvd", "/fr/a-faire", "Parts demandées à votre direction")
	page := "/fr/projets/" + tw.sensors.Number + "/part/" + string(p.ID)
	webtest.Run(t, tw.site, []webtest.Scenario{
		{Name: "another directorate", URL: page, Form: values("_form", "accept", "kind", "accept", "version", "1"), As: visitors["dpe"], Status: 403, Contains: []string{"Seule une fonction de cette direction"}},
		{Name: "stale", URL: page, Form: values("_form", "counter", "kind", "counter", "version", "7", "text", "Deux rues."), As: visitors["dvd"], Status: 409, Contains: []string{"Deux rues."}},
	})
	tw.send("dvd", page, "_form", "counter", "kind", "counter", "version", "1", "text", "Deux rues.")
	tw.shows("mission", "/fr/projets/"+tw.sensors.Number+"/porteurs", "Deux rues.")
}

func TestNewInitiative(t *testing.T) {
	tw := newStory(t)
	draft := tw.send("dpe", "/fr/projets/nouveau", "_form", "new", "problem", "Les bancs sont mouillés.", "origin", "demand", "do", "draft")
	tw.shows("dpe", draft, "Les bancs sont mouillés.", "Vos brouillons")
	if w := webtest.Do(tw.site, webtest.Scenario{URL: draft, As: visitors["mission"]}); w.Code != 404 {
		t.Errorf("somebody else's draft: %d", w.Code)
	}
	webtest.Run(t, tw.site, []webtest.Scenario{
		{Name: "no title", URL: "/fr/projets/nouveau", As: visitors["dpe"], Form: values("_form", "new", "problem", "Les bancs sont mouillés.", "origin", "demand", "lang", "fr"),
			Status: 422, Contains: []string{"Répondez à cette question", "Les bancs sont mouillés."}},
		{Name: "a point nobody can read", URL: "/fr/projets/nouveau", As: visitors["dpe"], Form: values("_form", "new", "title", "Bancs", "problem", "Mouillés.", "origin", "demand", "lat", "ici"),
			Status: 422, Contains: []string{"coordonnées"}},
	})
	to := tw.send("dpe", "/fr/projets/nouveau", "_form", "new", "problem", "Les bancs sont mouillés.", "title", "Bancs secs", "origin", "demand", "lang", "fr",
		"tags", "bancs, pluie", "places", "centre", "lat", "47,3", "lon", "1,1", "draft", draft[strings.LastIndex(draft, "=")+1:])
	tw.shows("dpe", to, "Bancs secs", "bancs", "interne")
	if strings.Contains(tw.page("dpe", "/fr/projets/nouveau"), "Vos brouillons") {
		t.Error("the draft remains")
	}
}

// Two people revise the same sheet: the second finds both texts and loses none.
func TestReviseConflict(t *testing.T) {
	tw := newStory(t)
	page := "/fr/projets/" + tw.sensors.Number + "/fiche"
	s, err := tw.room.Sheet(t.Context(), visitors["mission"], tw.sensors.Number)
	tw.must(err)
	version := strings.TrimSpace(itoa(s.Version))
	form := []string{"_form", "revise", "version", version, "title", "Collecte guidée", "problem", "Autre problème.", "origin", "supply", "lang", "fr", "places", "halles", "tags", "capteurs"}
	tw.send("mission", page, form...)
	form[5] = "Collecte à la demande"
	w := webtest.Do(tw.site, webtest.Scenario{URL: page, Form: values(form...), As: visitors["dpe"]})
	body := w.Body.String()
	if w.Code != 409 || !strings.Contains(body, "Collecte guidée") || !strings.Contains(body, "Collecte à la demande") || !strings.Contains(body, `value="halles"`) {
		t.Errorf("%d %s", w.Code, body)
	}
}
