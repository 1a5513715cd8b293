package logfile_test

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"parvis/internal/act/logfile"
	"parvis/internal/db/dbtest"
)

// A program in another language, written from docs/log.md, accepts the log and refuses each damaged one.
func TestAnIndependentScriptAgrees(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("python3 is not installed")
	}
	script := filepath.Join("..", "..", "..", "test", "conformance", "log", "verify_log.py")
	f, _, _ := newFiles(t, dbtest.SQLite(t, nil), 55)
	run := func(dir string) (string, bool) {
		out, err := exec.Command(python, script, dir, f.Keys[0]).CombinedOutput()
		return string(out), err == nil
	}
	for name, damage := range map[string]struct{ file, old, new string }{
		"whole":           {},
		"payload":         {"payload/000", "arbitration", "arbitratioN"},
		"text":            {"payload/000", "rendue aux", "vendue aux"},
		"leaf":            {"tile/entries/000", `"kind":"acte"`, `"kind":"actE"`},
		"tile":            {"tile/1/000.p/1", "", ""},
		"checkpoint":      {"checkpoint", "valmont.example/log\n2", "valmont.example/log\n3"},
		"text withheld":   {"payload/000", `"texts":[{"id"`, `"autre":[{"id"`},
		"effacement gone": {"payload/000", "act.text.erase", "act.text.erasE"},
	} {
		dir := t.TempDir()
		if _, err := logfile.Publish(context.Background(), f, dir); err != nil {
			t.Fatal(err)
		}
		if damage.file != "" {
			spoil(t, filepath.Join(dir, damage.file), damage.old, damage.new)
		}
		out, accepted := run(dir)
		if accepted != (name == "whole") {
			t.Errorf("%s: %s", name, out)
		}
		if name == "whole" && !strings.Contains(out, "275 acts, 110 texts, 110 effaced") {
			t.Errorf("it counts otherwise: %s", out)
		}
	}
}

// spoil replaces one occurrence of old by new, or flips a bit when old is empty.
func spoil(t *testing.T, path, old, new string) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if old == "" {
		b[5] ^= 1
	} else if !bytes.Contains(b, []byte(old)) {
		t.Fatalf("%s does not hold %q", path, old)
	} else {
		b = bytes.Replace(b, []byte(old), []byte(new), 1)
	}
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
}
