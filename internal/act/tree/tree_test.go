package tree_test

import (
	"fmt"
	"testing"

	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"

	"parvis/internal/act/tree"
)

// whole is a tree kept in memory with every tile, beside the stored hashes of x/mod as a reference.
type whole struct {
	edge   *tree.Edge
	full   map[[2]int64][]byte
	stored []tlog.Hash
}

func newWhole(t interface{ Fatal(...any) }) *whole {
	edge, err := tree.Resume(0, nil)
	if err != nil {
		t.Fatal(err)
	}
	return &whole{edge: edge, full: map[[2]int64][]byte{}}
}

func (w *whole) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, x := range indexes {
		out[i] = w.stored[x]
	}
	return out, nil
}

func (w *whole) add(t interface{ Fatal(...any) }, entry []byte) {
	more, err := tlog.StoredHashes(w.edge.Size(), entry, w)
	if err != nil {
		t.Fatal(err)
	}
	w.stored = append(w.stored, more...)
	err = w.edge.Append(tree.LeafHash(entry), func(full tree.Tile) error {
		w.full[[2]int64{int64(full.Level), full.Index}] = full.Data
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (w *whole) load(level int, index int64) ([]byte, error) {
	if data, ok := w.full[[2]int64{int64(level), index}]; ok {
		return data, nil
	}
	for _, t := range w.edge.Partial() {
		if t.Level == level && t.Index == index {
			return t.Data, nil
		}
	}
	return nil, fmt.Errorf("no tile %d/%d", level, index)
}

func TestTilesGiveTheRootsAndProofsOfTheReference(t *testing.T) {
	w := newWhole(t)
	for n := range int64(1200) {
		w.add(t, fmt.Append(nil, "entry ", n))
	}
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.Int64Range(1, 1200).Draw(t, "size")
		r := tree.Reader(w.load)
		got, err := tlog.TreeHash(size, r)
		want, _ := tlog.TreeHash(size, w)
		if err != nil || got != want {
			t.Fatalf("root of %d: %v %v, want %v", size, got, err, want)
		}
		index := rapid.Int64Range(0, size-1).Draw(t, "index")
		path, err := tlog.ProveRecord(size, index, r)
		if err != nil {
			t.Fatal(err)
		}
		p := tree.Proof{Index: index, Path: path, Extra: []byte("x"), Note: "note\n"}
		back, err := tree.ParseProof(p.String())
		if err != nil {
			t.Fatal(err)
		}
		head := tree.Checkpoint{Size: size, Root: want}
		if err := back.Check(head, fmt.Append(nil, "entry ", index)); err != nil {
			t.Fatal(err)
		}
		if err := back.Check(head, []byte("another")); err == nil {
			t.Fatal("the proof holds for another entry")
		}
		old := rapid.Int64Range(1, size).Draw(t, "old")
		if _, err := tlog.ProveTree(size, old, r); err != nil {
			t.Fatal(err)
		}
	})
}

func TestAnEdgeResumesWhereItStopped(t *testing.T) {
	w := newWhole(t)
	for n := range int64(70_000) {
		w.add(t, fmt.Append(nil, n))
		if n%9_973 != 0 {
			continue
		}
		resumed, err := tree.Resume(w.edge.Size(), w.edge.Partial())
		if err != nil {
			t.Fatal(err)
		}
		got, err := resumed.Root()
		want, _ := tlog.TreeHash(w.edge.Size(), w)
		if err != nil || got != want {
			t.Fatalf("root at %d: %v %v", w.edge.Size(), got, err)
		}
	}
	if _, err := tree.Resume(5, nil); err == nil {
		t.Error("an edge without its tiles was accepted")
	}
}

func TestPathsAreWrittenAsTheSpecificationSays(t *testing.T) {
	for want, p := range map[string]tree.Path{
		"tile/0/x001/x234/067":      {Index: 1234067, Width: 256},
		"tile/3/000.p/17":           {Level: 3, Width: 17},
		"tile/entries/x001/000.p/1": {Kind: tree.Entries, Index: 1000, Width: 1},
		"payload/273.p/112":         {Kind: tree.Payload, Index: 273, Width: 112},
	} {
		if got := p.String(); got != want {
			t.Errorf("wrote %s, want %s", got, want)
		}
		if got, ok := tree.ParsePath(want); !ok || got != p {
			t.Errorf("read %s as %+v", want, got)
		}
	}
	for _, bad := range []string{"", "tile/0/1", "tile/00/000", "tile/64/000", "tile/0/x000/001", "tile/0/000.p/0",
		"tile/0/000.p/256", "tile/0/000.p/01", "tile/-1/000", "tile/data/000", "tile/0/000/", "/tile/0/000",
		"tile/0/x999/x999/x999/x999/x999/x999/999", "tile/0/../000", "checkpoint"} {
		if p, ok := tree.ParsePath(bad); ok {
			t.Errorf("%q was read as %+v", bad, p)
		}
	}
}

// The example of c2sp.org/tlog-tiles: a tree of 70,000 entries.
func TestThePathsOfATree(t *testing.T) {
	count, last := map[string]int{}, map[string]string{}
	tree.Paths(70_000, func(p tree.Path) error {
		kind := fmt.Sprint(p.Kind, p.Level)
		count[kind]++
		last[kind] = p.String()
		return nil
	})
	if count["0"] != 274 || last["0"] != "tile/0/273.p/112" || count["1"] != 2 || last["1"] != "tile/1/001.p/17" ||
		count["2"] != 1 || last["2"] != "tile/2/000.p/1" || count["tile/entries0"] != 274 {
		t.Error(count, last)
	}
}

func TestBundlesAreCutExactly(t *testing.T) {
	var bundle []byte
	for _, e := range []string{"a", "", "ccc"} {
		bundle, _ = tree.AppendEntry(bundle, []byte(e))
	}
	got, err := tree.ParseBundle(bundle, 3)
	if err != nil || string(got[2]) != "ccc" {
		t.Fatal(got, err)
	}
	for n, b := range map[int][]byte{2: bundle, 4: bundle, 3: bundle[:len(bundle)-1]} {
		if _, err := tree.ParseBundle(b, n); err == nil {
			t.Errorf("%d bytes were read as %d entries", len(b), n)
		}
	}
	if _, err := tree.AppendEntry(nil, make([]byte, 1<<16)); err == nil {
		t.Error("an entry of 64 KiB was accepted")
	}
}

func FuzzParse(f *testing.F) {
	f.Add("c2sp.org/tlog-proof@v1\nindex 0\n\nexample.com\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n")
	f.Add("example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n")
	f.Add("tile/0/x001/x234/067")
	f.Fuzz(func(t *testing.T, text string) {
		if p, err := tree.ParseProof(text); err == nil {
			if again, err := tree.ParseProof(p.String()); err != nil || again.Index != p.Index {
				t.Errorf("%q is read, not its rewriting: %v", text, err)
			}
		}
		if c, err := tree.ParseCheckpoint(text); err == nil {
			if again, err := tree.ParseCheckpoint(c.Text()); err != nil || again != c {
				t.Errorf("%q is read, not its rewriting: %v", text, err)
			}
		}
		if p, ok := tree.ParsePath(text); ok && p.String() != text {
			t.Errorf("%q is read as %s", text, p)
		}
		tree.ParseBundle([]byte(text), 3)
	})
}
