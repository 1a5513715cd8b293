package councilweb

import (
	"strings"
	"testing"

	"parvis/internal/council"
	"parvis/internal/id"
)

// An item is put at the position that the form names; those from which the reader withdrew keep theirs.
func TestAnAgendaInAnotherOrder(t *testing.T) {
	for _, s := range []struct {
		agenda, item string
		to           int
		want         string
	}{
		{"A B C D", "A", 3, "B C A D"}, {"A B C D", "D", 2, "A D B C"}, {"A B C D", "C", 1, "C A B D"}, {"A B C D", "B", 9, "A C D B"}, {"A B C D", "C", 0, "C A B D"},
		{"A x C", "C", 1, "C x A"}, {"A x C", "A", 3, "C x A"}, {"x B C D", "D", 1, "x D B C"}, {"A B x D", "D", 1, "D A x B"}, {"A x y D", "D", 2, "A x y D"},
		{"A x C", "x", 1, "x A C"}, // the room refuses it
	} {
		var v fileView
		for _, name := range strings.Fields(s.agenda) {
			v.Items = append(v.Items, council.ItemFile{Item: council.Item{ID: id.ID(name)}, Withheld: name == strings.ToLower(name)})
		}
		var got []string
		for _, i := range v.ordered(id.ID(s.item), s.to) {
			got = append(got, string(i))
		}
		if strings.Join(got, " ") != s.want {
			t.Errorf("%s with %s at %d: %s, want %s", s.agenda, s.item, s.to, strings.Join(got, " "), s.want)
		}
	}
}
