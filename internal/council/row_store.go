package council

import "parvis/internal/fault"

// notFound gives the answer of the room to a row that is missing.
func notFound(err error, key string) error {
	if fault.KindOf(err) == fault.NotFound {
		return fault.New(fault.NotFound, key)
	}
	return err
}
