package main

import (
	"bytes"
	"context"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"parvis/internal/workspace"
)

// screen is a terminal that remembers what was written to it.
type screen struct{ bytes.Buffer }

// Stat says that it is a terminal.
func (s *screen) Stat() (os.FileInfo, error) { return terminalInfo{}, nil }

type terminalInfo struct{ os.FileInfo }

func (terminalInfo) Mode() fs.FileMode { return fs.ModeDevice | fs.ModeCharDevice }

// lines is what is left on each line of the screen, once what was drawn over is gone.
func (s *screen) lines() (left []string) {
	for line := range strings.SplitSeq(s.String(), "\n") {
		var cells []rune
		for drawn := range strings.SplitSeq(line, "\r") {
			r := []rune(drawn)
			cells = append(r, cells[min(len(r), len(cells)):]...)
		}
		left = append(left, strings.TrimRight(string(cells), " "))
	}
	return left
}

// percents are the steps that a bar went through.
func (s *screen) percents() (all []int) {
	for _, m := range regexp.MustCompile(`\] +(\d+) %`).FindAllStringSubmatch(s.String(), -1) {
		n, _ := strconv.Atoi(m[1])
		all = append(all, n)
	}
	return all
}

// inTerminal runs the program in a terminal, or with its errors going to a file.
func inTerminal(t *testing.T, stderr io.Writer, env map[string]string, args ...string) (code int, out string) {
	t.Helper()
	var said bytes.Buffer
	code = run(context.Background(), terminal{args, strings.NewReader(""), &said, stderr, func(name string) string { return env[name] }})
	return code, said.String()
}

// Every command whose length is known goes from little to all of it, never backwards, and leaves its line empty.
func TestBarsOfCommands(t *testing.T) {
	dir := t.TempDir()
	city, book := filepath.Join(dir, "city"), filepath.Join(dir, "book.xlsx")
	if code, _ := inTerminal(t, &bytes.Buffer{}, nil, "init", city, "--name", "Valmont", "--admin", "dsi@valmont.example", "--profile", "equipe_municipale_1"); code != exitDone {
		t.Fatal(code)
	}
	if err := writeFile(book, workspace.Example); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"import", "--dir", city, "--yes", book}, {"export", "--dir", city, filepath.Join(dir, "out.xlsx")},
		{"export", "--dir", city, "--all", filepath.Join(dir, "out.zip")}, {"fsck", "--dir", city},
		{"backup", "--dir", city, filepath.Join(dir, "copy")}, {"restore", "--check", filepath.Join(dir, "copy")},
		{"restore", filepath.Join(dir, "copy"), "--dir", filepath.Join(dir, "again")},
	} {
		t.Run(args[0], func(t *testing.T) {
			var s screen
			if code, out := inTerminal(t, &s, nil, args...); code != exitDone || out == "" {
				t.Fatalf("%d %s %s", code, out, s.String())
			}
			all := s.percents()
			if len(all) < 4 || all[0] > 60 || all[len(all)-1] != 100 {
				t.Errorf("a bar through %v", all)
			}
			for i := 1; i < len(all); i++ {
				if all[i] <= all[i-1] {
					t.Errorf("backwards: %v", all)
				}
			}
			if left := strings.Join(s.lines(), ""); left != "" || strings.Contains(s.String(), "\x1b") {
				t.Errorf("left on the screen: %q", left)
			}
		})
	}
}

// Elsewhere than on a terminal that can redraw its line, and for who asked for silence, there is no bar. Silence does
// not hide what is wrong.
func TestWithoutBar(t *testing.T) {
	site := filepath.Join("testdata", "site")
	altered := filepath.Join(t.TempDir(), "site")
	if err := os.CopyFS(altered, os.DirFS(site)); err != nil {
		t.Fatal(err)
	}
	ballots := filepath.Join(altered, "elections", "v-2018-1", "lots", "1", "ballots.pb")
	if err := os.Truncate(ballots, 10); err != nil {
		t.Fatal(err)
	}
	var shown, dumb, hushed, wrong screen
	var file bytes.Buffer
	if code, _ := inTerminal(t, &shown, map[string]string{"TERM": "xterm"}, "verify", site); code != exitDone || len(shown.percents()) == 0 {
		t.Fatalf("%d, no bar at all: this test would see nothing", code)
	}
	inTerminal(t, &dumb, map[string]string{"TERM": "dumb"}, "verify", site)
	inTerminal(t, &file, nil, "verify", site)
	if dumb.String() != "" || file.String() != "" {
		t.Errorf("a bar in a dumb terminal %q, in a file %q", dumb.String(), file.String())
	}
	if code, out := inTerminal(t, &hushed, nil, "verify", "--quiet", site); code != exitDone || out != "" || hushed.String() != "" {
		t.Errorf("not quiet: %d %q %q", code, out, hushed.String())
	}
	if code, out := inTerminal(t, &wrong, nil, "verify", "--quiet", altered); code != exitFinding || !strings.Contains(out, "ballots.pb") {
		t.Errorf("hidden: %d %q", code, out)
	}
}

func TestBar(t *testing.T) {
	var s screen
	b := &bar{out: &s, label: "Contrôle", percent: -1}
	b.show(0, 0) // nothing is known yet
	for n := range int64(1001) {
		b.show(n, 1000)
	}
	b.show(5000, 1000)
	if drawn := strings.Count(s.String(), "\r"); drawn != 101 {
		t.Errorf("drawn %d times, want once for each percent", drawn)
	}
	if got, want := s.lines()[0], "Contrôle [########################] 100 %"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
