package strategy

import (
	"parvis/internal/act"
	"parvis/internal/fact"
)

// ChangedV1: what can be found of a strategy or of an indicator may have changed.
type ChangedV1 struct{ Thing act.Ref }

// tell says that a strategy, with its objectives and papers, or an indicator changed.
func tell(tx *act.Tx, about act.Ref) error {
	if about.Type != "strategy" && about.Type != "indicator" {
		return nil
	}
	return fact.Insert(tx, ChangedV1{about})
}
