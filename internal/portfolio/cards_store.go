package portfolio

import (
	"context"

	"parvis/internal/db"
	"parvis/internal/id"
)

// lastChange is the number of the last change of the portfolio.
func lastChange(ctx context.Context, q db.Querier) (int64, error) {
	return db.One(ctx, q, db.Scalar[int64], `SELECT COALESCE(MAX(seq), 0) FROM op_portfolio_change`)
}

func changedSince(ctx context.Context, q db.Querier, seq int64) ([]id.ID, error) {
	return db.All(ctx, q, db.Scalar[id.ID], `SELECT initiative FROM op_portfolio_change WHERE seq > $1 ORDER BY seq`, seq)
}

// readStories reads some initiatives with all that the wall shows of them: five statements.
func readStories(ctx context.Context, q db.Querier, ids []id.ID) (map[id.ID]*story, error) {
	out := make(map[id.ID]*story, len(ids))
	list, args := db.Marks(1, len(ids)), db.Args(ids)
	initiatives, err := db.All(ctx, q, scanInitiative,
		`SELECT `+string(initiativeColumns)+` FROM portfolio_initiative WHERE id IN (`+list+`)`, args...)
	if err != nil {
		return nil, err
	}
	for _, i := range initiatives {
		i.Problem = "" // the wall shows titles: long texts stay in the database
		out[i.ID] = &story{Initiative: i}
	}
	return out, fillStories(ctx, q, out, list, args)
}

func fillStories(ctx context.Context, q db.Querier, out map[id.ID]*story, list string, args []any) error {
	spans, err := db.All(ctx, q, scanSpan, `SELECT `+string(spanColumns)+` FROM portfolio_span
		WHERE initiative IN (`+list+`) ORDER BY initiative, from_day, id`, args...)
	if err != nil {
		return err
	}
	for _, s := range spans {
		out[s.Initiative].spans = append(out[s.Initiative].spans, s)
	}
	holders, err := db.All(ctx, q, scanHolder, `SELECT `+string(holderColumns)+` FROM portfolio_holder
		WHERE initiative IN (`+list+`) ORDER BY initiative, from_day, id`, args...)
	if err != nil {
		return err
	}
	for _, h := range holders {
		out[h.Initiative].holders = append(out[h.Initiative].holders, h)
	}
	return fillStoryParts(ctx, q, out, list, args)
}

func fillStoryParts(ctx context.Context, q db.Querier, out map[id.ID]*story, list string, args []any) error {
	parts, err := db.All(ctx, q, scanPart, `SELECT `+string(partColumns)+` FROM portfolio_part
		WHERE initiative IN (`+list+`) ORDER BY initiative, offered_on, id`, args...)
	if err != nil {
		return err
	}
	for _, p := range parts {
		out[p.Initiative].parts = append(out[p.Initiative].parts, p)
	}
	waits, err := db.All(ctx, q, scanArbitration, `SELECT `+string(arbitrationColumns)+` FROM portfolio_arbitration
		WHERE initiative IN (`+list+`) ORDER BY initiative, asked_on, id`, args...)
	for _, a := range waits {
		a.Context, a.Recommendation, a.Answers, a.Options = "", "", Answers{}, nil
		out[a.Initiative].waits = append(out[a.Initiative].waits, a)
	}
	return err
}
