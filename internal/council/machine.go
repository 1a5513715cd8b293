package council

import (
	"parvis/internal/fault"
	"parvis/internal/i18n"
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
		return state, wrongState(m.Name, string(state))
	}
	return S(to), nil
}

// wrongState says that a thing stands where what was asked cannot be done, and where that is.
func wrongState(thing, state string) error {
	words := map[string]string{"meeting": "councilweb.status.", "item": "councilweb.item.status."}[thing]
	if words == "" {
		return fault.New(fault.Conflict, "council."+thing+".state")
	}
	return fault.New(fault.Conflict, "council."+thing+".state", "state", i18n.Key(words+state))
}
