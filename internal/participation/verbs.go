package participation

import "parvis/internal/act"

// The articles on which the defaults rest.
const (
	preparatory = "CRPA L311-2"   // not communicable before the decision
	published   = "CRPA L312-1-1" // published once decided
)

// Verbs are the acts of the room. Freezing is public at once: rules that nobody could see before the
// count prove nothing.
func Verbs() []act.Verb {
	verb := func(f act.Force, v act.Visibility, name, basis string) act.Verb {
		return act.Verb{Name: "participation." + name, Force: f, Default: v, Basis: basis}
	}
	return []act.Verb{
		verb(act.Did, act.Internal, "election.import", preparatory),
		verb(act.Did, act.Public, "rules.freeze", published),
		verb(act.Did, act.Internal, "result.count", preparatory),
		verb(act.Published, act.Public, "result.publish", published),
		verb(act.Published, act.Public, "election.withdraw", published),
		verb(act.Did, act.Public, "project.link", published),
	}
}
