package council

import (
	"context"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
)

// Findable is what the search knows of an item: the item, its meeting, the decision taken on it and what was ordered.
type Findable struct {
	Item
	Sitting  Meeting
	Decision *Decision
	Ordered  []string // what must be done
}

// Findable reads an item as the index keeps it, for no visitor in particular: the search is asked with a visibility,
// and leaves out what its reader is recused from.
func (r *Room) Findable(ctx context.Context, item id.ID) (f Findable, err error) {
	if f.Item, err = loadItem(ctx, r.reads, item); err != nil {
		return f, err
	}
	if f.Sitting, err = loadMeeting(ctx, r.reads, f.Meeting); err != nil {
		return f, err
	}
	taken, err := db.All(ctx, r.reads, scanDecision, `SELECT `+string(decisionColumns)+` FROM council_decision WHERE item = $1 ORDER BY id`, item)
	if len(taken) > 0 {
		f.Decision = &taken[0]
	}
	if err != nil {
		return f, err
	}
	f.Ordered, err = r.portfolio.WordsOrdered(ctx, item)
	return f, err
}

// ItemIDs lists every item, for an index that is made again.
func (r *Room) ItemIDs(ctx context.Context) ([]id.ID, error) {
	return db.All(ctx, r.reads, db.Scalar[id.ID], `SELECT id FROM council_item ORDER BY id`)
}

// FoundAt lists what the search knows of a meeting: its items and the decisions taken at it.
func FoundAt(ctx context.Context, q db.Querier, meeting id.ID) ([]act.Ref, error) {
	return db.All(ctx, q, func(r db.Row) (t act.Ref, err error) { return t, r.Scan(&t.Type, &t.ID) },
		`SELECT 'item' AS type, id FROM council_item WHERE meeting = $1
		UNION ALL SELECT 'decision', id FROM council_decision WHERE meeting = $1 ORDER BY 1, 2`, meeting)
}

// ItemDecidedBy finds the item on which a decision was taken, for whoever may read it; a formal act is found by its
// decision.
func (r *Room) ItemDecidedBy(ctx context.Context, v identity.Visitor, decision id.ID) (id.ID, error) {
	d, err := loadDecision(ctx, r.reads, decision)
	if err == nil && d.Visibility != act.Public && !v.Inside() {
		err = fault.New(fault.NotFound, "council.decision.not_found")
	}
	return d.Item, err
}
