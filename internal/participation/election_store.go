package participation

import (
	"context"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
)

const electionColumns db.Columns = "id, version, year, seq, number, title, lang, source, invented, currency, opened_on, closed_on, stage, visibility, author, rules, rules_digest, result_digest, files_digest, imported_on, frozen_on, frozen_by, counted_on, published_on, withdrawn_on, withdrawn_for"

func scanElection(r db.Row) (e Election, err error) {
	return e, r.Scan(&e.ID, &e.Version, &e.Year, &e.Seq, &e.Number, &e.Title, &e.Lang, &e.Source, &e.Invented, &e.Currency, &e.Opened,
		&e.Closed, &e.Stage, &e.Visibility, &e.Author, &e.Rules, &e.RulesDigest, &e.ResultDigest, &e.FilesDigest, &e.ImportedOn,
		&e.FrozenOn, &e.FrozenBy, &e.CountedOn, &e.PublishedOn, &e.WithdrawnOn, &e.WithdrawnFor)
}

func putElection(tx *act.Tx, e Election) error {
	return tx.Exec(electionColumns.Upsert("participation_election"), e.ID, e.Version, e.Year, e.Seq, e.Number, e.Title, e.Lang, e.Source,
		e.Invented, e.Currency, string(e.Opened), string(e.Closed), string(e.Stage), string(e.Visibility), e.Author, e.Rules, e.RulesDigest,
		e.ResultDigest, e.FilesDigest, string(e.ImportedOn), string(e.FrozenOn), e.FrozenBy, string(e.CountedOn), string(e.PublishedOn),
		string(e.WithdrawnOn), e.WithdrawnFor)
}

// loadElection reads an election for a change. Faults: NotFound; Gone for a tombstone.
func loadElection(ctx context.Context, q db.Querier, election id.ID) (Election, error) {
	e, err := anyElection(ctx, q, election)
	if err != nil {
		return e, err
	}
	return e, e.standing()
}

// anyElection reads an election, a tombstone too.
func anyElection(ctx context.Context, q db.Querier, election id.ID) (Election, error) {
	e, err := db.One(ctx, q, scanElection, `SELECT `+string(electionColumns)+` FROM participation_election WHERE id = $1`, election)
	return e, notFound(err)
}

// standing refuses a tombstone.
func (e Election) standing() error {
	if e.WithdrawnOn == "" {
		return nil
	}
	return fault.New(fault.Gone, "participation.withdrawn", "number", e.Number, "day", e.WithdrawnOn, "reason", e.WithdrawnFor)
}

func notFound(err error) error {
	if fault.KindOf(err) == fault.NotFound {
		return fault.New(fault.NotFound, "participation.not_found")
	}
	return err
}

func nextSeq(tx *act.Tx, year int) (int, error) {
	return db.One(tx.Context(), tx, db.Scalar[int], `SELECT COALESCE(MAX(seq), 0) + 1 FROM participation_election WHERE year = $1`, year)
}

const lotColumns db.Columns = "id, version, election, rank, code, name, ballots, size, brought, repairs, kind, declared, most, decimals, voters, blank, projects, cents, result"

// scanLot reads a lot; its currency is that of its election.
func scanLot(currency string) func(db.Row) (Lot, error) {
	return func(r db.Row) (l Lot, err error) {
		var result string
		l.Envelope.Currency = currency
		err = r.Scan(&l.ID, &l.Version, &l.Election, &l.Rank, &l.Code, &l.Name, &l.Ballots, &l.Size, &l.Brought, &l.Repairs, &l.Kind,
			&l.Declared, &l.Most, &l.Decimals, &l.Voters, &l.Blank, &l.Projects, &l.Envelope.Cents, &result)
		if err == nil && result != "" {
			l.Result, err = db.FromJSON[*Result](result)
		}
		return l, err
	}
}

func putLot(tx *act.Tx, l Lot) error {
	return tx.Exec(lotColumns.Upsert("participation_lot"), l.ID, l.Version, l.Election, l.Rank, l.Code, l.Name, l.Ballots, l.Size, l.Brought,
		l.Repairs, l.Kind, l.Declared, l.Most, l.Decimals, l.Voters, l.Blank, l.Projects, l.Envelope.Cents, db.JSON(l.Result))
}

func loadLots(ctx context.Context, q db.Querier, e Election) ([]Lot, error) {
	return db.All(ctx, q, scanLot(e.Currency), `SELECT `+string(lotColumns)+` FROM participation_lot WHERE election = $1 ORDER BY rank, id`, e.ID)
}

const projectColumns db.Columns = "id, version, election, lot, rank, code, title, about, cents, category, district, located, lat, lon, withdrawn, declared, votes, turn, why, initiative"

func scanProject(currency string) func(db.Row) (Project, error) {
	return func(r db.Row) (p Project, err error) {
		var why string
		var located bool
		var at Point
		p.Cost.Currency = currency
		err = r.Scan(&p.ID, &p.Version, &p.Election, &p.Lot, &p.Rank, &p.Code, &p.Title, &p.About, &p.Cost.Cents, &p.Category, &p.District,
			&located, &at.Lat, &at.Lon, &p.Withdrawn, &p.Declared, &p.Votes, &p.Turn, &why, &p.Initiative)
		if located {
			p.Point = &at
		}
		if err == nil && why != "" {
			p.Why, err = db.FromJSON[*Why](why)
		}
		return p, err
	}
}

func putProject(tx *act.Tx, p Project) error {
	var at Point
	if p.Point != nil {
		at = *p.Point
	}
	return tx.Exec(projectColumns.Upsert("participation_project"), p.ID, p.Version, p.Election, p.Lot, p.Rank, p.Code, p.Title, p.About,
		p.Cost.Cents, p.Category, p.District, p.Point != nil, at.Lat, at.Lon, p.Withdrawn, p.Declared, p.Votes, p.Turn, db.JSON(p.Why), p.Initiative)
}

func loadProjects(ctx context.Context, q db.Querier, e Election, lot id.ID) ([]Project, error) {
	return db.All(ctx, q, scanProject(e.Currency), `SELECT `+string(projectColumns)+` FROM participation_project WHERE lot = $1 ORDER BY rank, id`, lot)
}

// loadProject reads a project without its currency, which its election has.
func loadProject(ctx context.Context, q db.Querier, project id.ID) (Project, error) {
	p, err := db.One(ctx, q, scanProject(""), `SELECT `+string(projectColumns)+` FROM participation_project WHERE id = $1`, project)
	return p, notFound(err)
}

func projectIDs(ctx context.Context, q db.Querier, election id.ID) ([]id.ID, error) {
	return db.All(ctx, q, db.Scalar[id.ID], `SELECT id FROM participation_project WHERE election = $1 ORDER BY lot, rank, id`, election)
}
