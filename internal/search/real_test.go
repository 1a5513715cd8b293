package search_test

import (
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"parvis/internal/act"
	"parvis/internal/clock"
	"parvis/internal/db/dbtest"
	"parvis/internal/id"
	"parvis/internal/search"
)

// winners reads the winning projects of the participatory budgets of Paris, 2014 to 2024.
func winners(t *testing.T) []search.Doc {
	t.Helper()
	folder := os.Getenv("PARVIS_OPENDATA")
	if folder == "" {
		t.Skip("PARVIS_OPENDATA is not set")
	}
	f, err := os.Open(filepath.Join(folder, "paris-budget-participatif-laureats-2014-2024.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var docs []search.Doc
	for i, row := range rows[1:] {
		docs = append(docs, search.Doc{Ref: act.Ref{Type: "project", ID: id.ID(fmt.Sprint(row[0], "-", i))}, Title: row[2], Keywords: row[3],
			Body: row[6] + " " + row[7], Visibility: act.Public, Updated: monday})
	}
	return docs
}

func seq(docs []search.Doc) func(func(search.Doc, error) bool) {
	return func(yield func(search.Doc, error) bool) {
		for _, d := range docs {
			if !yield(d, nil) {
				return
			}
		}
	}
}

func TestRealTitlesAreFoundByWhatPeopleType(t *testing.T) {
	docs := winners(t)
	c := city{t, dbtest.SQLite(t, clock.At(monday))}
	if err := search.Rebuild(context.Background(), c.db.Writer, "project", seq(docs)); err != nil {
		t.Fatal(err)
	}
	for _, d := range docs {
		r := c.search(search.Query{Text: d.Title, Limit: 50})
		if len([]rune(d.Title)) < 200 && r.Total == 0 {
			t.Errorf("%q is not found by its own title", d.Title)
		}
	}
	for query, want := range map[string]string{ // what the first title found must hold
		"vegetaliser cour ecole": "cour", "piste cyclable": "cyclable", "coworking etudiant": "Coworking", "jardins partages": "jardin",
		"murs vegetalises": "mur", "aire de jeux": "jeu", "biblioteque": "biblioth", "fontaine": "fontaine", "street art": "art",
	} {
		r := c.search(search.Query{Text: query})
		if r.Total == 0 || !strings.Contains(strings.ToLower(joined(r.Hits[0].Title)), strings.ToLower(want)) {
			t.Errorf("%q found %d, first %v", query, r.Total, r.Hits)
			continue
		}
		t.Logf("%q: %d found, first %s %s", query, r.Total, joined(r.Hits[0].Title), r.Corrected)
	}
}
