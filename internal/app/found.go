package app

import (
	"context"
	"errors"
	"log/slog"
	"os"

	"github.com/BurntSushi/toml"

	"parvis/internal/act"
	"parvis/internal/fault"
)

// Found makes the folder of a new city: its configuration, its keys, its empty database.
//
// Faults: Conflict app.city_there when the folder already holds one.
func Found(ctx context.Context, c Config, logger *slog.Logger) (*App, error) {
	if Exists(c.Dir) {
		return nil, fault.New(fault.Conflict, "app.city_there", "dir", c.Dir)
	}
	if err := c.check(); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(c.Dir, 0o700); err != nil {
		return nil, err
	}
	if _, err := act.CreateKeys(c.path("keys"), c.logOrigin()); err != nil {
		return nil, err
	}
	if err := c.write(); err != nil {
		return nil, err
	}
	return Open(ctx, c, logger)
}

// write saves the configuration; it holds no secret.
func (c Config) write() error {
	f, err := os.OpenFile(c.path(ConfigFile), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	return errors.Join(toml.NewEncoder(f).Encode(c), f.Sync(), f.Close())
}

// Abandon closes a city that could not be begun and removes what Found made, so that founding it again
// meets no half of it. What else is in the folder stays.
func (a *App) Abandon() error {
	err := a.Close()
	for _, name := range []string{ConfigFile, "keys", "parvis.db", "parvis.db-wal", "parvis.db-shm"} {
		err = errors.Join(err, os.RemoveAll(a.cfg.path(name)))
	}
	return err
}
