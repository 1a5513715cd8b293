package powers

import (
	"slices"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// Delegation is a power that a post handed to another.
type Delegation struct {
	ID, Row id.ID
	Span
	Giver, Receiver id.ID // posts
	Nature          string
	Scope
	LegalAct   string // number of the arrêté
	Source     id.ID  // the delegation handed on; "" when the giver's own power is
	FromHolder id.ID  // a signature names two people and ends with either
	ToHolder   id.ID
	RevokedBy  string // number of the arrêté that revoked it
}

// The natures of delegations (CGCT L2122-18 and following): a function (fonction) to an elected member, the mere
// signature to an agent, an attribution of the assembly to the executive.
const (
	OfFunction    = "fonction"
	OfSignature   = "signature"
	OfAttribution = "attribution"
)

// NewDelegation is what giving a delegation says.
type NewDelegation struct {
	Giver, Receiver id.ID
	Nature          string
	Scope           Scope
	Period          calendar.Period
	LegalAct        string
	Source          id.ID // the delegation that is handed on, if any
}

// Delegate records a delegation. Recording it after its first day is a régularisation: it counts from
// its legal day, and every answer says that it was not known then.
//
// Faults: Invalid powers.delegation.invalid with the fields; NotFound; Conflict powers.delegation.wider,
// powers.delegation.cycle, powers.delegation.outside_post, powers.delegation.vacant.
func Delegate(tx *act.Tx, d NewDelegation) (id.ID, error) {
	if err := d.check(); err != nil {
		return "", err
	}
	from, err := d.checkPosts(tx)
	if err != nil {
		return "", err
	}
	if err := d.checkPower(tx); err != nil {
		return "", err
	}
	made := Delegation{ID: tx.NewID(), Span: Span{Period: d.Period}, Giver: d.Giver, Receiver: d.Receiver, Nature: d.Nature, Scope: d.Scope,
		LegalAct: d.LegalAct, Source: d.Source}
	if err := made.sign(tx); err != nil {
		return "", err
	}
	ref := act.Ref{Type: "delegation", ID: made.ID}
	e, err := begin(tx, act.Ask{Verb: verbDelegate, Object: ref, Roles: map[string][]id.ID{"unit": {from}, "owner": {d.Giver}}})
	if err != nil {
		return "", err
	}
	if err := e.stateDelegation(made); err != nil {
		return "", err
	}
	e.record(act.Act{Verb: verbDelegate, Object: ref, Version: 1, Subject: act.Ref{Type: "post", ID: d.Receiver},
		When: act.When{Effective: d.Period.From, Until: until(d.Period)}, How: act.How{Instrument: d.LegalAct},
		Args: map[string]string{"post": string(d.Giver), "nature": d.Nature, "number": d.LegalAct}})
	return made.ID, nil
}

func (d *NewDelegation) check() error {
	err := fault.New(fault.Invalid, "powers.delegation.invalid")
	checkPeriod(err, &d.Period)
	if !slices.Contains([]string{OfFunction, OfSignature, OfAttribution}, d.Nature) {
		err.At("nature", "powers.kind_unknown", "value", d.Nature)
	}
	if !isCode(d.LegalAct) {
		err.At("legal_act", "powers.delegation.number")
	}
	for _, v := range d.Scope.Verbs {
		if !isPattern(v) {
			err.At("verbs", "powers.pattern_invalid", "value", v)
		}
	}
	for field, list := range map[string][]string{"objects": d.Scope.Objects, "matters": d.Scope.Matters, "territories": d.Scope.Territories} {
		if i := slices.IndexFunc(list, func(c string) bool { return !isCode(c) }); i >= 0 {
			err.At(field, "powers.code_invalid", "code", list[i])
		}
	}
	if d.Giver == d.Receiver {
		err.At("to", "powers.delegation.self")
	}
	return err.OrNil()
}

// checkPosts refuses days outside the life of either post, and returns the unit of the giver.
func (d *NewDelegation) checkPosts(tx *act.Tx) (id.ID, error) {
	var unit id.ID
	for _, post := range []id.ID{d.Receiver, d.Giver} {
		rows, err := postRows(tx, post)
		if err != nil {
			return "", err
		}
		if !lifeOf(rows, d.Period) {
			return "", fault.New(fault.Conflict, "powers.delegation.outside_post", "post", rows[0].Title)
		}
		unit = rows[0].Unit
	}
	return unit, nil
}

// checkPower holds I6: never wider than what the giver has, and never back to itself.
func (d *NewDelegation) checkPower(tx *act.Tx) error {
	if err := acyclic(tx, d.Giver, d.Receiver, d.Period, 0); err != nil {
		return err
	}
	received, err := delegationsTo(tx, d.Giver)
	if err != nil {
		return err
	}
	if d.Source == "" {
		d.Source = d.handedOn(received)
	}
	if d.Source != "" {
		return d.checkSource(received)
	}
	if len(received) > 0 && len(d.Scope.Verbs) == 0 {
		// Whoever acts by delegation names the verbs that they hand on of their own: "everything" would be
		// wider than each of the delegations they hold.
		return fault.New(fault.Conflict, "powers.delegation.wider", "number", received[0].LegalAct)
	}
	return d.checkOwn(tx)
}

// handedOn finds the received delegation that the new one hands on, when only one can be meant.
func (d *NewDelegation) handedOn(received []Delegation) id.ID {
	for _, r := range received {
		if d.Scope.Within(r.Scope) && d.Period.Within(r.Period) {
			return r.ID
		}
	}
	return ""
}

func (d *NewDelegation) checkSource(received []Delegation) error {
	i := slices.IndexFunc(received, func(r Delegation) bool { return r.ID == d.Source })
	if i < 0 {
		return fault.New(fault.NotFound, "powers.delegation.source_unknown")
	}
	if r := received[i]; !d.Scope.Within(r.Scope) || !d.Period.Within(r.Period) {
		return fault.New(fault.Conflict, "powers.delegation.wider", "number", r.LegalAct)
	}
	return nil
}

// checkOwn refuses to delegate what no rule of the profile in force on the first day could give the post.
// Without a profile nothing can be compared: each use is judged by the profile of its own day anyway.
func (d *NewDelegation) checkOwn(tx *act.Tx) error {
	profile, err := profileOn(tx, Moment{d.Period.From, tx.Now()})
	if err != nil || profile == nil {
		return err
	}
	s, err := seatOf(tx, d.Giver, Moment{d.Period.From, tx.Now()})
	if err != nil {
		return err
	}
	if !profile.mayOwn(s, d.Scope) {
		return fault.New(fault.Conflict, "powers.delegation.wider", "number", "")
	}
	return nil
}

// acyclic refuses a delegation whose giver received, directly or not, a power from its receiver.
func acyclic(tx *act.Tx, giver, receiver id.ID, p calendar.Period, depth int) error {
	if giver == receiver || depth > deepest {
		return fault.New(fault.Conflict, "powers.delegation.cycle")
	}
	received, err := delegationsTo(tx, giver)
	if err != nil {
		return err
	}
	for _, r := range received {
		if days := r.Period.Intersect(p); !days.Empty() {
			if err := acyclic(tx, r.Giver, receiver, days, depth+1); err != nil {
				return err
			}
		}
	}
	return nil
}

// sign notes the two people whom a delegation of signature names.
func (d *Delegation) sign(tx *act.Tx) error {
	if d.Nature != OfSignature {
		return nil
	}
	for _, side := range []struct {
		post   id.ID
		holder *id.ID
	}{{d.Giver, &d.FromHolder}, {d.Receiver, &d.ToHolder}} {
		held, err := holdersOf(tx, side.post)
		if err != nil {
			return err
		}
		for _, h := range held {
			if h.Period.Contains(d.Period.From) && (*side.holder == "" || !h.Interim) {
				*side.holder = h.ID
			}
		}
		if *side.holder == "" {
			return fault.New(fault.Conflict, "powers.delegation.vacant")
		}
	}
	return nil
}
