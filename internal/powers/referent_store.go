package powers

import (
	"context"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/id"
)

var referentColumns = "r.thing, r.id, " + spanColumns("r") + ", r.unit, r.topic, r.post"

func (r *Referent) into() []any {
	return append(append([]any{&r.ID, &r.Row}, r.Span.into()...), &r.Unit, &r.Topic, &r.Post)
}

func scanReferent(row db.Row) (r Referent, err error) {
	err = row.Scan(r.into()...)
	return r, err
}

func referentsOf(tx *act.Tx, unit id.ID, topic string) ([]Referent, error) {
	return db.All(tx.Context(), tx, scanReferent, `SELECT `+referentColumns+` FROM powers_referent r
		WHERE r.unit = $1 AND r.topic = $2 AND `+stands("r")+` ORDER BY r.day_from, r.id`, unit, topic)
}

// referentsOfUnit lists the standing doors of a unit, on every topic.
func referentsOfUnit(tx *act.Tx, unit id.ID) ([]Referent, error) {
	return db.All(tx.Context(), tx, scanReferent,
		`SELECT `+referentColumns+` FROM powers_referent r WHERE r.unit = $1 AND `+stands("r")+` ORDER BY r.day_from, r.id`, unit)
}

func referentsBy(tx *act.Tx, post id.ID) ([]Referent, error) {
	return db.All(tx.Context(), tx, scanReferent,
		`SELECT `+referentColumns+` FROM powers_referent r WHERE r.post = $1 AND `+stands("r")+` ORDER BY r.day_from, r.id`, post)
}

// Referents lists the doors of every unit at a moment, by topic.
func Referents(ctx context.Context, q db.Querier, m Moment) ([]Referent, error) {
	return db.All(ctx, q, scanReferent, `SELECT `+referentColumns+` FROM powers_referent r WHERE `+at("r", 1, 2)+` ORDER BY r.topic, r.unit, r.day_from, r.id`, m.args()...)
}
