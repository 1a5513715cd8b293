// Package search finds things by words, in French and in English, with one index for both engines.
//
// Words are folded and stemmed in Go: case, accents, œ, apostrophes and elisions (l’, d’, qu’) make no
// difference, nor do plurals and most endings (Snowball stemmers: M. Porter, "Snowball: a language
// for stemming algorithms", 2001). Every word of a query must be found; the last may be unfinished; a
// phrase in quotes must be found as it stands. Results are ranked by the field in which a word
// stands and how often (after BM25F: Robertson and Zaragoza, 2009), by how rare the word is, and by
// age. When nothing is found, words one or two letters away are tried, and the answer says so.
//
// Who may see a result is decided in SQL by act.VisibleTo. Drafts are not put in the index at all.
//
// A room puts a document in the transaction that changes the thing, or from a fact; Rebuild makes
// all documents of a type again.
package search
