package portfolio

import (
	"context"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/id"
)

// DecidedLine is a published decision as a line of a chronicle.
type DecidedLine struct {
	ID               id.ID
	Number, Question string
	Initiative       string // its title
	On               calendar.Day
	By               id.ID // post
}

// DecidedFor lists the published decisions on the questions that some posts put, taken on some days, the latest first,
// at most so many. What is published is read by everybody, so it does not depend on the reader.
func (r *Room) DecidedFor(ctx context.Context, posts []id.ID, days calendar.Period, most int) ([]DecidedLine, error) {
	if len(posts) == 0 {
		return nil, nil
	}
	scan := func(r db.Row) (d DecidedLine, err error) {
		err = r.Scan(&d.ID, &d.Number, &d.Question, &d.Initiative, &d.On, &d.By)
		return d, err
	}
	public := act.VisibleTo(act.Resident)
	return db.All(ctx, r.reads, scan, `SELECT a.id, a.number, a.question, i.title, a.decided_on, a.decided_by FROM portfolio_arbitration a
		JOIN portfolio_initiative i ON i.id = a.initiative AND i.withdrawn_on = '' AND i.`+public+`
		WHERE a.status = 'decided' AND a.`+public+` AND a.decided_on >= $2 AND a.decided_on < $3 AND a.asked_by IN (`+db.Marks(4, len(posts))+`) ORDER BY a.decided_on DESC, a.id DESC LIMIT $1`,
		append([]any{most, string(days.From), string(days.To)}, db.Args(posts)...)...)
}
