package act

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"

	"golang.org/x/mod/sumdb/note"

	"parvis/internal/act/tree"
	"parvis/internal/db"
)

// storedBatch is a batch with the bytes of its leaf.
type storedBatch struct {
	leaf           int64
	nonce, payload []byte
	body           []byte
}

func scanBatch(r db.Row) (b storedBatch, err error) {
	err = r.Scan(&b.leaf, &b.nonce, &b.payload, &b.body)
	return b, err
}

// checkBatches compares each batch with its leaf, and with the internal acts said to be in it.
func (f *Fsck) checkBatches(ctx context.Context, q db.Querier) error {
	acts := map[int64][]Digest{}
	err := each(ctx, q, func(r db.Row) (a storedAct, err error) {
		err = r.Scan(&a.leaf, &a.nonce, &a.payload)
		return a, err
	}, func(a storedAct) { acts[a.leaf] = append(acts[a.leaf], salted(a.nonce, a.payload)) },
		`SELECT leaf, nonce, payload FROM act WHERE visibility = 'interne' AND leaf >= 0`)
	if err != nil {
		return err
	}
	err = each(ctx, q, scanBatch, func(b storedBatch) {
		if !b.holds(acts[b.leaf]) {
			f.found(Defect{Kind: BatchChanged, Leaf: b.leaf})
		}
		delete(acts, b.leaf)
	}, `SELECT b.leaf, b.nonce, b.payload, l.body FROM log_batch b LEFT JOIN log_leaf l ON l.idx = b.leaf ORDER BY b.leaf`)
	for leaf := range acts {
		f.found(Defect{Kind: BatchChanged, Leaf: leaf})
	}
	return err
}

func (b storedBatch) holds(acts []Digest) bool {
	var l Leaf
	var batch Batch
	if json.Unmarshal(b.body, &l) != nil || json.Unmarshal(b.payload, &batch) != nil {
		return false
	}
	slices.SortFunc(acts, func(a, b Digest) int { return bytes.Compare(a[:], b[:]) })
	return l.Kind == LeafInternal && l.Digest == salted(b.nonce, b.payload) && slices.Equal(batch.Digests, acts)
}

// treeCheck grows the tree again and compares it on the way.
type treeCheck struct {
	*Fsck
	edge  *tree.Edge
	tiles map[[2]int64][]byte
	heads map[int64]Head
	keys  note.Verifiers
	whole int64 // size of the stored tree
}

func (f *Fsck) checkTree(ctx context.Context, q db.Querier, keys note.Verifiers) error {
	t := &treeCheck{Fsck: f, tiles: map[[2]int64][]byte{}, heads: map[int64]Head{}, keys: keys}
	t.edge, _ = tree.Resume(0, nil)
	var err error
	if t.whole, err = treeSize(ctx, q); err != nil {
		return err
	}
	if err := each(ctx, q, scanTile, t.keepTile, `SELECT level, idx, data FROM log_tile`); err != nil {
		return err
	}
	if err := each(ctx, q, scanHead, func(h Head) { t.heads[h.Size] = h }, `SELECT size, signed_at, note FROM log_checkpoint`); err != nil {
		return err
	}
	err = each(ctx, q, scanExplained, t.leaf, `SELECT l.idx, l.body,
		(SELECT count(*) FROM act a WHERE a.leaf = l.idx AND a.visibility = 'public') + (SELECT count(*) FROM log_batch b WHERE b.leaf = l.idx)
		FROM log_leaf l ORDER BY l.idx`)
	t.end()
	return err
}

type explainedLeaf struct {
	storedLeaf
	explained int64 // acts and batches that the leaf commits to
}

func scanExplained(r db.Row) (l explainedLeaf, err error) {
	err = r.Scan(&l.idx, &l.body, &l.explained)
	return l, err
}

func (t *treeCheck) keepTile(s tree.Tile) { t.tiles[[2]int64{int64(s.Level), s.Index}] = s.Data }

func (t *treeCheck) leaf(l explainedLeaf) {
	if l.idx != t.Leaves {
		t.found(Defect{Kind: LeafGap, Leaf: l.idx})
	}
	if l.explained != 1 {
		t.found(Defect{Kind: LeafUnopened, Leaf: l.idx})
	}
	t.Leaves++
	t.pace.step(1)
	if t.edge.Size() == t.whole {
		return // not yet in the tree
	}
	t.edge.Append(tree.LeafHash(l.body), func(full tree.Tile) error { t.compare(full); return nil })
	t.head()
}

// compare strikes the tile from those stored: what is left was never grown.
func (t *treeCheck) compare(want tree.Tile) {
	key := [2]int64{int64(want.Level), want.Index}
	if !bytes.Equal(t.tiles[key], want.Data) {
		t.found(Defect{Kind: TileChanged, Leaf: want.Index, Row: Row{Table: "log_tile"}})
	}
	delete(t.tiles, key)
}

func (t *treeCheck) head() {
	h, signed := t.heads[t.edge.Size()]
	if !signed {
		return
	}
	delete(t.heads, h.Size)
	root, err := t.edge.Root()
	opened, errOpen := note.Open([]byte(h.Note), t.keys)
	if err != nil || errOpen != nil {
		t.found(Defect{Kind: HeadChanged, Leaf: h.Size})
		return
	}
	if c, err := tree.ParseCheckpoint(opened.Text); err != nil || c.Size != h.Size || c.Root != root {
		t.found(Defect{Kind: HeadChanged, Leaf: h.Size})
	}
}

func (t *treeCheck) end() {
	for _, partial := range t.edge.Partial() {
		t.compare(partial)
	}
	for key := range t.tiles {
		t.found(Defect{Kind: TileChanged, Leaf: key[1], Row: Row{Table: "log_tile"}})
	}
	for size := range t.heads {
		t.found(Defect{Kind: HeadChanged, Leaf: size})
	}
}
