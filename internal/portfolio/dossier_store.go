package portfolio

import (
	"context"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/id"
)

const milestoneColumns db.Columns = "id, version, initiative, rank, label, planned, actual, dropped"

func scanMilestone(r db.Row) (Milestone, error) {
	var m Milestone
	err := r.Scan(&m.ID, &m.Version, &m.Initiative, &m.Rank, &m.Label, &m.Planned, &m.Actual, &m.Dropped)
	return m, err
}

func putMilestone(tx *act.Tx, m Milestone) error {
	return tx.Exec(milestoneColumns.Upsert("portfolio_milestone"), m.ID, m.Version, m.Initiative, m.Rank, m.Label,
		string(m.Planned), string(m.Actual), m.Dropped)
}

func loadMilestones(ctx context.Context, q db.Querier, initiative id.ID) ([]Milestone, error) {
	return db.All(ctx, q, scanMilestone, `SELECT `+string(milestoneColumns)+` FROM portfolio_milestone
		WHERE initiative = $1 ORDER BY rank, id`, initiative)
}

const budgetColumns db.Columns = "id, version, initiative, year, credit, nature, cents, currency, source, stated_on"

func scanFigure(r db.Row) (Figure, error) {
	var f Figure
	err := r.Scan(&f.ID, &f.Version, &f.Initiative, &f.Year, &f.Credit, &f.Nature, &f.Amount.Cents, &f.Amount.Currency,
		&f.Source, &f.StatedOn)
	return f, err
}

func putFigure(tx *act.Tx, f Figure) error {
	return tx.Exec(budgetColumns.Upsert("portfolio_budget"), f.ID, f.Version, f.Initiative, f.Year, string(f.Credit),
		string(f.Nature), f.Amount.Cents, f.Amount.Currency, f.Source, string(f.StatedOn))
}

func dropFigure(tx *act.Tx, figure id.ID) error {
	return tx.Exec(`DELETE FROM portfolio_budget WHERE id = $1`, figure)
}

func loadBudget(ctx context.Context, q db.Querier, initiative id.ID) ([]Figure, error) {
	return db.All(ctx, q, scanFigure, `SELECT `+string(budgetColumns)+` FROM portfolio_budget
		WHERE initiative = $1 ORDER BY year, nature, credit, source`, initiative)
}

const questionColumns db.Columns = "id, version, initiative, kind, question, post, due, opened_on, answer, closed_on, visibility"

func scanQuestion(r db.Row) (OpenQuestion, error) {
	var o OpenQuestion
	err := r.Scan(&o.ID, &o.Version, &o.Initiative, &o.Kind, &o.Question, &o.Post, &o.Due, &o.OpenedOn, &o.Answer,
		&o.ClosedOn, &o.Visibility)
	return o, err
}

func putQuestion(tx *act.Tx, o OpenQuestion) error {
	return tx.Exec(questionColumns.Upsert("portfolio_question"), o.ID, o.Version, o.Initiative, string(o.Kind), o.Question,
		o.Post, string(o.Due), string(o.OpenedOn), o.Answer, string(o.ClosedOn), string(o.Visibility))
}

func loadQuestion(ctx context.Context, q db.Querier, question id.ID) (OpenQuestion, error) {
	o, err := db.One(ctx, q, scanQuestion, `SELECT `+string(questionColumns)+` FROM portfolio_question WHERE id = $1`, question)
	return o, notFound(err, "portfolio.question.not_found")
}

const noteColumns db.Columns = "id, version, initiative, body, post, written_at"

func scanNote(r db.Row) (Note, error) {
	var n Note
	var at int64
	err := r.Scan(&n.ID, &n.Version, &n.Initiative, &n.Body, &n.Post, &at)
	n.At = db.Instant(at)
	return n, err
}

func putNote(tx *act.Tx, n Note) error {
	return tx.Exec(noteColumns.Upsert("portfolio_note"), n.ID, n.Version, n.Initiative, n.Body, n.Post, db.Micros(n.At))
}

const objectiveColumns db.Columns = "id, version, code, title_fr, title_en, from_day, to_day"

func scanObjective(r db.Row) (Objective, error) {
	var o Objective
	err := r.Scan(&o.ID, &o.Version, &o.Code, &o.TitleFR, &o.TitleEN, &o.From, &o.To)
	return o, err
}

func putObjective(tx *act.Tx, o Objective) error {
	return tx.Exec(objectiveColumns.Upsert("portfolio_objective"), o.ID, o.Version, o.Code, o.TitleFR, o.TitleEN,
		string(o.From), string(o.To))
}

// Objectives lists the objectives, by code.
func (r *Room) Objectives(ctx context.Context) ([]Objective, error) {
	return db.All(ctx, r.reads, scanObjective,
		`SELECT `+string(objectiveColumns)+` FROM portfolio_objective ORDER BY code`)
}

// objectiveByCode finds the objective that the strategy calls by a code.
func objectiveByCode(ctx context.Context, q db.Querier, code string) (Objective, bool, error) {
	found, err := db.All(ctx, q, scanObjective,
		`SELECT `+string(objectiveColumns)+` FROM portfolio_objective WHERE code = $1`, code)
	if err != nil || len(found) == 0 {
		return Objective{}, false, err
	}
	return found[0], true, nil
}
