package app

import (
	"context"
	"net/http"
	"path/filepath"
	"testing"

	"parvis/internal/db/dbtest"
)

// TestTheWholeProgramOnPostgreSQL tells the story of Valmont in PostgreSQL, then follows every link as each kind of
// visitor. Statements that are put together from parts meet the other engine only here.
func TestTheWholeProgramOnPostgreSQL(t *testing.T) {
	w := openOnPostgres(t)
	for _, name := range []string{anonymous, mission, elected, administrator} {
		pages := 0
		walked := w.enter(name).walk([]string{"/fr/", "/fr/plan-du-site", "/en/"}, func(path string, a answer) {
			pages++
			if a.Status >= http.StatusInternalServerError {
				t.Errorf("%q: %s answers %d", name, path, a.Status)
			}
		})
		if len(walked) < 100 {
			t.Errorf("%q found only %d pages: the walk is broken", name, pages)
		}
	}
}

// openOnPostgres founds the demonstration in a database of its own, its story told.
func openOnPostgres(t *testing.T) *town {
	t.Helper()
	show := shows()["valmont"]
	c := show.config()
	c.Dir, c.Demo, c.Listen = filepath.Join(t.TempDir(), "city"), "valmont", "parvis.test"
	c.Database.Source = dbtest.PostgresSource(t)
	if err := show.stage(context.Background(), c, nil, quiet()); err != nil {
		t.Fatal(err)
	}
	return reopen(t, c.Dir)
}
