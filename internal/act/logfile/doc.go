// Package logfile gives the public files of the log, over HTTP under /log/ and as a folder of plain
// files with the same names:
//
//	checkpoint                     the head of the log, signed and cosigned
//	tile/<L>/<N>[.p/<W>]           hashes of the tree
//	tile/entries/<N>[.p/<W>]       the leaves
//	payload/<N>[.p/<W>]            ours: one JSON line per leaf, what it commits to (act.Opening)
//	keys                           ours: verifier keys of the log, the current one first
//	witnesses                      ours: KEY@URL of each witness that is asked to cosign
//	proof/<leaf>                   ours: a c2sp.org/tlog-proof of that leaf, against the last checkpoint
//
// Sources: c2sp.org/tlog-tiles, c2sp.org/tlog-proof.
//
// Invariant: only living texts of public acts hold personal data; every other byte is a verb, a post,
// an id, a legal answer or a digest.
package logfile
