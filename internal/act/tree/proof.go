package tree

import (
	"encoding/base64"
	"fmt"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

const proofHeader = "c2sp.org/tlog-proof@v1"

// Proof shows offline that an entry is in a log (c2sp.org/tlog-proof).
type Proof struct {
	Extra []byte // ours: the entry itself
	Index int64
	Path  []Hash // from the leaf's sibling up
	Note  string // the checkpoint with its signatures and cosignatures
}

// String writes the proof in its textual format.
func (p Proof) String() string {
	var b strings.Builder
	b.WriteString(proofHeader + "\n")
	if len(p.Extra) > 0 {
		fmt.Fprintf(&b, "extra %s\n", base64.StdEncoding.EncodeToString(p.Extra))
	}
	fmt.Fprintf(&b, "index %d\n", p.Index)
	for _, h := range p.Path {
		b.WriteString(h.String() + "\n")
	}
	return b.String() + "\n" + p.Note
}

// ParseProof reads a proof; it verifies nothing.
func ParseProof(text string) (Proof, error) {
	head, note, ok := strings.Cut(text, "\n\n")
	lines := strings.Split(head, "\n")
	if !ok || len(lines) < 2 || lines[0] != proofHeader {
		return Proof{}, fmt.Errorf("tree: not a proof")
	}
	p, lines := Proof{Note: note}, lines[1:]
	if extra, has := strings.CutPrefix(lines[0], "extra "); has {
		var err error
		if p.Extra, err = base64.StdEncoding.DecodeString(extra); err != nil || len(lines) < 2 {
			return Proof{}, fmt.Errorf("tree: not a proof: extra")
		}
		lines = lines[1:]
	}
	index, has := strings.CutPrefix(lines[0], "index ")
	var err error
	if p.Index, err = ParseSize(index); err != nil || !has {
		return Proof{}, fmt.Errorf("tree: not a proof: index")
	}
	p.Path, err = ParseHashes(lines[1:])
	return p, err
}

// ParseHashes reads a hash from each line, at most 63 (no proof is longer).
func ParseHashes(lines []string) ([]Hash, error) {
	if len(lines) > 63 {
		return nil, fmt.Errorf("tree: a proof has %d lines", len(lines))
	}
	hashes := make([]Hash, len(lines))
	for i, line := range lines {
		var err error
		if hashes[i], err = ParseHash(line); err != nil {
			return nil, err
		}
	}
	return hashes, nil
}

// Check tells whether the entry is at p.Index in the tree of the checkpoint. The signatures of the
// note are the caller's to check.
func (p Proof) Check(c Checkpoint, entry []byte) error {
	if p.Index >= c.Size {
		return fmt.Errorf("tree: entry %d is beyond a tree of %d", p.Index, c.Size)
	}
	return tlog.CheckRecord(p.Path, c.Size, c.Root, p.Index, LeafHash(entry))
}
