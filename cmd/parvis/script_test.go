package main

import (
	"database/sql"
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"parvis": main})
}

// TestScripts runs the program as people do, with its exit codes: 0 done, 1 failed, 2 wrong usage, 3 a check
// found something.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(e *testscript.Env) error {
			e.Setenv("LANG", "fr_FR.UTF-8")
			site, err := filepath.Abs("testdata/site") // a small election, published, with its log
			e.Setenv("SITE", site)
			return err
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits, "flip": flip, "cpdir": copyFolder, "sql": behind},
	})
}

// exits runs the program and wants an exit code: exits CODE ARGUMENT…
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		ts.Fatalf("usage: exits CODE ARGUMENT...")
	}
	err := ts.Exec("parvis", args[1:]...)
	code := "0"
	if failed, ok := err.(interface{ ExitCode() int }); ok {
		code = string(rune('0' + failed.ExitCode()))
	}
	if code != args[0] {
		ts.Fatalf("parvis %v ends with %s (%v), want %s", args[1:], code, err, args[0])
	}
}

// flip changes the byte in the middle of a file.
func flip(ts *testscript.TestScript, neg bool, args []string) {
	raw := []byte(ts.ReadFile(args[0]))
	raw[len(raw)/2] ^= 1
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), raw, 0o600))
}

// copyFolder copies a folder: cpdir FROM TO.
func copyFolder(ts *testscript.TestScript, neg bool, args []string) {
	ts.Check(os.CopyFS(ts.MkAbs(args[1]), os.DirFS(ts.MkAbs(args[0]))))
}

// behind changes a database behind the back of the program: sql FILE STATEMENT.
func behind(ts *testscript.TestScript, neg bool, args []string) {
	pool, err := sql.Open("sqlite", ts.MkAbs(args[0]))
	ts.Check(err)
	defer pool.Close()
	_, err = pool.Exec(args[1])
	ts.Check(err)
}
