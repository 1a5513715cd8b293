package portfolio

import (
	"slices"

	"parvis/internal/act"
)

// The articles on which the defaults rest.
const (
	preparatory = "CRPA L311-2"          // not communicable before the decision
	published   = "CRPA L312-1-1"        // published once decided
	onePerson   = "CRPA L311-5 à L311-8" // somebody must look at it first
)

// Verbs are the acts of the portfolio. What changes a public initiative is public unless the row
// says otherwise: its use case asks for that; the default here holds for the internal ones.
func Verbs() []act.Verb {
	return slices.Concat(initiativeVerbs(), partVerbs(), dossierVerbs(), boardVerbs(), arbitrationVerbs(), importVerbs())
}

func did(name, basis string) act.Verb { return verb(act.Did, act.Internal, name, basis) }

func verb(f act.Force, v act.Visibility, name, basis string) act.Verb {
	return act.Verb{Name: "portfolio." + name, Force: f, Default: v, Basis: basis}
}

func initiativeVerbs() []act.Verb {
	return []act.Verb{
		did("initiative.signal", preparatory),
		did("initiative.revise", preparatory),
		did("initiative.advance", preparatory),
		verb(act.Decided, act.Internal, "initiative.skip", published),
		did("initiative.suspend", preparatory),
		did("initiative.resume", preparatory),
		did("initiative.mature", preparatory),
		did("initiative.learn", preparatory),
		verb(act.Published, act.Public, "initiative.publish", published),
		verb(act.Published, act.Public, "initiative.withdraw", published),
		did("sponsor.add", preparatory),
		did("sponsor.end", preparatory),
		did("owner.add", preparatory),
		did("owner.end", preparatory),
	}
}

func partVerbs() []act.Verb {
	return []act.Verb{
		did("part.offer", preparatory),
		did("part.amend", preparatory),
		did("part.accept", preparatory),
		did("part.counter", preparatory),
		did("part.decline", preparatory),
		did("part.agree", preparatory),
		did("part.withdraw", preparatory),
		did("part.end", preparatory),
	}
}

func dossierVerbs() []act.Verb {
	return []act.Verb{
		did("milestone.set", preparatory),
		did("budget.import", preparatory),
		did("question.open", preparatory),
		did("question.answer", preparatory),
		verb(act.Published, act.Public, "question.publish", published),
		did("note.write", preparatory),
		did("paper.attach", preparatory),
		did("paper.remove", preparatory),
		verb(act.Published, act.Public, "paper.publish", onePerson),
		did("objective.set", published),
	}
}

func boardVerbs() []act.Verb {
	return []act.Verb{
		did("board.save", preparatory),
		did("board.close", preparatory),
		did("snapshot.take", preparatory),
	}
}

func arbitrationVerbs() []act.Verb {
	return []act.Verb{
		did("arbitration.ask", preparatory),
		verb(act.Decided, act.Internal, "arbitration.decide", published),
		did("arbitration.postpone", preparatory),
		verb(act.Opined, act.Internal, "arbitration.opine", preparatory),
		did("arbitration.return", preparatory),
		did("arbitration.reply", preparatory),
		did("arbitration.withdraw", preparatory),
		did("arbitration.mature", preparatory),
		did("arbitration.learn", preparatory),
		verb(act.Published, act.Public, "arbitration.publish", published),
		did("action.create", preparatory),
		did("action.finish", preparatory),
		did("action.reassign", preparatory),
		did("action.drop", preparatory),
		did("action.reopen", preparatory),
	}
}

func importVerbs() []act.Verb {
	return []act.Verb{
		did("import.projects", preparatory),
		verb(act.Did, act.Public, "import.laureates", published),
	}
}
