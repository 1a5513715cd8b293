package portfolio

import (
	"context"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// AddSponsor lets an elected post carry an initiative, from today.
func (r *Room) AddSponsor(ctx context.Context, by act.Actor, initiative, post id.ID) error {
	return r.addHolder(ctx, by, Sponsor, initiative, post)
}

// EndSponsor ends that, from today.
func (r *Room) EndSponsor(ctx context.Context, by act.Actor, initiative, post id.ID) error {
	return r.endHolder(ctx, by, Sponsor, initiative, post)
}

// AddOwner lets a post run an initiative, from today.
func (r *Room) AddOwner(ctx context.Context, by act.Actor, initiative, post id.ID) error {
	return r.addHolder(ctx, by, Owner, initiative, post)
}

// EndOwner ends that, from today.
func (r *Room) EndOwner(ctx context.Context, by act.Actor, initiative, post id.ID) error {
	return r.endHolder(ctx, by, Owner, initiative, post)
}

func (r *Room) addHolder(ctx context.Context, by act.Actor, role HolderRole, initiative, post id.ID) error {
	_, err := do(ctx, r, by, func(tx *act.Tx) (id.ID, error) {
		c, err := r.open(tx, initiative)
		if err != nil {
			return "", err
		}
		return c.addHolder(role, post)
	})
	return err
}

func (c *change) addHolder(role HolderRole, post id.ID) (id.ID, error) {
	g, err := c.allow(string(role)+".add", c.i.Ref())
	if err != nil {
		return "", err
	}
	_, already, err := c.holding(role, post)
	if err != nil {
		return "", err
	}
	if already {
		return "", fault.New(fault.Conflict, "portfolio."+string(role)+".already")
	}
	if err := c.hold(role, post); err != nil {
		return "", err
	}
	return c.record(g, string(role)+".add", act.Act{Visibility: c.shown(),
		Args: map[string]string{"initiative": c.i.Number, "post": string(post)}})
}

// hold writes the holder of a role; sponsors are elected.
func (c *change) hold(role HolderRole, post id.ID) error {
	p, err := c.r.post(c.tx, post, string(role))
	if err != nil {
		return err
	}
	if role == Sponsor && !p.Elected {
		return invalid("sponsor", "portfolio.sponsor.not_elected", "post", p.Title)
	}
	h := Holder{ID: c.tx.NewID(), Version: 1, Initiative: c.i.ID, Role: role, Post: post, Period: calendar.Since(c.tx.Today())}
	return c.wrote(h.row(), putHolder(c.tx, h))
}

// holding finds the holder of a role in force.
func (c *change) holding(role HolderRole, post id.ID) (Holder, bool, error) {
	all, err := loadHolders(c.tx.Context(), c.tx, c.i.ID)
	if err != nil {
		return Holder{}, false, err
	}
	for _, h := range all {
		if h.Role == role && h.Post == post && h.Open() {
			return h, true, nil
		}
	}
	return Holder{}, false, nil
}

func (r *Room) endHolder(ctx context.Context, by act.Actor, role HolderRole, initiative, post id.ID) error {
	_, err := do(ctx, r, by, func(tx *act.Tx) (id.ID, error) {
		c, err := r.open(tx, initiative)
		if err != nil {
			return "", err
		}
		return c.endHolder(role, post)
	})
	return err
}

func (c *change) endHolder(role HolderRole, post id.ID) (id.ID, error) {
	g, err := c.allow(string(role)+".end", c.i.Ref())
	if err != nil {
		return "", err
	}
	h, found, err := c.holding(role, post)
	if err != nil {
		return "", err
	}
	if !found {
		return "", fault.New(fault.Conflict, "portfolio."+string(role)+".none")
	}
	h.Version++
	h.To = c.tx.Today()
	if err := c.wrote(h.row(), putHolder(c.tx, h)); err != nil {
		return "", err
	}
	return c.record(g, string(role)+".end", act.Act{Visibility: c.shown(),
		Args: map[string]string{"initiative": c.i.Number, "post": string(post)}})
}
