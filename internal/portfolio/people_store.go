package portfolio

import (
	"context"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/id"
)

const holderColumns db.Columns = "id, version, initiative, role, post, from_day, to_day"

func scanHolder(r db.Row) (Holder, error) {
	var h Holder
	err := r.Scan(&h.ID, &h.Version, &h.Initiative, &h.Role, &h.Post, &h.From, &h.To)
	return h, err
}

func putHolder(tx *act.Tx, h Holder) error {
	return tx.Exec(holderColumns.Upsert("portfolio_holder"), h.ID, h.Version, h.Initiative, string(h.Role), h.Post,
		string(h.From), string(h.To))
}

func loadHolders(ctx context.Context, q db.Querier, initiative id.ID) ([]Holder, error) {
	return db.All(ctx, q, scanHolder, `SELECT `+string(holderColumns)+` FROM portfolio_holder
		WHERE initiative = $1 ORDER BY role DESC, from_day, id`, initiative)
}

const partColumns db.Columns = "id, version, initiative, unit, actor, role, effort, status, replaces, offered_by, offered_on, answered_by, answered_on, counter, reason, consent, from_day, to_day, source, sector, introduced_by"

func scanPart(r db.Row) (Part, error) {
	var p Part
	err := r.Scan(&p.ID, &p.Version, &p.Initiative, &p.Unit, &p.Actor, &p.Role, &p.Effort, &p.Status, &p.Replaces,
		&p.OfferedBy, &p.OfferedOn, &p.AnsweredBy, &p.AnsweredOn, &p.Counter, &p.Reason, &p.Consent, &p.From, &p.To, &p.Source,
		db.Added(&p.Sector), db.Added(&p.IntroducedBy))
	return p, err
}

func putPart(tx *act.Tx, p Part) error {
	return tx.Exec(partColumns.Upsert("portfolio_part"), p.ID, p.Version, p.Initiative, p.Unit, p.Actor, string(p.Role),
		p.Effort, string(p.Status), p.Replaces, p.OfferedBy, string(p.OfferedOn), p.AnsweredBy, string(p.AnsweredOn),
		p.Counter, p.Reason, string(p.Consent), string(p.From), string(p.To), p.Source, string(p.Sector), p.IntroducedBy)
}

func loadParts(ctx context.Context, q db.Querier, initiative id.ID) ([]Part, error) {
	return db.All(ctx, q, scanPart, `SELECT `+string(partColumns)+` FROM portfolio_part
		WHERE initiative = $1 ORDER BY offered_on, id`, initiative)
}

func loadPart(ctx context.Context, q db.Querier, part id.ID) (Part, error) {
	p, err := db.One(ctx, q, scanPart, `SELECT `+string(partColumns)+` FROM portfolio_part WHERE id = $1`, part)
	return p, notFound(err, "portfolio.part.not_found")
}
