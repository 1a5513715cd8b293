package portfolio

import (
	"context"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/id"
)

const spanColumns db.Columns = "id, version, initiative, arbitration, kind, value, note, post, until_day, from_day, to_day, outcome"

func scanSpan(r db.Row) (Span, error) {
	var s Span
	err := r.Scan(&s.ID, &s.Version, &s.Initiative, &s.Arbitration, &s.Kind, &s.Stage, &s.Note, &s.Post, &s.Until,
		&s.From, &s.To, &s.Outcome)
	return s, err
}

func putSpan(tx *act.Tx, s Span) error {
	return tx.Exec(spanColumns.Upsert("portfolio_span"), s.ID, s.Version, s.Initiative, s.Arbitration, string(s.Kind),
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
