package strategy

import (
	"context"

	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
)

func (c *change) putStrategy(s *Strategy) error {
	return c.put("strategy_strategy", strategyColumns, strategyFields(s))
}

func loadStrategy(ctx context.Context, q db.Querier, strategy id.ID) (Strategy, error) {
	s, err := db.One(ctx, q, scan(strategyFields), `SELECT `+string(strategyColumns)+` FROM strategy_strategy WHERE id = $1`, strategy)
	return s, missing(err, "strategy.not_found")
}

// Strategies lists what the visitor may read, the latest first.
func (r *Room) Strategies(ctx context.Context, v identity.Visitor) ([]Strategy, error) {
	return read(ctx, r.reads, strategyFields, `SELECT `+strategyColumns.List("s")+` FROM strategy_strategy s WHERE `+visible(v, "s")+
		` ORDER BY s.from_day DESC, s.year DESC, s.seq DESC`)
}

// Find reads a strategy by its number or its id.
func (r *Room) Find(ctx context.Context, v identity.Visitor, which string) (Strategy, error) {
	s, err := db.One(ctx, r.reads, scan(strategyFields), `SELECT `+strategyColumns.List("s")+` FROM strategy_strategy s WHERE `+visible(v, "s")+
		` AND (s.number = $1 OR s.id = $1)`, which)
	return s, missing(err, "strategy.not_found")
}

// InForce is the strategy that applies on a day. ok is false when the visitor may read none.
func (r *Room) InForce(ctx context.Context, v identity.Visitor, day calendar.Day) (s Strategy, ok bool, err error) {
	s, err = db.One(ctx, r.reads, scan(strategyFields), `SELECT `+strategyColumns.List("s")+` FROM strategy_strategy s WHERE `+visible(v, "s")+
		` AND s.status <> 'draft' AND s.adopted_on <= $1 AND (s.superseded_on = '' OR s.superseded_on > $1)
		ORDER BY s.adopted_on DESC, s.id DESC`, string(day))
	if fault.KindOf(err) == fault.NotFound {
		return Strategy{}, false, nil
	}
	return s, err == nil, err
}
