// Package portfolio holds the initiatives of the city, across its silos, and who decides them.
//
// An initiative starts from a problem somebody has. It is carried by as many elected posts
// (sponsors), run by as many posts (owners) and done by as many units as it takes: each unit answers
// for its own part. Questions go to whoever may answer them (arbitrations), and what a decision
// entails is followed up (action items). Boards show all of it at once, at any date.
//
// Room is the door: its methods are the use cases (they take the actor and record acts) and the
// queries (they take the visitor and see only what that visitor may read). Verbs lists the acts.
//
// Invariants, each with a test (governance.md §10.5):
//
//   - I3  an active initiative has exactly one lead part in status accepted; never two. A lead that an
//     import reports stands for it until the directorate answers; if it then declines, the initiative has
//     no lead, and says so, until another takes it. Co-leads are a role of their own, which the profile may
//     refuse.
//   - I4  a unit is shown as partner only through an act of its own: its acceptance, or its counter
//     offer when the asker took it as it stood. Silence is never consent. A part stated by an
//     imported source is "reported", and shown as such.
//   - I9  no decision without « pour qui » and « pourquoi ».
//   - I17 what was public never becomes hidden: it becomes a tombstone, which says so.
//   - I27 a sponsor or owner whose term has ended is not shown as current.
//
// A draft (brouillon) is no act and leaves no trace: it lives in op_portfolio_draft, is read by its
// author alone, and disappears when it becomes an initiative. Everything else is internal to the
// city until a person publishes it. What may be read is decided by visible alone.
//
// Facts: PartProposedV1, ArbitrationAskedV1, DecisionTakenV1, ActionItemCreatedV1,
// InitiativePublishedV1 (facts.go).
package portfolio
