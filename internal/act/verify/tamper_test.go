package verify_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"parvis/internal/act"
	"parvis/internal/act/acttest"
	"parvis/internal/act/verify"
	"parvis/internal/act/witness"
	"parvis/internal/db/dbtest"
	"parvis/internal/id"
)

type idType = id.ID

var update = flag.Bool("update", false, "rewrite the golden files")

const golden = "../../../docs/generated/tampering.md"

// victim is a log, what a citizen kept of it half-way, and the witness that saw all of it.
type victim struct {
	city    *city
	dir     string   // the log as published
	kept    string   // the checkpoint kept half-way
	half    int      // its size
	retired act.Keys // the key before the last rotation
}

type witnessClient struct {
	client *http.Client
	size   int64 // what the witness knows
}

func newVictim(t *testing.T) *victim {
	t.Helper()
	folder := t.TempDir()
	retired, err := act.CreateKeys(folder, acttest.Origin)
	if err != nil {
		t.Fatal(err)
	}
	keys, err := act.RotateKeys(folder)
	if err != nil {
		t.Fatal(err)
	}
	v := &victim{retired: retired, city: newCity(t, dbtest.SQLite(t, nil), 4, act.Sequencing{Keys: keys})}
	early := v.city.publish(t)
	kept, err := os.ReadFile(filepath.Join(early, "checkpoint"))
	if err != nil {
		t.Fatal(err)
	}
	v.kept = string(kept)
	v.half = len(readLog(t, early, keys.Signer, keys.Public).entries)
	acttest.History(t, v.city.db, v.city.log, 4)
	v.city.flush(t)
	v.dir = v.city.publish(t)
	return v
}

