package portfolio_test

import (
	"strings"
	"testing"

	"parvis/internal/portfolio"
)

// Each table is closed: every state but the last ones has a way out, no move is written twice, and the
// diagram draws each move.
func TestTheTablesOfStatesAreClosed(t *testing.T) {
	for _, m := range portfolio.Machines() {
		seen := map[[2]string]bool{}
		reached := map[string]bool{m.Start: true}
		for _, mv := range m.Moves {
			if seen[[2]string{mv.From, mv.Event}] {
				t.Errorf("%s: %s from %s is written twice", m.Name, mv.Event, mv.From)
			}
			seen[[2]string{mv.From, mv.Event}], reached[mv.To] = true, true
			if line := "    " + mv.From + " --> " + mv.To + ": " + mv.Event; !strings.Contains(portfolio.StateDiagrams()[m.Name], line) {
				t.Errorf("%s: the diagram lacks %q", m.Name, line)
			}
			if got, err := m.Next(mv.From, mv.Event); err != nil || got != mv.To {
				t.Errorf("%s: %s from %s leads to %q, %v", m.Name, mv.Event, mv.From, got, err)
			}
		}
		for _, s := range m.States() {
			if !reached[s] && s != "reported" { // reported is what an import brings
				t.Errorf("%s: nothing leads to %s", m.Name, s)
			}
			if _, err := m.Next(s, "no such event"); keyOf(err) != "portfolio."+m.Name+".state" {
				t.Errorf("%s: an unknown event gives %v", m.Name, err)
			}
		}
	}
}

// Silence is never consent: no table holds a move that a clock could make, and only the unit's own
// events lead to accepted.
func TestOnlyAnAnswerLeadsToAccepted(t *testing.T) {
	for _, m := range portfolio.Machines() {
		for _, mv := range m.Moves {
			if mv.To == "accepted" && mv.Event != "accept" && mv.Event != "agree" {
				t.Errorf("%s leads to accepted", mv.Event)
			}
		}
	}
}
