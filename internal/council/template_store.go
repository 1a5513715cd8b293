package council

import (
	"context"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/id"
)

const templateColumns db.Columns = "id, version, committee, code, name_fr, name_en, steps, closed_on, edition, status, binds, drawn_by, drawn_on, published_on"

// templateRead reads rows older than editions as the first edition of their circuit, in force until they were closed.
const templateRead = `id, version, committee, code, name_fr, name_en, steps, closed_on, COALESCE(edition, 1),
	COALESCE(status, CASE WHEN closed_on = '' THEN 'in_force' ELSE 'closed' END), COALESCE(binds, ''), COALESCE(drawn_by, ''),
	COALESCE(drawn_on, ''), COALESCE(published_on, '')`

func scanTemplate(r db.Row) (t Template, err error) {
	var steps string
	if err = r.Scan(&t.ID, &t.Version, &t.Committee, &t.Code, &t.NameFR, &t.NameEN, &steps, &t.ClosedOn, &t.Edition, &t.Status, &t.Binds,
		&t.DrawnBy, &t.DrawnOn, &t.PublishedOn); err == nil {
		t.Steps, err = db.FromJSON[[]StepSpec](steps)
	}
	return t, err
}

func putTemplate(tx *act.Tx, t Template) error {
	return tx.Exec(templateColumns.Upsert("council_template"), t.ID, t.Version, t.Committee, t.Code, t.NameFR, t.NameEN, db.JSON(t.Steps),
		string(t.ClosedOn), t.Edition, string(t.Status), string(t.Binds), t.DrawnBy, string(t.DrawnOn), string(t.PublishedOn))
}

func loadTemplate(ctx context.Context, q db.Querier, template id.ID) (Template, error) {
	t, err := db.One(ctx, q, scanTemplate, `SELECT `+templateRead+` FROM council_template WHERE id = $1`, template)
	return t, notFound(err, "council.circuit.unknown_template")
}

// loadEditions lists every edition of the circuits of a committee, the last of each first.
func loadEditions(ctx context.Context, q db.Querier, committee id.ID) ([]Template, error) {
	return db.All(ctx, q, scanTemplate, `SELECT `+templateRead+` FROM council_template WHERE committee = $1
		ORDER BY code, COALESCE(edition, 1) DESC, id DESC`, committee)
}

// loadTemplates lists the circuits of a committee that are in force.
func loadTemplates(ctx context.Context, q db.Querier, committee id.ID) ([]Template, error) {
	return db.All(ctx, q, scanTemplate, `SELECT `+templateRead+` FROM council_template WHERE committee = $1 AND closed_on = ''
		AND COALESCE(status, 'in_force') = 'in_force' ORDER BY code, id`, committee)
}

// loadBinding lists the circuits in force, of every committee that sits, that some items must follow.
func loadBinding(ctx context.Context, q db.Querier) ([]Template, error) {
	return db.All(ctx, q, scanTemplate, `SELECT `+templateRead+` FROM council_template WHERE closed_on = '' AND status = 'in_force' AND binds <> ''
		AND committee IN (SELECT c.id FROM council_committee c WHERE c.closed_on = '') ORDER BY committee, code, id`)
}
