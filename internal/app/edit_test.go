package app

import (
	"database/sql"
	"testing"
)

// edit changes a title behind the back of the log, as somebody with the file can.
func edit(t *testing.T, path string) {
	t.Helper()
	pool, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	done, err := pool.Exec(`UPDATE portfolio_initiative SET title = 'Collecte abandonnée' WHERE title = ?`, publicTitle)
	if err != nil {
		t.Fatal(err)
	}
	if n, _ := done.RowsAffected(); n != 1 {
		t.Fatalf("%d rows were edited", n)
	}
}
