package verify_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parvis/internal/act"
	"parvis/internal/act/acttest"
	"parvis/internal/act/logfile"
	"parvis/internal/act/verify"
	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/i18n"
)

// city is a log with some history, and its public files.
type city struct {
	db    *db.DB
	log   *act.Log
	seq   *act.Sequencer
	keys  act.Keys
	files logfile.Files
}

func newCity(t *testing.T, d *db.DB, rounds int, c act.Sequencing) *city {
	t.Helper()
	if c.Keys.Signer == nil {
		c.Keys = acttest.Keys(t)
	}
	l := acttest.Log(t, d, acttest.Verbs())
	acttest.History(t, d, l, rounds)
	s := &city{db: d, log: l, keys: c.Keys, seq: acttest.Sequencer(t, d, l, c),
		files: logfile.Files{Readers: d.Readers, Keys: c.Keys.Public}}
	s.flush(t)
	return s
}

func (c *city) flush(t *testing.T) {
	t.Helper()
	if err := c.seq.Flush(context.Background()); err != nil {
		t.Fatal(err)
	}
}

func (c *city) publish(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if _, err := logfile.Publish(context.Background(), c.files, dir); err != nil {
		t.Fatal(err)
	}
	return dir
}

func check(t *testing.T, address string, o verify.Options) *verify.Report {
	t.Helper()
	src, err := verify.Open(address, nil)
	if err != nil {
		t.Fatal(err)
	}
	rep, err := verify.Verify(context.Background(), src, o)
	if err != nil {
		t.Fatal(err)
	}
	return rep
}

func TestAStrangerVerifiesTheLog(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newCity(t, d, 60, act.Sequencing{})
		site := httptest.NewServer(http.StripPrefix("/log", c.files.Handler(nil)))
		defer site.Close()
		for _, address := range []string{c.publish(t), site.URL, site.URL + "/log/"} {
			rep := check(t, address, verify.Options{Key: c.keys.Public[0]})
			if !rep.OK() {
				t.Fatalf("%s: %+v", address, rep.Problems)
			}
			if rep.Acts != 60*5 || rep.Internal != 120 || rep.Texts != 120 || rep.Erased != 120 || !rep.KeyGiven {
				t.Errorf("%+v", rep)
			}
		}
	})
}

func TestTheReportSaysWhatIsNotProven(t *testing.T) {
	catalog, err := i18n.Load(verify.Messages)
	if err != nil {
		t.Fatal(err)
	}
	c := newCity(t, dbtest.SQLite(t, nil), 2, act.Sequencing{})
	rep := check(t, c.publish(t), verify.Options{})
	broken := check(t, t.TempDir(), verify.Options{})
	for lang, want := range map[string][]string{
		"fr": {"Rien d’anormal|Rien d'anormal", "Ce qui n’est pas prouvé|Ce qui n'est pas prouvé", "--witness", "4 textes"},
		"en": {"Nothing wrong", "What is not proven", "--witness", "4 texts"},
	} {
		var out, bad strings.Builder
		rep.Text(&out, catalog.Printer(lang))
		broken.Text(&bad, catalog.Printer(lang))
		for _, w := range want {
			a, b, _ := strings.Cut(w, "|")
			if !strings.Contains(out.String(), a) && (b == "" || !strings.Contains(out.String(), b)) {
				t.Errorf("%s: no %q in\n%s", lang, w, out.String())
			}
		}
		if strings.Contains(out.String()+bad.String(), "⟦") {
			t.Errorf("a message is missing:\n%s%s", out.String(), bad.String())
		}
	}
	for _, defect := range i18n.Check(verify.Messages) {
		t.Error(defect)
	}
}

