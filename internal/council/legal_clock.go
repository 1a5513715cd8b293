package council

import (
	"cmp"
	"slices"

	"parvis/internal/calendar"
)

// FormalKind is the legal family of a formal act ("acte": what the law calls so, not an entry of the log).
type FormalKind string

// The families: how each is made known decides from when it binds and how long it may be challenged.
const (
	Deliberation FormalKind = "deliberation" // of the assembly
	Regulation   FormalKind = "arrete"       // arrêté réglementaire, published
	Individual   FormalKind = "individuel"   // decision about named persons, notified
	Convention   FormalKind = "convention"   // its deliberation is published; the contract itself is signed
	Market       FormalKind = "marche"       // marché or concession: notified to whoever was chosen, announced to the others
)

// FormalKinds lists them in the order of forms.
func FormalKinds() []FormalKind {
	return []FormalKind{Deliberation, Regulation, Individual, Convention, Market}
}

// FormalDays are the days on which what the law asks for was done; "" while it is not known to be done.
// Parvis is told of them: it neither signs nor transmits.
type FormalDays struct {
	Signed      calendar.Day
	Transmitted calendar.Day // sent to the State's representative (CGCT L2131-1, L2131-2)
	Received    calendar.Day // by the State's representative: the receipt, or any other proof
	Posted      calendar.Day // put online where the city publishes its acts: this day counts, not that of the copy on Parvis
	Notified    calendar.Day // to the person it is about
	Appealed    calendar.Day // a recours gracieux against it reached the city
	Refused     calendar.Day // its express refusal was notified; "" while the city says nothing
}

// FormalRegime is what decides which of these days count.
type FormalRegime struct {
	Kind     FormalKind
	Transmit bool // must be transmitted (CGCT L2131-2 lists what must)
	Remedies bool // the notification names the ways and time of appeal (CJA R421-5)
	Region   calendar.Region
}

// LegalClock is one deadline that the law sets: its day, the article it rests on, or what it waits for.
type LegalClock struct {
	Name  string // key: executory, appeal, appeal_third, appeal_person, appeal_again, deferral, online, transmit
	Day   calendar.Day
	Basis string
	Waits string       // key of what is missing for the day to be known; "" when Day is known or nothing is due
	Done  calendar.Day // when what it asks for was done; "" while it is not, and for a clock that asks for nothing
}

// Late tells whether what the clock asks for was done after its day, or is not done on a day after it.
func (c LegalClock) Late(today calendar.Day) bool {
	if c.Name != "transmit" || c.Day == "" {
		return false
	}
	return c.Day.Before(cmp.Or(c.Done, today))
}

// LegalClocks computes the deadlines of a formal act, in the order in which people read them.
func LegalClocks(r FormalRegime, d FormalDays) []LegalClock {
	known, waits := r.madeKnown(d)
	appeals := r.appeals(d)
	out := append([]LegalClock{executory(r, d, known, waits)}, appeals...)
	if d.Appealed != "" {
		out = append(out, again(r, d, appeals))
	}
	if r.Transmit {
		out = append(out, deferral(r, d))
	}
	if !r.notified() {
		out = append(out, online(d))
	}
	if r.Transmit && r.notified() {
		out = append(out, transmit(r, d))
	}
	return out
}

// notified tells whether the act is made known to somebody rather than published.
func (r FormalRegime) notified() bool { return r.Kind == Individual || r.Kind == Market }

// madeKnown is the day on which the act reached whom it concerns: published, or notified when it is
// about named persons or is a contract (CGCT L2131-1 II and III).
func (r FormalRegime) madeKnown(d FormalDays) (calendar.Day, string) {
	if r.notified() {
		return d.Notified, "notified"
	}
	return d.Posted, "published"
}

// executory is the day from which the act binds (I11): made known, and received by the State's
// representative where it must be transmitted. The receipt is a proof, not a condition (any proof of
// reception will do), so that Received may come from either.
func executory(r FormalRegime, d FormalDays, known calendar.Day, waits string) LegalClock {
	c := LegalClock{Name: "executory", Basis: "CGCT L2131-1"}
	switch {
	case known == "":
		c.Waits = waits
	case r.Transmit && d.Received == "":
		c.Waits = "received"
	case r.Transmit:
		c.Day = max(known, d.Received)
	default:
		c.Day = known
	}
	return c
}

