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

// seek lists who bears the roles of a step now, each post once.
func (c *flowChange) seek(spec StepSpec) ([]Sought, error) {
	ask, err := c.question()
	if err != nil {
		return nil, err
	}
	var found []id.ID
	for _, role := range spec.Roles {
		posts, err := c.bearers(role, ask)
		if err != nil {
			return nil, err
		}
		found = append(found, posts...)
	}
	return c.sought(found)
}

// question is what the powers are asked about the matter: the roles of its initiative, or the unit that
// brings it.
func (c *flowChange) question() (act.Ask, error) {
	ask := act.Ask{Roles: map[string][]id.ID{}, Day: c.tx.Today()}
	if c.f.Circuit.Initiative != "" {
		var err error
		if ask, err = c.r.portfolio.AskAbout(c.tx.Context(), c.tx, c.f.Circuit.Initiative, c.tx.Today()); err != nil {
			return ask, err
		}
		ask.Day = c.tx.Today()
	}
	if unit := c.f.Circuit.Unit; unit != "" {
		ask.Roles["unit"] = []id.ID{unit}
		if len(ask.Roles["lead"]) == 0 {
			ask.Roles["lead"] = []id.ID{unit}
		}
	}
	ask.Roles["author"] = []id.ID{c.f.Circuit.OpenedBy}
	return ask, nil
}

// bearers reads the roles that name a committee here, one post or one unit; the powers read the others.
func (c *flowChange) bearers(role string, ask act.Ask) ([]id.ID, error) {
	form, arg, _ := strings.Cut(role, ":")
	switch form {
	case "chair":
		return c.posts(President), nil
	case "committee", "members":
		return seatsOfCommittee(c.tx.Context(), c.tx, arg, form == "committee", c.tx.Today())
	case rolePost:
		return []id.ID{id.ID(arg)}, nil
	case roleUnit:
		ask.Roles["unit"] = []id.ID{id.ID(arg)}
		role = "head:unit"
	}
	if c.r.seats.Bearers == nil {
		return nil, nil
	}
	return c.r.seats.Bearers(c.tx.Context(), c.tx, role, ask)
}

// Roles that a person chose from a list when asking for a consultation: they carry ids, not codes.
const (
	rolePost = "this-post"
	roleUnit = "this-unit"
)

func (c *flowChange) sought(posts []id.ID) ([]Sought, error) {
	if len(posts) == 0 {
		return nil, nil
	}
	known, err := c.r.dir.Posts(c.tx.Context(), c.tx, posts, c.tx.Today())
	if err != nil {
		return nil, err
	}
	away, err := c.recused(c.item)
	var out []Sought
	seen := map[id.ID]bool{}
	for _, p := range posts {
		if _, exists := known[p]; exists && !seen[p] {
			seen[p] = true
			out = append(out, Sought{Post: p, Held: known[p].Held, Recused: away[p]})
		}
	}
	return out, err
}

// above finds who is asked when a post is silent or recused; whoever is recused too is passed over.
func (c *flowChange) above(post id.ID) (Sought, error) {
	for range 8 {
		if c.r.seats.Superior == nil {
			return Sought{}, nil
		}
		up, err := c.r.seats.Superior(c.tx.Context(), c.tx, post, c.tx.Today())
		if err != nil || up == "" || up == post {
			return Sought{}, err
		}
		found, err := c.sought([]id.ID{up})
		if err != nil || len(found) == 0 {
			return Sought{}, err
		}
		if !found[0].Recused {
			return found[0], nil
		}
		post = up
	}
	return Sought{}, nil
}
