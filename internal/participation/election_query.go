package participation

import (
	"context"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/id"
	"parvis/internal/identity"
)

func listElections(ctx context.Context, q db.Querier, v identity.Visitor) ([]Summary, error) {
	return db.All(ctx, q, func(r db.Row) (s Summary, err error) {
		e := &s.Election
		return s, r.Scan(&e.ID, &e.Number, &e.Title, &e.Lang, &e.Invented, &e.Currency, &e.Opened, &e.Closed, &e.Stage, &e.Visibility,
			&s.Lots, &s.Voters, &s.Envelopes, &s.Projects, &s.Won, &s.SpentIn)
	}, `SELECT e.id, e.number, e.title, e.lang, e.invented, e.currency, e.opened_on, e.closed_on, e.stage, e.visibility,
		(SELECT COUNT(*) FROM participation_lot l WHERE l.election = e.id),
		(SELECT CAST(COALESCE(SUM(CASE WHEN l.voters >= 20 THEN l.voters ELSE 0 END), 0) AS BIGINT) FROM participation_lot l WHERE l.election = e.id),
		(SELECT CAST(COALESCE(SUM(l.cents), 0) AS BIGINT) FROM participation_lot l WHERE l.election = e.id),
		(SELECT COUNT(*) FROM participation_project p WHERE p.election = e.id),
		(SELECT COUNT(*) FROM participation_project p WHERE p.election = e.id AND p.turn > 0),
		(SELECT CAST(COALESCE(SUM(p.cents), 0) AS BIGINT) FROM participation_project p WHERE p.election = e.id AND p.turn > 0)
		FROM participation_election e WHERE `+visible(v, "e")+` ORDER BY e.year DESC, e.seq DESC, e.id`)
}

// readElection reads an election by number or id as far as the visitor may. A tombstone says so to
// whoever could read it before.
func readElection(ctx context.Context, q db.Querier, v identity.Visitor, which string) (Election, error) {
	e, err := db.One(ctx, q, scanElection, `SELECT `+electionColumns.List("e")+` FROM participation_election e
		WHERE (e.number = $1 OR e.id = $1) AND e.`+act.VisibleTo(reader(v)), which)
	if err != nil {
		return e, notFound(err)
	}
	return e, e.standing()
}

func originsOf(ctx context.Context, q db.Querier, v identity.Visitor, initiative id.ID) ([]Origin, error) {
	return db.All(ctx, q, scanOrigin, originColumns+` WHERE p.initiative = $1 AND p.initiative <> '' AND `+visible(v, "e")+` ORDER BY e.year, e.seq, p.rank, p.id`, initiative)
}

func placeOf(ctx context.Context, q db.Querier, v identity.Visitor, project id.ID) (Origin, error) {
	return db.One(ctx, q, scanOrigin, originColumns+` WHERE p.id = $1 AND `+visible(v, "e"), project)
}

const originColumns = `SELECT e.number, e.title, l.code, p.code, p.title FROM participation_project p
	JOIN participation_lot l ON l.id = p.lot JOIN participation_election e ON e.id = p.election `

func scanOrigin(r db.Row) (o Origin, err error) {
	return o, r.Scan(&o.Number, &o.Election, &o.Lot, &o.Code, &o.Title)
}
