package app

import (
	"archive/zip"
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"parvis/internal/act/verify"
	"parvis/internal/participation/recount"
)

// The archive of a city is enough to recount its votes: the log and the public files of each are in it, and of a lot
// whose ballots are not published nothing that only ballots tell.
func TestTheArchiveRecountsItsElections(t *testing.T) {
	w := openValmont(t)
	if err := w.Integrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := w.everything(t.Context(), &out); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	unpack(t, out.Bytes(), dir)
	at, err := recount.Locate(t.Context(), dir, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	whole, err := recount.VerifyAll(context.Background(), at, verify.Options{})
	if err != nil || !whole.OK() || len(whole.Elections) != 2 {
		t.Fatalf("%v: log %+v, elections %+v", err, whole.Log.Problems, whole.Elections)
	}
	lots, err := os.ReadFile(filepath.Join(dir, "tables", "participation", "participation_lot.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(lots)) {
		small := strings.Contains(line, `"name":"Beaulieu"`) // 64 ballots
		if told := strings.Contains(line, `\"WithoutWinner\":0`); told != (small || strings.Contains(line, `\"Grades\":[`)) {
			t.Errorf("voters without a winner left out: %v, small: %v: %s", told, small, line)
		}
	}
}

func unpack(t *testing.T, raw []byte, dir string) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(dir, z); err != nil {
		t.Fatal(err)
	}
}