func TestAnOldCheckpointProvesThatNothingWasRewritten(t *testing.T) {
	c := newCity(t, dbtest.SQLite(t, nil), 3, act.Sequencing{})
	old, err := os.ReadFile(filepath.Join(c.publish(t), "checkpoint"))
	if err != nil {
		t.Fatal(err)
	}
	acttest.History(t, c.db, c.log, 80)
	c.flush(t)
	rep := check(t, c.publish(t), verify.Options{Since: []string{string(old)}})
	if !rep.OK() || len(rep.Since) != 1 {
		t.Errorf("%+v", rep)
	}
	other := newCity(t, dbtest.SQLite(t, nil), 90, act.Sequencing{Keys: c.keys})
	rep = check(t, other.publish(t), verify.Options{Since: []string{string(old)}})
	if !rep.Has(verify.Rewritten) {
		t.Errorf("another history under the same key was accepted: %+v", rep.Problems)
	}
	rep = check(t, newCity(t, dbtest.SQLite(t, nil), 1, act.Sequencing{Keys: c.keys}).publish(t), verify.Options{Since: []string{string(old)}})
	if !rep.Has(verify.RolledBack) {
		t.Errorf("a shorter log was accepted: %+v", rep.Problems)
	}
}

func TestARetiredKeyStillProvesOldCheckpoints(t *testing.T) {
	folder := t.TempDir()
	keys, err := act.CreateKeys(folder, acttest.Origin)
	if err != nil {
		t.Fatal(err)
	}
	c := newCity(t, dbtest.SQLite(t, nil), 2, act.Sequencing{Keys: keys})
	old, _ := c.files.File(context.Background(), "checkpoint")
	if keys, err = act.RotateKeys(folder); err != nil || len(keys.Public) != 2 {
		t.Fatal(keys.Public, err)
	}
	c.seq = acttest.Sequencer(t, c.db, c.log, act.Sequencing{Keys: keys})
	c.files.Keys = keys.Public
	c.flush(t) // nothing new, but another key
	if rep := check(t, c.publish(t), verify.Options{Since: []string{string(old.Body)}}); !rep.OK() {
		t.Errorf("the head is not signed by the new key: %+v", rep.Problems)
	}
	acttest.History(t, c.db, c.log, 1)
	c.flush(t)
	rep := check(t, c.publish(t), verify.Options{Since: []string{string(old.Body)}})
	if !rep.OK() || rep.Key != keys.Public[0] {
		t.Errorf("%+v", rep)
	}
	if info, err := os.Stat(filepath.Join(folder, "log.key")); err != nil || info.Mode().Perm() != 0o600 {
		t.Error("the private key is readable by others")
	}
	if _, err := act.CreateKeys(folder, acttest.Origin); err == nil {
		t.Error("a key was overwritten")
	}
}

func TestHostileFilesAreRefusedWithinBounds(t *testing.T) {
	c := newCity(t, dbtest.SQLite(t, nil), 2, act.Sequencing{})
	for name, content := range map[string]string{
		"checkpoint":            strings.Repeat("x", 1<<20),
		"keys":                  "valmont.example/log+00000000+AAAA",
		"tile/entries/000.p/11": "\xff\xff",
		"payload/000.p/11":      "{\"leaf\":",
		"tile/0/000.p/11":       strings.Repeat("y", 1<<20),
	} {
		dir := c.publish(t)
		if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
			t.Fatal("the control is missing: ", err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if rep := check(t, dir, verify.Options{}); rep.OK() {
			t.Errorf("%s was accepted", name)
		}
		os.Remove(filepath.Join(dir, name))
		os.Symlink("/etc/hostname", filepath.Join(dir, name))
		if rep := check(t, dir, verify.Options{}); rep.OK() {
			t.Errorf("%s was followed outside", name)
		}
	}
	if rep := check(t, c.publish(t), verify.Options{MaxLeaves: 3}); !rep.Has(verify.TooLong) {
		t.Errorf("%+v", rep.Problems)
	}
}

// A server that never answers, and one that never ends, keep nobody busy for ever.
func TestHostileServersAreLeft(t *testing.T) {
	release := make(chan struct{})
	silent := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-release }))
	endless := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for {
			if _, err := w.Write(make([]byte, 1<<16)); err != nil {
				return
			}
		}
	}))
	defer endless.Close()
	defer silent.Close()
	defer close(release)
	for _, address := range []string{silent.URL, endless.URL} {
		src, err := verify.Open(address, nil)
		if err != nil {
			t.Fatal(err)
		}
		rep, err := verify.Verify(context.Background(), src, verify.Options{Timeout: 300 * time.Millisecond})
		if err == nil && rep.OK() {
			t.Errorf("%s was accepted", address)
		}
	}
}
