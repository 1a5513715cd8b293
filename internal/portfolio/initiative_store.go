package portfolio

import (
	"context"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/i18n"
	"parvis/internal/id"
)

const initiativeColumns db.Columns = "id, version, year, seq, number, title, title_key, stage_rank, problem, sufferer, lang, origin, origin_note, matter, places, address, located, lat, lon, initials, tags, objectives, stage, stage_since, visibility, author, signalled_on, published_on, withdrawn_on, post_mortem, source, source_ref"

func scanInitiative(r db.Row) (Initiative, error) {
	var i Initiative
	var places, tags, objectives string
	var located bool
	var p Point
	var sortKey string
	var rank int
	err := r.Scan(&i.ID, &i.Version, &i.Year, &i.Seq, &i.Number, &i.Title, &sortKey, &rank, &i.Problem, &i.Sufferer, &i.Lang, &i.Origin,
		&i.OriginNote, &i.Matter, &places, &i.Address, &located, &p.Lat, &p.Lon, &i.Initials, &tags, &objectives, &i.Stage,
		&i.StageSince, &i.Visibility, &i.Author, &i.SignalledOn, &i.PublishedOn, &i.WithdrawnOn, &i.PostMortem,
		&i.Source, &i.SourceRef)
	if err != nil {
		return i, err
	}
	if located {
		i.Point = &p
	}
	if i.Places, err = db.FromJSON[[]string](places); err != nil {
		return i, err
	}
	if i.Tags, err = db.FromJSON[[]string](tags); err != nil {
		return i, err
	}
	i.Objectives, err = db.FromJSON[[]id.ID](objectives)
	return i, err
}

func putInitiative(tx *act.Tx, i Initiative) error {
	var p Point
	if i.Point != nil {
		p = *i.Point
	}
	err := tx.Exec(initiativeColumns.Upsert("portfolio_initiative"), i.ID, i.Version, i.Year, i.Seq, i.Number, i.Title,
		i18n.SortKey(i.Title), i.Stage.rank(), i.Problem, i.Sufferer, i.Lang, string(i.Origin), i.OriginNote, i.Matter, db.JSON(i.Places), i.Address, i.Point != nil,
		p.Lat, p.Lon, i.Initials, db.JSON(i.Tags), db.JSON(i.Objectives), string(i.Stage), string(i.StageSince),
		string(i.Visibility), i.Author, string(i.SignalledOn), string(i.PublishedOn), string(i.WithdrawnOn),
		i.PostMortem, i.Source, i.SourceRef)
	if err != nil {
		return err
	}
	return touch(tx, i)
}

// loadInitiative reads an initiative for a change; tombstones do not change any more.
func loadInitiative(ctx context.Context, q db.Querier, initiative id.ID) (Initiative, error) {
	i, err := db.One(ctx, q, scanInitiative,
		`SELECT `+string(initiativeColumns)+` FROM portfolio_initiative WHERE id = $1`, initiative)
	if err != nil {
		return i, notFound(err, "portfolio.initiative.not_found")
	}
	if i.WithdrawnOn != "" {
		return i, fault.New(fault.Gone, "portfolio.initiative.withdrawn", "number", i.Number, "day", string(i.WithdrawnOn))
	}
	return i, nil
}

// initiativeByNumber reads an initiative by what people call it. Faults: NotFound.
func initiativeByNumber(ctx context.Context, q db.Querier, number string) (Initiative, error) {
	return db.One(ctx, q, scanInitiative, `SELECT `+string(initiativeColumns)+` FROM portfolio_initiative WHERE number = $1`, number)
}

// notFound gives a missing row the words of its noun.
func notFound(err error, key string) error {
	if fault.KindOf(err) == fault.NotFound {
		return fault.New(fault.NotFound, key)
	}
	return err
}

// nextSeq numbers within a year. Writers are serial: nobody else can take the same number.
func nextSeq(tx *act.Tx, table string, year int) (int, error) {
	return db.One(tx.Context(), tx, db.Scalar[int],
		`SELECT COALESCE(MAX(seq), 0) + 1 FROM `+table+` WHERE year = $1`, year)
}
