package portfolio

import (
	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/id"
)

// PartRole is what a unit does in an initiative.
type PartRole string

// The roles.
const (
	Lead       PartRole = "lead"
	CoLead     PartRole = "co_lead"
	Contribute PartRole = "contribute"
	Consult    PartRole = "consult"
	Inform     PartRole = "inform"
	Validate   PartRole = "validate"
	Fund       PartRole = "fund"
	HostPlace  PartRole = "host"
	Operate    PartRole = "operate"
)

// PartRoles lists them in the order of forms.
func PartRoles() []PartRole {
	return []PartRole{Lead, CoLead, Contribute, Consult, Inform, Validate, Fund, HostPlace, Operate}
}

// Valid tells whether r is one of the roles.
func (r PartRole) Valid() bool {
	for _, other := range PartRoles() {
		if r == other {
			return true
		}
	}
	return false
}

// PartStatus is where a part stands.
type PartStatus string

// The states of a part. Reported is what an imported source says: it is not the unit's own word.
const (
	Proposed      PartStatus = "proposed"
	Accepted      PartStatus = "accepted"
	Countered     PartStatus = "countered"
	Declined      PartStatus = "declined"
	Ended         PartStatus = "ended"
	PartWithdrawn PartStatus = "withdrawn"
	Reported      PartStatus = "reported"
)

// partStates: nothing leads to accepted without the unit's own act (I4), and no clock is in the table.
func partStates() Machine {
	return Machine{Name: "part", Start: string(Proposed), Moves: []Move{
		{"proposed", "accept", "accepted", "act of the unit"},
		{"proposed", "counter", "countered", "act of the unit, terms"},
		{"proposed", "decline", "declined", "act of the unit, reason"},
		{"proposed", "amend", "proposed", "new terms"},
		{"proposed", "withdraw", "withdrawn", "reason"},
		{"countered", "agree", "accepted", "the unit's terms as they stand"},
		{"countered", "amend", "proposed", "new terms"},
		{"countered", "withdraw", "withdrawn", "reason"},
		{"reported", "accept", "accepted", "act of the unit"},
		{"reported", "counter", "countered", "act of the unit, terms"},
		{"reported", "decline", "declined", "act of the unit, reason"},
		{"reported", "end", "ended", "reason"},
		{"accepted", "end", "ended", "reason"},
	}}
}

// Consent is the act of the unit itself that agreed to the terms: its acceptance, or its counter offer
// that was taken as it stood. The act is found by its verb and by the part, its object.
type Consent string

// The ways to consent.
const (
	NoConsent Consent = ""
	ByAccept  Consent = "accept"
	ByCounter Consent = "counter"
)

// Part is what a unit or an outside actor is asked to do in an initiative, and what it answered.
type Part struct {
	ID         id.ID
	Version    int64
	Initiative id.ID
	Unit       id.ID  // "" for an outside actor that is no unit
	Actor      string // its name
	Sector     Sector // of an outside actor; "" when nobody said
	Role       PartRole
	Effort     string // in words: "deux agents, six mois"
	Status     PartStatus
	Replaces   id.ID // the lead part that this one takes over when accepted
	OfferedBy  id.ID // post
	OfferedOn  calendar.Day
	AnsweredBy id.ID // post
	AnsweredOn calendar.Day
	Counter    string  // the unit's own terms
	Reason     string  // of a refusal, a withdrawal, an end
	Consent    Consent // by which act of its own the unit agreed to these terms (I4)
	calendar.Period
	Source       string // of a reported part
	IntroducedBy id.ID  // the unit that put who is asked in touch; "" for none, or when nobody said
}

// Ref names the part in acts.
func (p Part) Ref() act.Ref { return act.Ref{Type: "part", ID: p.ID} }

// Partner tells whether the unit may be shown as partner (I4).
func (p Part) Partner() bool { return p.Status == Accepted && p.Consent != NoConsent }

// Open tells whether the part still commits somebody: offered, discussed or accepted.
func (p Part) Open() bool {
	switch p.Status {
	case Proposed, Countered, Accepted, Reported:
		return true
	}
	return false
}

// SilentDays counts the days since the offer while the unit has not answered; 0 once it has.
func (p Part) SilentDays(today calendar.Day) int {
	if p.Status != Proposed {
		return 0
	}
	return max(0, p.OfferedOn.DaysUntil(today))
}

func (p Part) row() act.Row { return act.Row{Table: "portfolio_part", ID: p.ID} }
