package participation

import (
	"parvis/internal/act"
)

// EffaceCopies puts act.Effaced in the place of a text that an act about an election said, wherever the row
// of the election says the same words. It is an act.Copies. The public files stay as they were signed: they
// hold the title of the vote and the names of projects, and nothing of people.
func (r *Room) EffaceCopies(tx *act.Tx, f act.Forgotten) ([]act.Row, error) {
	if f.Subject.Type != "election" {
		return nil, nil
	}
	e, err := anyElection(tx.Context(), tx, f.Subject.ID)
	if err != nil {
		return nil, err
	}
	changed := false
	for _, text := range []*string{&e.Title, &e.Source, &e.WithdrawnFor} {
		if *text == f.Body {
			*text, changed = act.Effaced, true
		}
	}
	if !changed {
		return nil, nil
	}
	e.Version++
	if err := putElection(tx, e); err != nil {
		return nil, err
	}
	return []act.Row{e.row()}, tell(tx, e)
}
