package acttest

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"parvis/internal/act"
	"parvis/internal/act/tree"
	"parvis/internal/act/witness"
	"parvis/internal/id"
)

// Forger holds a whole log and can make any other of it, hashed and signed again as the city would.
type Forger struct {
	Entries []Entry
	Signer  note.Signer
	Keys    []string
	Skip    map[string]bool   // files that are not published
	Tiles   map[string][]byte // files that are published in place of the right ones
	Note    string            // the checkpoint; "": made and signed by Signer
}

// Entry is a leaf with what it commits to.
type Entry struct {
	Leaf    act.Leaf
	Opening act.Opening
}

// Asked is a witness that a forger asks to cosign.
type Asked struct {
	Remote *witness.Remote // nil: nobody is asked
	Client *http.Client
	Size   int64 // of the log that the witness knows
}

// Act reads the payload of an entry.
func (e Entry) Act(t testing.TB) act.Payload {
	t.Helper()
	p, err := act.Decode([]byte(e.Opening.Payload))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// ReadLog takes a published log apart.
func ReadLog(t testing.TB, dir string, signer note.Signer, keys []string) *Forger {
	t.Helper()
	f := &Forger{Signer: signer, Keys: keys, Skip: map[string]bool{}}
	files, err := filepath.Glob(filepath.Join(dir, "payload", "*"))
	if err != nil {
		t.Fatal(err)
	}
	var raw []byte
	for _, name := range files {
		if info, _ := os.Stat(name); info.IsDir() {
			partial, _ := filepath.Glob(filepath.Join(name, "*"))
			name = partial[0]
		}
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		raw = append(raw, b...)
	}
	for line := range bytes.Lines(raw) {
		var e Entry
		if err := json.Unmarshal(line, &e.Opening); err != nil {
			t.Fatal(err)
		}
		e.Leaf = act.Leaf{V: 1, Kind: e.Opening.Kind, ID: leafID(t, dir, e.Opening.Leaf)}
		f.Entries = append(f.Entries, e)
	}
	return f
}

func leafID(t testing.TB, dir string, index int64) (got id.ID) {
	t.Helper()
	bundles, _ := filepath.Glob(filepath.Join(dir, "tile", "entries", "*"))
	name := bundles[index/tree.Width]
	if info, _ := os.Stat(name); info.IsDir() {
		partial, _ := filepath.Glob(filepath.Join(name, "*"))
		name = partial[0]
	}
	raw, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for i := int64(0); ; i++ {
		size := int(raw[0])<<8 | int(raw[1])
		if i == index%tree.Width {
			var l act.Leaf
			if err := json.Unmarshal(raw[2:2+size], &l); err != nil {
				t.Fatal(err)
			}
			return l.ID
		}
		raw = raw[2+size:]
	}
}

// Edit changes the payload of an act.
func (f *Forger) Edit(t testing.TB, i int, change func(*act.Payload)) {
	t.Helper()
	p := f.Entries[i].Act(t)
	change(&p)
	raw, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	f.Entries[i].Opening.Payload = string(raw)
}

// Find gives the index of the nth act of a verb.
func (f *Forger) Find(t testing.TB, verb string, nth int) int {
	t.Helper()
	for i, e := range f.Entries {
		if e.Opening.Kind == act.LeafAct && e.Act(t).Verb == verb {
			if nth--; nth < 0 {
				return i
			}
		}
	}
	t.Fatal("no such act: ", verb)
	return 0
}

// Remove takes an entry away.
func (f *Forger) Remove(i int) { f.Entries = slices.Delete(f.Entries, i, i+1) }

// bytes hashes everything again: payload, leaf, numbers.
func (f *Forger) bytes(t testing.TB) (leaves [][]byte, openings []act.Opening) {
	t.Helper()
	for i, e := range f.Entries {
		e.Opening.Leaf = int64(i)
		digest, err := e.Opening.Digest()
		if err != nil {
			t.Fatal(err)
		}
		e.Leaf.Digest = digest
		raw, _ := json.Marshal(e.Leaf)
		leaves, openings = append(leaves, raw), append(openings, e.Opening)
	}
	return leaves, openings
}

// forge publishes the forged log in dir and gives its checkpoint, unsigned, and its tiles.
func (f *Forger) forge(t testing.TB, dir string) (tree.Checkpoint, map[string][]byte) {
	t.Helper()
	leaves, openings := f.bytes(t)
	files, tiles := map[string][]byte{}, map[string][]byte{}
	edge, _ := tree.Resume(0, nil)
	keep := func(s tree.Tile) error {
		name := tree.Path{Level: s.Level, Index: s.Index, Width: s.Width()}.String()
		files[name], tiles[tree.Path{Level: s.Level, Index: s.Index, Width: tree.Width}.String()] = s.Data, s.Data
		return nil
	}
	for i, l := range leaves {
		edge.Append(tree.LeafHash(l), keep)
		p := tree.Path{Index: int64(i / tree.Width), Width: min(tree.Width, len(leaves)-i/tree.Width*tree.Width)}
		p.Kind = tree.Entries
		files[p.String()], _ = tree.AppendEntry(files[p.String()], l)
		p.Kind = tree.Payload
		line, _ := json.Marshal(openings[i])
		files[p.String()] = append(files[p.String()], append(line, '\n')...)
	}
	for _, s := range edge.Partial() {
		keep(s)
	}
	root, err := edge.Root()
	if err != nil {
		t.Fatal(err)
	}
	head := tree.Checkpoint{Origin: f.Signer.Name(), Size: edge.Size(), Root: root}
	files["keys"] = []byte(strings.Join(f.Keys, "\n") + "\n")
	for name, data := range f.Tiles {
		files[name] = data
	}
	for name, data := range files {
		if !f.Skip[name] {
			put(t, dir, name, data)
		}
	}
	return head, tiles
}

func put(t testing.TB, dir, name string, data []byte) {
	t.Helper()
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

func (f *Forger) sign(t testing.TB, head tree.Checkpoint) string {
	t.Helper()
	if f.Note != "" {
		return f.Note
	}
	signed, err := note.Sign(&note.Note{Text: head.Text()}, f.Signer)
	if err != nil {
		t.Fatal(err)
	}
	return string(signed)
}

// Publish writes the forged log in a folder and begs the witness, if any, to cosign it, with the best proof
// there is.
func (f *Forger) Publish(t testing.TB, dir string, o Asked) {
	t.Helper()
	head, tiles := f.forge(t, dir)
	signed := f.sign(t, head)
	if o.Remote != nil {
		line, err := o.Remote.Submit(context.Background(), o.Client, signed, head.Size, o.Size, func(old int64) ([]tree.Hash, error) {
			if old == 0 || old >= head.Size {
				return nil, nil
			}
			return tlog.ProveTree(head.Size, old, tree.Reader(func(level int, index int64) ([]byte, error) {
				return tiles[tree.Path{Level: level, Index: index, Width: tree.Width}.String()], nil
			}))
		})
		if err == nil {
			signed += line
		}
	}
	put(t, dir, "checkpoint", []byte(signed))
}

// NewText replaces a text of an act and everything that commits to it.
func (f *Forger) NewText(t testing.TB, i int, body string) {
	t.Helper()
	o := &f.Entries[i].Opening
	o.Texts = slices.Clone(o.Texts)
	o.Texts[0].Body = body
	o.Texts[0].Nonce = hex.EncodeToString([]byte("sixteen new byte"))
	digest, err := o.Texts[0].Digest()
	if err != nil {
		t.Fatal(err)
	}
	f.Edit(t, i, func(p *act.Payload) {
		for k := range p.Texts {
			if p.Texts[k].ID == o.Texts[0].ID {
				p.Texts[k].Digest = digest
			}
		}
	})
}
