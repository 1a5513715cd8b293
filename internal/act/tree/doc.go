// Package tree holds the forms of a transparency log that need no database: the RFC 6962 tree cut in
// tiles of 256 hashes, the names of the public files, bundles of entries, checkpoints and proofs.
//
// Sources: RFC 6962 §2.1; c2sp.org/tlog-tiles, c2sp.org/tlog-checkpoint, c2sp.org/tlog-proof (2026).
// Hashing is golang.org/x/mod/sumdb/tlog's.
package tree

import "golang.org/x/mod/sumdb/tlog"

// Height of a tile: it spans 8 levels of the tree, 256 hashes at its base.
const (
	Height = 8
	Width  = 1 << Height
)

// Hash is a SHA-256 of RFC 6962.
type Hash = tlog.Hash

// LeafHash is the hash of an entry: SHA-256(0x00 ‖ entry).
func LeafHash(entry []byte) Hash { return tlog.RecordHash(entry) }
