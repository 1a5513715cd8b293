//go:build linux

package app

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// small is a disk of a few megabytes; only root can have one.
func small(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "disk")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=24m"); err != nil {
		t.Skipf("no disk of our own: %v", err)
	}
	t.Cleanup(func() { syscall.Unmount(dir, syscall.MNT_DETACH) })
	return dir
}

// fillUp writes until nothing more fits, and returns what to remove.
func fillUp(t *testing.T, dir string) string {
	t.Helper()
	ballast := filepath.Join(dir, "ballast")
	f, err := os.Create(ballast)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for block := make([]byte, 1<<16); len(block) > 0; {
		if _, err := f.Write(block); err != nil {
			block = block[:len(block)/2]
		}
	}
	return ballast
}

// With its disk full the site goes on answering, says what could not be done and keeps what was typed;
// when there is room again it goes on by itself.
func TestAFullDisk(t *testing.T) {
	folder, err := told()
	if err != nil {
		t.Fatal(err)
	}
	disk := small(t)
	if err := copyTree(filepath.Join(folder, "valmont"), filepath.Join(disk, "city"), &meter{}); err != nil {
		t.Fatal(err)
	}
	w := reopen(t, filepath.Join(disk, "city"))
	s, g := publicThings(w), w.enter(mission)
	path, form := "/fr/projets/"+s.initiative+"/dossier", fill("_form=note", "body="+strings.Repeat("Écrite pendant que le disque était plein. ", 150))
	before := w.acts()
	ballast := fillUp(t, disk)
	full := 0
	for range 50 { // the database may still have a little room in pages of its own
		got := g.post(path, form)
		if got.Status == http.StatusServiceUnavailable {
			full++
			if !strings.Contains(got.Body, "Écrite pendant que le disque était plein.") {
				t.Error("what was typed is lost")
			}
		} else if got.Status != http.StatusSeeOther {
			t.Fatalf("%d %s", got.Status, excerpt(got.Body, "<h1"))
		} else {
			before++
		}
		if full == 3 {
			break
		}
	}
	if full < 3 {
		t.Fatal("the disk was never full")
	}
	if got := w.acts(); got != before {
		t.Errorf("%d acts are kept, %d were acknowledged", got, before)
	}
	for _, page := range []string{"/fr/", "/fr/projets/" + s.initiative, "/fr/journal"} {
		if got := w.visitor().get(page); got.Status != http.StatusOK {
			t.Errorf("%s: %d while the disk is full", page, got.Status)
		}
	}
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	if got := g.post(path, form); got.Status != http.StatusSeeOther {
		t.Errorf("with room again: %d %s", got.Status, excerpt(got.Body, "<h1"))
	}
	if got := w.acts(); got != before+1 {
		t.Errorf("%d acts, want %d", got, before+1)
	}
}
