package strategy

import (
	"context"

	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
)

func (c *change) putGrid(g *Grid) error { return c.put("strategy_grid", gridColumns, gridFields(g)) }

func (c *change) putCriterion(k *Criterion) error {
	return c.put("strategy_criterion", criterionColumns, criterionFields(k))
}

func grids(ctx context.Context, q db.Querier) ([]Grid, error) {
	return read(ctx, q, gridFields, `SELECT `+string(gridColumns)+` FROM strategy_grid ORDER BY edition`)
}

func loadGrid(ctx context.Context, q db.Querier, grid id.ID) (Grid, error) {
	g, err := db.One(ctx, q, scan(gridFields), `SELECT `+string(gridColumns)+` FROM strategy_grid WHERE id = $1`, grid)
	return g, missing(err, "strategy.grid.not_found")
}

// criteriaOf lists the criteria of an edition; who may read the edition may read them.
func criteriaOf(ctx context.Context, q db.Querier, grid id.ID) ([]Criterion, error) {
	return read(ctx, q, criterionFields, `SELECT `+string(criterionColumns)+` FROM strategy_criterion WHERE grid = $1 AND removed_on = '' ORDER BY rank, code`, grid)
}

func loadCriterion(ctx context.Context, q db.Querier, criterion id.ID) (Criterion, error) {
	k, err := db.One(ctx, q, scan(criterionFields), `SELECT `+string(criterionColumns)+` FROM strategy_criterion WHERE id = $1 AND removed_on = ''`, criterion)
	return k, missing(err, "strategy.grid.no_criterion")
}

// Grids lists the editions that the visitor may read, the latest first.
func (r *Room) Grids(ctx context.Context, v identity.Visitor) ([]Grid, error) {
	return read(ctx, r.reads, gridFields, `SELECT `+gridColumns.List("g")+` FROM strategy_grid g WHERE `+visible(v, "g")+` ORDER BY g.edition DESC`)
}

// Reading is an edition with its criteria.
func (r *Room) Reading(ctx context.Context, v identity.Visitor, edition int) (Reading, error) {
	g, err := db.One(ctx, r.reads, scan(gridFields), `SELECT `+gridColumns.List("g")+` FROM strategy_grid g WHERE `+visible(v, "g")+` AND g.edition = $1`, edition)
	if err != nil {
		return Reading{}, missing(err, "strategy.grid.not_found")
	}
	criteria, err := criteriaOf(ctx, r.reads, g.ID)
	return Reading{g, criteria}, err
}

// GridInForce is the latest edition published by a day; ok is false when there is none.
func (r *Room) GridInForce(ctx context.Context, q db.Querier, day calendar.Day) (Reading, bool, error) {
	g, err := db.One(ctx, q, scan(gridFields), `SELECT `+string(gridColumns)+` FROM strategy_grid WHERE published_on <> '' AND published_on <= $1 ORDER BY edition DESC`, string(day))
	if fault.KindOf(err) == fault.NotFound {
		return Reading{}, false, nil
	}
	if err != nil {
		return Reading{}, false, err
	}
	criteria, err := criteriaOf(ctx, q, g.ID)
	return Reading{g, criteria}, err == nil, err
}
