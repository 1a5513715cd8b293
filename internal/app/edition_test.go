package app

import "testing"

// The journal says by which edition of a circuit opinions and visas were asked for.
func TestTheJournalNamesTheEditionOfACircuit(t *testing.T) {
	t.Parallel()
	p := newPlay(t)
	p.words["opened"] = func(string) string {
		return one[string](p.town, `SELECT a.id FROM act a JOIN council_circuit c ON c.id = a.object_id WHERE a.verb = 'council.circuit.open' AND c.drawing > 0 ORDER BY a.id LIMIT 1`)
	}
	p.tell([]step{
		{"in French", mission, "/fr/journal/actes/{opened}", "", 200, "", "selon l’édition 1 du circuit"},
		{"in English", mission, "/en/public-log/acts/{opened}", "", 200, "", "by edition 1 of the circuit"},
	})
}
