// Package passation keeps what a post holds from leaving with whoever leaves the post.
//
// A handover (passation) lists every thing held on the day it is opened: projects carried or run, open
// questions, action items, deliberate waits, and what later rooms add. Each has a checklist (where it
// stands, what comes first, papers and accesses, whom to speak to) and two signatures: who leaves hands
// it over, who arrives takes it, with a reserve where the state is not what was said. For want of the
// one who leaves, the interim or whoever the powers allow hands it over, and the act says so.
//
// A handover opens by itself when a departure is recorded, or two months before a planned one (OpenDue); the act
// that recorded the departure is its cause. Who leaves and who stands above them are written to. A departure that is
// taken back drops it, unless somebody worked in it: its page says so then.
//
// Alarms are computed, never stored: a holding that ends without a handover, a thing whose post nobody
// holds, a project that rests on one post alone.
//
// A récit de passage is voluntary: its author writes, publishes and may withdraw it; what is withdrawn
// is erased, and its place says that there was one.
//
// Invariants, each with a test:
//
//   - one handover for one holder of one post;
//   - nobody signs both sides: what was handed over by a holder is not taken by the same one;
//   - a thing is taken only once it was handed over, and a handover is complete when nothing waits;
//   - only its author publishes or withdraws a récit.
package passation
