package portfolio

import (
	"context"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/id"
)

// What the committees ask of the portfolio: questions that they put on an agenda, what follows their
// decisions. Nothing is typed there twice.

// QuestionIn reads a question for a use case of a later room.
func (r *Room) QuestionIn(ctx context.Context, q db.Querier, arbitration id.ID) (Arbitration, error) {
	return loadArbitration(ctx, q, arbitration)
}

// BriefOf reads an initiative for a use case of a later room.
func (r *Room) BriefOf(ctx context.Context, q db.Querier, initiative id.ID) (Summary, error) {
	i, err := loadInitiative(ctx, q, initiative)
	return i.summary(), err
}

// Into writes the answers into an act: for whom, why, when and how.
func (a Answers) Into(out *act.Act) { a.into(out) }

// CreateActionIn adds something that follows a decision of a later room about an initiative; cause is the
// act of that decision.
func (r *Room) CreateActionIn(tx *act.Tx, initiative, cause id.ID, v act.Visibility, n NewAction) (Action, error) {
	c, err := r.open(tx, initiative)
	if err != nil {
		return Action{}, err
	}
	return c.createAction(n, "", cause, v)
}

// AskedQuestion is a question with the initiative that it is about, as an agenda shows it.
type AskedQuestion struct {
	Arbitration
	IniNo string
	About string // title of the initiative
	Age   Age
}
