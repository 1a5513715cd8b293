package act

import (
	"parvis/internal/db"
	"parvis/internal/fault"
)

// correctable refuses the correction of an act that does not exist, or that the readers of the
// correction cannot see: whoever verifies the public log must find what a public act corrects.
func (tx *Tx) correctable(a Act) error {
	if a.Corrects == "" {
		return nil
	}
	corrected, err := db.One(tx.Context(), tx, db.Scalar[string], `SELECT visibility FROM act WHERE id = $1`, a.Corrects)
	if fault.KindOf(err) == fault.NotFound {
		return fault.New(fault.Internal, "act.corrects_nothing", "act", string(a.Corrects))
	}
	if err == nil && a.Visibility == Public && Visibility(corrected) != Public {
		return fault.New(fault.Invalid, "act.corrects_internal")
	}
	return err
}
