package verify_test

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
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
)

// forger holds a whole log and can make any other of it, hashed and signed again as the city would.
type forger struct {
	entries []entry
	signer  note.Signer
	keys    []string
	skip    map[string]bool // files that are not published
	tiles   map[string][]byte
	note    string // "" : signed by signer
}

type entry struct {
	leaf    act.Leaf
	opening act.Opening
}

func (e entry) payload(t *testing.T) act.Payload {
	t.Helper()
	p, err := act.Decode([]byte(e.opening.Payload))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// readLog takes a published log apart.
func readLog(t *testing.T, dir string, signer note.Signer, keys []string) *forger {
	t.Helper()
	f := &forger{signer: signer, keys: keys, skip: map[string]bool{}}
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
		var e entry
		if err := json.Unmarshal(line, &e.opening); err != nil {
			t.Fatal(err)
		}
		e.leaf = act.Leaf{V: 1, Kind: e.opening.Kind, ID: leafID(t, dir, e.opening.Leaf)}
		f.entries = append(f.entries, e)
	}
	return f
}

func leafID(t *testing.T, dir string, index int64) (got idType) {
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

// edit changes the payload of an act.
func (f *forger) edit(t *testing.T, i int, change func(*act.Payload)) {
	t.Helper()
	p := f.entries[i].payload(t)
	change(&p)
	raw, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	f.entries[i].opening.Payload = string(raw)
}

// find gives the index of the nth act of a verb.
func (f *forger) find(t *testing.T, verb string, nth int) int {
	t.Helper()
	for i, e := range f.entries {
		if e.opening.Kind == act.LeafAct && e.payload(t).Verb == verb {
			if nth--; nth < 0 {
				return i
			}
		}
	}
	t.Fatal("no such act: ", verb)
	return 0
}

func (f *forger) remove(i int) { f.entries = slices.Delete(f.entries, i, i+1) }

// bytes hashes everything again: payload, leaf, numbers.
func (f *forger) bytes(t *testing.T) (leaves [][]byte, openings []act.Opening) {
	t.Helper()
	for i, e := range f.entries {
		e.opening.Leaf = int64(i)
		digest, err := e.opening.Digest()
		if err != nil {
			t.Fatal(err)
		}
		e.leaf.Digest = digest
		raw, _ := json.Marshal(e.leaf)
		leaves, openings = append(leaves, raw), append(openings, e.opening)
	}
	return leaves, openings
}

// forge publishes the forged log in dir and gives its checkpoint, unsigned, and its tiles.
func (f *forger) forge(t *testing.T, dir string) (tree.Checkpoint, map[string][]byte) {
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
	head := tree.Checkpoint{Origin: f.signer.Name(), Size: edge.Size(), Root: root}
	files["keys"] = []byte(strings.Join(f.keys, "\n") + "\n")
	for name, data := range f.tiles {
		files[name] = data
	}
	for name, data := range files {
		if !f.skip[name] {
			put(t, dir, name, data)
		}
	}
	return head, tiles
}

func put(t *testing.T, dir, name string, data []byte) {
	t.Helper()
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

func (f *forger) sign(t *testing.T, head tree.Checkpoint) string {
	t.Helper()
	if f.note != "" {
		return f.note
	}
	signed, err := note.Sign(&note.Note{Text: head.Text()}, f.signer)
	if err != nil {
		t.Fatal(err)
	}
	return string(signed)
}

// publish forges the log and begs the witness, if any, to cosign it, with the best proof there is.
func (f *forger) publish(t *testing.T, w *witness.Remote, o witnessClient) string {
	t.Helper()
	dir := t.TempDir()
	head, tiles := f.forge(t, dir)
	signed := f.sign(t, head)
	if w != nil {
		line, err := w.Submit(context.Background(), o.client, signed, head.Size, o.size, func(old int64) ([]tree.Hash, error) {
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
	return dir
}

// newText replaces a text of an act and everything that commits to it.
func (f *forger) newText(t *testing.T, i int, body string) {
	t.Helper()
	o := &f.entries[i].opening
	o.Texts = slices.Clone(o.Texts)
	o.Texts[0].Body = body
	o.Texts[0].Nonce = hex.EncodeToString([]byte("sixteen new byte"))
	digest, err := o.Texts[0].Digest()
	if err != nil {
		t.Fatal(err)
	}
	f.edit(t, i, func(p *act.Payload) {
		for k := range p.Texts {
			if p.Texts[k].ID == o.Texts[0].ID {
				p.Texts[k].Digest = digest
			}
		}
	})
}
