// Package workspace is the agents' face: what is composed of several rooms for those who work for the
// city.
//
//   - Letters (letters.go): what happens in the portfolio reaches the people concerned by mail, with the
//     links by which they answer and the entry for their agenda. Agents live in their mailbox.
//   - Index (index.go): what can be found by words, kept from the facts of the rooms.
//   - Workbook (book.go, import.go, book_export.go): one spreadsheet with the elected members, the
//     directorates, the posts, the delegations and the projects, read and written. An import is rehearsed
//     first: the very use cases run in a transaction that is taken back, so that the preview cannot differ
//     from what is applied.
//   - Archive (export.go): everything, whole, in files that need no Parvis to be read.
//
// Invariants: a letter holds no sentence in code and never says more than its reader may read; an
// import with one defect changes nothing; importing the same file twice changes nothing the second
// time; what is exported can be imported.
package workspace
