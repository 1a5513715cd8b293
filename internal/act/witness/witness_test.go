package witness_test

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"parvis/internal/act/tree"
	"parvis/internal/act/witness"
)

const origin = "valmont.example/log"

// history is a log in memory that can sign any of its heads.
type history struct {
	signer note.Signer
	vkey   string
	tiles  map[[2]int64][]byte
	roots  []tree.Hash // by size
}

func newHistory(t testing.TB, size int, salt string) *history {
	t.Helper()
	skey, vkey, err := note.GenerateKey(rand.Reader, origin)
	if err != nil {
		t.Fatal(err)
	}
	h := &history{vkey: vkey, tiles: map[[2]int64][]byte{}, roots: []tree.Hash{tree.EmptyRoot()}}
	if h.signer, err = note.NewSigner(skey); err != nil {
		t.Fatal(err)
	}
	edge, _ := tree.Resume(0, nil)
	keep := func(s tree.Tile) error { h.tiles[[2]int64{int64(s.Level), s.Index}] = s.Data; return nil }
	for i := range size {
		edge.Append(tree.LeafHash(fmt.Append(nil, salt, i)), keep)
		root, err := edge.Root()
		if err != nil {
			t.Fatal(err)
		}
		h.roots = append(h.roots, root)
	}
	for _, s := range edge.Partial() {
		keep(s)
	}
	return h
}

func (h *history) head(t testing.TB, size int64) string {
	t.Helper()
	text := tree.Checkpoint{Origin: origin, Size: size, Root: h.roots[size]}.Text()
	signed, err := note.Sign(&note.Note{Text: text}, h.signer)
	if err != nil {
		t.Fatal(err)
	}
	return string(signed)
}

func (h *history) prove(size int64) func(int64) ([]tree.Hash, error) {
	return func(old int64) ([]tree.Hash, error) {
		if old == 0 || old >= size {
			return nil, nil
		}
		return tlog.ProveTree(size, old, tree.Reader(func(level int, index int64) ([]byte, error) {
			return h.tiles[[2]int64{int64(level), index}], nil
		}))
	}
}

