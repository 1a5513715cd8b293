package portfolio

import (
	"context"

	"parvis/internal/db"
	"parvis/internal/id"
	"parvis/internal/identity"
)

// NamedArbitrations gives the numbers and questions of arbitrations by their ids, as far as the visitor may read them;
// others are left out.
func (r *Room) NamedArbitrations(ctx context.Context, v identity.Visitor, which []id.ID) ([]Named, error) {
	if len(which) == 0 {
		return nil, nil
	}
	return db.All(ctx, r.reads, func(row db.Row) (n Named, err error) {
		return n, row.Scan(&n.ID, &n.Number, &n.Title, &n.Lang)
	}, `SELECT a.id, a.number, a.question, i.lang FROM portfolio_arbitration a JOIN portfolio_initiative i ON i.id = a.initiative
		WHERE a.id IN (`+db.Marks(1, len(which))+`) AND `+visible(v, "i")+` AND `+visibleThing(v, "a")+` ORDER BY a.id`, db.Args(which)...)
}
