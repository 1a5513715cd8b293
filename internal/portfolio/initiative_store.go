package portfolio

import (
	"context"
	"strings"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/i18n"
	"parvis/internal/id"
)

const initiativeColumns columns = "id, version, year, seq, number, title, title_key, stage_rank, problem, sufferer, lang, origin, origin_note, matter, places, address, located, lat, lon, initials, tags, objectives, stage, stage_since, visibility, author, signalled_on, published_on, withdrawn_on, post_mortem, source, source_ref"

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
	if i.Places, err = fromJSON[[]string](places); err != nil {
		return i, err
	}
	if i.Tags, err = fromJSON[[]string](tags); err != nil {
		return i, err
	}
	i.Objectives, err = fromJSON[[]id.ID](objectives)
	return i, err
}

func putInitiative(tx *act.Tx, i Initiative) error {
	var p Point
	if i.Point != nil {
		p = *i.Point
	}
	err := putRow(tx, "portfolio_initiative", initiativeColumns, i.ID, i.Version, i.Year, i.Seq, i.Number, i.Title,
		i18n.SortKey(i.Title), i.Stage.rank(), i.Problem, i.Sufferer, i.Lang, string(i.Origin), i.OriginNote, i.Matter, jsonText(i.Places), i.Address, i.Point != nil,
		p.Lat, p.Lon, i.Initials, jsonText(i.Tags), jsonText(i.Objectives), string(i.Stage), string(i.StageSince),
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

// index rewrites what the initiative can be found by.
func index(tx *act.Tx, i Initiative) error {
	if err := tx.Exec(`DELETE FROM op_portfolio_facet WHERE initiative = $1`, i.ID); err != nil {
		return err
	}
	facets := i.facets()
	for len(facets) > 0 {
		n := min(len(facets), 50)
		if err := putFacets(tx, i.ID, facets[:n]); err != nil {
			return err
		}
		facets = facets[n:]
	}
	return nil
}

type facet struct{ kind, value string }

func (i Initiative) facets() []facet {
	var out []facet
	add := func(kind, value string) { out = append(out, facet{kind, value}) }
	for _, t := range i.Tags {
		add("tag", i18n.Fold(t))
	}
	for _, p := range i.Places {
		add("place", p)
	}
	for _, o := range i.Objectives {
		add("objective", string(o))
	}
	text := strings.Join([]string{i.Title, i.Problem, i.Address, i.Number, i.Initials, strings.Join(i.Tags, " ")}, " ")
	for _, w := range words(text) {
		add("word", w)
	}
	return out
}

// words are the distinct folded words of a text, of two letters or more; the parts of "P-2014-7" and
// "l'eau" are words of their own, and so is the whole.
func words(text string) []string {
	var out []string
	for _, field := range strings.Fields(i18n.Fold(text)) {
		field = strings.Trim(field, ".,;:!?()«»\"'")
		out = append(out, field)
		out = append(out, strings.FieldsFunc(field, func(r rune) bool { return strings.ContainsRune("'-/.,;:()", r) })...)
	}
	kept := out[:0]
	for _, w := range distinct(out) {
		if len([]rune(w)) >= 2 {
			kept = append(kept, w)
		}
	}
	return kept
}

func putFacets(tx *act.Tx, initiative id.ID, facets []facet) error {
	var b strings.Builder
	args := []any{initiative}
	for n, f := range facets {
		if n > 0 {
			b.WriteByte(',')
		}
		b.WriteString("($1," + in(2*n+2, 2) + ")")
		args = append(args, f.kind, f.value)
	}
	return tx.Exec(`INSERT INTO op_portfolio_facet (initiative, kind, value) VALUES `+b.String()+
		` ON CONFLICT (kind, value, initiative) DO NOTHING`, args...)
}

const spanColumns columns = "id, version, initiative, arbitration, kind, value, note, post, until_day, from_day, to_day, outcome"

func scanSpan(r db.Row) (Span, error) {
	var s Span
	err := r.Scan(&s.ID, &s.Version, &s.Initiative, &s.Arbitration, &s.Kind, &s.Stage, &s.Note, &s.Post, &s.Until,
		&s.From, &s.To, &s.Outcome)
	return s, err
}

func putSpan(tx *act.Tx, s Span) error {
	return putRow(tx, "portfolio_span", spanColumns, s.ID, s.Version, s.Initiative, s.Arbitration, string(s.Kind),
		string(s.Stage), s.Note, s.Post, string(s.Until), string(s.From), string(s.To), s.Outcome)
}

func loadSpans(ctx context.Context, q db.Querier, initiative id.ID) ([]Span, error) {
	return db.All(ctx, q, scanSpan, `SELECT `+string(spanColumns)+` FROM portfolio_span
		WHERE initiative = $1 ORDER BY from_day, id`, initiative)
}

// openSpan finds the span of a kind that has no end yet, of the initiative itself or of one arbitration.
func openSpan(ctx context.Context, q db.Querier, initiative, arbitration id.ID, kind SpanKind) (Span, bool, error) {
	found, err := db.All(ctx, q, scanSpan, `SELECT `+string(spanColumns)+` FROM portfolio_span
		WHERE initiative = $1 AND arbitration = $2 AND kind = $3 AND to_day = $4 ORDER BY from_day DESC, id DESC`,
		initiative, arbitration, string(kind), string(calendar.Forever))
	if err != nil || len(found) == 0 {
		return Span{}, false, err
	}
	return found[0], true, nil
}
