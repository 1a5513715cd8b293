package powers

import (
	"context"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/id"
)

var bodyColumns = "b.thing, " + spanColumns("b") + ", b.kind, b.code, b.name, b.name_en, b.siren"

func scanBody(r db.Row) (Body, error) {
	var b Body
	err := r.Scan(append(append([]any{&b.ID}, b.Span.into()...), &b.Kind, &b.Code, &b.Name, &b.NameEN, &b.SIREN)...)
	return b, err
}

func bodyCodeTaken(tx *act.Tx, code string) (bool, error) {
	n, err := db.One(tx.Context(), tx, db.Scalar[int64], `SELECT COUNT(*) FROM powers_body b WHERE `+stands("b")+` AND b.code = $1`, code)
	return n > 0, err
}

func liveBody(tx *act.Tx, body id.ID) (Body, error) {
	return db.One(tx.Context(), tx, scanBody, `SELECT `+bodyColumns+` FROM powers_body b WHERE b.thing = $1 AND `+stands("b"), body)
}

// Bodies lists the legal persons at a moment, by code.
func Bodies(ctx context.Context, q db.Querier, m Moment) ([]Body, error) {
	return db.All(ctx, q, scanBody, `SELECT `+bodyColumns+` FROM powers_body b WHERE `+at("b", 1, 2)+` ORDER BY b.code, b.thing`, m.args()...)
}

// BodyAt reads a legal person at a moment. Faults: NotFound.
func BodyAt(ctx context.Context, q db.Querier, body id.ID, m Moment) (Body, error) {
	return db.One(ctx, q, scanBody, `SELECT `+bodyColumns+` FROM powers_body b WHERE b.thing = $1 AND `+at("b", 2, 3), m.args(body)...)
}

var competenceColumns = "c.id, " + spanColumns("c") + ", c.matter, c.body, c.legal_act"

func scanCompetence(r db.Row) (Competence, error) {
	var c Competence
	err := r.Scan(append(append([]any{&c.Row}, c.Span.into()...), &c.Matter, &c.Body, &c.LegalAct)...)
	return c, err
}

// competencesOf lists the standing statements about a matter.
func competencesOf(tx *act.Tx, matter string) ([]Competence, error) {
	return db.All(tx.Context(), tx, scanCompetence,
		`SELECT `+competenceColumns+` FROM powers_competence c WHERE c.matter = $1 AND `+stands("c")+` ORDER BY c.day_from, c.id`, matter)
}

// Competences lists who is competent for what at a moment, by matter.
func Competences(ctx context.Context, q db.Querier, m Moment) ([]Competence, error) {
	return db.All(ctx, q, scanCompetence,
		`SELECT `+competenceColumns+` FROM powers_competence c WHERE `+at("c", 1, 2)+` ORDER BY c.matter, c.id`, m.args()...)
}
