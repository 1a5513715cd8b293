package council

import "parvis/internal/id"

// VisaAskedV1: a post is asked for a visa or an opinion; or asked again, because the paper changed.
type VisaAskedV1 struct {
	Visa    id.ID
	Circuit id.ID
	Post    id.ID
	Version int64
}

// CircuitSettledV1: a circuit is agreed, or somebody refused and it is back with its author.
type CircuitSettledV1 struct {
	Circuit  id.ID
	Status   CircuitStatus
	OpenedBy id.ID
}

// CircuitStuckV1: a seat that a circuit asks is empty, or nobody bears the role.
type CircuitStuckV1 struct {
	Circuit  id.ID
	OpenedBy id.ID
}
