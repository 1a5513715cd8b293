// Package act is the heart of Parvis: no civic change without an act that answers the six questions,
// committed with the change and provable in a public log.
//
//	qui fait ou décide quoi, pour qui, pourquoi, quand et comment ?
//
// Do is the only way to change civic state. Inside it, Allow asks the powers for a Grant (may this
// post do this?), and Record writes the act that explains the change. A closure that records no act
// changes nothing.
//
// What an act leaves behind:
//
//   - its institutional answers (verb, posts, object, digests), one payload, never erased;
//   - each free text and name, a salted payload of its own, erasable by an act of effacement;
//   - a leaf of the public log: {"v":1,"kind":…,"id":<random>,"digest":sha256(nonce‖payload)}.
//     A public act has its own leaf. Internal acts are gathered: one leaf commits to a batch of
//     salted digests and tells neither verb, unit nor time. A draft leaves nothing at all;
//   - a seal on each civic row it changed: the salted digest of the row, so that fsck finds a row
//     edited behind the log's back.
//
// From there to the public: Sequencer puts leaves in the tree and signs checkpoints; tree holds the forms
// of RFC 6962 and C2SP; logfile serves and writes the public files; verify checks them without us;
// witness cosigns; Check (fsck) compares the state with the log; actweb shows it all to people. What the
// files look like is in docs/log.md.
//
// Invariants: a leaf is stored bytes, never serialised again; leaves are numbered without a gap in
// the order of commit; a decision is not recorded while one of its six answers is empty; an act is
// never changed, it is corrected by another.
package act
