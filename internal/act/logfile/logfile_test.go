package logfile_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"parvis/internal/act"
	"parvis/internal/act/acttest"
	"parvis/internal/act/logfile"
	"parvis/internal/db"
	"parvis/internal/db/dbtest"
)

func newFiles(t *testing.T, d *db.DB, rounds int) (logfile.Files, *act.Log, *act.Sequencer) {
	t.Helper()
	l, keys := acttest.Log(t, d, acttest.Verbs()), acttest.Keys(t)
	acttest.History(t, d, l, rounds)
	s := acttest.Sequencer(t, d, l, act.Sequencing{Keys: keys})
	if err := s.Flush(context.Background()); err != nil {
		t.Fatal(err)
	}
	return logfile.Files{Readers: d.Readers, Keys: keys.Public}, l, s
}

// everything is every byte of the log that is served, proofs included.
func everything(t *testing.T, f logfile.Files) string {
	t.Helper()
	dir := t.TempDir()
	head, err := logfile.Publish(context.Background(), f, dir)
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	err = filepath.WalkDir(dir, func(path string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		all.Write(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for leaf := range head.Size {
		p, err := f.File(context.Background(), "proof/"+string(rune('0'+leaf%10)))
		if err != nil {
			t.Fatal(err)
		}
		all.Write(p.Body)
	}
	return all.String()
}

func TestTheLogHoldsNoPersonalDataButLivingTexts(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f, l, s := newFiles(t, d, 10)
		living := acttest.Make(t, l, acttest.Author(), act.Act{Verb: "test.note.write", Object: acttest.Note(99),
			Texts: []act.Text{{Name: "motive", Body: "Vu avec " + acttest.Name}}})
		if err := s.Flush(context.Background()); err != nil {
			t.Fatal(err)
		}
		all := everything(t, f)
		if !strings.Contains(all, acttest.Name) {
			t.Fatal("the control failed: a living text is not published")
		}
		acttest.Erase(t, l, acttest.TextOf(t, d, living, "motive"))
		if err := s.Flush(context.Background()); err != nil {
			t.Fatal(err)
		}
		all = everything(t, f)
		for _, secret := range []string{acttest.Name, acttest.Mail, acttest.Account, acttest.Secret, "test.note.keep", "Desrosiers"} {
			if strings.Contains(all, secret) {
				t.Errorf("the log holds %q", secret)
			}
		}
	})
}

func TestFilesAreServedAsTheSpecificationSays(t *testing.T) {
	f, _, _ := newFiles(t, dbtest.SQLite(t, nil), 60)
	server := httptest.NewServer(http.StripPrefix("/log", f.Handler(nil)))
	defer server.Close()
	get := func(name string) (*http.Response, string) {
		t.Helper()
		answer, err := http.Get(server.URL + "/log/" + name)
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		b, _ := io.ReadAll(answer.Body)
		return answer, string(b)
	}
	for name, want := range map[string]struct {
		kind  string
		fixed bool
		size  int
	}{
		"checkpoint":           {"text/plain; charset=utf-8", false, 0},
		"keys":                 {"text/plain; charset=utf-8", false, 0},
		"tile/0/000":           {"application/octet-stream", true, 8192},
		"tile/0/000.p/17":      {"application/octet-stream", true, 17 * 32},
		"tile/1/000.p/1":       {"application/octet-stream", true, 32},
		"tile/entries/000":     {"application/octet-stream", true, 0},
		"tile/entries/001.p/5": {"application/octet-stream", true, 0},
		"payload/000":          {"application/jsonl; charset=utf-8", false, 0},
	} {
		answer, body := get(name)
		fixed := strings.Contains(answer.Header.Get("Cache-Control"), "immutable")
		if answer.StatusCode != 200 || answer.Header.Get("Content-Type") != want.kind || fixed != want.fixed || (want.size > 0 && len(body) != want.size) {
			t.Errorf("%s: %d %s %s, %d bytes", name, answer.StatusCode, answer.Header.Get("Content-Type"), answer.Header.Get("Cache-Control"), len(body))
		}
	}
	for _, name := range []string{"", "tile/0/001", "tile/0/001.p/200", "tile/0/002.p/1", "tile/2/000.p/1", "tile/0/x000/000", "proof/301", "proof/-1",
		"proof/00", "tile/entries/9", "payload/999", "keys/", "tile/63/000.p/1", "tile/0/x999/x999/x999/x999/x999/999"} {
		if answer, _ := get(name); answer.StatusCode != 404 {
			t.Errorf("%q: %d", name, answer.StatusCode)
		}
	}
	if answer, err := http.Post(server.URL+"/log/checkpoint", "text/plain", nil); err != nil || answer.StatusCode != 405 {
		t.Error("a POST was accepted")
	}
}

func TestBeforeTheFirstCheckpointThereIsNoLog(t *testing.T) {
	d := dbtest.SQLite(t, nil)
	f := logfile.Files{Readers: d.Readers, Keys: []string{"k"}}
	for _, name := range []string{"checkpoint", "tile/0/000.p/1", "proof/0"} {
		if _, err := f.File(context.Background(), name); err == nil {
			t.Error(name)
		}
	}
}
