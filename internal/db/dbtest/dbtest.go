// Package dbtest gives tests a fresh database on each engine.
package dbtest

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"parvis/internal/clock"
	"parvis/internal/db"
	"parvis/internal/id"
)

// Each runs test on SQLite, and on PostgreSQL when PARVIS_TEST_POSTGRES holds the URL of a server
// on which databases may be created.
func Each(t *testing.T, test func(t *testing.T, d *db.DB)) {
	EachAt(t, nil, test)
}

// EachAt is Each with a clock of the test's own.
func EachAt(t *testing.T, c clock.Clock, test func(t *testing.T, d *db.DB)) {
	t.Run("sqlite", func(t *testing.T) { test(t, SQLite(t, c)) })
	t.Run("postgres", func(t *testing.T) { test(t, Postgres(t, c)) })
}

// SQLite opens a fresh database in a folder of the test.
func SQLite(t testing.TB, c clock.Clock) *db.DB {
	t.Helper()
	path := filepath.Join(t.TempDir(), "parvis.db")
	if err := os.WriteFile(path, sqliteTemplate(t), 0o600); err != nil {
		t.Fatal(err)
	}
	return open(t, db.Config{Source: path, Clock: c})
}

// Postgres opens a fresh database on the test's server; it skips the test when there is none.
func Postgres(t testing.TB, c clock.Clock) *db.DB {
	t.Helper()
	return open(t, db.Config{Source: PostgresSource(t), Clock: c, Readers: 4})
}

// PostgresSource makes a fresh database as Postgres does and gives its URL, for a program that opens it itself.
func PostgresSource(t testing.TB) string {
	t.Helper()
	server := os.Getenv("PARVIS_TEST_POSTGRES")
	if server == "" {
		t.Skip("PARVIS_TEST_POSTGRES is not set")
	}
	name := "parvis_" + string(id.Random())
	template := postgresTemplate(t, server)
	admin(t, server, "CREATE DATABASE "+name+" TEMPLATE "+template)
	t.Cleanup(func() { admin(t, server, "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)") })
	return database(server, name)
}

func open(t testing.TB, c db.Config) *db.DB {
	t.Helper()
	d, err := db.Open(context.Background(), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

var sqliteOnce = sync.OnceValues(func() ([]byte, error) {
	folder, err := os.MkdirTemp("", "parvis-template")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	path := filepath.Join(folder, "template.db")
	d, err := db.Open(context.Background(), db.Config{Source: path})
	if err != nil {
		return nil, err
	}
	if err := d.Close(); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

// sqliteTemplate is the migrated schema, made once per test binary.
func sqliteTemplate(t testing.TB) []byte {
	t.Helper()
	b, err := sqliteOnce()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

var postgresTemplates sync.Map

// postgresTemplate is a migrated database that the others copy, made once per schema and server:
// its name holds the digest of the schema.
func postgresTemplate(t testing.TB, server string) string {
	t.Helper()
	make := sync.OnceValue(func() string {
		name := fmt.Sprintf("parvis_template_%x", sha256.Sum256(db.Schema()))[:40]
		adminOnce(t, server, name)
		return name
	})
	once, _ := postgresTemplates.LoadOrStore(server, make)
	return once.(func() string)()
}

// adminOnce makes the template under an advisory lock: several test binaries run at once.
func adminOnce(t testing.TB, server, name string) {
	t.Helper()
	pool, err := sql.Open("pgx", server)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	ctx := context.Background()
	conn, err := pool.Conn(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	exec := func(q string) {
		if _, err := conn.ExecContext(ctx, q); err != nil {
			t.Fatal(err)
		}
	}
	exec("SELECT pg_advisory_lock(7203617002)")
	defer exec("SELECT pg_advisory_unlock(7203617002)")
	var n int
	if err := conn.QueryRowContext(ctx, "SELECT count(*) FROM pg_database WHERE datname = $1", name).Scan(&n); err != nil {
		t.Fatal(err)
	}
	if n > 0 {
		return
	}
	exec("CREATE DATABASE " + name + "_making")
	d, err := db.Open(ctx, db.Config{Source: database(server, name+"_making")})
	if err != nil {
		t.Fatal(err)
	}
	d.Close()
	exec("ALTER DATABASE " + name + "_making RENAME TO " + name)
}

func admin(t testing.TB, server, statement string) {
	t.Helper()
	pool, err := sql.Open("pgx", server)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	if _, err := pool.Exec(statement); err != nil && !strings.Contains(err.Error(), "does not exist") {
		t.Fatal(err)
	}
}

func database(server, name string) string {
	u, err := url.Parse(server)
	if err != nil {
		return server
	}
	u.Path = "/" + name
	return u.String()
}
