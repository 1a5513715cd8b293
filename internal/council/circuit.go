package council

import (
	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/id"
	"parvis/internal/portfolio"
)

// CircuitStatus is where a circuit stands.
type CircuitStatus string

// The states of a circuit.
const (
	CircuitOpen      CircuitStatus = "open"
	CircuitAgreed    CircuitStatus = "agreed"
	CircuitReturned  CircuitStatus = "returned" // somebody refused: back to its author
	CircuitWithdrawn CircuitStatus = "withdrawn"
)

func circuitStates() portfolio.Machine {
	return portfolio.Machine{Name: "circuit", Start: string(CircuitOpen), Moves: []portfolio.Move{
		{From: "open", Event: "agree", To: "agreed", Needs: "every step agreed on the edition in force"},
		{From: "open", Event: "refuse", To: "returned", Needs: "a step refused"},
		{From: "open", Event: "renew", To: "open", Needs: "new edition: visas given on the old one are void"},
		{From: "open", Event: "withdraw", To: "withdrawn", Needs: "reason"},
		{From: "returned", Event: "resume", To: "open", Needs: "what is answered to the refusal"},
		{From: "returned", Event: "renew", To: "open", Needs: "new edition"},
		{From: "returned", Event: "withdraw", To: "withdrawn", Needs: "reason"},
		{From: "agreed", Event: "renew", To: "open", Needs: "new edition that is not minor"},
	}}
}

// Circuit is the opinions and visas asked about an item and the paper under it. Its steps are frozen
// when it opens: changing the template changes the next circuits only.
type Circuit struct {
	ID          id.ID
	Version     int64
	Code        string
	Drawing     int // edition of its committee's drawing; 0 when it comes from elsewhere, or that was not kept yet
	NameFR      string
	NameEN      string
	Question    string
	Meeting     id.ID
	Item        id.ID
	Root        id.ID
	Initiative  id.ID
	Arbitration id.ID
	Unit        id.ID
	Thread      id.ID // document; "" when the circuit is about the item alone
	Paper       id.ID // its edition in force
	Edition     int
	Digest      string
	Specs       []StepSpec
	Status      CircuitStatus
	StatusOn    calendar.Day
	Note        string
	OpenedBy    id.ID
	OpenedOn    calendar.Day
	OpenedAct   id.ID
}

// Name is the name in a language.
func (c Circuit) Name(lang string) string { return inLang(lang, c.NameFR, c.NameEN) }

// Ref names the circuit in acts.
func (c Circuit) Ref() act.Ref { return act.Ref{Type: "circuit", ID: c.ID} }

func (c Circuit) row() act.Row { return act.Row{Table: "council_circuit", ID: c.ID} }

func inLang(lang, fr, en string) string {
	if lang == "en" && en != "" {
		return en
	}
	return fr
}

// StepStatus is where a step stands.
type StepStatus string

// The states of a step. Stuck is a step that nobody can answer: the role has no post, or fewer posts
// than the step needs. It is shown as an alarm and is never taken for an agreement.
const (
	StepWaiting  StepStatus = "waiting"
	StepOpen     StepStatus = "open"
	StepStuck    StepStatus = "stuck"
	StepAgreed   StepStatus = "agreed"
	StepReserved StepStatus = "reserved"
	StepRefused  StepStatus = "refused"
)

func stepStates() portfolio.Machine {
	return portfolio.Machine{Name: "step", Start: string(StepWaiting), Moves: []portfolio.Move{
		{From: "waiting", Event: "open", To: "open", Needs: "steps before it agreed, posts found"},
		{From: "waiting", Event: "stick", To: "stuck", Needs: "too few posts bear the role"},
		{From: "waiting", Event: "pass", To: "agreed", Needs: "it only informs, or asks a role if any post bears it"},
		{From: "stuck", Event: "open", To: "open", Needs: "posts found since"},
		{From: "open", Event: "agree", To: "agreed", Needs: "as many as needed, without reserves"},
		{From: "open", Event: "reserve", To: "reserved", Needs: "as many as needed, with reserves"},
		{From: "open", Event: "refuse", To: "refused", Needs: "too few can still agree"},
		{From: "open", Event: "reset", To: "waiting", Needs: "new edition, or refused elsewhere"},
		{From: "stuck", Event: "reset", To: "waiting", Needs: "new edition"},
		{From: "agreed", Event: "reset", To: "waiting", Needs: "new edition"},
		{From: "reserved", Event: "reset", To: "waiting", Needs: "new edition"},
		{From: "refused", Event: "reset", To: "waiting", Needs: "new edition, or answered"},
	}}
}

// Step is one step of a circuit.
type Step struct {
	ID        id.ID
	Version   int64
	Circuit   id.ID
	No        int // from 1
	Rank      int // steps of one rank run together
	Round     int
	Status    StepStatus
	OpenedOn  calendar.Day
	SettledOn calendar.Day
}

