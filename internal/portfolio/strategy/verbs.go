package strategy

import "parvis/internal/act"

// The articles on which the defaults rest.
const (
	preparatory = "CRPA L311-2"   // not communicable before the decision
	published   = "CRPA L312-1-1" // published once decided
	personal    = "CRPA L311-5 à L311-8"
)

// Verbs are the acts of the strategy. What changes a public thing is public: its use case asks for
// that; the default here holds for the internal ones.
func Verbs() []act.Verb {
	return []act.Verb{
		verb(act.Did, act.Internal, "strategy.write", preparatory),
		verb(act.Decided, act.Internal, "strategy.adopt", published),
		verb(act.Published, act.Public, "strategy.publish", published),
		verb(act.Did, act.Internal, "objective.place", preparatory),
		verb(act.Did, act.Internal, "objective.remove", preparatory),
		verb(act.Did, act.Internal, "paper.attach", preparatory),
		verb(act.Did, act.Internal, "paper.remove", preparatory),
		verb(act.Published, act.Public, "paper.publish", published),
		verb(act.Did, act.Internal, "indicator.set", preparatory),
		verb(act.Published, act.Public, "indicator.publish", published),
		verb(act.Did, act.Internal, "indicator.end", preparatory),
		verb(act.Did, act.Internal, "target.set", preparatory),
		verb(act.Did, act.Internal, "target.drop", preparatory),
		verb(act.Did, act.Internal, "measure.record", preparatory),
		verb(act.Did, act.Internal, "measure.correct", preparatory),
		verb(act.Did, act.Internal, "measure.import", preparatory),
		verb(act.Did, act.Internal, "contribution.claim", preparatory),
		verb(act.Did, act.Internal, "contribution.end", preparatory),
		verb(act.Did, act.Public, "dilemma.name", published),
		verb(act.Decided, act.Public, "position.take", published),
		verb(act.Published, act.Public, "position.publish", published),
		verb(act.Did, act.Internal, "grid.write", preparatory),
		verb(act.Did, act.Internal, "grid.criterion.set", preparatory),
		verb(act.Did, act.Internal, "grid.criterion.remove", preparatory),
		verb(act.Published, act.Public, "grid.publish", published),
		verb(act.Opined, act.Internal, "annotation.write", personal),
		verb(act.Published, act.Public, "annotation.show", personal),
		verb(act.Did, act.Internal, "annotation.refuse", personal),
		verb(act.Did, act.Public, "annotation.answer", published),
		verb(act.Did, act.Internal, "placement.set", preparatory),
	}
}

func verb(f act.Force, v act.Visibility, name, basis string) act.Verb {
	return act.Verb{Name: "strategy." + name, Force: f, Default: v, Basis: basis}
}
