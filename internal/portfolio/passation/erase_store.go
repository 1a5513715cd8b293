package passation

import (
	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/id"
)

// copyIn names the columns of a table in which people's own words stand, and how its rows belong to the
// thing on whose page the act of the text appears.
type copyIn struct {
	subject, table, belongs string // subject "": of whatever thing
	columns                 []string
}

// copied lists every free text of handovers and récits. The label of an item repeats words of another
// room, so it goes with the text that it repeats, whatever that is about.
func copied() []copyIn {
	return []copyIn{
		{"handover", "passation_handover", "id = $1", []string{"note"}},
		{"handover", "passation_item", "handover = $1", []string{"state", "next", "papers", "contacts", "reserve"}},
		{"", "passation_item", "$1 <> ''", []string{"label"}},
		{"story", "passation_story", "id = $1", []string{"title", "body"}},
	}
}

// EffaceCopies puts act.Effaced in the place of a text wherever the rows of its subject say the same
// words. It is an act.Copies.
func (r *Room) EffaceCopies(tx *act.Tx, f act.Forgotten) (rows []act.Row, err error) {
	for _, c := range copied() {
		if c.subject != "" && c.subject != f.Subject.Type {
			continue
		}
		for _, column := range c.columns {
			changed, err := c.efface(tx, column, f)
			if err != nil {
				return nil, err
			}
			rows = append(rows, changed...)
		}
	}
	return rows, nil
}

func (c copyIn) efface(tx *act.Tx, column string, f act.Forgotten) (rows []act.Row, err error) {
	which, err := db.All(tx.Context(), tx, db.Scalar[id.ID], `SELECT id FROM `+c.table+` WHERE `+c.belongs+` AND `+column+` = $2 ORDER BY id`,
		f.Subject.ID, f.Body)
	if err != nil {
		return nil, err
	}
	for _, row := range which {
		if err := tx.Exec(`UPDATE `+c.table+` SET `+column+` = $1, version = version + 1 WHERE id = $2`, act.Effaced, row); err != nil {
			return nil, err
		}
		rows = append(rows, act.Row{Table: c.table, ID: row})
	}
	return rows, nil
}