// Settled tells whether the step let the circuit go on.
func (s Step) Settled() bool { return s.Status == StepAgreed || s.Status == StepReserved }

func (s Step) row() act.Row { return act.Row{Table: "council_step", ID: s.ID} }

// VisaStatus is where what is asked of one post stands.
type VisaStatus string

// The states of a visa or an opinion. An opinion that is favourable is "agreed", one with reserves
// "reserved", an unfavourable one "refused".
const (
	VisaAsked        VisaStatus = "asked"
	VisaVacant       VisaStatus = "vacant" // nobody holds the seat: an alarm, no clock runs
	VisaAgreed       VisaStatus = "agreed"
	VisaReserved     VisaStatus = "reserved"
	VisaRefused      VisaStatus = "refused"
	VisaAbstained    VisaStatus = "abstained" // gives no opinion
	VisaTacitAgreed  VisaStatus = "tacit_agreed"
	VisaTacitRefused VisaStatus = "tacit_refused"
	VisaRaised       VisaStatus = "raised"  // went up to the superior
	VisaVoid         VisaStatus = "void"    // given or asked on an edition that is no longer in force
	VisaDropped      VisaStatus = "dropped" // no longer needed
)

func visaStates() portfolio.Machine {
	var moves []portfolio.Move
	for _, from := range []string{"asked", "vacant"} { // who has the signature of a post answers while its seat is empty
		moves = append(moves,
			portfolio.Move{From: from, Event: "agree", To: "agreed", Needs: "the post, or who has its signature; edition in force"},
			portfolio.Move{From: from, Event: "reserve", To: "reserved", Needs: "reserves"},
			portfolio.Move{From: from, Event: "refuse", To: "refused", Needs: "reason"},
			portfolio.Move{From: from, Event: "abstain", To: "abstained", Needs: "an opinion, not a visa"})
	}
	moves = append(moves, []portfolio.Move{
		{From: "asked", Event: "lapse_agree", To: "tacit_agreed", Needs: "deadline passed, seat held"},
		{From: "asked", Event: "lapse_refuse", To: "tacit_refused", Needs: "deadline passed, seat held"},
		{From: "asked", Event: "raise", To: "raised", Needs: "deadline passed or recused, a superior"},
		{From: "asked", Event: "empty", To: "vacant", Needs: "nobody holds the seat"},
		{From: "vacant", Event: "fill", To: "asked", Needs: "somebody holds the seat; the delay begins"},
		{From: "vacant", Event: "raise", To: "raised", Needs: "recused, a superior"},
	}...)
	for _, from := range []string{"asked", "vacant", "agreed", "reserved", "refused", "abstained", "tacit_agreed", "tacit_refused", "raised"} {
		moves = append(moves, portfolio.Move{From: from, Event: "void", To: "void", Needs: "new edition, or refused"})
	}
	return portfolio.Machine{Name: "visa", Start: string(VisaAsked), Moves: append(moves,
		portfolio.Move{From: "asked", Event: "drop", To: "dropped", Needs: "the step was settled without it"},
		portfolio.Move{From: "vacant", Event: "drop", To: "dropped", Needs: "the step was settled without it"})}
}

// Visa is what one post is asked in one round of a step, and what it answered.
type Visa struct {
	ID         id.ID
	Version    int64
	Circuit    id.ID
	Step       id.ID
	Round      int
	Post       id.ID
	RaisedFrom id.ID
	Status     VisaStatus
	Text       string
	AnsweredBy id.ID // the post itself, or one that received its signature
	Holder     id.ID
	AnsweredOn calendar.Day
	Edition    int
	Digest     string
	AskedOn    calendar.Day
	Due        calendar.Day
}

// Ref names the visa in acts.
func (v Visa) Ref() act.Ref { return act.Ref{Type: "visa", ID: v.ID} }

func (v Visa) row() act.Row { return act.Row{Table: "council_visa", ID: v.ID} }

// Waits tells whether something is still expected of the post.
func (v Visa) Waits() bool { return v.Status == VisaAsked || v.Status == VisaVacant }

// Favourable tells whether the step may count on it.
func (v Visa) Favourable() bool {
	return v.Status == VisaAgreed || v.Status == VisaReserved || v.Status == VisaTacitAgreed
}

// Given tells whether it was answered, by the post or by the clock.
func (v Visa) Given() bool {
	switch v.Status {
	case VisaRefused, VisaAbstained, VisaTacitRefused:
		return true
	}
	return v.Favourable()
}

// Late tells whether the deadline has passed without an answer.
func (v Visa) Late(today calendar.Day) bool { return v.Waits() && v.Due.Before(today) }

// Age counts the days since it was asked.
func (v Visa) Age(today calendar.Day) int { return max(0, v.AskedOn.DaysUntil(today)) }
