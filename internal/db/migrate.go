package db

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"github.com/pressly/goose/v3"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Tables lists every table of the schema with whether it is civic, from the migrations themselves.
func Tables() map[string]bool {
	civic := map[string]bool{}
	names, _ := fs.Glob(migrations, "migrations/*.sql")
	for _, name := range names {
		text, _ := migrations.ReadFile(name)
		for _, m := range created.FindAllStringSubmatch(string(text), -1) {
			civic[m[1]] = !IsTraffic(m[1])
		}
	}
	return civic
}

var created = regexp.MustCompile(`(?m)^CREATE TABLE ([a-z_0-9]+)`)

func migrate(ctx context.Context, c Config, pool *sql.DB) error {
	engine, dialect := c.Engine(), goose.DialectSQLite3
	if engine == Postgres {
		dialect = goose.DialectPostgres
	}
	folder, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	// Each room numbers its migrations in a range of its own: one that grows later has numbers below those of others.
	provider, err := goose.NewProvider(dialect, pool, translated{folder, engine}, goose.WithAllowOutofOrder(true))
	if err != nil {
		return err
	}
	if c.Migrating != nil {
		if err := stepwise(ctx, provider, c.Migrating); err != nil {
			return err
		}
	}
	_, err = provider.Up(ctx)
	return err
}

// stepwise applies what waits one migration at a time. Another process may have applied some meanwhile.
func stepwise(ctx context.Context, provider *goose.Provider, tell func(done, total int64)) error {
	all, err := provider.Status(ctx)
	if err != nil {
		return err
	}
	all = slices.DeleteFunc(all, func(m *goose.MigrationStatus) bool { return m.State != goose.StatePending })
	for n := range all {
		_, err := provider.UpByOne(ctx)
		if errors.Is(err, goose.ErrNoNextVersion) {
			return nil
		}
		if err != nil {
			return err
		}
		tell(int64(n+1), int64(len(all)))
	}
	return nil
}

// translated serves the one DDL text in the types of the engine.
type translated struct {
	fs.FS
	engine Engine
}

// Open serves a migration with its types translated.
func (t translated) Open(name string) (fs.File, error) {
	f, err := t.FS.Open(name)
	if err != nil || !strings.HasSuffix(name, ".sql") {
		return f, err
	}
	defer f.Close()
	text, err := fs.ReadFile(t.FS, name)
	if err != nil {
		return nil, err
	}
	return newTextFile(f, translate(string(text), t.engine))
}

var sqliteTypes = strings.NewReplacer(" BIGINT", " INTEGER", " BOOLEAN", " INTEGER",
	" DOUBLE PRECISION", " REAL", " BYTEA", " BLOB", "\n);", "\n) STRICT;")

// translate makes strict SQLite tables, or PostgreSQL columns whose text sorts by bytes.
func translate(text string, engine Engine) string {
	if engine == SQLite {
		return sqliteTypes.Replace(text)
	}
	return strings.ReplaceAll(text, " TEXT", ` TEXT COLLATE "C"`)
}

// Schema is the text of every migration, for whoever must know whether it changed.
func Schema() []byte {
	var all []byte
	names, _ := fs.Glob(migrations, "migrations/*.sql")
	for _, name := range names {
		text, _ := migrations.ReadFile(name)
		all = append(all, text...)
	}
	return all
}
