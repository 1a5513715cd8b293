package app

import (
	"bytes"
	"context"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"parvis/internal/act"
	"parvis/internal/id"
	"parvis/internal/money"
	"parvis/internal/portfolio"
)

// neighbour is the name of a neighbour who asks to be forgotten; it was typed into every kind of field.
const neighbour = "Zéphirine Quetzalcoatl"

// slipped writes the neighbour's name wherever agents type words of their own about a public initiative, and lists the
// texts of acts in which it stands.
func (w *town) slipped() (texts []id.ID) {
	w.t.Helper()
	ctx := context.Background()
	v, err := w.as(mission)
	if err != nil {
		w.t.Fatal(err)
	}
	by, i := v.Actor(""), id.ID(publicThings(w).id)
	must := func(err error) {
		w.t.Helper()
		if err != nil {
			w.t.Fatal(err)
		}
	}
	_, err = w.Portfolio.OfferPart(ctx, by, portfolio.Offer{Initiative: i, Unit: id.ID(one[string](w, `SELECT DISTINCT thing FROM powers_unit WHERE code = 'DJS'`)),
		Role: portfolio.Contribute, Effort: neighbour + " : aller la voir"})
	must(err)
	must(w.Portfolio.OpenQuestion(ctx, by, portfolio.OpenForm{Initiative: i, Kind: portfolio.Unknown, Question: neighbour + " est-elle d’accord ?", Post: by.Post, Due: "2018-09-01"}))
	a, err := w.Portfolio.AskArbitration(ctx, by, portfolio.AskForm{Initiative: i, Case: portfolio.Case{Question: "Répondre à " + neighbour + " ?",
		Context: "Elle écrit chaque mois.", Amount: money.Euros(1000), Asked: []portfolio.AskedPost{{Post: by.Post, Capacity: portfolio.Decides}}}})
	must(err)
	_, err = w.Portfolio.DecideArbitration(ctx, by, portfolio.DecideForm{Arbitration: a.ID, Version: a.Version, Decision: "Recevoir " + neighbour,
		Answers: portfolio.Answers{Motive: "La voisine " + neighbour + " insiste.", Segments: []string{"residents"}, Basis: []string{"CGCT L2122-18"}},
		Actions: []portfolio.NewAction{{What: "Écrire à " + neighbour, Unit: id.ID(one[string](w, `SELECT DISTINCT thing FROM powers_unit WHERE code = 'MVI'`)), Due: "2018-05-01"}}})
	must(err)
	_, err = w.Portfolio.TakeSnapshot(ctx, by, id.ID(one[string](w, `SELECT id FROM portfolio_board WHERE closed_on = '' LIMIT 1`)), "Le mur après "+neighbour)
	must(err)
	w.deliver()
	for _, text := range w.textsWith(neighbour) {
		texts = append(texts, id.ID(text))
	}
	return texts
}

// inFile looks for a word in a copy of the database that holds nothing but what it still knows.
func (w *town) inFile(word string) bool {
	w.t.Helper()
	to := filepath.Join(w.t.TempDir(), "copy")
	if err := Backup(context.Background(), w.cfg, to, nil); err != nil {
		w.t.Fatal(err)
	}
	raw, err := os.ReadFile(filepath.Join(to, "parvis.db"))
	if err != nil {
		w.t.Fatal(err)
	}
	return bytes.Contains(raw, []byte(word))
}

// What is effaced from the log is effaced from the rows of every room, from the search, from letters that wait: it is
// nowhere in the database, nor on any page.
func TestWhatIsEffacedIsNowhere(t *testing.T) {
	w := openValmont(t)
	texts := w.slipped()
	words := []string{"Quetzalcoatl", "quetzalcoatl"} // as typed, and as the search folds it
	for _, word := range words {
		if !w.inFile(word) {
			t.Fatalf("the file does not hold %q: this test would see nothing", word)
		}
	}
	reader := w.enter(administrator)
	if shown := w.shows(reader); len(shown) < 4 {
		t.Fatalf("only %v show the name: this test would see nothing", shown)
	}
	for _, text := range texts {
		if one[string](w, `SELECT erased_by FROM act_text WHERE id = $1`, text) != "" {
			continue // taken along by another that said the same
		}
		got := w.enter(administrator).post("/fr/journal/textes/"+string(text)+"/effacer", fill("reason=La personne le demande"))
		if got.Status != http.StatusSeeOther {
			t.Fatalf("%d %s", got.Status, excerpt(got.Body, "<h1"))
		}
	}
	w.deliver()
	for _, word := range words {
		if w.inFile(word) {
			t.Errorf("the database still holds %q: %v", word, w.rowsWith(word))
		}
	}
	if shown := w.shows(reader); len(shown) > 0 {
		t.Errorf("still shown on %v", shown)
	}
	if err := w.Integrate(context.Background()); err != nil {
		t.Fatal(err)
	}
	report, err := act.Check(context.Background(), w.DB, w.Keys.Public, nil)
	if err != nil || !report.OK() {
		t.Errorf("the city does not agree with its log: %+v, %v", report, err)
	}
}

// shows lists the addresses, pages, feeds, files and search, on which the name stands.
func (w *town) shows(g *guest) (where []string) {
	w.t.Helper()
	s := publicThings(w)
	paths := []string{"/fr/recherche?q=Quetzalcoatl", "/fr/recherche?q=quetzalcoatk"}
	for _, number := range all(w, `SELECT number FROM portfolio_arbitration WHERE initiative = $1`, s.id) {
		paths = append(paths, "/fr/arbitrages/"+number)
	}
	for _, snapshot := range all(w, `SELECT id FROM portfolio_snapshot`) {
		paths = append(paths, "/fr/mur/photos/"+snapshot)
	}
	for _, route := range w.routes() {
		about := strings.HasPrefix(route.Name, "portfolio.") || strings.HasPrefix(route.Name, "log.") || !strings.Contains(route.Pattern("fr"), "{")
		if route.Method == http.MethodGet && about {
			paths = append(paths, s.address(w.t, route))
		}
	}
	for _, path := range paths {
		got := g.get(path)
		if strings.Contains(got.Body, neighbour) || strings.Contains(got.Body, "<mark>Quetzalcoatl") || strings.Contains(path, "coatk") && strings.Contains(strings.ToLower(got.Body), "quetzalcoatl") {
			where = append(where, path)
		}
	}
	return where
}

// rowsWith tells in which tables a word still stands, for whoever must mend it.
func (w *town) rowsWith(word string) (where []string) {
	for _, table := range all(w, `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`) {
		rows, err := w.DB.Readers.Query(context.Background(), `SELECT * FROM `+table)
		if err != nil {
			continue
		}
		names, _ := rows.Columns()
		for rows.Next() {
			values, into := make([]any, len(names)), make([]any, len(names))
			for i := range values {
				into[i] = &values[i]
			}
			if rows.Scan(into...) != nil {
				continue
			}
			for i, v := range values {
				text, _ := v.(string)
				raw, _ := v.([]byte)
				if strings.Contains(text, word) || bytes.Contains(raw, []byte(word)) {
					where = append(where, table+"."+names[i])
				}
			}
		}
		rows.Close()
	}
	return where
}
