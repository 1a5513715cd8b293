package act

import (
	"fmt"
	"maps"
	"slices"
)

// Verb is one kind of act, declared by its room in verbs.go.
type Verb struct {
	Name    string     // room.object.action, also the key of its sentence in the catalogues
	Force   Force      // what it does in the life of the institution
	Default Visibility // what it is when its author says nothing
	Basis   string     // the article on which the default rests
}

// Verbs is the closed table of what can be recorded.
type Verbs map[string]Verb

// own are the verbs of the log itself.
var own = []Verb{
	{Name: "act.text.erase", Force: Did, Default: Public, Basis: "RGPD art. 17"},
	{Name: "act.city.found", Force: Decided, Default: Public, Basis: "CRPA L312-1-1"},
}

// NewVerbs gathers the verbs of every room; a name declared twice is a defect of the program.
func NewVerbs(rooms ...[]Verb) (Verbs, error) {
	all := Verbs{}
	for _, room := range append([][]Verb{own}, rooms...) {
		for _, v := range room {
			if _, twice := all[v.Name]; twice {
				return nil, fmt.Errorf("act: verb %s is declared twice", v.Name)
			}
			all[v.Name] = v
		}
	}
	return all, nil
}

// Sorted lists the verbs by name: the table of defaults that the site publishes.
func (v Verbs) Sorted() []Verb {
	names := slices.Sorted(maps.Keys(v))
	out := make([]Verb, len(names))
	for i, n := range names {
		out[i] = v[n]
	}
	return out
}
