package strategy

import (
	"context"

	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/id"
	"parvis/internal/identity"
)

func (c *change) putDilemma(d *Dilemma) error {
	return c.put("strategy_dilemma", dilemmaColumns, dilemmaFields(d))
}

func (c *change) putPosition(p *Position) error {
	return c.put("strategy_position", positionColumns, positionFields(p))
}

func dilemmas(ctx context.Context, q db.Querier) ([]Dilemma, error) {
	return read(ctx, q, dilemmaFields, `SELECT `+string(dilemmaColumns)+` FROM strategy_dilemma ORDER BY rank, code`)
}

func loadDilemma(ctx context.Context, q db.Querier, dilemma id.ID) (Dilemma, error) {
	d, err := db.One(ctx, q, scan(dilemmaFields), `SELECT `+string(dilemmaColumns)+` FROM strategy_dilemma WHERE id = $1`, dilemma)
	return d, missing(err, "strategy.dilemma.not_found")
}

func loadPosition(ctx context.Context, q db.Querier, position id.ID) (Position, error) {
	p, err := db.One(ctx, q, scan(positionFields), `SELECT `+string(positionColumns)+` FROM strategy_position WHERE id = $1`, position)
	return p, missing(err, "strategy.position.not_found")
}

// positions lists what the visitor may read up to a day, the latest first.
func (r *Room) positions(ctx context.Context, v identity.Visitor, day calendar.Day) ([]Position, error) {
	return read(ctx, r.reads, positionFields, `SELECT `+positionColumns.List("p")+` FROM strategy_position p WHERE p.taken_on <= $1 AND `+visible(v, "p")+
		` ORDER BY p.taken_on DESC, p.id DESC`, string(day))
}

// Dilemmas lists the axes.
func (r *Room) Dilemmas(ctx context.Context) ([]Dilemma, error) { return dilemmas(ctx, r.reads) }

// Positioning is every dilemma as it stood on a day.
func (r *Room) Positioning(ctx context.Context, v identity.Visitor, day calendar.Day) ([]Standing, error) {
	axes, err := r.Dilemmas(ctx)
	if err != nil {
		return nil, err
	}
	taken, err := r.positions(ctx, v, day)
	if err != nil {
		return nil, err
	}
	leaning, err := r.leaning(ctx, v, day)
	out := make([]Standing, len(axes))
	for n, d := range axes {
		s := Standing{Dilemma: d, Leaning: leaning[d.Code]}
		for _, p := range taken {
			switch {
			case p.Dilemma != d.ID:
			case s.Now == nil:
				s.Now = &p
			default:
				s.Before = append(s.Before, p)
			}
		}
		s.Tensions = s.tensions()
		out[n] = s
	}
	return out, err
}