func newWitness(t testing.TB, folder string, logs ...string) *witness.Witness {
	t.Helper()
	keyFile := filepath.Join(folder, "key")
	private, err := os.ReadFile(keyFile)
	if err != nil {
		text, err := witness.NewKey("temoin.example/w1")
		if err != nil {
			t.Fatal(err)
		}
		private = []byte(text)
		os.WriteFile(keyFile, private, 0o600)
	}
	signer, err := witness.NewSigner(string(private), func() time.Time { return time.Unix(1520845200, 0) })
	if err != nil {
		t.Fatal(err)
	}
	w, err := witness.New(signer, filepath.Join(folder, "state"), logs)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// post sends a request as the specification writes it and gives status, type and body.
func post(t testing.TB, server *httptest.Server, body string) (int, string, string) {
	t.Helper()
	answer, err := http.Post(server.URL+"/add-checkpoint", "text/plain", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, _ := io.ReadAll(answer.Body)
	return answer.StatusCode, answer.Header.Get("Content-Type"), string(text)
}

func proofLines(h *history, size, old int64) string {
	var b strings.Builder
	hashes, _ := h.prove(size)(old)
	for _, p := range hashes {
		b.WriteString(p.String() + "\n")
	}
	return b.String()
}

func TestAWitnessAnswersAsTheSpecificationSays(t *testing.T) {
	h := newHistory(t, 700, "")
	other := newHistory(t, 700, "another history")
	other.signer = h.signer // the city rewrites with its own key
	stranger := newHistory(t, 10, "")
	w := newWitness(t, t.TempDir(), h.vkey)
	server := httptest.NewServer(w.Handler())
	defer server.Close()
	tampered := strings.Replace(h.head(t, 20), "\n20\n", "\n21\n", 1)
	for i, step := range []struct {
		name, body string
		status     int
		answer     string
	}{
		{"first checkpoint", "old 0\n\n" + h.head(t, 10), 200, "— temoin.example/w1 "},
		{"the same again", "old 10\n\n" + h.head(t, 10), 200, "— temoin.example/w1 "},
		{"grown", "old 10\n" + proofLines(h, 300, 10) + "\n" + h.head(t, 300), 200, "— temoin.example/w1 "},
		{"from a size it left", "old 10\n" + proofLines(h, 400, 10) + "\n" + h.head(t, 400), 409, "300\n"},
		{"from no size", "old 0\n\n" + h.head(t, 400), 409, "300\n"},
		{"another history of the same size", "old 300\n\n" + other.head(t, 300), 422, ""},
		{"another history, longer", "old 300\n" + proofLines(other, 400, 300) + "\n" + other.head(t, 400), 422, ""},
		{"no proof", "old 300\n\n" + h.head(t, 400), 422, ""},
		{"another proof", "old 300\n" + proofLines(h, 500, 300) + "\n" + h.head(t, 400), 422, ""},
		{"shorter", "old 300\n\n" + h.head(t, 200), 400, ""},
		{"signed by another key", "old 300\n\n" + stranger.head(t, 10), 403, ""},
		{"signature of another text", "old 300\n\n" + tampered, 403, ""},
		{"unknown log", "old 0\n\n" + strings.ReplaceAll(h.head(t, 10), origin, "autre.example"), 404, ""},
		{"no request", "hello", 400, ""},
		{"leading zero", "old 0300\n\n" + h.head(t, 400), 400, ""},
		{"too many lines", "old 300\n" + strings.Repeat(h.roots[1].String()+"\n", 64) + "\n" + h.head(t, 400), 400, ""},
		{"too large", "old 300\n" + strings.Repeat("x", 1<<20), 400, ""},
		{"still where it was", "old 300\n" + proofLines(h, 700, 300) + "\n" + h.head(t, 700), 200, "— temoin.example/w1 "},
	} {
		status, kind, answer := post(t, server, step.body)
		if status != step.status || !strings.HasPrefix(answer, step.answer) {
			t.Errorf("%d %s: %d %q", i, step.name, status, answer)
		}
		if status == 409 && kind != "text/x.tlog.size" {
			t.Errorf("%s: type %s", step.name, kind)
		}
	}
}

func TestACosignatureIsTimestampedAndVerifies(t *testing.T) {
	h := newHistory(t, 5, "")
	w := newWitness(t, t.TempDir(), h.vkey)
	line, err := w.Add(witness.Request{Note: h.head(t, 5)})
	if err != nil {
		t.Fatal(err)
	}
	v, err := witness.NewVerifier(w.VerifierKey())
	if err != nil {
		t.Fatal(err)
	}
	n, err := note.Open([]byte(h.head(t, 5)+line), note.VerifierList(v))
	if err != nil || len(n.Sigs) != 1 {
		t.Fatal(err)
	}
	if at, ok := witness.Time(n.Sigs[0]); !ok || at.Unix() != 1520845200 {
		t.Error(at, ok)
	}
	if _, err := note.Open([]byte(h.head(t, 4)+line), note.VerifierList(v)); err == nil {
		t.Error("the cosignature holds for another checkpoint")
	}
}

// The example of c2sp.org/tlog-witness: a checkpoint with its cosignature, whose key hash we recompute.
func TestAVerifierKeyIsReadStrictly(t *testing.T) {
	good := newWitness(t, t.TempDir()).VerifierKey()
	for _, bad := range []string{"", "a+b", strings.Replace(good, "w1", "w2", 1), good + "AA",
		"temoin.example/w1+00000000+BAAA", strings.Replace(good, "temoin", "", 1)} {
		if _, err := witness.NewVerifier(bad); err == nil {
			t.Errorf("%q was read", bad)
		}
	}
	for _, name := range []string{"", "a b", "a+b", "é\u00a0è"} {
		if _, err := witness.NewKey(name); err == nil {
			t.Errorf("name %q was accepted", name)
		}
	}
}

// Many submit at once, and the witness restarts between rounds: it never goes back, and never cosigns
// two roots of one size.
func TestAWitnessNeverGoesBack(t *testing.T) {
	folder := t.TempDir()
	h, other := newHistory(t, 120, ""), newHistory(t, 120, "another history")
	other.signer = h.signer
	for round := range 4 {
		w := newWitness(t, folder, h.vkey)
		server := httptest.NewServer(w.Handler())
		remote := witness.Remote{Key: w.VerifierKey(), URL: server.URL}
		var all sync.WaitGroup
		for i := range 30 {
			size := int64(round*30 + i + 1)
			for k, branch := range []*history{h, other} {
				all.Go(func() {
					_, err := remote.Submit(context.Background(), server.Client(), branch.head(t, size), size, 0, branch.prove(size))
					if err == nil && k == 1 && (round > 0 || size > 1) {
						last, _, _ := remote.Latest(context.Background(), server.Client(), origin)
						if last.Root == h.roots[last.Size] {
							t.Errorf("both histories were cosigned, at %d", size)
						}
					}
				})
			}
		}
		all.Wait()
		last, found, err := remote.Latest(context.Background(), server.Client(), origin)
		if err != nil || !found || last.Size == 0 {
			t.Fatal(last, found, err)
		}
		t.Log("round", round, "at", last.Size)
		server.Close()
	}
}

func TestALostStateIsNotABeginning(t *testing.T) {
	folder := t.TempDir()
	h := newHistory(t, 9, "")
	w := newWitness(t, folder, h.vkey)
	if _, err := w.Add(witness.Request{Note: h.head(t, 9)}); err != nil {
		t.Fatal(err)
	}
	files, _ := filepath.Glob(filepath.Join(folder, "state", "*"))
	if len(files) != 1 {
		t.Fatal(files)
	}
	os.WriteFile(files[0], []byte("damaged"), 0o600)
	if _, err := w.Add(witness.Request{Note: h.head(t, 9)}); err == nil {
		t.Error("a witness that forgot cosigned again")
	}
	var stale *witness.StaleError
	if _, err := w.Add(witness.Request{Note: "x"}); errors.As(err, &stale) {
		t.Error(err)
	}
}

func TestARemoteIsWrittenOnOneLine(t *testing.T) {
	key := newWitness(t, t.TempDir()).VerifierKey()
	for _, text := range []string{key, key + "@https://temoin.example/w1", key + "@http://localhost:8090"} {
		if r, err := witness.ParseRemote(text); err != nil || r.Key != key || r.String() != text {
			t.Errorf("%s: %+v %v", text, r, err)
		}
	}
	if _, err := witness.ParseRemote("temoin@https://x"); err == nil {
		t.Error("a witness without key was read")
	}
}

func FuzzParseRequest(f *testing.F) {
	h := newHistory(f, 9, "")
	f.Add("old 3\n" + proofLines(h, 9, 3) + "\n" + h.head(f, 9))
	f.Add("old 0\n\n")
	w := newWitness(f, f.TempDir(), h.vkey)
	f.Fuzz(func(t *testing.T, body string) {
		r, err := witness.ParseRequest(body)
		if err != nil {
			return
		}
		if again, err := witness.ParseRequest(r.String()); err != nil || again.Old != r.Old || again.Note != r.Note {
			t.Errorf("%q is read, not its rewriting: %v", body, err)
		}
		if _, err := w.Add(r); err == nil && !strings.Contains(r.Note, h.roots[9].String()) {
			t.Errorf("cosigned: %q", body)
		}
	})
}
