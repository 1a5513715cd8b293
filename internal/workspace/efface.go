package workspace

import (
	"parvis/internal/act"
	"parvis/internal/mail"
	"parvis/internal/notify"
	"parvis/internal/search"
)

// EffaceCopies takes a text out of what can be found, of letters that have not left and of notices. It is an
// act.Copies; it comes after those of the rooms, whose facts make the documents of the search again.
func (w *Workspace) EffaceCopies(tx *act.Tx, f act.Forgotten) ([]act.Row, error) {
	forgets := map[string]func() error{
		typeInitiative: func() error { return forget(tx.Tx, f.Subject.ID) },
		"meeting":      func() error { return forgetMeeting(tx, f.Subject.ID) },
		typeStrategy:   func() error { return search.Remove(tx.Tx, f.Subject) },
		typeIndicator:  func() error { return search.Remove(tx.Tx, f.Subject) },
	}
	if out, ok := forgets[f.Subject.Type]; ok {
		if err := out(); err != nil {
			return nil, err
		}
		if err := search.Unlearn(tx, f.Body); err != nil {
			return nil, err
		}
	}
	if err := mail.Forget(tx, f.Body); err != nil {
		return nil, err
	}
	return nil, notify.ForgetText(tx, f.Body)
}
