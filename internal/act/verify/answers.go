package verify

import (
	"parvis/internal/act"
)

// gaps names which of the six questions a decision leaves open. Other acts may leave some.
func gaps(p act.Payload) []string {
	if p.Force != act.Decided {
		return nil
	}
	var open []string
	for _, q := range []struct {
		name     string
		answered bool
	}{
		{"who", p.Who.Post != "" || p.Who.Kind == act.System},
		{"what", !p.What.Zero()},
		{"for", p.For != nil && len(p.For.Segments)+len(p.For.Units)+len(p.For.Territory) > 0},
		{"why", p.Why != nil && named(p.Texts, "motive")},
		{"when", p.When.Effective != ""},
		{"how", p.How.Procedure != ""},
	} {
		if !q.answered {
			open = append(open, q.name)
		}
	}
	return open
}

func named(texts []act.Held, name string) bool {
	for _, t := range texts {
		if t.Name == name {
			return true
		}
	}
	return false
}

// chainHolds tells whether every reason of the chain of power names something, and whether a decision
// rests on a power or says that none was established.
func chainHolds(p act.Payload) bool {
	c := p.How.Chain
	for _, l := range append(append([]act.Link(nil), c.Steps...), c.Missing...) {
		if l.Kind == "" || (l.ID == "" && l.Ref == "") {
			return false
		}
	}
	return p.Force != act.Decided || c.Role != "" || c.Lacking
}
