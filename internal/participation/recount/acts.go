package recount

import (
	"slices"
	"time"

	"parvis/internal/act"
)

// Deed is one act about an election.
type Deed struct {
	Leaf     int64     `json:"leaf"`
	At       time.Time `json:"at"`
	Verb     string    `json:"verb"`
	id       string
	corrects string
	args     act.Args
}

// Deeds are the acts of a log about elections, in their order.
type Deeds struct {
	of    map[string][]Deed
	order []string // elections by their first act
}

// See takes note of an act; it is what verify.Options.Acts wants.
func (d *Deeds) See(leaf int64, p act.Payload) {
	if p.What.Type != Object || !slices.Contains([]string{FreezeVerb, SealVerb, PublishVerb, WithdrawVerb}, p.Verb) {
		return
	}
	if d.of == nil {
		d.of = map[string][]Deed{}
	}
	election := string(p.What.ID)
	if d.of[election] == nil {
		d.order = append(d.order, election)
	}
	d.of[election] = append(d.of[election], Deed{Leaf: leaf, At: time.UnixMicro(p.When.Recorded).UTC(), Verb: p.Verb, id: string(p.ID),
		corrects: string(p.Corrects), args: p.Args})
}

// Published lists the elections that an act published.
func (d *Deeds) Published() []string {
	var list []string
	for _, id := range d.order {
		if slices.ContainsFunc(d.of[id], func(a Deed) bool { return a.Verb == PublishVerb }) {
			list = append(list, id)
		}
	}
	return list
}

// history reads the acts of one election: what is in force, and what breaks their order.
func (c *check) history(list []Deed) {
	steps := map[string]**Deed{FreezeVerb: &c.rep.Frozen, SealVerb: &c.rep.Sealed, PublishVerb: &c.rep.Published, WithdrawVerb: &c.rep.Withdrawn}
	for i := range list {
		a := &list[i]
		last := *steps[a.Verb]
		if last != nil && a.Verb != WithdrawVerb && a.corrects != last.id {
			c.problem(ActTwice, "", a.Verb)
		}
		if a.Verb == FreezeVerb && (c.rep.Sealed != nil || c.rep.Published != nil) || a.Verb == SealVerb && c.rep.Published != nil {
			c.problem(ActLate, "", a.Verb)
		}
		*steps[a.Verb] = a
	}
	for _, verb := range []string{FreezeVerb, PublishVerb} {
		if *steps[verb] == nil {
			c.problem(ActMissing, "", verb)
		}
	}
}

// bound compares a digest with the one that an act holds.
func (c *check) bound(d *Deed, arg, got, file string) {
	if d != nil && d.args[arg] != got {
		c.problem(ActDiffers, file, d.Verb)
	}
}
