package tree

import (
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

// Checkpoint is the head of a log: what is signed (c2sp.org/tlog-checkpoint).
type Checkpoint struct {
	Origin string // identity of the log
	Size   int64
	Root   Hash
}

// Text is the body of the signed note.
func (c Checkpoint) Text() string {
	return fmt.Sprintf("%s\n%d\n%s\n", c.Origin, c.Size, c.Root)
}

// ParseCheckpoint reads the text of a note; extension lines are allowed and not read.
func ParseCheckpoint(text string) (Checkpoint, error) {
	lines := strings.Split(text, "\n")
	if len(lines) < 4 || lines[0] == "" || lines[len(lines)-1] != "" {
		return Checkpoint{}, fmt.Errorf("tree: not a checkpoint")
	}
	size, err := ParseSize(lines[1])
	if err != nil {
		return Checkpoint{}, err
	}
	root, err := ParseHash(lines[2])
	if err != nil {
		return Checkpoint{}, err
	}
	return Checkpoint{Origin: lines[0], Size: size, Root: root}, nil
}

// ParseSize reads a size without sign or leading zero.
func ParseSize(s string) (int64, error) {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n < 0 || strconv.FormatInt(n, 10) != s {
		return 0, fmt.Errorf("tree: %.40q is not a size", s)
	}
	return n, nil
}

// ParseHash reads a hash in standard base64.
func ParseHash(s string) (Hash, error) {
	b, err := base64.StdEncoding.Strict().DecodeString(s)
	if err != nil || len(b) != tlog.HashSize {
		return Hash{}, fmt.Errorf("tree: %.60q is not a hash", s)
	}
	return Hash(b), nil
}

// EmptyRoot is the root of a tree without entries: the hash of the empty string.
func EmptyRoot() Hash {
	h, _ := tlog.TreeHash(0, nil)
	return h
}
