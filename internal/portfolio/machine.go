package portfolio

import (
	"fmt"
	"slices"
	"strings"

	"parvis/internal/fault"
)

// Machine is the table of the states that a thing goes through. There is no other way.
type Machine struct {
	Name  string // of the thing: initiative, part, arbitration, action
	Start string
	Moves []Move
}

// Move is one line of the table.
type Move struct {
	From, Event, To string
	Needs           string // what the move asks for, "" for nothing
}

// Next is the state that event leads to from state. Faults: Conflict portfolio.<name>.state.
func (m Machine) Next(state, event string) (string, error) {
	for _, mv := range m.Moves {
		if mv.From == state && mv.Event == event {
			return mv.To, nil
		}
	}
	return "", fault.New(fault.Conflict, "portfolio."+m.Name+".state", "state", state, "event", event)
}

// Leads tells whether some event leads from a state to another.
func (m Machine) Leads(from, to string) bool {
	return slices.ContainsFunc(m.Moves, func(mv Move) bool { return mv.From == from && mv.To == to })
}

// Events lists what can happen in a state, in the order of the table.
func (m Machine) Events(state string) []string {
	var out []string
	for _, mv := range m.Moves {
		if mv.From == state {
			out = append(out, mv.Event)
		}
	}
	return out
}

// States lists every state once, in the order of the table.
func (m Machine) States() []string {
	seen, out := map[string]bool{}, []string{}
	add := func(s string) {
		if !seen[s] {
			seen[s], out = true, append(out, s)
		}
	}
	add(m.Start)
	for _, mv := range m.Moves {
		add(mv.From)
		add(mv.To)
	}
	return out
}

// Mermaid draws the table as a state diagram.
func (m Machine) Mermaid() string {
	var b strings.Builder
	fmt.Fprintf(&b, "stateDiagram-v2\n    [*] --> %s\n", m.Start)
	leaves := map[string]bool{}
	for _, mv := range m.Moves {
		leaves[mv.From] = true
		label := mv.Event
		if mv.Needs != "" {
			label += " [" + mv.Needs + "]"
		}
		fmt.Fprintf(&b, "    %s --> %s: %s\n", mv.From, mv.To, label)
	}
	for _, s := range m.States() {
		if !leaves[s] {
			fmt.Fprintf(&b, "    %s --> [*]\n", s)
		}
	}
	return b.String()
}

// Machines are the state machines of the room.
func Machines() []Machine {
	return []Machine{stages(), partStates(), arbitrationStates(), actionStates()}
}

// StateDiagrams are the machines as Mermaid text by name, for the generated documentation.
func StateDiagrams() map[string]string {
	out := map[string]string{}
	for _, m := range Machines() {
		out[m.Name] = m.Mermaid()
	}
	return out
}
