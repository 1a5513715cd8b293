package council

import (
	"context"
	"slices"

	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
)

// Asking is whom a step of a drawing would ask today.
type Asking struct {
	Spec  StepSpec
	Roles []AskedRole
}

// AskedRole is one of the roles of a step with who bears it today.
type AskedRole struct {
	Role    string
	Posts   []Sought
	Depends bool // on the matter, which is not known
	Unknown bool // no such role, or no such committee, unit or post any more
}

// WouldAsk tells whom each step would ask today; item is the matter to try it on, "" for none. Only those inside may
// ask, and nobody tries it on what is kept from them.
func (r *Room) WouldAsk(ctx context.Context, v identity.Visitor, committee id.ID, steps []StepSpec, item id.ID) ([]Asking, error) {
	if !v.Inside() {
		return nil, fault.New(fault.Denied, "council.agents_only")
	}
	members, err := loadMembers(ctx, r.reads, committee)
	if err != nil {
		return nil, err
	}
	s := seeker{r: r, ctx: ctx, q: r.reads, day: r.Today(), chair: presidents(seatsOn(members, r.Today()))}
	s.ask.Day = s.day
	if item != "" {
		if err := s.about(v, item); err != nil {
			return nil, err
		}
	}
	out := make([]Asking, len(steps))
	for n, step := range steps {
		if out[n], err = s.would(step, item != ""); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func presidents(seats []Member) []id.ID {
	var out []id.ID
	for _, m := range seats {
		if m.Role == President {
			out = append(out, m.Post)
		}
	}
	return out
}

// about makes a seeker look for an item that the visitor may read.
func (s *seeker) about(v identity.Visitor, item id.ID) error {
	i, err := loadItem(s.ctx, s.q, item)
	if err != nil {
		return err
	}
	kept, err := s.r.Withheld(s.ctx, v)
	if err == nil && kept.Item(i) {
		err = fault.New(fault.Denied, "council.recused")
	}
	if err != nil {
		return err
	}
	if s.ask, err = s.r.askAbout(s.ctx, s.q, i.Initiative, "", s.day); err != nil {
		return err
	}
	s.away, err = s.r.awayFrom(s.ctx, s.q, i, s.day)
	return err
}

func (s seeker) would(step StepSpec, matter bool) (Asking, error) {
	a := Asking{Spec: step}
	for _, role := range step.Roles {
		asked := AskedRole{Role: role, Depends: ofMatter(role) && (!matter || role == "author")}
		if !asked.Depends {
			var err error
			if asked.Posts, err = s.seek([]string{role}); fault.KindOf(err) == fault.Invalid {
				asked.Unknown, err = true, nil
			}
			if err != nil {
				return a, err
			}
		}
		a.Roles = append(a.Roles, asked)
	}
	return a, nil
}

// answerable refuses steps that nobody could ever answer: whatever the matter, no post bears any of their roles, or
// fewer than must agree. An empty seat is no error: somebody will hold it.
func (c *change) answerable(steps []StepSpec) error {
	s := seeker{r: c.r, ctx: c.tx.Context(), q: c.tx, day: c.tx.Today(), chair: c.posts(President)}
	s.ask.Day = s.day
	bad := form()
	for i, step := range steps {
		if slices.ContainsFunc(step.Roles, ofMatter) {
			continue
		}
		found, err := s.seek(step.Roles)
		unknown := fault.KindOf(err) == fault.Invalid
		switch {
		case err != nil && !unknown:
			return err
		case unknown || len(found) == 0 && !step.IfAny:
			bad.At(stepField("roles", i), "council.circuit.nobody")
		case len(found) > 0 && step.Need > len(found):
			bad.At(stepField("need", i), "council.circuit.too_few", "n", len(found))
		}
	}
	return bad.OrNil()
}
