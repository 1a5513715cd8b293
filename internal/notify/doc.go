// Package notify decides who is told what, how often and when; package mail says it.
//
// Rooms declare kinds of notices in explicit tables, and consumers of facts call Tell. Each reader
// chooses, for each kind: at once, once a day, once a week, never. What is told at once waits for the end of the
// reader's quiet hours; agents have the evening and the week-end unless they choose otherwise (Code du travail
// L2242-17, droit à la déconnexion, followed here for public agents too). What is told later is gathered into
// one message. Once a week each agent gets « ce qui vous attend », made from what rooms say is waiting.
//
// Anybody may follow a thing by e-mail without an account: the address must be confirmed first.
//
// A link only reads: the page of an unsubscription shows what would end (Read), and its button ends it (End).
// Mail programs press the same button for their reader (RFC 8058).
package notify
