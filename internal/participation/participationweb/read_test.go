package participationweb_test

import (
	"fmt"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"parvis/internal/i18n"
	"parvis/internal/participation"
	"parvis/internal/participation/participationweb"
	"parvis/internal/participation/tally"
	"parvis/internal/ui/uitest"
	"parvis/internal/web/webtest"
)

func checkPage(t *testing.T, path string, body []byte) {
	t.Helper()
	for _, d := range uitest.Defects(body) {
		t.Errorf("%s: %s", path, d)
	}
}

var tags = regexp.MustCompile(`<[^>]*>`)

// read is what a reader sees of a page, every space alike.
func read(body string) string {
	text := html.UnescapeString(tags.ReplaceAllString(body, " "))
	return strings.Join(strings.Fields(strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(text)), " ")
}

func approvals(n int, rule string, edit func(*tally.Document)) vote {
	return vote{"approval", n, []string{"a,b", "a,b,c", "c,d", "a,d", "b,f"}, "plus_de_voix", func(d *tally.Document) {
		d.Rule = rule
		if edit != nil {
			edit(d)
		}
	}}
}

// votes are one of each kind that pages tell differently.
func votes() map[string]vote {
	grades := vote{"scoring", 120, []string{"a,b,c,d,e|3,1,0,2,0", "a,b,c|2,2,3", "a,b,c,d|2,3,0,1"}, "jugement_majoritaire", nil}
	seats := grades
	seats.edit = func(d *tally.Document) { d.Lots[0].Seats, d.Lots[0].Budget, d.Lots[0].Cap, d.Budget = 2, 0, 50, 100 }
	all := map[string]vote{"majority": grades, "seats": seats,
		"ranks":  {"ordinal", 120, []string{"a,b,c", "c,d", "d,a"}, "plus_de_voix", nil},
		"points": {"scoring", 120, []string{"a,b|3,1", "c,d|2,2"}, "parts_egales", nil},
		"19":     approvals(19, "greedy_score", nil), "20": approvals(20, "mes_cost_add1u", nil),
		"stop":      approvals(120, "greedy_score_no_skip", nil),
		"threshold": approvals(120, "greedy_score_threshold", func(d *tally.Document) { d.Conventions.Threshold = 50 }),
		"cap":       approvals(120, "greedy_score", func(d *tally.Document) { d.Lots[0].Cap = 40 }),
		"bar":       approvals(120, "mes_cost", func(d *tally.Document) { d.Conventions.CostBar = 1 }),
		"reserve":   approvals(120, "greedy_score", func(d *tally.Document) { d.Lots[0].Reserve = 30 }),
		"totals":    approvals(120, "mes_cost", func(d *tally.Document) { d.Publish.Ballots = false }),
		"nothing":   approvals(120, "mes_cost", func(d *tally.Document) { d.Publish.Ballots, d.Publish.Totals = false, false }),
		"order":     approvals(120, "greedy_score", func(d *tally.Document) { d.Conventions.Order = []string{"f", "e", "d", "c", "b", "a"} }),
	}
	for _, rule := range []string{"greedy_score", "greedy_card", "mes_cost", "mes_cost_add1", "mes_cost_add1u", "mes_card_votes", "mes_cost_comparison", "phragmen", "per_dollar"} {
		all[rule] = approvals(120, rule, nil)
	}
	return all
}

// Every page of every kind of vote is sound, says everything, in both languages.
func TestEveryRuleIsToldInBothLanguages(t *testing.T) {
	forEachTown(t, func(w *town) {
		for name, v := range votes() {
			s := w.published(v, "Centre")
			for _, base := range []string{"/fr/participer/" + s.Number, "/en/take-part/" + s.Number} {
				below := map[bool][]string{true: {"qualite", "regles", "verifier", "projets.csv", "resultat.json", "lots/centre"}, false: {"quality", "rules", "verify", "projects.csv", "result.json", "lots/centre"}}[strings.HasPrefix(base, "/fr")]
				w.get(nobody, base, http.StatusOK)
				for _, page := range below {
					w.get(nobody, base+"/"+page, http.StatusOK)
				}
				project := map[bool]string{true: "projets", false: "projects"}[strings.HasPrefix(base, "/fr")]
				for _, code := range []string{"a", "b", "c", "d", "e", "f"} {
					w.get(nobody, base+"/lots/centre/"+project+"/"+code, http.StatusOK)
				}
			}
			if w.Failed() {
				w.Fatalf("in the vote %q", name)
			}
		}
		for _, page := range []string{"/fr/participer", "/en/take-part"} {
			w.get(nobody, page, http.StatusOK)
			w.get(agent, page, http.StatusOK)
		}
	})
}

