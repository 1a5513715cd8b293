package council

import (
	"context"
	"strings"
	"time"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/clock"
	"parvis/internal/db"
	"parvis/internal/id"
	"parvis/internal/powers"
)

// Seats is what circuits ask of the powers. Each reads through q, as the transaction sees it.
type Seats struct {
	// Bearers lists the posts that bear a role for a question, vacant ones included.
	Bearers func(ctx context.Context, q db.Querier, role string, ask act.Ask) ([]id.ID, error)
	// Superior is the post above another; "" at the top.
	Superior func(ctx context.Context, q db.Querier, post id.ID, day calendar.Day) (id.ID, error)
	// Circuits lists the circuits of the governance profile in force.
	Circuits func(ctx context.Context, q db.Querier, day calendar.Day) ([]CircuitTemplate, error)
}

// PowersSeats is the Seats of a city whose powers are kept by package powers.
func PowersSeats(engine *powers.Engine, c clock.Clock) Seats {
	s := powersSeats{engine, c}
	return Seats{Bearers: s.bearers, Superior: s.superior, Circuits: s.circuits}
}

type powersSeats struct {
	engine *powers.Engine
	clock  clock.Clock
}

func (s powersSeats) moment(q db.Querier, day calendar.Day) powers.Moment {
	now := s.clock.Now()
	if tx, ok := q.(interface{ Now() time.Time }); ok {
		now = tx.Now()
	}
	return powers.Now(now).On(day)
}

func (s powersSeats) bearers(ctx context.Context, q db.Querier, role string, ask act.Ask) ([]id.ID, error) {
	m := s.moment(q, ask.Day)
	of, above := strings.CutPrefix(role, "above:")
	if !above {
		places, err := s.engine.Bearers(ctx, q, role, ask, m)
		return postsOf(places), err
	}
	var out []id.ID
	for _, unit := range ask.Roles[of] {
		places, err := powers.HeadsAbove(ctx, q, unit, m)
		if err != nil {
			return nil, err
		}
		out = append(out, postsOf(places)...)
	}
	return out, nil
}

func postsOf(places []powers.Place) []id.ID {
	out := make([]id.ID, len(places))
	for i, p := range places {
		out[i] = p.Post
	}
	return out
}

func (s powersSeats) superior(ctx context.Context, q db.Querier, post id.ID, day calendar.Day) (id.ID, error) {
	p, err := powers.Superior(ctx, q, post, s.moment(q, day))
	return p.Post, err
}

func (s powersSeats) circuits(ctx context.Context, q db.Querier, day calendar.Day) ([]CircuitTemplate, error) {
	p, err := s.engine.ProfileOn(ctx, q, s.moment(q, day))
	if err != nil || p == nil {
		return nil, err
	}
	out := make([]CircuitTemplate, len(p.Circuits))
	for i, c := range p.Circuits {
		out[i] = CircuitTemplate{Code: c.Code, NameFR: c.Name.FR, NameEN: c.Name.EN}
		for _, st := range c.Steps {
			out[i].Steps = append(out[i].Steps, StepSpec{NameFR: st.Name.FR, NameEN: st.Name.EN, Kind: StepKind(st.Kind), Roles: st.Roles,
				IfAny: st.IfAny, With: st.With, Need: st.Need, Days: st.Days, Working: st.Working, Silence: Silence(st.Silence), Minor: st.Minor,
				NoMail: st.NoMail, Authoritative: st.Authoritative, Back: st.Back})
		}
	}
	return out, nil
}