// serve starts a witness that cosigned the true log, up to its end.
func (v *victim) serve(t *testing.T) (*witness.Remote, witnessClient, string) {
	t.Helper()
	private, err := witness.NewKey("universite.example/temoin")
	if err != nil {
		t.Fatal(err)
	}
	signer, err := witness.NewSigner(private, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	w, err := witness.New(signer, t.TempDir(), v.city.keys.Public)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(w.Handler())
	t.Cleanup(server.Close)
	seen, err := os.ReadFile(filepath.Join(v.dir, "checkpoint"))
	if err != nil {
		t.Fatal(err)
	}
	line, err := w.Add(witness.Request{Note: string(seen)})
	if err != nil {
		t.Fatal(err)
	}
	size := int64(len(readLog(t, v.dir, v.city.keys.Signer, nil).entries))
	return &witness.Remote{Key: w.VerifierKey(), URL: server.URL}, witnessClient{server.Client(), size}, line
}

type tampering struct {
	name   string
	how    string // for the table
	change func(*testing.T, *victim, *forger)
}

// tamperings are made by the city, or whoever has its key, and hashed and signed again throughout,
// except where the name says otherwise.
func tamperings() []tampering {
	decide, write := "test.note.decide", "test.note.write"
	return []tampering{
		{"nothing (control)", "the log as it is", func(*testing.T, *victim, *forger) {}},
		{"payload changed", "another post has decided", func(t *testing.T, _ *victim, f *forger) {
			f.edit(t, f.find(t, decide, 1), func(p *act.Payload) { p.Who.Post = "someone-else" })
		}},
		{"act removed", "a decision never happened", func(t *testing.T, _ *victim, f *forger) { f.remove(f.find(t, decide, 1)) }},
		{"corrected act removed", "what a later act corrects never happened", func(t *testing.T, _ *victim, f *forger) { f.remove(f.find(t, write, 0)) }},
		{"act inserted", "a decision backdated between two others", func(t *testing.T, _ *victim, f *forger) {
			i := f.find(t, decide, 1)
			f.entries = slices.Insert(f.entries, i, f.entries[i])
			f.entries[i].leaf.ID = id.Random()
			f.edit(t, i, func(p *act.Payload) { p.ID = "backdated"; p.When.Recorded-- })
		}},
		{"acts reordered", "two acts exchanged, their times left", func(t *testing.T, _ *victim, f *forger) {
			i := f.find(t, decide, 1)
			f.entries[i], f.entries[i-1] = f.entries[i-1], f.entries[i]
		}},
		{"acts reordered, times too", "two acts exchanged with their times", func(t *testing.T, _ *victim, f *forger) {
			i := f.find(t, decide, 1)
			a, b := f.entries[i-1].payload(t).When.Recorded, f.entries[i].payload(t).When.Recorded
			f.entries[i], f.entries[i-1] = f.entries[i-1], f.entries[i]
			f.edit(t, i-1, func(p *act.Payload) { p.When.Recorded = a })
			f.edit(t, i, func(p *act.Payload) { p.When.Recorded = b })
		}},
		{"decision stripped of its reason", "the answer to “why” removed", func(t *testing.T, _ *victim, f *forger) {
			f.edit(t, f.find(t, decide, 1), func(p *act.Payload) { p.Why = nil })
		}},
		{"text replaced", "another motive, salted and hashed anew", func(t *testing.T, _ *victim, f *forger) {
			f.newText(t, f.find(t, decide, 1), "Pour une tout autre raison.")
		}},
		{"text replaced, hash left", "another motive under the old digest", func(t *testing.T, _ *victim, f *forger) {
			o := &f.entries[f.find(t, decide, 1)].opening
			o.Texts = slices.Clone(o.Texts)
			o.Texts[0].Body = "Pour une tout autre raison."
		}},
		{"text withheld", "a text no longer published, without effacement", func(t *testing.T, _ *victim, f *forger) {
			f.entries[f.find(t, decide, 1)].opening.Texts = nil
		}},
		{"text and its mention removed", "the act rewritten as if it had no text", func(t *testing.T, _ *victim, f *forger) {
			i := f.find(t, write, 1)
			f.entries[i].opening.Texts = nil
			f.edit(t, i, func(p *act.Payload) { p.Texts = nil })
		}},
		{"leaf changed", "another random id in a leaf", func(_ *testing.T, _ *victim, f *forger) { f.entries[0].leaf.ID = id.Random() }},
		{"payload withheld", "what leaves commit to no longer published", func(_ *testing.T, _ *victim, f *forger) {
			f.skip[fmt.Sprintf("payload/000.p/%d", len(f.entries))] = true
		}},
		{"tile changed", "hashes served that the leaves do not give", func(_ *testing.T, _ *victim, f *forger) {
			f.tiles = map[string][]byte{fmt.Sprintf("tile/0/000.p/%d", len(f.entries)): make([]byte, 32*len(f.entries))}
		}},
		{"internal act replaced", "a digest of a batch altered", func(t *testing.T, _ *victim, f *forger) { f.editBatch(t, replaceDigest) }},
		{"internal act removed", "a digest of a batch removed", func(t *testing.T, _ *victim, f *forger) { f.editBatch(t, removeDigest) }},
		{"batch unsorted", "digests of a batch exchanged", func(t *testing.T, _ *victim, f *forger) { f.editBatch(t, swapDigests) }},
		{"log truncated", "the last acts removed, back beyond the kept checkpoint", func(_ *testing.T, v *victim, f *forger) { f.entries = f.entries[:v.half-2] }},
		{"log rolled back", "an old true checkpoint served again: the kept one", func(t *testing.T, v *victim, f *forger) {
			f.entries, f.note = f.entries[:v.half], v.kept
		}},
		{"fork", "another history told after the kept checkpoint", func(t *testing.T, v *victim, f *forger) {
			f.edit(t, f.find(t, decide, 5), func(p *act.Payload) { p.Who.Post = "someone-else" })
		}},
		{"signed by another key", "a key unknown until now, published as the log's", func(t *testing.T, _ *victim, f *forger) {
			k := acttest.Keys(t)
			f.signer, f.keys = k.Signer, k.Public
			f.edit(t, f.find(t, decide, 1), func(p *act.Payload) { p.Who.Post = "someone-else" })
		}},
		{"signed by a retired key", "somebody found the old key", func(t *testing.T, v *victim, f *forger) {
			f.signer = v.retired.Signer
			f.edit(t, f.find(t, decide, 1), func(p *act.Payload) { p.Who.Post = "someone-else" })
		}},
		{"act never recorded", "something done and kept out of the log from the start", func(*testing.T, *victim, *forger) {}},
	}
}

func (f *forger) editBatch(t *testing.T, change func(*act.Batch)) {
	t.Helper()
	for i, e := range f.entries {
		if e.opening.Kind != act.LeafInternal {
			continue
		}
		var b act.Batch
		if err := json.Unmarshal([]byte(e.opening.Payload), &b); err != nil {
			t.Fatal(err)
		}
		change(&b)
		raw, _ := json.Marshal(b)
		f.entries[i].opening.Payload = string(raw)
		return
	}
	t.Fatal("no batch")
}

func replaceDigest(b *act.Batch) {
	b.Digests[0][31] ^= 1
	slices.SortFunc(b.Digests, func(x, y act.Digest) int { return bytes.Compare(x[:], y[:]) })
}
func removeDigest(b *act.Batch) { b.Digests = b.Digests[1:] }
func swapDigests(b *act.Batch)  { b.Digests[0], b.Digests[1] = b.Digests[1], b.Digests[0] }

// TestTamperingMatrix makes each forgery and looks at it with nothing, with an old checkpoint, and with a
// witness. The table it gives is published as it is, blanks included.
func TestTamperingMatrix(t *testing.T) {
	v := newVictim(t)
	var table strings.Builder
	for _, m := range tamperings() {
		alone := v.look(t, m, nil, witnessClient{}, verify.Options{})
		old := v.look(t, m, nil, witnessClient{}, verify.Options{Since: []string{v.kept}})
		w, client, line := v.serve(t)
		seen := v.lookWitnessed(t, m, w, client, line)
		fmt.Fprintf(&table, "| %s | %s | %s | %s | %s |\n", m.name, m.how, alone, old, seen)
	}
	got := preamble + table.String() + postamble
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil || string(want) != got {
		t.Errorf("docs/generated/tampering.md is not what the test finds (run with -update and read the difference): %v\n%s", err, table.String())
	}
}

func (v *victim) forged(t *testing.T, m tampering) *forger {
	f := readLog(t, v.dir, v.city.keys.Signer, v.city.keys.Public)
	m.change(t, v, f)
	return f
}

func (v *victim) look(t *testing.T, m tampering, w *witness.Remote, c witnessClient, o verify.Options) string {
	t.Helper()
	return cell(check(t, v.forged(t, m).publish(t, w, c), o))
}

// lookWitnessed lets the forger beg the witness, which is then asked by the verifier. The control and
// the log that never held the act carry the cosignature that the witness gave.
func (v *victim) lookWitnessed(t *testing.T, m tampering, w *witness.Remote, c witnessClient, line string) string {
	t.Helper()
	dir := v.forged(t, m).publish(t, w, c)
	return cell(check(t, dir, verify.Options{Witnesses: []witness.Remote{*w}, Client: c.client}))
}

func cell(rep *verify.Report) string {
	var codes []string
	for _, p := range rep.Problems {
		if !slices.Contains(codes, string(p.Code)) {
			codes = append(codes, string(p.Code))
		}
	}
	if len(codes) == 0 {
		return "not detected"
	}
	return "**" + strings.Join(codes, ", ") + "**"
}

const preamble = `# What tampering with the log is detected, and by whom

Generated by ` + "`TestTamperingMatrix`" + ` (internal/act/verify); do not edit. Each forgery is made by somebody who holds
the key of the city: unless the row says otherwise, payloads, digests, leaves, tiles and checkpoint are
all computed and signed again. Each is looked at by ` + "`parvis verify`" + ` with nothing but the log, with a
checkpoint kept half-way (` + "`--since`" + `), and with a witness that had cosigned the whole true log and that the
forger asks to cosign the new one (` + "`--witness KEY@URL`" + `). A cell names the problems reported. “Not detected” is
expected where nobody could see the difference from what they have.

| Forgery | What it does | Nothing else | Old checkpoint | Witness |
| --- | --- | --- | --- | --- |
`

const postamble = `
How to read it:

- Without evidence the log only proves that it agrees with itself: a careful forger who holds the key
  passes. What is seen there is carelessness.
- A kept checkpoint covers what came before it, not what came after (row “fork”), and says nothing of a
  log rolled back to that very checkpoint.
- A witness covers everything it cosigned, for everybody, without anybody having kept anything.
- An act that was never recorded is seen by no log whatever; the civic tables are compared with the acts
  by ` + "`parvis fsck`" + `, which only the operator can run.
`
