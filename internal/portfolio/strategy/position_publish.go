package strategy

import (
	"context"

	"parvis/internal/act"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
)

// PublishPosition lets everybody read a position that was kept internal, once a person says that they reviewed what will be
// read. It is dated as it was decided; the act by which it is known outside is this one.
//
// Faults: Denied strategy.publish.person_only, Invalid strategy.form at reviewed, Conflict strategy.public_already or
// strategy.stale.
func (r *Room) PublishPosition(ctx context.Context, by act.Actor, position id.ID, version int64, reviewed bool) error {
	if by.Kind == act.System {
		return fault.New(fault.Denied, "strategy.publish.person_only")
	}
	_, err := run(ctx, r, by, func(c *change) (Position, error) {
		p, err := loadPosition(c.ctx, c.tx, position)
		if err != nil {
			return p, err
		}
		d, err := loadDilemma(c.ctx, c.tx, p.Dilemma)
		switch {
		case err != nil:
			return p, err
		case p.Visibility == act.Public:
			return p, fault.New(fault.Conflict, "strategy.public_already")
		case !reviewed:
			return p, invalid("reviewed", "strategy.position.review")
		}
		if err := fresh(version, p.Version); err != nil {
			return p, err
		}
		a := act.Act{ID: c.tx.NewID(), Object: act.Ref{Type: "position", ID: p.ID}, Subject: d.Ref(), Version: p.Version + 1, Visibility: act.Public, Cause: p.Act,
			When: act.When{Effective: p.TakenOn}, How: act.How{Instrument: p.Instrument}, Args: map[string]string{"dilemma": d.Code, "lean": leanText(p.Lean)}}
		p.Version, p.Visibility, p.Act = a.Version, act.Public, a.ID
		if err := c.putPosition(&p); err != nil {
			return p, err
		}
		_, err = c.record("position.publish", said(a, "motive", p.Lang, p.Motive))
		return p, err
	})
	return err
}

// MayPublishPositions tells whether a visitor holds the power to publish what was decided about a dilemma.
func (r *Room) MayPublishPositions(ctx context.Context, v identity.Visitor) (bool, error) {
	if !v.Inside() || v.ReadOnly || len(v.Posts) == 0 {
		return false, nil
	}
	return r.asked.Holds(ctx, v.Actor(""), act.Ask{Verb: "strategy.position.publish"})
}
