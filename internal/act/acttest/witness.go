package acttest

import (
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"parvis/internal/act"
	"parvis/internal/act/witness"
)

// Witness starts a witness that cosigned a published log, up to its end.
func Witness(t testing.TB, dir string, keys act.Keys) Asked {
	t.Helper()
	private, err := witness.NewKey("universite.example/temoin")
	if err != nil {
		t.Fatal(err)
	}
	signer, err := witness.NewSigner(private, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	w, err := witness.New(signer, t.TempDir(), keys.Public)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(w.Handler())
	t.Cleanup(server.Close)
	seen, err := os.ReadFile(filepath.Join(dir, "checkpoint"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Add(witness.Request{Note: string(seen)}); err != nil {
		t.Fatal(err)
	}
	size := int64(len(ReadLog(t, dir, keys.Signer, nil).Entries))
	return Asked{Remote: &witness.Remote{Key: w.VerifierKey(), URL: server.URL}, Client: server.Client(), Size: size}
}
