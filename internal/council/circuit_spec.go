package council

import (
	"fmt"
	"slices"
	"strings"

	"parvis/internal/calendar"
	"parvis/internal/fault"
)

// StepKind is what a step asks for.
type StepKind string

// The kinds of steps.
const (
	VisaStep    StepKind = "visa"    // agreement needed
	OpinionStep StepKind = "opinion" // a view; it binds when it is authoritative
	InfoStep    StepKind = "info"    // told, nothing is expected
)

// StepKinds lists the kinds in the order of forms.
func StepKinds() []StepKind { return []StepKind{VisaStep, OpinionStep, InfoStep} }

// Silence is what it means when the deadline passes without an answer.
type Silence string

// The meanings of silence.
const (
	SilenceNothing Silence = "none"   // the circuit waits, and is shown as late
	SilenceAgrees  Silence = "agree"  // never when the seat is empty
	SilenceRefuses Silence = "refuse" // sends back
	SilenceRises   Silence = "up"     // the superior is asked
)

// Silences lists the meanings in the order of forms.
func Silences() []Silence {
	return []Silence{SilenceNothing, SilenceAgrees, SilenceRefuses, SilenceRises}
}

// StepSpec describes a step of a circuit.
type StepSpec struct {
	NameFR        string   `json:"name_fr"`
	NameEN        string   `json:"name_en,omitempty"`
	Kind          StepKind `json:"kind"`
	Roles         []string `json:"roles"`            // whoever bears any of them is asked
	IfAny         bool     `json:"if_any,omitempty"` // passed over when no post bears the role: there is nobody to ask
	With          bool     `json:"with,omitempty"`   // runs together with the step before it
	Need          int      `json:"need,omitempty"`   // how many of those asked must agree; 0: all
	Days          int      `json:"days,omitempty"`   // to answer; 0: no deadline
	Working       bool     `json:"working,omitempty"`
	Silence       Silence  `json:"silence"`
	Minor         bool     `json:"minor,omitempty"`         // an answer stands when a minor change is made
	NoMail        bool     `json:"no_mail,omitempty"`       // the link of a letter only shows: answered once identified
	Authoritative bool     `json:"authoritative,omitempty"` // of an opinion: it must be favourable
	Back          int      `json:"back,omitempty"`          // the step from which a refusal begins again; 0: this one
}

// Name is the name in a language.
func (s StepSpec) Name(lang string) string { return inLang(lang, s.NameFR, s.NameEN) }

// Binds tells whether the circuit stops when the step is not agreed.
func (s StepSpec) Binds() bool {
	return s.Kind == VisaStep || s.Kind == OpinionStep && s.Authoritative
}

// Consults tells whether the step asks for a view that binds nobody.
func (s StepSpec) Consults() bool { return s.Kind == OpinionStep && !s.Authoritative }

// due is the last day to answer what is asked on a day; "" without deadline.
func (s StepSpec) due(region calendar.Region, asked calendar.Day) calendar.Day {
	switch {
	case s.Days == 0 || s.Kind == InfoStep:
		return ""
	case s.Working:
		return region.AddWorkingDays(asked, s.Days)
	}
	return asked.AddDays(s.Days)
}

// CircuitTemplate is a circuit ready to be opened, from the governance profile or from a committee.
type CircuitTemplate struct {
	Code    string
	Edition int // of the committee's drawing, from 1; 0 in the profile
	NameFR  string
	NameEN  string
	Steps   []StepSpec
}

// Name is the name in a language.
func (t CircuitTemplate) Name(lang string) string { return inLang(lang, t.NameFR, t.NameEN) }

// MaxSteps bounds the steps of a circuit: what a form can hold, and more than any paper ever needed.
const MaxSteps = 15

const (
	maxRoles = 10
	maxDays  = 366
)

// check tells what keeps a template from being run.
func (t CircuitTemplate) check(err *fault.Error) {
	required(err, "name_fr", t.NameFR, maxTitle)
	limited(err, "name_en", t.NameEN, maxTitle)
	switch {
	case len(t.Steps) == 0:
		err.At("steps", "council.circuit.empty")
	case len(t.Steps) > MaxSteps:
		err.At("steps", "council.between", "min", 1, "max", MaxSteps)
	}
	for i, s := range t.Steps {
		s.check(err, i)
	}
}

// stepField names a field of a step in a form: days3 is the deadline of the third.
func stepField(name string, i int) string { return fmt.Sprintf("%s%d", name, i+1) }

func (s StepSpec) check(err *fault.Error, i int) {
	at := func(name string) string { return stepField(name, i) }
	required(err, at("name"), s.NameFR, maxTitle)
	limited(err, at("name_en"), s.NameEN, maxTitle)
	oneOf(err, at("kind"), s.Kind, StepKinds())
	oneOf(err, at("silence"), s.Silence, Silences())
	within(err, at("need"), s.Need, 0, 1000)
	within(err, at("back"), s.Back, 0, i+1)
	if len(s.Roles) == 0 || len(s.Roles) > maxRoles || slices.ContainsFunc(s.Roles, func(r string) bool { return strings.TrimSpace(r) == "" }) {
		err.At(at("roles"), "council.circuit.roles")
	}
	switch {
	case s.Days < 0 || s.Days > maxDays:
		err.At(at("days"), "council.circuit.days_between", "max", maxDays)
	case s.Silence != SilenceNothing && s.Days == 0 && s.Kind != InfoStep:
		err.At(at("days"), "council.circuit.silence_needs_days")
	}
}

// ranks gives each step its rank: steps marked With run together with the one before.
func ranks(specs []StepSpec) []int {
	out, rank := make([]int, len(specs)), 0
	for i, s := range specs {
		if i == 0 || !s.With {
			rank++
		}
		out[i] = rank
	}
	return out
}
