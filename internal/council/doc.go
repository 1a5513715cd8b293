// Package council holds the committees of the city: who sits, what they are called to, on which papers,
// who was there, how they voted and what they decided.
//
// A meeting is prepared (agenda, papers), convened by its day, held (attendance, quorum, votes,
// decisions), closed; its minutes are written from what happened, approved, and published once a person
// has masked what must not be. Everything in it goes through an act, and what one knows is never typed
// twice: the questions of the portfolio are put on the agenda as they are, and a decision on one is the
// portfolio's own decision, in the same transaction.
//
// Room is the door: its methods are the use cases (they take the actor and record acts) and the queries
// (they take the visitor and see only what that visitor may read). Verbs lists the acts.
//
// Invariants, each with a test (governance.md §10.5):
//
//   - I7  votes: for + against + abstentions <= the voices entitled, the recused taken away; the quorum is
//     computed when the vote is opened, after recusal. A secret vote keeps totals and no name.
//   - I8  a recused member reads neither the file, nor the score, nor the debate of the matter, on any
//     route: Withheld is the one rule, asked by every query here and by the portfolio's pages.
//     It is the person who is away, through every post; nobody ends their own recusal.
//     What a member says of an interest is read by them, by the bureau of the meeting and by the deontologist, and by
//     nobody else.
//   - I9  no decision without « pour qui » and « pourquoi ».
//   - I10 the digest of the adopted text is the digest of the published text.
//   - I17 what was public never becomes hidden: a withdrawn paper or a cancelled meeting says so.
//   - I27 a member whose seat or post ended is not shown as current.
//   - Papers are never overwritten: a new edition stands beside the old ones.
//   - What was convened is not changed silently: after the lock an item needs the president and a reason.
//
// What may be read: a committee is internal or public. Outside the city one reads, of a public committee,
// the agenda once it is convened (titles alone), the decisions once they are taken, and what a person
// published: papers and minutes (CRPA L311-2: preparatory documents are not communicable before the
// decision).
//
// A circuit of opinions and visas is drawn once and opened many times. A committee draws its own by editions
// (template*.go, drawing.go): one in preparation asks nobody, one in force may bind the items that it covers, which are
// then neither voted on nor decided before it was opened, agreed, and its plain opinions heard (circuit_bind.go). Circuits that run keep the steps
// of the edition by which they were opened.
//
// Circuits, the exchange with other tools and the legal clocks are in the files circuit*, visa*, exchange*, legal*,
// scdl*, agenda_ical* and quiet*.
//
// Facts: MeetingConvenedV1, AgendaChangedV1, SeatCalledV1, MeetingMovedV1, MeetingCancelledV1, PaperAddedV1, MinutesPublishedV1 (facts.go).
package council
