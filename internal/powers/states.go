package powers

import (
	"strings"

	"parvis/internal/calendar"
	"parvis/internal/fault"
)

// machine is a table of states. It is read by the use cases and prints its own diagram.
type machine struct {
	name, start string
	moves       []move
}

type move struct{ from, event, to, guard string }

// The lives of what is dated here. "time" is the calendar: nobody does anything.
var (
	holding = machine{"holder", "vacant", []move{
		{"vacant", "appoint", "planned", "inside the life of the post, nobody else holds it"},
		{"vacant", "appoint", "held", "inside the life of the post, nobody else holds it"},
		{"planned", "time", "held", ""},
		{"planned", "end", "cancelled", "on or before the first day"},
		{"held", "end", "ended", ""},
		{"held", "time", "ended", "last day reached"},
		{"ended", "end", "cancelled", "recorded by mistake: on or before the first day"},
	}}
	delegating = machine{"delegation", "none", []move{
		{"none", "give", "planned", "never wider than the giver's own, no cycle"},
		{"none", "give", "running", "never wider than the giver's own, no cycle"},
		{"planned", "time", "running", ""},
		{"planned", "revoke", "revoked", "with a number"},
		{"running", "revoke", "revoked", "today at the earliest, with a number"},
		{"running", "time", "lapsed", "last day reached, or a signatory left"},
	}}
	unitLife = machine{"unit", "none", []move{
		{"none", "create", "planned", ""},
		{"none", "create", "living", ""},
		{"planned", "time", "living", ""},
		{"planned", "dissolve", "cancelled", ""},
		{"living", "rename", "living", ""},
		{"living", "move", "living", "one hierarchical parent, no cycle"},
		{"living", "merge", "dissolved", "posts and doors go to the new unit"},
		{"living", "split", "dissolved", "posts go to the new units"},
		{"living", "dissolve", "dissolved", "posts, holders and delegations end"},
	}}
)

// Next is the state after an event. Faults: Conflict powers.state.
func (m machine) Next(state, event string) (string, error) {
	for _, mv := range m.moves {
		if mv.from == state && mv.event == event {
			return mv.to, nil
		}
	}
	return "", fault.New(fault.Conflict, "powers.state", "thing", m.name, "state", state, "event", event)
}

// mermaid draws the table as a Mermaid state diagram.
func (m machine) mermaid() string {
	var b strings.Builder
	b.WriteString("stateDiagram-v2\n    [*] --> " + m.start + "\n")
	for _, mv := range m.moves {
		b.WriteString("    " + mv.from + " --> " + mv.to + ": " + mv.event)
		if mv.guard != "" {
			b.WriteString(" [" + mv.guard + "]")
		}
		b.WriteString("\n")
	}
	return b.String()
}

// StateDiagrams gives the state machines of this package as one Markdown page of Mermaid diagrams.
func StateDiagrams() string {
	var b strings.Builder
	b.WriteString("# States of powers\n\nGenerated from internal/powers/states.go.\n")
	for _, m := range []machine{holding, delegating, unitLife} {
		b.WriteString("\n## " + m.name + "\n\n```mermaid\n" + m.mermaid() + "```\n")
	}
	return b.String()
}

func phase(p calendar.Period, today calendar.Day, before, during, after string) string {
	switch {
	case today < p.From:
		return before
	case p.Contains(today):
		return during
	}
	return after
}

func (h Holder) stateOn(day calendar.Day) string {
	return phase(h.Period, day, "planned", "held", "ended")
}

func (d Delegation) stateOn(day calendar.Day) string {
	after := "lapsed"
	if d.RevokedBy != "" {
		after = "revoked"
	}
	return phase(d.Period, day, "planned", "running", after)
}

func (u Unit) stateOn(day calendar.Day) string {
	return phase(u.Period, day, "planned", "living", "dissolved")
}