// appeals are the last days on which the act may be challenged: two clear months from the day it was made known (CJA
// R421-1). An act that is both published and notified has two of them: for third parties from its publication, for the
// person it is about from its notification. A contract is challenged by third parties alone, from the day on which its
// conclusion was announced (CE, 4 April 2014, no. 358994).
func (r FormalRegime) appeals(d FormalDays) []LegalClock {
	published := appeal(r, "appeal", d.Posted, "published")
	person := r.appealOf("appeal", d.Notified)
	switch {
	case r.Kind == Market:
		published.Basis = "CE, 4 avril 2014, n° 358994"
		return []LegalClock{published}
	case r.Kind == Individual && d.Posted == "":
		return []LegalClock{person}
	case r.Kind == Individual:
		published.Name = "appeal_third"
		return []LegalClock{person, published}
	case d.Notified != "":
		person.Name = "appeal_person"
		return []LegalClock{published, person}
	}
	return []LegalClock{published}
}

// appealOf is the delay of whoever an act is notified to: a notification that does not name the ways and time of appeal opens
// none (CJA R421-5).
func (r FormalRegime) appealOf(name string, notified calendar.Day) LegalClock {
	if notified != "" && !r.Remedies {
		return LegalClock{Name: name, Basis: "CJA R421-5", Waits: "remedies"}
	}
	return appeal(r, name, notified, "notified")
}

func appeal(r FormalRegime, name string, known calendar.Day, waits string) LegalClock {
	c := LegalClock{Name: name, Basis: "CJA R421-1", Waits: waits}
	if known != "" {
		c.Day, c.Waits = r.Region.AddClearMonths(known, 2), ""
	}
	return c
}

// again is the last day on which whoever first asked the city to think again (recours gracieux) may go to court. Asked within
// the delay of an appeal, it makes that delay start again for them (CRPA L411-2): from its express refusal, or from the
// silence of two months that refuses it (CRPA L231-4), unless the refusal is notified before that second delay ends (CJA
// R421-2). Asked later it changes nothing.
func again(r FormalRegime, d FormalDays, appeals []LegalClock) LegalClock {
	c := LegalClock{Name: "appeal_again", Basis: "CRPA L411-2, CJA R421-2"}
	inTime := slices.ContainsFunc(appeals, func(a LegalClock) bool { return a.Day == "" || !a.Day.Before(d.Appealed) })
	if !inTime {
		c.Waits = "too_late"
		return c
	}
	c.Day = r.Region.AddClearMonths(d.Appealed.AddMonths(2), 2)
	if d.Refused != "" && !c.Day.Before(d.Refused) {
		c.Day = r.Region.AddClearMonths(d.Refused, 2)
	}
	return c
}

// deferral is the last day on which the State's representative may refer the act to the court: two
// clear months from its reception (CGCT L2131-6).
func deferral(r FormalRegime, d FormalDays) LegalClock {
	c := LegalClock{Name: "deferral", Basis: "CGCT L2131-6", Waits: "received"}
	if d.Received != "" {
		c.Day, c.Waits = r.Region.AddClearMonths(d.Received, 2), ""
	}
	return c
}

// online is the last day on which the act must still be online: two months at least (CGCT R2131-1).
// This is a duration of display, not a delay of procedure: weekends do not extend it.
func online(d FormalDays) LegalClock {
	c := LegalClock{Name: "online", Basis: "CGCT R2131-1", Waits: "published"}
	if d.Posted != "" {
		c.Day, c.Waits = d.Posted.AddMonths(2), ""
	}
	return c
}

// transmit is the last day on which an individual decision or a contract must be transmitted: fifteen days from its
// signature (for contracts CGCT L2131-13, which refers to L1411-9; for decisions CGCT L2131-1 before July 2022, L2131-2
// since; to be checked against the text in force before it is relied on). Once it is transmitted the clock says when,
// for a transmission on the sixteenth day is late and stays so.
func transmit(r FormalRegime, d FormalDays) LegalClock {
	c := LegalClock{Name: "transmit", Basis: "CGCT L2131-2", Waits: "signed", Done: d.Transmitted}
	if r.Kind == Market {
		c.Basis = "CGCT L2131-13"
	}
	if d.Signed != "" {
		c.Day, c.Waits = d.Signed.AddDays(15), ""
	}
	return c
}

// ListDue is the last day to put online the list of the deliberations examined at a meeting of the
// assembly: within a week (CGCT L2121-25).
func ListDue(meeting calendar.Day) calendar.Day { return meeting.AddDays(7) }

// MinutesDue is the last day to publish minutes: within the week after the meeting that approved them
// (CGCT L2121-15).
func MinutesDue(approved calendar.Day) calendar.Day { return approved.AddDays(7) }

// ConveneBy is the last day to send the notice of a meeting when the law wants so many clear days
// between them: five, or three under 3 500 inhabitants (CGCT L2121-12, L2121-11). Counting backwards,
// no weekend extends it.
func ConveneBy(meeting calendar.Day, clear int) calendar.Day { return meeting.AddDays(-(clear + 1)) }
