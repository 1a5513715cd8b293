package council

import (
	"context"

	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/id"
	"parvis/internal/portfolio/passation"
)

// HeldInCommittees lists what posts hold in committees: their seats, the meetings to come whose minutes they keep and the
// minutes that they have not finished with, the formal acts that they follow until they come back signed, the items that
// they report on and that are still to be dealt with, the circuits that they opened and that are not over, and the visas
// and opinions that they are asked. Action items are the portfolio's.
func HeldInCommittees(ctx context.Context, q db.Querier, posts []id.ID) ([]passation.Held, error) {
	of := "IN (" + db.Marks(1, len(posts)) + ")"
	return db.All(ctx, q, func(r db.Row) (h passation.Held, err error) {
		err = r.Scan(&h.Post, &h.Kind, &h.Thing.Type, &h.Thing.ID, &h.Label, &h.Due, &h.Since)
		if made, ok := h.Thing.ID.Made(); h.Since == "" && ok {
			h.Since = calendar.DayOf(made)
		}
		return h, err
	}, `SELECT post, kind, type, thing, label, due, since FROM (
		SELECT s.post AS post, 'seat' AS kind, 'committee' AS type, c.id AS thing, c.name_fr AS label, '' AS due, s.from_day AS since FROM council_member s
			JOIN council_committee c ON c.id = s.committee
			WHERE s.post `+of+` AND s.to_day = '9999-12-31' AND c.closed_on = ''
		UNION ALL SELECT m.secretary, CASE WHEN m.status IN ('closed', 'approved') THEN 'minutes' ELSE 'secretary' END, 'meeting', m.id, c.name_fr || ' · ' || m.number, m.day, ''
			FROM council_meeting m JOIN council_committee c ON c.id = m.committee
			WHERE m.secretary `+of+` AND (m.status IN ('prepared', 'convened', 'open', 'suspended', 'closed') OR m.status = 'approved' AND c.visibility = 'public')
		UNION ALL SELECT m.secretary, 'formal', 'formal', f.id, f.title, '', '' FROM council_formal f JOIN council_meeting m ON m.id = f.meeting
			WHERE m.secretary `+of+` AND f.status IN ('prepared', 'sent')
		UNION ALL SELECT k.opened_by, 'circuit', 'item', i.id, i.title, '', k.opened_on FROM council_circuit k JOIN council_item i ON i.id = k.item
			WHERE k.opened_by `+of+` AND k.status IN ('open', 'returned')
		UNION ALL SELECT i.rapporteur, 'reported', 'item', i.id, i.title, m.day, '' FROM council_item i JOIN council_meeting m ON m.id = i.meeting
			WHERE i.rapporteur `+of+` AND i.status = 'listed' AND m.status IN ('prepared', 'convened', 'open', 'suspended')
		UNION ALL SELECT v.post, 'visa', 'item', i.id, i.title, v.due, v.asked_on FROM council_visa v JOIN council_circuit k ON k.id = v.circuit
			JOIN council_item i ON i.id = k.item
			WHERE v.post `+of+` AND v.status IN ('asked', 'vacant') AND k.status = 'open'
		) AS held ORDER BY kind, due, thing`, db.Args(posts)...)
}
