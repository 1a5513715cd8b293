package portfolio

import (
	"context"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/id"
)

const arbitrationColumns db.Columns = "id, version, year, seq, number, initiative, question, context, options, recommended, recommendation, cents, currency, matter, place, normative, answers, asked_by, asked_on, status, status_on, status_note, until_day, chosen, decision, decided_by, decided_on, visibility"

func scanArbitration(r db.Row) (Arbitration, error) {
	var a Arbitration
	var options, answers string
	err := r.Scan(&a.ID, &a.Version, &a.Year, &a.Seq, &a.Number, &a.Initiative, &a.Question, &a.Context, &options,
		&a.Recommended, &a.Recommendation, &a.Amount.Cents, &a.Amount.Currency, &a.Matter, &a.Place, &a.Normative, &answers, &a.AskedBy,
		&a.AskedOn, &a.Status, &a.StatusOn, &a.StatusNote, &a.Until, &a.Chosen, &a.Decision, &a.DecidedBy, &a.DecidedOn,
		&a.Visibility)
	if err != nil {
		return a, err
	}
	if a.Options, err = db.FromJSON[[]Option](options); err != nil {
		return a, err
	}
	a.Answers, err = db.FromJSON[Answers](answers)
	return a, err
}

func putArbitration(tx *act.Tx, a Arbitration) error {
	return tx.Exec(arbitrationColumns.Upsert("portfolio_arbitration"), a.ID, a.Version, a.Year, a.Seq, a.Number, a.Initiative,
		a.Question, a.Context, db.JSON(a.Options), a.Recommended, a.Recommendation, a.Amount.Cents, a.Amount.Currency,
		a.Matter, a.Place, a.Normative, db.JSON(a.Answers), a.AskedBy, string(a.AskedOn), string(a.Status), string(a.StatusOn),
		a.StatusNote, string(a.Until), a.Chosen, a.Decision, a.DecidedBy, string(a.DecidedOn),
		string(a.Visibility))
}

func loadArbitration(ctx context.Context, q db.Querier, arbitration id.ID) (Arbitration, error) {
	a, err := db.One(ctx, q, scanArbitration,
		`SELECT `+string(arbitrationColumns)+` FROM portfolio_arbitration WHERE id = $1`, arbitration)
	if err != nil {
		return a, notFound(err, "portfolio.arbitration.not_found")
	}
	a.Asked, err = loadAsked(ctx, q, arbitration)
	return a, err
}

// decisionsOf reads the questions about an initiative that were decided, without the posts that were asked.
func decisionsOf(ctx context.Context, q db.Querier, initiative id.ID) ([]Arbitration, error) {
	return db.All(ctx, q, scanArbitration, `SELECT `+string(arbitrationColumns)+`
		FROM portfolio_arbitration WHERE initiative = $1 AND status = $2 ORDER BY asked_on, id`, initiative, string(Decided))
}

// decisionOf finds the act by which a question was decided.
func decisionOf(ctx context.Context, q db.Querier, arbitration id.ID) (id.ID, error) {
	return db.One(ctx, q, db.Scalar[id.ID], `SELECT id FROM act WHERE object_type = 'arbitration' AND object_id = $1
		AND verb = 'portfolio.arbitration.decide' ORDER BY recorded_at DESC`, arbitration)
}

const askedColumns db.Columns = "id, version, arbitration, post, capacity, stance, stance_on, remark"

func scanAsked(r db.Row) (AskedPost, error) {
	var p AskedPost
	err := r.Scan(&p.ID, &p.Version, &p.Arbitration, &p.Post, &p.Capacity, &p.Stance, &p.StanceOn, &p.Remark)
	return p, err
}

func putAsked(tx *act.Tx, p AskedPost) error {
	return tx.Exec(askedColumns.Upsert("portfolio_asked"), p.ID, p.Version, p.Arbitration, p.Post, string(p.Capacity),
		string(p.Stance), string(p.StanceOn), p.Remark)
}

func dropAsked(tx *act.Tx, line id.ID) error {
	return tx.Exec(`DELETE FROM portfolio_asked WHERE id = $1`, line)
}

func loadAsked(ctx context.Context, q db.Querier, arbitrations ...id.ID) ([]AskedPost, error) {
	if len(arbitrations) == 0 {
		return nil, nil
	}
	return db.All(ctx, q, scanAsked, `SELECT `+string(askedColumns)+` FROM portfolio_asked
		WHERE arbitration IN (`+db.Marks(1, len(arbitrations))+`) ORDER BY capacity, id`, db.Args(arbitrations)...)
}

// publishedOf are those of some questions that are published.
func publishedOf(ctx context.Context, q db.Querier, arbitrations []id.ID) ([]id.ID, error) {
	return db.All(ctx, q, db.Scalar[id.ID], `SELECT id FROM portfolio_arbitration
		WHERE visibility = 'public' AND id IN (`+db.Marks(1, len(arbitrations))+`) ORDER BY id`, db.Args(arbitrations)...)
}

const actionColumns db.Columns = "id, version, initiative, arbitration, what, unit, post, due, status, status_on, reason, created_on, committee, meeting, item, sitting"

func scanAction(r db.Row) (Action, error) {
	var a Action
	err := r.Scan(&a.ID, &a.Version, &a.Initiative, &a.Arbitration, &a.What, &a.Unit, &a.Post, &a.Due, &a.Status,
		&a.StatusOn, &a.Reason, &a.CreatedOn, db.Added(&a.From.Committee), db.Added(&a.From.Meeting), db.Added(&a.From.Item), db.Added(&a.From.Number))
	return a, err
}

func putAction(tx *act.Tx, a Action) error {
	return tx.Exec(actionColumns.Upsert("portfolio_action"), a.ID, a.Version, a.Initiative, a.Arbitration, a.What, a.Unit,
		a.Post, string(a.Due), string(a.Status), string(a.StatusOn), a.Reason, string(a.CreatedOn),
		a.From.Committee, a.From.Meeting, a.From.Item, a.From.Number)
}

func loadAction(ctx context.Context, q db.Querier, action id.ID) (Action, error) {
	a, err := db.One(ctx, q, scanAction, `SELECT `+string(actionColumns)+` FROM portfolio_action WHERE id = $1`, action)
	return a, notFound(err, "portfolio.action.not_found")
}
