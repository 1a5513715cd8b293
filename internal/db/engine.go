package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	_ "github.com/jackc/pgx/v5/stdlib" // the PostgreSQL driver
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"parvis/internal/clock"
)

// Engine names the database that holds the civic state.
type Engine string

// The two engines.
const (
	SQLite   Engine = "sqlite"
	Postgres Engine = "postgres"
)

// Config says where the civic state is kept.
type Config struct {
	Source      string                  // a file path (SQLite) or a postgres:// URL
	Clock       clock.Clock             // nil: the machine's
	Readers     int                     // connections that read; 0: 8, and for SQLite two for each processor, four at least
	Synchronous string                  // SQLite only; "" means FULL. Others exist for the failing controls of the loss tests.
	BatchTime   time.Duration           // how long a commit may gather work; 0: 5 ms
	Migrating   func(done, total int64) // hears of each migration that Open applies; may be nil
}

// readers suits the machine: a reading of SQLite is the work of a processor, one of PostgreSQL waits for a server.
// Each reader of SQLite has its own cache and statements, some 10 MiB.
func (c Config) readers() int {
	if c.Engine() == Postgres {
		return 8
	}
	return min(max(4, 2*runtime.GOMAXPROCS(0)), 16)
}

// Engine tells the two apart by the form of Source.
func (c Config) Engine() Engine {
	if strings.HasPrefix(c.Source, "postgres://") || strings.HasPrefix(c.Source, "postgresql://") {
		return Postgres
	}
	return SQLite
}

// DB is an open database: readers for everyone, the writer for those whom app trusts with it.
type DB struct {
	Engine  Engine
	Readers *Readers
	Writer  *Writer
	pools   []*sql.DB
}

// Open opens the database at c.Source and brings its schema up to date.
func Open(ctx context.Context, c Config) (*DB, error) {
	if c.Clock == nil {
		c.Clock = clock.System{}
	}
	if c.Readers == 0 {
		c.Readers = c.readers()
	}
	writePool, readPool, err := openPools(c)
	if err != nil {
		return nil, err
	}
	if err := migrate(ctx, c, writePool); err != nil {
		return nil, errors.Join(err, writePool.Close(), readPool.Close())
	}
	d := &DB{
		Engine:  c.Engine(),
		Readers: newReaders(readPool),
		Writer:  newWriter(writePool, c),
		pools:   []*sql.DB{readPool, writePool},
	}
	return d, d.resumeTime(ctx)
}

// resumeTime makes instants go on increasing where the last act left off, even if the clock of the
// machine was set back while the program was stopped.
func (d *DB) resumeTime(ctx context.Context) error {
	last, err := One(ctx, d.Readers, Scalar[int64], `SELECT COALESCE(MAX(recorded_at), 0) FROM act`)
	if err != nil {
		return errors.Join(err, d.Close())
	}
	d.Writer.last.Store(last)
	return nil
}

// Close waits for running statements and closes every connection.
func (d *DB) Close() error {
	d.Writer.close()
	var errs []error
	for _, p := range d.pools {
		errs = append(errs, p.Close())
	}
	return errors.Join(errs...)
}

func openPools(c Config) (write, read *sql.DB, err error) {
	driver := "sqlite"
	writeDSN, readDSN := sqliteDSN(c, false), sqliteDSN(c, true)
	if c.Engine() == Postgres {
		driver = "pgx"
		// The writer's statements are few and read by keys: planning each one again for its values took PostgreSQL
		// longer than running it.
		writeDSN = postgresSetting(c.Source, "plan_cache_mode", "force_generic_plan")
		readDSN = postgresSetting(c.Source, "default_transaction_read_only", "on")
	} else if err := os.MkdirAll(filepath.Dir(c.Source), 0o700); err != nil {
		return nil, nil, err
	}
	if write, err = sql.Open(driver, writeDSN); err != nil {
		return nil, nil, err
	}
	if read, err = sql.Open(driver, readDSN); err != nil {
		return nil, nil, errors.Join(err, write.Close())
	}
	write.SetMaxOpenConns(1)
	read.SetMaxOpenConns(c.Readers)
	read.SetMaxIdleConns(c.Readers)
	return write, read, nil
}

// sqliteDSN sets busy_timeout first, because WAL mode itself may have to wait for a lock.
func sqliteDSN(c Config, readOnly bool) string {
	synchronous := c.Synchronous
	if synchronous == "" {
		synchronous = "FULL"
	}
	pragmas := []string{"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(" + synchronous + ")",
		"foreign_keys(1)", "temp_store(MEMORY)", "journal_size_limit(67108864)"}
	if readOnly {
		pragmas = append(pragmas, "query_only(1)", "cache_size(-4000)") // KiB; the machine keeps the file in memory too
	} else {
		pragmas = append(pragmas, "cache_size(-8000)")
	}
	q := url.Values{"_pragma": pragmas}
	return fmt.Sprintf("file:%s?%s", (&url.URL{Path: c.Source}).EscapedPath(), q.Encode())
}

func postgresSetting(source, name, value string) string {
	u, err := url.Parse(source)
	if err != nil {
		return source // the driver says better than we what is wrong with it
	}
	q := u.Query()
	q.Set(name, value)
	u.RawQuery = q.Encode()
	return u.String()
}

// noRoom tells whether err says that the disk is full or cannot be written.
func noRoom(err error) bool {
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		code := e.Code() & 0xff
		return code == sqlite3.SQLITE_FULL || code == sqlite3.SQLITE_IOERR || code == sqlite3.SQLITE_READONLY
	}
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		return strings.HasPrefix(e.Code, "53") || e.Code == "25006"
	}
	return false
}
