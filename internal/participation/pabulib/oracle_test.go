package pabulib

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// The real files are read in strict mode; what is written back is what was read.
func TestRealFilesRoundTrip(t *testing.T) {
	dir := os.Getenv("PARVIS_PABULIB")
	if dir == "" {
		t.Skip("PARVIS_PABULIB names no folder of .pb files")
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.pb"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no .pb file in %s: %v", dir, err)
	}
	for _, path := range files {
		t.Run(filepath.Base(path), func(t *testing.T) { roundTripFile(t, path) })
	}
}

func roundTripFile(t *testing.T, path string) {
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	h, votes, _, err := ReadAll(bytes.NewReader(raw), Options{Strict: true})
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Count(raw, []byte("\r\n")) != bytes.Count(raw, []byte("\n")) { // mixed ends come back alike
		raw = bytes.ReplaceAll(raw, []byte("\r\n"), []byte("\n"))
		h.CRLF = false
	}
	if !bytes.Equal(write(t, h, votes), raw) {
		t.Error("the file written differs from the file read")
	}
}

func write(t *testing.T, h *Header, votes []Vote) []byte {
	t.Helper()
	var out bytes.Buffer
	w := NewWriter(&out, h)
	for _, v := range votes {
		w.Vote(v.Fields...)
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
