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

// Ordered is what a committee asks for: from which item, about which initiative if any. Cause is the act of the decision,
// or of the note that was taken.
type Ordered struct {
	From       Sitting
	Initiative id.ID
	Cause      id.ID
	Visibility act.Visibility
}

// CreateActionIn adds something that a committee ordered.
func (r *Room) CreateActionIn(tx *act.Tx, o Ordered, n NewAction) (Action, error) {
	c, err := r.openAction(tx, Action{Initiative: o.Initiative, From: o.From})
	if err != nil {
		return Action{}, err
	}
	return c.createAction(n, "", o.Cause, o.Visibility)
}

// AskedQuestion is a question with the initiative that it is about, as an agenda shows it.
type AskedQuestion struct {
	Arbitration
	IniNo string
	About string // title of the initiative
	Age   Age
}
