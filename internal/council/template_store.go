package council

import (
	"context"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/id"
)

const templateColumns db.Columns = "id, version, committee, code, name_fr, name_en, steps, closed_on"

func putTemplate(tx *act.Tx, t Template) error {
	return tx.Exec(templateColumns.Upsert("council_template"), t.ID, t.Version, t.Committee, t.Code, t.NameFR, t.NameEN, db.JSON(t.Steps), string(t.ClosedOn))
}

// loadTemplates lists the circuits of a committee that are in use.
func loadTemplates(ctx context.Context, q db.Querier, committee id.ID) ([]Template, error) {
	return db.All(ctx, q, func(r db.Row) (t Template, err error) {
		var steps string
		if err = r.Scan(&t.ID, &t.Version, &t.Committee, &t.Code, &t.NameFR, &t.NameEN, &steps, &t.ClosedOn); err == nil {
			t.Steps, err = db.FromJSON[[]StepSpec](steps)
		}
		return t, err
	}, `SELECT `+string(templateColumns)+` FROM council_template WHERE committee = $1 AND closed_on = '' ORDER BY code, id`, committee)
}
