package council

import (
	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/id"
	"parvis/internal/portfolio"
)

// TemplateStatus is where an edition of a circuit's drawing stands.
type TemplateStatus string

// The states of an edition. A circuit has at most one that is drawn and one that is in force.
const (
	TemplateDrawn    TemplateStatus = "drawn"    // being prepared: nobody is asked by it
	TemplateInForce  TemplateStatus = "in_force" // what is opened from now on
	TemplateReplaced TemplateStatus = "replaced" // by the next edition
	TemplateClosed   TemplateStatus = "closed"   // taken out of use
	TemplateDropped  TemplateStatus = "dropped"  // never published
)

func templateStates() portfolio.Machine {
	return portfolio.Machine{Name: "template", Start: string(TemplateDrawn), Moves: []portfolio.Move{
		{From: "drawn", Event: "draw", To: "drawn", Needs: "steps that somebody can answer"},
		{From: "drawn", Event: "publish", To: "in_force", Needs: "steps that somebody can answer"},
		{From: "drawn", Event: "drop", To: "dropped"},
		{From: "in_force", Event: "replace", To: "replaced", Needs: "the next edition is published"},
		{From: "in_force", Event: "close", To: "closed", Needs: "reason"},
	}}
}

// Binding is which items of a committee may be neither voted on nor decided before the circuit agreed.
type Binding string

// The bindings. A circuit that binds nothing is opened when somebody thinks of it.
const (
	BindsNothing   Binding = ""
	BindsDecisions Binding = "decisions" // items put for decision
	BindsQuestions Binding = "questions" // items that carry a question of the portfolio
	BindsAll       Binding = "all"       // items put for decision or for opinion
)

// Bindings lists the bindings in the order of forms.
func Bindings() []Binding {
	return []Binding{BindsNothing, BindsDecisions, BindsQuestions, BindsAll}
}

// Covers tells whether an item must follow the circuit.
func (b Binding) Covers(i Item) bool {
	switch b {
	case BindsDecisions:
		return i.Nature == ForDecision
	case BindsQuestions:
		return i.Nature != ForInfo && i.Arbitration != ""
	case BindsAll:
		return i.Nature != ForInfo
	}
	return false
}

// Template is an edition of a circuit that a committee drew for its own papers. Editions of a circuit have the same
// code and are numbered from 1; one that was published never changes.
type Template struct {
	ID        id.ID
	Version   int64
	Committee id.ID
	CircuitTemplate
	Status      TemplateStatus
	Binds       Binding
	DrawnBy     id.ID // post
	DrawnOn     calendar.Day
	PublishedOn calendar.Day
	ClosedOn    calendar.Day // replaced, closed or dropped
}

// Ref names the edition in acts.
func (t Template) Ref() act.Ref { return act.Ref{Type: "circuit_template", ID: t.ID} }

func (t Template) row() act.Row { return act.Row{Table: "council_template", ID: t.ID} }
