// Package witness lets one town keep the log of another honest: a witness cosigns a checkpoint only if
// it continues the last one it cosigned, and so can never be shown two histories.
//
// Sources: c2sp.org/tlog-witness (add-checkpoint), c2sp.org/tlog-cosignature (cosignature/v1, Ed25519),
// c2sp.org/signed-note.
//
// Invariants: a witness stores a checkpoint, flushed to disk, before it answers with a cosignature; the
// comparison with the last checkpoint and its replacement are one step.
package witness
