package council

import (
	"context"

	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/id"
	"parvis/internal/portfolio/passation"
)

// HeldInCommittees lists what a post holds in committees: its seats, the meetings to come whose minutes it keeps and the
// minutes that it has not finished with, the formal acts that it follows until they come back signed, the items that it
// reports on and that are still to be dealt with, the circuits that it opened and that are not over, and the visas and
// opinions that it is asked. Action items are the portfolio's.
func HeldInCommittees(ctx context.Context, q db.Querier, post id.ID) ([]passation.Held, error) {
	return db.All(ctx, q, func(r db.Row) (h passation.Held, err error) {
		err = r.Scan(&h.Kind, &h.Thing.Type, &h.Thing.ID, &h.Label, &h.Due, &h.Since)
		if made, ok := h.Thing.ID.Made(); h.Since == "" && ok {
			h.Since = calendar.DayOf(made)
		}
		return h, err
	}, `SELECT kind, type, thing, label, due, since FROM (
		SELECT 'seat' AS kind, 'committee' AS type, c.id AS thing, c.name_fr AS label, '' AS due, s.from_day AS since FROM council_member s
			JOIN council_committee c ON c.id = s.committee
			WHERE s.post = $1 AND s.to_day = '9999-12-31' AND c.closed_on = ''
		UNION ALL SELECT CASE WHEN m.status IN ('closed', 'approved') THEN 'minutes' ELSE 'secretary' END, 'meeting', m.id, c.name_fr || ' · ' || m.number, m.day, ''
			FROM council_meeting m JOIN council_committee c ON c.id = m.committee
			WHERE m.secretary = $1 AND (m.status IN ('prepared', 'convened', 'open', 'suspended', 'closed') OR m.status = 'approved' AND c.visibility = 'public')
		UNION ALL SELECT 'formal', 'formal', f.id, f.title, '', '' FROM council_formal f JOIN council_meeting m ON m.id = f.meeting
			WHERE m.secretary = $1 AND f.status IN ('prepared', 'sent')
		UNION ALL SELECT 'circuit', 'item', i.id, i.title, '', k.opened_on FROM council_circuit k JOIN council_item i ON i.id = k.item
			WHERE k.opened_by = $1 AND k.status IN ('open', 'returned')
		UNION ALL SELECT 'reported', 'item', i.id, i.title, m.day, '' FROM council_item i JOIN council_meeting m ON m.id = i.meeting
			WHERE i.rapporteur = $1 AND i.status = 'listed' AND m.status IN ('prepared', 'convened', 'open', 'suspended')
		UNION ALL SELECT 'visa', 'item', i.id, i.title, v.due, v.asked_on FROM council_visa v JOIN council_circuit k ON k.id = v.circuit
			JOIN council_item i ON i.id = k.item
			WHERE v.post = $1 AND v.status IN ('asked', 'vacant') AND k.status = 'open'
		) AS held ORDER BY kind, due, thing`, post)
}
