package tree

import (
	"fmt"

	"golang.org/x/mod/sumdb/tlog"
)

// Tile is a row of up to 256 hashes of one level: level 0 holds the hashes of entries, level n+1 the
// roots of full tiles of level n.
type Tile struct {
	Level int
	Index int64
	Data  []byte // 32 bytes a hash
}

// Width is the number of hashes of t.
func (t Tile) Width() int { return len(t.Data) / tlog.HashSize }

// Full tells whether t will never change.
func (t Tile) Full() bool { return t.Width() == Width }

// root is the hash of the full subtree that t spans.
func (t Tile) root() Hash {
	row := make([]Hash, t.Width())
	for i := range row {
		copy(row[i][:], t.Data[i*tlog.HashSize:])
	}
	for ; len(row) > 1; row = row[:len(row)/2] {
		for i := range len(row) / 2 {
			row[i] = tlog.NodeHash(row[2*i], row[2*i+1])
		}
	}
	return row[0]
}

// Edge is the right edge of a tree: the tile of each level that is not yet full. It is all that is
// needed to grow the tree and to know its root.
type Edge struct {
	open []Tile // by level
	size int64
}

// Resume takes up a tree of the given size from the partial tiles of its right edge, in any order.
func Resume(size int64, partial []Tile) (*Edge, error) {
	e := &Edge{size: size}
	for level, n := 0, size; n > 0; level, n = level+1, n/Width {
		e.open = append(e.open, Tile{Level: level, Index: n / Width})
	}
	for _, t := range partial {
		if t.Level < len(e.open) && t.Index == e.open[t.Level].Index && !t.Full() {
			e.open[t.Level].Data = append([]byte(nil), t.Data...)
		}
	}
	for level, n := 0, size; n > 0; level, n = level+1, n/Width {
		if got := e.open[level].Width(); int64(got) != n%Width {
			return nil, fmt.Errorf("tree: edge of level %d has %d hashes, a tree of %d needs %d", level, got, size, n%Width)
		}
	}
	return e, nil
}

// Size is the number of entries.
func (e *Edge) Size() int64 { return e.size }

// Append adds the hash of the next entry and gives each tile that it fills.
func (e *Edge) Append(h Hash, full func(Tile) error) error {
	e.size++
	for level := 0; ; level++ {
		if level == len(e.open) {
			e.open = append(e.open, Tile{Level: level})
		}
		t := &e.open[level]
		t.Data = append(t.Data, h[:]...)
		if !t.Full() {
			return nil
		}
		h = t.root()
		done := *t
		*t = Tile{Level: level, Index: done.Index + 1}
		if err := full(done); err != nil {
			return err
		}
	}
}

// Partial gives the tiles of the edge that hold something.
func (e *Edge) Partial() []Tile {
	var out []Tile
	for _, t := range e.open {
		if len(t.Data) > 0 {
			out = append(out, t)
		}
	}
	return out
}

// Root is the Merkle tree hash of everything appended (RFC 6962 §2.1).
func (e *Edge) Root() (Hash, error) {
	return tlog.TreeHash(e.size, Reader(func(level int, index int64) ([]byte, error) {
		if level >= len(e.open) || e.open[level].Index != index {
			return nil, fmt.Errorf("tree: tile %d/%d is not on the edge", level, index)
		}
		return e.open[level].Data, nil
	}))
}

// Reader finds the hashes of a tree in its tiles; load may give a wider tile than the tree needs.
func Reader(load func(level int, index int64) ([]byte, error)) tlog.HashReader {
	return tlog.HashReaderFunc(func(indexes []int64) ([]Hash, error) {
		out := make([]Hash, len(indexes))
		for i, index := range indexes {
			t := tlog.TileForIndex(Height, index)
			data, err := load(t.L, t.N)
			if err != nil {
				return nil, err
			}
			if len(data) < t.W*tlog.HashSize {
				return nil, fmt.Errorf("tree: tile %d/%d has %d bytes, hash %d needs %d", t.L, t.N, len(data), index, t.W*tlog.HashSize)
			}
			if out[i], err = tlog.HashFromTile(t, data[:t.W*tlog.HashSize], index); err != nil {
				return nil, err
			}
		}
		return out, nil
	})
}
