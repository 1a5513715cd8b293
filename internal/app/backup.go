package app

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/fault"
)

// manifestFile lists the files of a backup with their digests, as sha256sum writes it.
const manifestFile = "SHA256SUMS"

// backedUp are the files and folders of a city beside its database.
var backedUp = []string{ConfigFile, PlacesFile, "keys", "blobs"}

// Backup copies a city into a new folder, while the program runs: the database as of one moment, the
// configuration, the keys of the log, the stored papers, and a manifest. It never writes to the city.
func Backup(ctx context.Context, c Config, to string, tell Progress) error {
	if err := os.MkdirAll(to, 0o700); err != nil {
		return err
	}
	copying := tell.part(0, 2).measure(c.source())
	database, size := filepath.Join(to, "parvis.db"), copying.total
	for _, name := range backedUp {
		copying.total += tell.measure(c.path(name)).total
	}
	err := copying.growing(database, size, func() error { return db.Backup(ctx, db.Config{Source: c.source()}, database) })
	if err != nil {
		return err
	}
	for _, name := range backedUp {
		if err := copyTree(c.path(name), filepath.Join(to, name), copying); err != nil {
			return err
		}
	}
	return writeManifest(to, tell.part(1, 2).measure(to))
}

// CheckBackup restores a backup beside, in a folder of its own that is removed afterwards, and checks
// every digest, then the state against the log.
//
// Faults: Invalid app.backup_damaged with the files at fault.
func CheckBackup(ctx context.Context, from string, tell Progress) (*act.Fsck, error) {
	if err := readManifest(from, tell.part(0, 3).measure(from)); err != nil {
		return nil, err
	}
	beside, err := os.MkdirTemp("", "parvis-restore-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(beside)
	if err := copyTree(from, filepath.Join(beside, "city"), tell.part(1, 3).measure(from)); err != nil {
		return nil, err
	}
	return Fsck(ctx, Config{Dir: filepath.Join(beside, "city")}, tell.part(2, 3))
}

// Restore puts a backup in the place of a city that is not there any more.
//
// Faults: those of CheckBackup; Conflict app.city_there.
func Restore(ctx context.Context, from, to string, tell Progress) (*act.Fsck, error) {
	if Exists(to) {
		return nil, fault.New(fault.Conflict, "app.city_there", "dir", to)
	}
	checked, err := CheckBackup(ctx, from, tell.part(0, 2))
	if err != nil {
		return nil, err
	}
	if err := copyTree(from, to, tell.part(1, 2).measure(from)); err != nil {
		return nil, err
	}
	return checked, os.Remove(filepath.Join(to, manifestFile))
}

// Fsck checks the state of a city against its log.
func Fsck(ctx context.Context, c Config, tell Progress) (*act.Fsck, error) {
	keys, err := act.OpenKeys(c.path("keys"))
	if err != nil {
		return nil, err
	}
	d, err := db.Open(ctx, db.Config{Source: c.source(), Clock: c.clock()})
	if err != nil {
		return nil, err
	}
	defer d.Close()
	return act.Check(ctx, d, keys.Public, tell)
}

// Migrate brings the schema of a city up to date, which opening it does too.
func Migrate(ctx context.Context, c Config, tell Progress) error {
	d, err := db.Open(ctx, db.Config{Source: c.source(), Clock: c.clock(), Migrating: tell})
	if err != nil {
		return err
	}
	return d.Close()
}

// copyTree copies a file or a folder, flushing each file; a source that is not there is left out.
func copyTree(from, to string, m *meter) error {
	err := filepath.WalkDir(from, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		target := filepath.Join(to, rel)
		if e.IsDir() {
			return os.MkdirAll(target, 0o700)
		}
		return copyFile(path, target, m)
	})
	if errors.Is(err, fs.ErrNotExist) {
		if _, gone := os.Lstat(from); gone != nil {
			return nil
		}
	}
	return err
}

func copyFile(from, to string, m *meter) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(io.MultiWriter(out, m), in)
	return errors.Join(err, out.Sync(), out.Close())
}

func writeManifest(dir string, m *meter) error {
	var list strings.Builder
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		sum, err := digestFile(path, m)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		fmt.Fprintf(&list, "%s  %s\n", sum, filepath.ToSlash(rel))
		return err
	})
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, manifestFile), []byte(list.String()), 0o600)
}

func readManifest(dir string, m *meter) error {
	f, err := os.Open(filepath.Join(dir, manifestFile))
	if err != nil {
		return fault.Wrap(err, fault.Invalid, "app.backup_none", "dir", dir)
	}
	defer f.Close()
	damaged := fault.New(fault.Invalid, "app.backup_damaged", "dir", dir)
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		sum, name, _ := strings.Cut(lines.Text(), "  ")
		if !filepath.IsLocal(name) {
			damaged.At(name, "app.backup_file")
			continue
		}
		if got, err := digestFile(filepath.Join(dir, name), m); err != nil || got != sum {
			damaged.At(name, "app.backup_file")
		}
	}
	return errors.Join(lines.Err(), damaged.OrNil())
}

func digestFile(path string, m *meter) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	_, err = io.Copy(io.MultiWriter(h, m), f)
	return hex.EncodeToString(h.Sum(nil)), err
}
