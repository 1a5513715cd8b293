package council

import (
	"context"
	"slices"
	"strings"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/id"
)

// seeker finds whom the steps of a circuit ask, on a day.
type seeker struct {
	r     *Room
	ctx   context.Context
	q     db.Querier
	day   calendar.Day
	chair []id.ID // of the committee of the circuit
	ask   act.Ask // the matter
	away  map[id.ID]bool
}

// seek lists who bears the roles of a step, each post once.
func (s seeker) seek(roles []string) ([]Sought, error) {
	var found []id.ID
	for _, role := range roles {
		posts, err := s.bearers(role)
		if err != nil {
			return nil, err
		}
		found = append(found, posts...)
	}
	return s.sought(found)
}

// bearers reads the roles that name a committee here, one post or one unit; the powers read the others.
func (s seeker) bearers(role string) ([]id.ID, error) {
	form, arg, _ := strings.Cut(role, ":")
	ask := s.ask
	switch form {
	case "chair":
		return s.chair, nil
	case "committee", "members":
		return seatsOfCommittee(s.ctx, s.q, arg, form == "committee", s.day)
	case rolePost:
		return []id.ID{id.ID(arg)}, nil
	case roleUnit:
		ask.Roles = map[string][]id.ID{"unit": {id.ID(arg)}}
		role = "head:unit"
	}
	if s.r.seats.Bearers == nil {
		return nil, nil
	}
	return s.r.seats.Bearers(s.ctx, s.q, role, ask)
}

// Roles that a person chose from a list: they carry ids, not codes.
const (
	rolePost = "this-post"
	roleUnit = "this-unit"
)

// sought tells of each post, once, whether somebody holds it and may speak of the matter.
func (s seeker) sought(posts []id.ID) ([]Sought, error) {
	if len(posts) == 0 {
		return nil, nil
	}
	known, err := s.r.dir.Posts(s.ctx, s.q, posts, s.day)
	var out []Sought
	seen := map[id.ID]bool{}
	for _, p := range posts {
		if _, exists := known[p]; exists && !seen[p] {
			seen[p] = true
			out = append(out, Sought{Post: p, Held: known[p].Held, Recused: s.away[p]})
		}
	}
	return out, err
}

// MatterRoles are the roles that name somebody only once the matter is known, in the order of forms.
func MatterRoles() []string {
	return []string{"sponsor", "head:lead", "above:lead", "head:part", "sponsor:part", "owner", "head:unit", "author"}
}

// ofMatter tells whether a role names somebody only once the matter is known.
func ofMatter(role string) bool {
	form, arg, _ := strings.Cut(role, ":")
	switch form {
	case "sponsor", "owner", "asked", "author", "above":
		return true
	case "head", "member":
		return slices.Contains([]string{"lead", "part", "unit"}, arg)
	}
	return false
}

// seeker finds whom the steps of the circuit at hand ask.
func (c *flowChange) seeker() (seeker, error) {
	if c.seats != nil {
		return *c.seats, nil
	}
	ask, err := c.question()
	if err != nil {
		return seeker{}, err
	}
	away, err := c.recused(c.item)
	if err != nil {
		return seeker{}, err
	}
	c.seats = &seeker{r: c.r, ctx: c.tx.Context(), q: c.tx, day: c.tx.Today(), chair: c.posts(President), ask: ask, away: away}
	return *c.seats, nil
}

// seek lists who bears the roles of a step now.
func (c *flowChange) seek(spec StepSpec) ([]Sought, error) {
	s, err := c.seeker()
	if err != nil {
		return nil, err
	}
	return s.seek(spec.Roles)
}

// question is what the powers are asked about the matter of the circuit.
func (c *flowChange) question() (act.Ask, error) {
	ask, err := c.r.askAbout(c.tx.Context(), c.tx, c.f.Circuit.Initiative, c.f.Circuit.Unit, c.tx.Today())
	if err == nil {
		ask.Roles["author"] = []id.ID{c.f.Circuit.OpenedBy}
	}
	return ask, err
}

// askAbout is what the powers are asked about a matter: the roles of its initiative, or the unit that brings it.
func (r *Room) askAbout(ctx context.Context, q db.Querier, initiative, unit id.ID, day calendar.Day) (act.Ask, error) {
	ask := act.Ask{Roles: map[string][]id.ID{}}
	if initiative != "" {
		var err error
		if ask, err = r.portfolio.AskAbout(ctx, q, initiative, day); err != nil {
			return ask, err
		}
	}
	ask.Day = day
	if unit != "" {
		ask.Roles["unit"] = []id.ID{unit}
		if len(ask.Roles["lead"]) == 0 {
			ask.Roles["lead"] = []id.ID{unit}
		}
	}
	return ask, nil
}

// above finds who is asked when a post is silent or recused; whoever is recused too is passed over.
func (c *flowChange) above(post id.ID) (Sought, error) {
	up, err := c.r.above(c.tx.Context(), c.tx, post, c.item, c.tx.Today())
	if err != nil || up == "" {
		return Sought{}, err
	}
	s, err := c.seeker()
	if err != nil {
		return Sought{}, err
	}
	found, err := s.sought([]id.ID{up})
	if err != nil || len(found) == 0 {
		return Sought{}, err
	}
	return found[0], nil
}
