package verify_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"parvis/internal/act"
	"parvis/internal/act/acttest"
	"parvis/internal/act/verify"
	"parvis/internal/act/witness"
	"parvis/internal/db/dbtest"
	"parvis/internal/id"
)

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
	v.half = len(acttest.ReadLog(t, early, keys.Signer, keys.Public).Entries)
	acttest.History(t, v.city.db, v.city.log, 4)
	v.city.flush(t)
	v.dir = v.city.publish(t)
	return v
}

type tampering struct {
	name   string
	how    string // for the table
	change func(*testing.T, *victim, *acttest.Forger)
}

// tamperings are made by the city, or whoever has its key, and hashed and signed again throughout,
// except where the name says otherwise.
func tamperings() []tampering {
	decide, write := "test.note.decide", "test.note.write"
	return []tampering{
		{"nothing (control)", "the log as it is", func(*testing.T, *victim, *acttest.Forger) {}},
		{"payload changed", "another post has decided", func(t *testing.T, _ *victim, f *acttest.Forger) {
			f.Edit(t, f.Find(t, decide, 1), func(p *act.Payload) { p.Who.Post = "someone-else" })
		}},
		{"act removed", "a decision never happened", func(t *testing.T, _ *victim, f *acttest.Forger) { f.Remove(f.Find(t, decide, 1)) }},
		{"corrected act removed", "what a later act corrects never happened", func(t *testing.T, _ *victim, f *acttest.Forger) { f.Remove(f.Find(t, write, 0)) }},
		{"act inserted", "a decision backdated between two others", func(t *testing.T, _ *victim, f *acttest.Forger) {
			i := f.Find(t, decide, 1)
			f.Entries = slices.Insert(f.Entries, i, f.Entries[i])
			f.Entries[i].Leaf.ID = id.Random()
			f.Edit(t, i, func(p *act.Payload) { p.ID = "backdated"; p.When.Recorded-- })
		}},
		{"acts reordered", "two acts exchanged, their times left", func(t *testing.T, _ *victim, f *acttest.Forger) {
			i := f.Find(t, decide, 1)
			f.Entries[i], f.Entries[i-1] = f.Entries[i-1], f.Entries[i]
		}},
		{"acts reordered, times too", "two acts exchanged with their times", func(t *testing.T, _ *victim, f *acttest.Forger) {
			i := f.Find(t, decide, 1)
			a, b := f.Entries[i-1].Act(t).When.Recorded, f.Entries[i].Act(t).When.Recorded
			f.Entries[i], f.Entries[i-1] = f.Entries[i-1], f.Entries[i]
			f.Edit(t, i-1, func(p *act.Payload) { p.When.Recorded = a })
			f.Edit(t, i, func(p *act.Payload) { p.When.Recorded = b })
		}},
		{"decision stripped of its reason", "the answer to “why” removed", func(t *testing.T, _ *victim, f *acttest.Forger) {
			f.Edit(t, f.Find(t, decide, 1), func(p *act.Payload) { p.Why = nil })
		}},
		{"text replaced", "another motive, salted and hashed anew", func(t *testing.T, _ *victim, f *acttest.Forger) {
			f.NewText(t, f.Find(t, decide, 1), "Pour une tout autre raison.")
		}},
		{"text replaced, hash left", "another motive under the old digest", func(t *testing.T, _ *victim, f *acttest.Forger) {
			o := &f.Entries[f.Find(t, decide, 1)].Opening
			o.Texts = slices.Clone(o.Texts)
			o.Texts[0].Body = "Pour une tout autre raison."
		}},
		{"text withheld", "a text no longer published, without effacement", func(t *testing.T, _ *victim, f *acttest.Forger) {
			f.Entries[f.Find(t, decide, 1)].Opening.Texts = nil
		}},
		{"text and its mention removed", "the act rewritten as if it had no text", func(t *testing.T, _ *victim, f *acttest.Forger) {
			i := f.Find(t, write, 1)
			f.Entries[i].Opening.Texts = nil
			f.Edit(t, i, func(p *act.Payload) { p.Texts = nil })
		}},
		{"leaf changed", "another random id in a leaf", func(_ *testing.T, _ *victim, f *acttest.Forger) { f.Entries[0].Leaf.ID = id.Random() }},
		{"payload withheld", "what leaves commit to no longer published", func(_ *testing.T, _ *victim, f *acttest.Forger) {
			f.Skip[fmt.Sprintf("payload/000.p/%d", len(f.Entries))] = true
		}},
		{"tile changed", "hashes served that the leaves do not give", func(_ *testing.T, _ *victim, f *acttest.Forger) {
			f.Tiles = map[string][]byte{fmt.Sprintf("tile/0/000.p/%d", len(f.Entries)): make([]byte, 32*len(f.Entries))}
		}},
		{"internal act replaced", "a digest of a batch altered", func(t *testing.T, _ *victim, f *acttest.Forger) { editBatch(t, f, replaceDigest) }},
		{"internal act removed", "a digest of a batch removed", func(t *testing.T, _ *victim, f *acttest.Forger) { editBatch(t, f, removeDigest) }},
		{"batch unsorted", "digests of a batch exchanged", func(t *testing.T, _ *victim, f *acttest.Forger) { editBatch(t, f, swapDigests) }},
		{"log truncated", "the last acts removed, back beyond the kept checkpoint", func(_ *testing.T, v *victim, f *acttest.Forger) { f.Entries = f.Entries[:v.half-2] }},
		{"log rolled back", "an old true checkpoint served again: the kept one", func(t *testing.T, v *victim, f *acttest.Forger) {
			f.Entries, f.Note = f.Entries[:v.half], v.kept
		}},
		{"fork", "another history told after the kept checkpoint", func(t *testing.T, v *victim, f *acttest.Forger) {
			f.Edit(t, f.Find(t, decide, 5), func(p *act.Payload) { p.Who.Post = "someone-else" })
		}},
		{"signed by another key", "a key unknown until now, published as the log's", func(t *testing.T, _ *victim, f *acttest.Forger) {
			k := acttest.Keys(t)
			f.Signer, f.Keys = k.Signer, k.Public
			f.Edit(t, f.Find(t, decide, 1), func(p *act.Payload) { p.Who.Post = "someone-else" })
		}},
		{"signed by a retired key", "somebody found the old key", func(t *testing.T, v *victim, f *acttest.Forger) {
			f.Signer = v.retired.Signer
			f.Edit(t, f.Find(t, decide, 1), func(p *act.Payload) { p.Who.Post = "someone-else" })
		}},
		{"act never recorded", "something done and kept out of the log from the start", func(*testing.T, *victim, *acttest.Forger) {}},
	}
}

