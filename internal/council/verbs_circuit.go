package council

import "parvis/internal/act"

// circuitVerbs are the acts of circuits. What is said in them prepares a decision: it is internal, and
// stays so.
func circuitVerbs() []act.Verb {
	return []act.Verb{
		did("template.draw", preparatory),
		did("template.publish", preparatory),
		did("template.drop", preparatory),
		did("template.close", preparatory),
		did("circuit.open", preparatory),
		did("circuit.renew", preparatory),
		did("circuit.resume", preparatory),
		did("circuit.withdraw", preparatory),
		did("circuit.lapse", preparatory),
		verb(act.Visaed, act.Internal, "visa.give", preparatory),
		verb(act.Visaed, act.Internal, "visa.refuse", preparatory),
		verb(act.Opined, act.Internal, "opinion.give", preparatory),
	}
}

// formalVerbs are the acts about formal acts. Parvis says what others did: it neither signs nor transmits.
func formalVerbs() []act.Verb {
	return []act.Verb{
		did("formal.prepare", preparatory),
		did("formal.revise", preparatory),
		did("formal.send", preparatory),
		did("formal.return", published),
		did("formal.withdraw", preparatory),
		did("formal.mask", onePerson),
		did("formal.appeal", preparatory),
		verb(act.Published, act.Public, "formal.publish", onePerson),
		verb(act.Did, act.Public, "quiet.set", quietBasis),
		verb(act.Did, act.Public, "quiet.end", quietBasis),
	}
}

const quietBasis = "Code électoral L52-1"