// A losing project is told what it lacked, in figures worked out by hand.
func TestALosingProjectIsToldWhy(t *testing.T) {
	cases := []struct {
		name, code string
		vote       vote
		says       []string
	}{
		// a 72 votes, b 72, c 48, d 48, e 0: b (25) goes before a (30) because it costs less, then d (10); c (45) finds 35 left.
		{"no room", "c", approvals(120, "greedy_score", nil), []string{"Pourquoi pas nous ?", "il restait 35 €. Il en coûte 45 € : il manquait 10 €", "48 personnes ont soutenu ce projet, sur 120 bulletins",
			"à la place 4 sur 4", "Avec les mêmes voix et un coût de 35 € ou moins, il aurait été retenu.", "Égalité avec « Nichoirs » : le moins cher est passé d’abord."}},
		{"nobody", "e", approvals(120, "greedy_score", nil), []string{"la règle en demande au moins 1"}},
		{"withdrawn", "f", approvals(120, "greedy_score", nil), []string{"a été retiré après l’impression des bulletins"}},
		{"won", "b", approvals(120, "greedy_score", nil), []string{"Pourquoi ce projet a gagné", "il est le n° 1 choisi", "il restait 100 € dans l’enveloppe de 100 €"}},
		{"cap", "c", approvals(120, "greedy_score", func(d *tally.Document) { d.Lots[0].Cap = 40 }), []string{"c’est plus que ce que la règle permet"}},
		{"stopped", "d", approvals(120, "greedy_score_no_skip", func(d *tally.Document) { d.Lots[0].Budget = 50 }), []string{"Le tour de ce projet n’est pas venu"}},
		// each has 100/120 = 0.83 €. b: 72 × 0.83 = 60 ≥ 25 and so on; nobody supports e.
		{"shares", "b", approvals(120, "mes_cost", nil), []string{"avaient assez d’argent pour le payer ensemble", "Chaque personne qui a voté disposait de 0,83 €"}},
		{"majority", "c", votes()["seats"], []string{"les places étaient prises par des projets mieux jugés", "Sa mention majoritaire est « Je ne suis pas convaincu·e »", "Le lot a 2 places"}},
		{"19 ballots", "c", approvals(19, "greedy_score", nil), []string{"on ne peut pas dire combien de personnes l’ont soutenu"}},
	}
	forEachTown(t, func(w *town) {
		for _, c := range cases {
			s := w.published(c.vote, "Centre")
			page := read(w.get(nobody, fmt.Sprintf("/fr/participer/%s/lots/centre/projets/%s", s.Number, c.code), http.StatusOK))
			for _, want := range c.says {
				if !strings.Contains(page, want) {
					w.Errorf("%s: the page lacks %q: %s", c.name, want, page)
				}
			}
		}
	})
}

// What may not be told stands nowhere: not in the pages, not in the exports, not in the public files. The
// same votes with more ballots tell it: the search would find it.
func TestSmallLotsTellNoSums(t *testing.T) {
	forEachTown(t, func(w *town) {
		for _, c := range []struct {
			n    int
			tell bool
		}{{19, false}, {21, true}} {
			s := w.published(approvals(c.n, "greedy_score", nil), "Centre")
			base := "/fr/participer/" + s.Number
			var all strings.Builder
			for _, page := range []string{"", "/lots/centre", "/qualite", "/projets.csv", "/resultat.json", "/lots/centre/projets/a", "/lots/centre/projets/c"} {
				all.WriteString(read(w.get(nobody, base+page, http.StatusOK)) + "\n")
			}
			files, err := w.room.Files(w.ctx, s.Election)
			if err != nil {
				w.Fatal(err)
			}
			for _, f := range files {
				all.WriteString(w.get(nobody, "/elections/"+string(s.ID)+"/"+f.Name, http.StatusOK))
			}
			votes := map[int]string{19: "12", 21: "13"}[c.n] // of a
			told := strings.Contains(all.String(), "Voix "+votes) || strings.Contains(all.String(), `"votes":`) || strings.Contains(all.String(), "totals.csv")
			if told != c.tell {
				w.Errorf("%d ballots: sums told %v, want %v:\n%s", c.n, told, c.tell, all.String())
			}
		}
	})
}

