package strategy

import (
	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/id"
)

// copyIn names the columns of a table in which people's own words stand, and how its rows belong to the
// thing on whose page the act of the text appears.
type copyIn struct {
	subject, table, belongs string
	columns                 []string
}

// copied lists every free text of the rows of the strategy. A test holds it to the acts.
var copied = []copyIn{
	{"strategy", "strategy_strategy", "id = $1", []string{"purpose_fr", "replaces_why"}},
	{"strategy", "strategy_paper", "strategy = $1", []string{"title", "link"}},
	{"indicator", "strategy_indicator", "id = $1", []string{"title_fr", "method", "ended_why"}},
	{"indicator", "strategy_measure", "indicator = $1", []string{"note", "evidence"}},
	{"initiative", "strategy_contribution", "initiative = $1", []string{"claim", "evidence", "ended_why"}},
	{"initiative", "strategy_placement", "subject_id = $1", []string{"reason"}},
	{"dilemma", "strategy_position", "dilemma = $1", []string{"motive"}},
	{"grid", "strategy_annotation", "grid = $1", []string{"body", "name", "status_why", "answer"}},
}

// EffaceCopies puts act.Effaced in the place of a text wherever the rows of its subject say the same
// words, and has the search read them again. It is an act.Copies.
func (r *Room) EffaceCopies(tx *act.Tx, f act.Forgotten) ([]act.Row, error) {
	var rows []act.Row
	for _, c := range copied {
		for _, column := range c.columns {
			if c.subject != f.Subject.Type && !(c.table == "strategy_placement" && f.Subject.Type != "") {
				continue // things of later rooms are placed too
			}
			changed, err := c.efface(tx, column, f)
			if err != nil {
				return nil, err
			}
			rows = append(rows, changed...)
		}
	}
	return rows, tell(tx, f.Subject)
}

func (c copyIn) efface(tx *act.Tx, column string, f act.Forgotten) ([]act.Row, error) {
	which, err := db.All(tx.Context(), tx, db.Scalar[id.ID], `SELECT id FROM `+c.table+` WHERE `+c.belongs+` AND `+column+` = $2 ORDER BY id`, f.Subject.ID, f.Body)
	if err != nil {
		return nil, err
	}
	var rows []act.Row
	for _, row := range which {
		if err := tx.Exec(`UPDATE `+c.table+` SET `+column+` = $1, version = version + 1 WHERE id = $2`, act.Effaced, row); err != nil {
			return nil, err
		}
		rows = append(rows, act.Row{Table: c.table, ID: row})
	}
	return rows, nil
}
