package act

import "parvis/internal/id"

// ActorKind tells people from machines.
type ActorKind string

// The kinds of actors. A system actor names the human act that set it off.
const (
	Resident ActorKind = "resident"
	Agent    ActorKind = "agent" // whoever holds a post: agent, elected member, outside partner
	System   ActorKind = "system"
)

// Actor is on whose behalf a change is made. Names are not part of it.
type Actor struct {
	Kind       ActorKind
	Account    id.ID  // kept beside the act, never in the log
	Post       id.ID  // the post that acts
	Holder     id.ID  // the affectation or term of office through which the post is held
	OnBehalf   id.ID  // post or unit for which the post acts
	Deputising id.ID  // post replaced (suppléance)
	Channel    string // web, mail, import, command
	SetOffBy   id.ID  // System: the human act that set it off
}
