package powers

import (
	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
)

var holderColumns = "h.thing, h.id, " + spanColumns("h") + ", h.post, h.person, h.nature, h.status, h.quotity, h.interim, h.legal_act"

func (h *Holder) into() []any {
	return append(append([]any{&h.ID, &h.Row}, h.Span.into()...), &h.Post, &h.Person, &h.Nature, &h.Status, &h.Quotity, &h.Interim, &h.LegalAct)
}

func scanHolder(r db.Row) (h Holder, err error) {
	err = r.Scan(h.into()...)
	return h, err
}

func holderRow(tx *act.Tx, holder id.ID) (Holder, error) {
	h, err := db.One(tx.Context(), tx, scanHolder, `SELECT `+holderColumns+` FROM powers_holder h WHERE h.thing = $1 AND `+stands("h"), holder)
	if fault.KindOf(err) == fault.NotFound {
		return h, fault.New(fault.NotFound, "powers.holder.unknown")
	}
	return h, err
}

// holdersOf lists the standing holdings of a post, the first days first.
func holdersOf(tx *act.Tx, post id.ID) ([]Holder, error) {
	return db.All(tx.Context(), tx, scanHolder,
		`SELECT `+holderColumns+` FROM powers_holder h WHERE h.post = $1 AND `+stands("h")+` ORDER BY h.day_from, h.id`, post)
}
