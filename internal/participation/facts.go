package participation

import (
	"parvis/internal/act"
	"parvis/internal/fact"
	"parvis/internal/id"
)

// ElectionChangedV1 says that what may be read of an election changed.
type ElectionChangedV1 struct{ Election id.ID }

func tell(tx *act.Tx, e Election) error { return fact.Insert(tx, ElectionChangedV1{e.ID}) }
