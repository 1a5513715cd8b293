// Package blob keeps the files that people hand in: papers, pictures, spreadsheets.
//
// A file is named by its SHA-256 and nothing else; what people called it is said by whoever cites it
// and is never a path. Put streams it to disk and returns only after the file and its folder have
// been flushed, so that the act which cites the digest can never outlive the file. Cite then ties it
// to its owner in the transaction of that act; a file that nobody cites is an orphan and is removed
// after a delay.
//
// What a file is, is told by its first bytes and not by its name or its sender. Types outside the closed
// table, HTML and SVG are refused. Whatever is served is an attachment that no browser interprets
// (nosniff, a CSP sandbox), but for pictures and only as pictures; every download asks who may read
// it, for a link is no permission.
package blob
