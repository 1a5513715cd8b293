package council

import (
	"cmp"

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
)

// FormalKinds lists them in the order of forms.
func FormalKinds() []FormalKind {
	return []FormalKind{Deliberation, Regulation, Individual, Convention}
}

// FormalDays are the days on which what the law asks for was done; "" while it is not known to be done.
// Parvis is told of them: it neither signs nor transmits.
type FormalDays struct {
	Signed      calendar.Day
	Transmitted calendar.Day // sent to the State's representative (CGCT L2131-1, L2131-2)
	Received    calendar.Day // by the State's representative: the receipt, or any other proof
	Posted      calendar.Day // put online where the city publishes its acts: this day counts, not that of the copy on Parvis
	Notified    calendar.Day // to the person it is about
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
	Name  string // key: executory, appeal, deferral, online, transmit
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
	out := []LegalClock{executory(r, d, known, waits), appeal(r, known, waits)}
	if r.Transmit {
		out = append(out, deferral(r, d))
	}
	if r.Kind != Individual {
		out = append(out, online(d))
	}
	if r.Kind == Individual && r.Transmit {
		out = append(out, transmit(d))
	}
	return out
}

// madeKnown is the day on which the act reached whom it concerns: published, or notified when it is
// about named persons (CGCT L2131-1 II and III).
func (r FormalRegime) madeKnown(d FormalDays) (calendar.Day, string) {
	if r.Kind == Individual {
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

// appeal is the last day on which the act may be challenged: two clear months from the day it was made
// known (CJA R421-1). A notification that does not name the ways and time of appeal opens no such delay
// (CJA R421-5).
func appeal(r FormalRegime, known calendar.Day, waits string) LegalClock {
	c := LegalClock{Name: "appeal", Basis: "CJA R421-1"}
	switch {
	case known == "":
		c.Waits = waits
	case r.Kind == Individual && !r.Remedies:
		c.Basis, c.Waits = "CJA R421-5", "remedies"
	default:
		c.Day = r.Region.AddClearMonths(known, 2)
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

// transmit is the last day on which an individual decision must be transmitted: fifteen days from its
// signature (CGCT L2131-1 before July 2022, L2131-2 since; to be checked against the text in force before it is relied
// on). Once it is transmitted the clock says when, for a transmission on the sixteenth day is late and stays so.
// Contracts have a delay of their own, which is not computed.
func transmit(d FormalDays) LegalClock {
	c := LegalClock{Name: "transmit", Basis: "CGCT L2131-2", Waits: "signed", Done: d.Transmitted}
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
