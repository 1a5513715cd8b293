package app

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"parvis/internal/fault"
	"parvis/internal/id"
)

// signals records acts until it is told to stop, and says how many.
func (w *town) signals(stop <-chan struct{}) <-chan int {
	done := make(chan int)
	v, err := w.as(mission)
	if err != nil {
		w.t.Fatal(err)
	}
	open, err := initiativeOf(w.App, publicTitle)
	if err != nil {
		w.t.Fatal(err)
	}
	go func() {
		n := 0
		defer func() { done <- n }()
		for {
			select {
			case <-stop:
				return
			default:
				if err := w.Portfolio.WriteNote(context.Background(), v.Actor(""), open, "Écrite pendant la sauvegarde."); err != nil {
					w.t.Error(err)
					return
				}
				n++
			}
		}
	}()
	return done
}

// backedUpTown is a backup made while the city went on working.
func backedUpTown(t *testing.T) (*town, string) {
	t.Helper()
	w := openValmont(t)
	paper := filepath.Join(w.dir, "blobs", "ab", "paper")
	if err := errors.Join(os.MkdirAll(filepath.Dir(paper), 0o700), os.WriteFile(paper, []byte("une pièce"), 0o600)); err != nil {
		t.Fatal(err)
	}
	stop := make(chan struct{})
	done := w.signals(stop)
	to := filepath.Join(t.TempDir(), "backup")
	err := Backup(context.Background(), w.cfg, to, nil)
	close(stop)
	if n := <-done; err != nil || n == 0 {
		t.Fatalf("%v, and %d acts were recorded meanwhile", err, n)
	}
	return w, to
}

func TestABackupOfACityAtWorkRestores(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	w, from := backedUpTown(t)
	if found, err := CheckBackup(ctx, from, nil); err != nil || !found.OK() || found.Acts == 0 {
		t.Fatalf("%v %+v", err, found)
	}
	if _, err := Restore(ctx, from, w.dir, nil); fault.KindOf(err) != fault.Conflict {
		t.Errorf("a city that is there is not replaced: %v", err)
	}
	to := filepath.Join(t.TempDir(), "restored")
	if found, err := Restore(ctx, from, to, nil); err != nil || !found.OK() {
		t.Fatalf("%v %+v", err, found)
	}
	again := reopen(t, to)
	if page := again.enter(mission).get("/fr/projets/" + publicThings(again).initiative); page.Status != 200 || !strings.Contains(page.Body, publicTitle) {
		t.Errorf("the restored city answers %d", page.Status)
	}
	if err := again.Integrate(ctx); err != nil {
		t.Errorf("the restored log does not go on: %v", err)
	}
	if _, err := os.ReadFile(filepath.Join(to, "blobs", "ab", "paper")); err != nil {
		t.Error(err)
	}
}

// flip changes one byte in the middle of a file.
func flip(t *testing.T, path string) {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	raw[len(raw)/2] ^= 1
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestADamagedBackupIsFound(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, file string
		damage     func(t *testing.T, path string)
	}{
		{"a byte of the database", "parvis.db", flip},
		{"a byte of a paper", "blobs/ab/paper", flip},
		{"a byte of the configuration", ConfigFile, flip},
		{"a paper that is gone", "blobs/ab/paper", func(t *testing.T, path string) { os.Remove(path) }},
		{"a database that is gone", "parvis.db", func(t *testing.T, path string) { os.Remove(path) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, from := backedUpTown(t)
			c.damage(t, filepath.Join(from, c.file))
			_, err := CheckBackup(context.Background(), from, nil)
			f, ok := errors.AsType[*fault.Error](err)
			if !ok || f.Key != "app.backup_damaged" || len(f.Fields) != 1 || f.Fields[0].Name != c.file {
				t.Errorf("got %v %+v", err, f)
			}
			if _, err := Restore(context.Background(), from, filepath.Join(t.TempDir(), "to"), nil); err == nil {
				t.Error("it was restored all the same")
			}
		})
	}
	if _, err := CheckBackup(context.Background(), t.TempDir(), nil); fault.KindOf(err) != fault.Invalid {
		t.Errorf("an empty folder: %v", err)
	}
}

// Whoever edits a row of the copy can write the list of digests again; the log still tells.
func TestAnEditedRowIsFoundInABackupWhoseListWasRewritten(t *testing.T) {
	_, from := backedUpTown(t)
	edit(t, filepath.Join(from, "parvis.db"))
	if err := errors.Join(os.Remove(filepath.Join(from, manifestFile)), writeManifest(from, &meter{})); err != nil {
		t.Fatal(err)
	}
	found, err := CheckBackup(context.Background(), from, nil)
	if err != nil {
		t.Fatal(err)
	}
	if found.OK() {
		t.Error("the edited row was not found")
	}
}

func TestFsckFindsARowEditedBySQL(t *testing.T) {
	w := openValmont(t)
	which := one[string](w, `SELECT id FROM portfolio_initiative WHERE title = $1`, publicTitle)
	if found, err := Fsck(context.Background(), w.cfg, nil); err != nil || !found.OK() || found.Rows == 0 {
		t.Fatalf("the city as it was told: %v %+v", err, found)
	}
	edit(t, filepath.Join(w.dir, "parvis.db"))
	found, err := Fsck(context.Background(), w.cfg, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(found.Defects) != 1 || found.Defects[0].Row.Table != "portfolio_initiative" || found.Defects[0].Row.ID != id.ID(which) {
		t.Errorf("found %+v", found.Defects)
	}
}
