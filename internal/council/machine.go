package council

import (
	"parvis/internal/fault"
	"parvis/internal/portfolio"
)

// Machines are the state machines of the room's core; circuits bring their own.
func Machines() []portfolio.Machine {
	return []portfolio.Machine{meetingStates(), itemStates(), ballotStates(), interestStates(), minutesStates(),
		templateStates(), circuitStates(), stepStates(), visaStates(), formalStates()}
}

// StateDiagrams are the machines as Mermaid text by name, for the generated documentation.
func StateDiagrams() map[string]string {
	out := map[string]string{}
	for _, m := range Machines() {
		out[m.Name] = m.Mermaid()
	}
	return out
}

// next is the state that event leads to. Faults: Conflict council.<name>.state.
func next[S ~string](m portfolio.Machine, state S, event string) (S, error) {
	to, err := m.Next(string(state), event)
	if err != nil {
		return state, fault.New(fault.Conflict, "council."+m.Name+".state", "state", string(state), "event", event)
	}
	return S(to), nil
}
