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
	if f.Subject.Type == typeInitiative {
		if err := forget(tx.Tx, f.Subject.ID); err != nil {
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
