package council

import (
	"slices"

	"parvis/internal/act"
)

// The articles on which the defaults rest.
const (
	preparatory = "CRPA L311-2"          // not communicable before the decision
	published   = "CRPA L312-1-1"        // published once decided
	private     = "CRPA L311-6"          // the private life of members
	onePerson   = "CRPA L311-5 à L311-8" // somebody must look at it first
)

// Verbs are the acts of the room.
func Verbs() []act.Verb {
	return slices.Concat(committeeVerbs(), meetingVerbs(), sittingVerbs(), minutesVerbs(), circuitVerbs(), formalVerbs())
}

func did(name, basis string) act.Verb { return verb(act.Did, act.Internal, name, basis) }

func verb(f act.Force, v act.Visibility, name, basis string) act.Verb {
	return act.Verb{Name: "council." + name, Force: f, Default: v, Basis: basis}
}

func committeeVerbs() []act.Verb {
	return []act.Verb{
		did("committee.found", preparatory),
		did("committee.revise", preparatory),
		did("committee.close", preparatory),
		did("committee.add_deadline", preparatory),
		did("committee.revise_deadline", preparatory),
		did("committee.end_deadline", preparatory),
		did("member.seat", preparatory),
		did("member.end", preparatory),
	}
}

func meetingVerbs() []act.Verb {
	return []act.Verb{
		did("meeting.prepare", preparatory),
		did("meeting.revise", preparatory),
		did("meeting.convene", preparatory),
		did("meeting.cancel", preparatory),
		did("meeting.lapse", preparatory),
		did("meeting.call", preparatory),
		did("meeting.meet_deadline", preparatory),
		did("meeting.reopen_deadline", preparatory),
		did("item.add", preparatory),
		did("item.revise", preparatory),
		did("item.order", preparatory),
		did("item.withdraw", preparatory),
		did("item.postpone", preparatory),
		did("paper.add", preparatory),
		did("paper.withdraw", preparatory),
		verb(act.Published, act.Public, "paper.publish", onePerson),
		did("attendance.say", preparatory),
	}
}

func sittingVerbs() []act.Verb {
	return []act.Verb{
		did("meeting.open", preparatory),
		did("meeting.suspend", preparatory),
		did("meeting.resume", preparatory),
		did("meeting.close", preparatory),
		did("presence.arrive", preparatory),
		did("presence.leave", preparatory),
		did("interest.declare", private),
		verb(act.Recused, act.Internal, "interest.recuse", private),
		did("interest.clear", private),
		did("item.preside", preparatory),
		verb(act.Opined, act.Internal, "interest.advise", private),
		did("item.debate", preparatory),
		did("item.note", preparatory),
		did("ballot.open", preparatory),
		did("ballot.cast", preparatory),
		did("ballot.close", preparatory),
		did("ballot.cancel", preparatory),
		verb(act.Decided, act.Internal, "decision.adopt", published),
		verb(act.Decided, act.Internal, "decision.reject", published),
		verb(act.Opined, act.Internal, "decision.advise", preparatory),
		verb(act.Published, act.Public, "decision.publish", onePerson),
	}
}

func minutesVerbs() []act.Verb {
	return []act.Verb{
		did("minutes.draft", preparatory),
		did("minutes.edit", preparatory),
		did("minutes.approve", preparatory),
		did("minutes.signed", "CGCT L2121-15"),
		did("minutes.mask", onePerson),
		verb(act.Published, act.Public, "minutes.publish", onePerson),
		verb(act.Published, act.Public, "meeting.list", "CGCT L2121-25"),
	}
}
