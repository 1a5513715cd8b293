package strategy

import (
	"context"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/id"
	"parvis/internal/identity"
)

func (c *change) putPlacement(p *Placement) error {
	return c.put("strategy_placement", placementColumns, placementFields(p))
}

// placementsOf lists the placements of a thing that stand, in every edition.
func placementsOf(ctx context.Context, q db.Querier, subject act.Ref) ([]Placement, error) {
	return read(ctx, q, placementFields, `SELECT `+string(placementColumns)+` FROM strategy_placement WHERE subject_type = $1 AND subject_id = $2 AND replaced_on = ''
		ORDER BY placed_on, id`, subject.Type, subject.ID)
}

// Placements lists the placements of a thing: those that stand, then those that were replaced. Whoever
// asks has read the thing itself and so may read them.
func (r *Room) Placements(ctx context.Context, subject act.Ref) ([]Placement, error) {
	return read(ctx, r.reads, placementFields, `SELECT `+string(placementColumns)+` FROM strategy_placement WHERE subject_type = $1 AND subject_id = $2
		ORDER BY replaced_on, placed_on, id`, subject.Type, subject.ID)
}

// PlacedInitiatives lists the placements in an edition of initiatives that the visitor may read.
func (r *Room) PlacedInitiatives(ctx context.Context, v identity.Visitor, grid id.ID) ([]Placement, error) {
	return read(ctx, r.reads, placementFields, `SELECT `+placementColumns.List("c")+` FROM strategy_placement c
		JOIN portfolio_initiative p ON p.id = c.subject_id AND c.subject_type = 'initiative'
		WHERE c.grid = $1 AND c.replaced_on = '' AND p.withdrawn_on = '' AND `+visible(v, "p")+` ORDER BY p.year, p.seq, c.criterion`, grid)
}

// leaning counts, for each dilemma, the placed initiatives that lean left, neither way, right in the
// edition in force on a day.
func (r *Room) leaning(ctx context.Context, v identity.Visitor, day calendar.Day) (map[string][3]int, error) {
	out := map[string][3]int{}
	grid, inForce, err := r.GridInForce(ctx, r.reads, day)
	if err != nil || !inForce {
		return out, err
	}
	placed, err := r.PlacedInitiatives(ctx, v, grid.ID)
	for _, p := range placed {
		k, _ := grid.Criterion(p.Criterion)
		l, ok := k.Level(p.Level)
		if k.Dilemma == "" || !ok || p.PlacedOn.After(day) {
			continue
		}
		n := out[k.Dilemma]
		n[1+l.Lean]++
		out[k.Dilemma] = n
	}
	return out, err
}
