package logfile_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parvis/internal/act/acttest"
	"parvis/internal/act/tree"
	"parvis/internal/db/dbtest"
)

// buildTessera builds the independent examiner in its own module; the test is skipped where its modules
// cannot be had, and only then.
func buildTessera(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("builds another module")
	}
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Minute)
	defer cancel()
	module := filepath.Join("..", "..", "..", "test", "conformance", "tessera")
	download := exec.CommandContext(ctx, "go", "mod", "download")
	download.Dir = module
	if out, err := download.CombinedOutput(); err != nil {
		t.Skipf("the modules of %s cannot be had here (go mod download): %v\n%s", module, err, out)
	}
	program := filepath.Join(t.TempDir(), "tessera")
	build := exec.CommandContext(ctx, "go", "build", "-o", program, ".")
	build.Dir = module
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return program
}

// Tessera's fsck accepts the log, and refuses one with a bit flipped (the control). Version 1.0.4 may
// not end on a damaged bundle: it has 20 s, and a log that it does not accept in time is refused.
func TestTesseraAcceptsTheLog(t *testing.T) {
	program := buildTessera(t)
	d := dbtest.SQLite(t, nil)
	f, l, s := newFiles(t, d, 55)
	for range 2 { // grown in two steps, so that partial tiles were overwritten
		acttest.History(t, d, l, 1)
		if err := s.Flush(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	key := filepath.Join(t.TempDir(), "key")
	if err := os.WriteFile(key, []byte(f.Keys[0]), 0o600); err != nil {
		t.Fatal(err)
	}
	whole := http.StripPrefix("/log", f.Handler(nil))
	damaged := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		rec := httptest.NewRecorder()
		whole.ServeHTTP(rec, r)
		body := rec.Body.Bytes()
		if p, ok := tree.ParsePath(strings.TrimPrefix(r.URL.Path, "/log/")); ok && p.Kind == "" && p.Level == 0 && p.Index == 0 {
			body[100] ^= 1
		}
		w.WriteHeader(rec.Code)
		w.Write(body)
	})
	for _, c := range []struct {
		name    string
		handler http.Handler
		accepts bool
	}{{"whole", whole, true}, {"damaged", damaged, false}} {
		server := httptest.NewServer(c.handler)
		ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
		out, err := exec.CommandContext(ctx, program, server.URL+"/log/", key).CombinedOutput()
		cancel()
		server.Close()
		if (err == nil) != c.accepts {
			t.Errorf("%s: %v\n%.2000s", c.name, err, out)
		}
	}
}
