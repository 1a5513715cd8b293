package verify

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"parvis/internal/act"
	"parvis/internal/act/tree"
)

// bundle reads the leaves of one bundle, grows the tree with them and opens each.
func (v *run) bundle(ctx context.Context, index int64) bool {
	first := index * tree.Width
	p := tree.Path{Kind: tree.Entries, Index: index, Width: int(min(tree.Width, v.rep.Head.Size-first))}
	raw, ok := v.read(ctx, p, largestBundle)
	if !ok {
		return false
	}
	entries, err := tree.ParseBundle(raw, p.Width)
	if err != nil {
		v.problem(FileMalformed, -1, p.String())
		return false
	}
	opened := v.openings(ctx, tree.Path{Kind: tree.Payload, Index: index, Width: p.Width})
	for i, entry := range entries {
		if err := v.edge.Append(tree.LeafHash(entry), func(t tree.Tile) error { v.tile(ctx, t); return nil }); err != nil {
			return false
		}
		v.atSize()
		v.acts.leaf(first+int64(i), entry, opened[first+int64(i)])
	}
	return true
}

func (v *run) read(ctx context.Context, p tree.Path, limit int64) ([]byte, bool) {
	raw, err := v.from.Read(ctx, p.String(), limit)
	if err != nil && p.Width < tree.Width { // the full file may have replaced the partial one
		if full, errFull := v.whole(ctx, p, limit); errFull == nil {
			return full, true
		}
	}
	if err != nil {
		v.problem(FileMissing, -1, p.String()+": "+err.Error())
	}
	return raw, err == nil
}

// whole reads the full file in place of a partial one, cut where the partial one ends.
func (v *run) whole(ctx context.Context, p tree.Path, limit int64) ([]byte, error) {
	width := p.Width
	p.Width = tree.Width
	raw, err := v.from.Read(ctx, p.String(), limit)
	if err != nil {
		return nil, err
	}
	switch p.Kind {
	case "":
		return raw[:min(len(raw), width*len(tree.Hash{}))], nil
	case tree.Entries:
		entries, err := tree.ParseBundle(raw, tree.Width)
		var cut []byte
		for i := 0; i < width && err == nil; i++ {
			cut, err = tree.AppendEntry(cut, entries[i])
		}
		return cut, err
	default:
		return raw, nil // lines beyond the tree are not looked at
	}
}

// openings reads what the leaves of one bundle commit to, by leaf.
func (v *run) openings(ctx context.Context, p tree.Path) map[int64]act.Opening {
	opened := map[int64]act.Opening{}
	raw, ok := v.read(ctx, p, largestText)
	if !ok {
		return opened
	}
	for line := range bytes.Lines(raw) {
		var o act.Opening
		if err := json.Unmarshal(line, &o); err != nil {
			v.problem(FileMalformed, -1, p.String())
			continue
		}
		if _, twice := opened[o.Leaf]; twice {
			v.problem(FileMalformed, o.Leaf, p.String())
		}
		opened[o.Leaf] = o
	}
	return opened
}

// tile compares a tile as served with the one that the leaves give.
func (v *run) tile(ctx context.Context, want tree.Tile) {
	p := tree.Path{Level: want.Level, Index: want.Index, Width: want.Width()}
	got, ok := v.read(ctx, p, tree.Width*int64(len(tree.Hash{})))
	if ok && !bytes.Equal(got, want.Data) {
		v.problem(TileDiffers, -1, fmt.Sprint(p))
	}
}

func (v *run) partialTiles(ctx context.Context) {
	for _, t := range v.edge.Partial() {
		v.tile(ctx, t)
	}
}
