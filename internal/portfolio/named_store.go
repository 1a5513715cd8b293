package portfolio

import (
	"context"
	"fmt"
	"strings"

	"parvis/internal/db"
	"parvis/internal/id"
	"parvis/internal/identity"
)

// Named is how an initiative is called.
type Named struct {
	ID     id.ID
	Number string
	Title  string
	Lang   string
}

// Named names initiatives by id or number, as far as the visitor may read them; others are left out.
func (r *Room) Named(ctx context.Context, v identity.Visitor, which []id.ID) ([]Named, error) {
	if len(which) == 0 {
		return nil, nil
	}
	marks, args := make([]string, len(which)), make([]any, len(which))
	for i, w := range which {
		marks[i], args[i] = fmt.Sprintf("$%d", i+1), w
	}
	list := strings.Join(marks, ",")
	return db.All(ctx, r.reads, func(row db.Row) (n Named, err error) {
		return n, row.Scan(&n.ID, &n.Number, &n.Title, &n.Lang)
	}, `SELECT i.id, i.number, i.title, i.lang FROM
		(SELECT x.id FROM portfolio_initiative x WHERE x.id IN (`+list+`) OR x.number IN (`+list+`)) k CROSS JOIN portfolio_initiative i
		WHERE i.id = k.id AND `+visible(v, "i")+` ORDER BY i.id`, args...)
}
