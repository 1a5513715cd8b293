package db

import (
	"context"
	"database/sql"
	"errors"
	"os"

	"parvis/internal/fault"
)

// Backup writes a consistent copy of a SQLite database to path, while it is in use. The copy is one
// file, flushed to disk. A PostgreSQL database is copied by its own tools.
//
// Faults: Invalid db.backup_postgres; Conflict db.backup_there when path exists.
func Backup(ctx context.Context, c Config, path string) error {
	if c.Engine() == Postgres {
		return fault.New(fault.Invalid, "db.backup_postgres")
	}
	if _, err := os.Lstat(path); err == nil {
		return fault.New(fault.Conflict, "db.backup_there", "file", path)
	}
	pool, err := sql.Open("sqlite", sqliteDSN(c, false))
	if err != nil {
		return err
	}
	defer pool.Close()
	if _, err := pool.ExecContext(ctx, "VACUUM INTO ?", path); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Chmod(0o600), f.Sync(), f.Close())
}
