package council

import (
	"slices"
	"strings"

	"parvis/internal/id"
)

// circuits effaces the words of those who asked and who answered about the items of a meeting.
func (e *eraser) circuits(meeting id.ID) error {
	all, err := circuitsAt(e.tx.Context(), e.tx, meeting)
	if err != nil {
		return err
	}
	for _, circuit := range all {
		f, err := loadFlow(e.tx.Context(), e.tx, circuit)
		if err != nil {
			return err
		}
		k := f.Circuit
		k.Version++
		if err := e.in(k.row(), func() error { return putCircuit(e.tx, k) }, &k.Question, &k.Note); err != nil {
			return err
		}
		for _, v := range f.Visas {
			v.Version++
			if err := e.in(v.row(), func() error { return putVisa(e.tx, v) }, &v.Text); err != nil {
				return err
			}
		}
	}
	return nil
}

// formals effaces the words of the formal acts made at a meeting.
func (e *eraser) formals(meeting id.ID) error {
	all, err := formalsAt(e.tx.Context(), e.tx, meeting)
	for _, f := range all {
		f.Version++
		if f.Published == f.Masked(e.body) && f.Published != Hidden {
			f.Published = e.body
		}
		write := func() error {
			f.Masks = slices.DeleteFunc(f.Masks, func(k Mask) bool { return !strings.Contains(f.Title+"\n"+f.Text, k.Passage) })
			return putFormal(e.tx, f)
		}
		if err := e.in(f.row(), write, &f.Title, &f.Text, &f.Published, &f.Signatory); err != nil {
			return err
		}
	}
	return err
}
