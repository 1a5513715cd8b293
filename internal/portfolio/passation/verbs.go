package passation

import "parvis/internal/act"

const (
	preparatory = "CRPA L311-2"
	personal    = "CRPA L311-6" // about a named person: for the city's own use
	consented   = "CRPA L312-1" // published because its author wants it
)

// Verbs are the acts of handovers.
func Verbs() []act.Verb {
	return []act.Verb{
		verb(act.Did, act.Internal, "open", preparatory),
		verb(act.Did, act.Internal, "refresh", preparatory),
		verb(act.Did, act.Internal, "move", preparatory),
		verb(act.Did, act.Internal, "interim", preparatory),
		verb(act.Did, act.Internal, "describe", preparatory),
		verb(act.Signed, act.Internal, "hand", preparatory),
		verb(act.Signed, act.Internal, "take", preparatory),
		verb(act.Did, act.Internal, "release", preparatory),
		verb(act.Did, act.Internal, "drop", preparatory),
		verb(act.Did, act.Internal, "story.write", personal),
		verb(act.Published, act.Public, "story.publish", consented),
		verb(act.Published, act.Public, "story.withdraw", consented),
	}
}

func verb(f act.Force, v act.Visibility, name, basis string) act.Verb {
	return act.Verb{Name: "passation." + name, Force: f, Default: v, Basis: basis}
}