func editBatch(t *testing.T, f *acttest.Forger, change func(*act.Batch)) {
	t.Helper()
	for i, e := range f.Entries {
		if e.Opening.Kind != act.LeafInternal {
			continue
		}
		var b act.Batch
		if err := json.Unmarshal([]byte(e.Opening.Payload), &b); err != nil {
			t.Fatal(err)
		}
		change(&b)
		raw, _ := json.Marshal(b)
		f.Entries[i].Opening.Payload = string(raw)
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
		alone := v.look(t, m, acttest.Asked{}, verify.Options{})
		old := v.look(t, m, acttest.Asked{}, verify.Options{Since: []string{v.kept}})
		w := acttest.Witness(t, v.dir, v.city.keys)
		seen := v.look(t, m, w, verify.Options{Witnesses: []witness.Remote{*w.Remote}, Client: w.Client})
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

func (v *victim) forged(t *testing.T, m tampering) *acttest.Forger {
	f := acttest.ReadLog(t, v.dir, v.city.keys.Signer, v.city.keys.Public)
	m.change(t, v, f)
	return f
}

// look lets the forger beg the witness, if any, which is then asked by the verifier.
func (v *victim) look(t *testing.T, m tampering, w acttest.Asked, o verify.Options) string {
	t.Helper()
	dir := t.TempDir()
	v.forged(t, m).Publish(t, dir, w)
	return cell(check(t, dir, o))
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
