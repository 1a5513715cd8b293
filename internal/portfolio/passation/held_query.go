package passation

import (
	"context"

	"parvis/internal/db"
	"parvis/internal/id"
)

// HeldInPortfolio lists what posts hold among projects: those they carry or run, the questions, action
// items and deliberate waits that they owe, and the arbitrations that wait for them. What is over is held by
// nobody.
func HeldInPortfolio(ctx context.Context, q db.Querier, posts []id.ID) ([]Held, error) {
	scan := func(r db.Row) (h Held, err error) {
		err = r.Scan(&h.Post, &h.Kind, &h.Thing.Type, &h.Thing.ID, &h.Label, &h.Due, &h.Since)
		return h, err
	}
	of := "post IN (" + db.Marks(1, len(posts)) + ")"
	return db.All(ctx, q, scan, `SELECT post, kind, type, thing, label, due, since FROM (
		SELECT h.post, h.role AS kind, 'initiative' AS type, i.id AS thing, i.title AS label, '' AS due, h.from_day AS since FROM portfolio_holder h
			JOIN portfolio_initiative i ON i.id = h.initiative
			WHERE h.`+of+` AND h.to_day = '9999-12-31' AND i.withdrawn_on = '' AND i.stage NOT IN ('stopped', 'retired')
		UNION ALL SELECT o.post, 'question', 'question', o.id, o.question, o.due, o.opened_on FROM portfolio_question o WHERE o.`+of+` AND o.closed_on = ''
		UNION ALL SELECT a.post, 'action', 'action', a.id, a.what, a.due, a.created_on FROM portfolio_action a WHERE a.`+of+` AND a.status = 'open'
		UNION ALL SELECT s.post, 'maturing', 'initiative', s.initiative, s.note, s.until_day, s.from_day FROM portfolio_span s
			WHERE s.`+of+` AND s.kind = 'maturing' AND s.to_day = '9999-12-31'
		UNION ALL SELECT k.post, 'asked', 'arbitration', b.id, b.question, b.until_day, b.asked_on FROM portfolio_asked k
			JOIN portfolio_arbitration b ON b.id = k.arbitration
			WHERE k.`+of+` AND k.capacity <> 'informed' AND b.status IN ('asked', 'postponed', 'returned')
		) AS held ORDER BY kind, due, thing`, db.Args(posts)...)
}

// carrier is a post that runs a project on which work goes on.
type carrier struct {
	Initiative    id.ID
	Number, Title string
	Post          id.ID // "" when the project has none
}

// carriers lists the projects on which work goes on with the posts that run them.
func carriers(ctx context.Context, q db.Querier) ([]carrier, error) {
	scan := func(r db.Row) (c carrier, err error) {
		err = r.Scan(&c.Initiative, &c.Number, &c.Title, &c.Post)
		return c, err
	}
	return db.All(ctx, q, scan, `SELECT i.id, i.number, i.title, COALESCE(h.post, '') FROM portfolio_initiative i
		LEFT JOIN portfolio_holder h ON h.initiative = i.id AND h.role = 'owner' AND h.to_day = '9999-12-31'
		WHERE i.withdrawn_on = '' AND i.stage IN ('investigated', 'tested', 'iterating', 'scaling', 'operating')
		ORDER BY i.year, i.seq, COALESCE(h.post, '')`)
}

// opened lists the handovers by the holder who leaves.
func opened(ctx context.Context, q db.Querier) (map[id.ID]Handover, error) {
	all, err := db.All(ctx, q, scanHandover, `SELECT `+string(handoverColumns)+` FROM passation_handover ORDER BY id`)
	of := make(map[id.ID]Handover, len(all))
	for _, h := range all {
		of[h.Holder] = h
	}
	return of, err
}
