package council

import (
	"context"

	"parvis/internal/db"
	"parvis/internal/id"
	"parvis/internal/portfolio/passation"
)

// HeldInCommittees lists what a post holds in committees: its seats, the items that it reports on and that are still
// to be dealt with, and the visas and opinions that it is asked. Action items are the portfolio's.
func HeldInCommittees(ctx context.Context, q db.Querier, post id.ID) ([]passation.Held, error) {
	return db.All(ctx, q, func(r db.Row) (h passation.Held, err error) {
		return h, r.Scan(&h.Kind, &h.Thing.Type, &h.Thing.ID, &h.Label, &h.Due)
	}, `SELECT kind, type, thing, label, due FROM (
		SELECT 'seat' AS kind, 'committee' AS type, c.id AS thing, c.name_fr AS label, '' AS due FROM council_member s
			JOIN council_committee c ON c.id = s.committee
			WHERE s.post = $1 AND s.to_day = '9999-12-31' AND c.closed_on = ''
		UNION ALL SELECT 'reported', 'item', i.id, i.title, m.day FROM council_item i JOIN council_meeting m ON m.id = i.meeting
			WHERE i.rapporteur = $1 AND i.status = 'listed' AND m.status IN ('prepared', 'convened', 'open', 'suspended')
		UNION ALL SELECT 'visa', 'item', i.id, i.title, v.due FROM council_visa v JOIN council_circuit k ON k.id = v.circuit
			JOIN council_item i ON i.id = k.item
			WHERE v.post = $1 AND v.status IN ('asked', 'vacant') AND k.status = 'open'
		) AS held ORDER BY kind, due, thing`, post)
}