// Public files have the bytes that the page and the act say, and none is there before the publication.
func TestFilesAreThoseOfTheirDigests(t *testing.T) {
	forEachTown(t, func(w *town) {
		s := w.counted(approvals(120, "mes_cost_add1u", nil), "Centre", "Gare")
		at := "/elections/" + string(s.ID) + "/"
		w.get(agent, at+"rules.toml", http.StatusNotFound)
		w.get(nobody, "/fr/participer/"+s.Number, http.StatusNotFound)
		w.get(nobody, at+"manifest.json", http.StatusNotFound)
		if _, err := w.room.PublishResult(w.ctx, mission, s.ID, s.Version); err != nil {
			w.Fatal(err)
		}
		if got := w.get(nobody, at+"rules.toml", http.StatusOK); got != s.Rules {
			w.Errorf("rules.toml: %s", got)
		}
		page := w.get(nobody, "/fr/participer/"+s.Number+"/verifier", http.StatusOK)
		for _, want := range []string{s.RulesDigest, s.ResultDigest, s.FilesDigest, "parvis verify https://", "lots/2/ballots.pb"} {
			if !strings.Contains(page, want) {
				w.Errorf("the page lacks %q", want)
			}
		}
		w.get(nobody, at+"lots/9/ballots.pb", http.StatusNotFound)
	})
}

// Other rules are compared with the result, where the frozen rules let the public try them.
func TestComparing(t *testing.T) {
	forEachTown(t, func(w *town) {
		open := w.published(approvals(120, "greedy_score", nil), "Centre")
		base := "/fr/participer/" + open.Number + "/lots/centre/comparer"
		w.get(nobody, base, http.StatusOK)
		page := read(w.get(nobody, base+"?rule=mes_cost", http.StatusOK))
		if !strings.Contains(page, "Règle du vote : Plus de voix (greedy_score)") || !strings.Contains(page, "Essai : Parts égales, selon le coût (mes_cost)") {
			w.Errorf("compared: %s", page)
		}
		w.get(nobody, base+"?rule=majority_judgment", http.StatusNotFound)
		closed := w.published(approvals(120, "greedy_score", func(d *tally.Document) { d.Publish.WhatIf = false }), "Centre")
		w.get(nobody, "/fr/participer/"+closed.Number+"/lots/centre/comparer?rule=mes_cost", http.StatusForbidden)
		w.get(agent, "/fr/participer/"+closed.Number+"/lots/centre/comparer?rule=mes_cost", http.StatusOK)
	})
}

// No rule but their own reads grades: the page says that they are read as points, and by which scale.
func TestComparingGrades(t *testing.T) {
	forEachTown(t, func(w *town) {
		s := w.published(vote{kind: "scoring", n: 120, ballots: []string{"a,b,c|3,2,0", "b,d|3,3", "c,e|3,1"}, preset: "jugement_majoritaire"}, "Centre")
		base := "/fr/participer/" + s.Number + "/lots/centre/comparer"
		page := read(w.get(nobody, base, http.StatusOK))
		if !strings.Contains(page, "0 pour la plus basse (« Je ne suis pas convaincu·e »)") {
			w.Errorf("grades: %s", page)
		}
		// b 200 points, c 120, d 120, a 120, e 40: b, then the cheapest of equals, until 100 are spent.
		page = read(w.get(nobody, base+"?rule=greedy_score", http.StatusOK))
		if !strings.Contains(page, "Essai : Plus de points (greedy_score)") || !strings.Contains(page, "Règle du vote : Jugement majoritaire (majority_judgment)") {
			w.Errorf("compared: %s", page)
		}
		trial, err := w.room.Try(w.ctx, agent, s, s.Lots[0], "greedy_score")
		if err != nil || strings.Join(trial.Winners, " ") != "b d a e" {
			w.Errorf("%v: %v", trial.Winners, err)
		}
		w.get(nobody, base+"?rule=mes_cost", http.StatusNotFound)
	})
}

// Whatever the ballots and the terms, there is another rule to try, and each has a name of its own.
func TestEveryKindOfBallotHasOtherRules(t *testing.T) {
	catalog, err := i18n.Load(participationweb.Messages, tally.Messages)
	if err != nil {
		t.Fatal(err)
	}
	for kind, rule := range map[string]string{"approval": "greedy_score", "ordinal": "greedy_score", "points": "greedy_score", "grades": "majority_judgment", "amounts": "per_dollar"} {
		for _, seats := range []int{0, 3} {
			d := &tally.Document{Rule: rule, Ballot: tally.BallotRules{Kind: kind}}
			names := participation.RulesToTry(d, participation.Lot{Result: &participation.Result{Seats: seats}})
			if len(names) == 0 {
				t.Errorf("%s, %d seats: no other rule", kind, seats)
			}
			for _, lang := range i18n.Languages() {
				said := map[string]bool{}
				for _, name := range names {
					label := participationweb.RuleName(catalog.Printer(lang), kind, name)
					if label, _, _ = strings.Cut(label, " ("); said[label] {
						t.Errorf("%s: two rules are called %q", kind, label)
					}
					said[label] = true
				}
			}
		}
	}
}

