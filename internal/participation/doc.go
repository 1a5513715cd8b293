// Package participation holds the votes of the city on its participatory budgets: ballots handed in as
// files, rules frozen before they are counted, results that explain themselves, and their publication.
//
// An election goes one way: staged (traffic: files read, nothing civic yet) → imported → frozen (an act
// fixes the document of rules by its hash) → counted (a job; the result has a digest) → published (a
// person's act, never a timer) → perhaps withdrawn, which leaves a tombstone. Rules and counts are those
// of package tally; the public files are those of package recount.
//
// Invariants, each with a test:
//
//   - a file that cannot be read changes nothing: what is staged is whole or is not there;
//   - a ballot is never a row. The ballots of a lot are one file named by its SHA-256, sorted, without
//     names, age, sex, channel, quarter or order of arrival; civic tables hold sums;
//   - rules are frozen before the first count and never change afterwards;
//   - a result names the hash of its rules and of its ballots: a count made of other bytes is refused;
//   - what small lots disclose is decided by recount.Disclose alone;
//   - other rules are tried in public only where the frozen rules say so.
//
// Room is the door: use cases take the actor and record acts, queries take the visitor and see only what
// that visitor may read. Verbs lists the acts. Facts: ElectionChangedV1.
package participation