// Everything that may have to be said is said, in both languages.
func TestEverythingIsSaid(t *testing.T) {
	catalog, err := i18n.Load(participationweb.Messages)
	if err != nil {
		t.Fatal(err)
	}
	var keys []string
	for _, c := range append(tally.Causes(), "undisclosed") {
		keys = append(keys, "participation.why."+c, "participation.cause."+c, "participation.brief."+c)
	}
	for _, v := range participation.Verbs() {
		keys = append(keys, "act."+v.Name)
	}
	for _, s := range participation.Stages() {
		keys = append(keys, "participation.stage."+string(s))
	}
	for _, p := range append(tally.Presets(), participation.DeclaredRules) {
		keys = append(keys, "participation.preset."+p, "participation.preset."+p+".hint")
	}
	for _, f := range []string{"votes", "points", "ranks", "per_cost", "shares", "majority", "phragmen", "per_dollar"} {
		keys = append(keys, "participation.rule."+f+".title", "participation.rule."+f+".short", "participation.rule."+f+".1")
	}
	for _, done := range []string{"freeze", "retry", "publish", "withdraw", "link"} {
		keys = append(keys, "participation.done."+done)
	}
	for _, lang := range i18n.Languages() {
		for _, key := range keys {
			if !catalog.Printer(lang).Has(key) {
				t.Errorf("%s: %s is not said", lang, key)
			}
		}
	}
}

// The whole way through the pages: refused, read, imported, frozen, counted, published, withdrawn.
func TestTheWholeWayThroughThePages(t *testing.T) {
	forEachTown(t, func(w *town) {
		good := approvals(120, "greedy_score", nil).file("Centre")
		bad := strings.Replace(good, "v7;c,d", "v7;c,zz", 1)
		refused := w.upload("/fr/depouiller", bad, "strict")
		if refused.Code != http.StatusUnprocessableEntity || !strings.Contains(read(refused.Body.String()), "ligne 33 : le vote nomme « zz », qui n'est pas un projet") {
			w.Errorf("refused: %d %s", refused.Code, read(refused.Body.String()))
		}
		if said := w.upload("/fr/depouiller", "", "strict"); said.Code != http.StatusUnprocessableEntity {
			w.Errorf("no file: %d", said.Code)
		}
		staged := w.upload("/fr/depouiller", good, "strict").Header().Get("Location")
		w.get(agent, staged, http.StatusOK)
		w.get(nobody, staged, http.StatusUnauthorized)
		if again := w.post(agent, staged, url.Values{"title": {""}, "lang": {"fr"}, "lot-1": {""}}); again.Code != http.StatusUnprocessableEntity {
			w.Errorf("without a title: %d", again.Code)
		}
		manage := w.post(agent, staged, url.Values{"title": {"Vote"}, "lang": {"fr"}, "source": {"Essai"}, "lot-1": {"Centre"}}).Header().Get("Location")
		w.get(agent, manage+"?preset=parts_egales&publish=ballots", http.StatusOK)
		s := w.only()
		d, err := w.room.ProposeRules(w.ctx, s.Election, s.Lots, "plus_de_voix")
		if err != nil {
			w.Fatal(err)
		}
		rules, version := string(d.Canonical()), func() string { return fmt.Sprint(w.only().Version) }
		if stale := w.post(agent, manage, url.Values{"do": {"freeze"}, "version": {version()}, "rules": {rules}}); stale.Code < 300 || w.only().Stage != participation.Imported {
			w.Errorf("frozen by somebody who did not prove who they are: %d", stale.Code)
		}
		wrong := w.post(proved, manage, url.Values{"do": {"freeze"}, "version": {version()}, "rules": {strings.Replace(rules, "greedy_score", "nonsense", 1)}})
		if wrong.Code != http.StatusUnprocessableEntity || !strings.Contains(wrong.Body.String(), "nonsense") {
			w.Errorf("wrong rules: %d", wrong.Code)
		}
		w.done(proved, manage, url.Values{"do": {"freeze"}, "version": {version()}, "rules": {rules}})
		w.get(agent, manage, http.StatusOK)
		if err := w.room.CountElection(w.ctx, s.ID); err != nil {
			w.Fatal(err)
		}
		w.get(agent, manage, http.StatusOK)
		w.done(proved, manage, url.Values{"do": {"publish"}, "version": {version()}})
		w.get(nobody, "/fr/participer/"+s.Number, http.StatusOK)
		w.get(agent, manage, http.StatusOK)
		w.done(proved, manage, url.Values{"do": {"withdraw"}, "version": {version()}, "reason": {"Essai"}})
		w.get(nobody, "/fr/participer/"+s.Number, http.StatusGone)
	})
}

func TestEveryRouteAnswers(t *testing.T) {
	forEachTown(t, func(w *town) { webtest.EveryRoute(w.T, w.site) })
}
