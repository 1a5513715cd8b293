package portfolio

import (
	"context"
	"strings"

	"parvis/internal/act"
	"parvis/internal/id"
)

// Revise is the form of a change to what is said of an initiative.
type Revise struct {
	Initiative id.ID
	Version    int64 // as the form was filled
	Brief
	Motive string // why it changed; optional
}

// ReviseInitiative changes what is said of an initiative. A form filled from an older version gives
// fault.Conflict with both texts of every field that differs.
func (r *Room) ReviseInitiative(ctx context.Context, by act.Actor, in Revise) (Initiative, error) {
	return do(ctx, r, by, func(tx *act.Tx) (Initiative, error) {
		in.Brief = in.Brief.clean()
		if err := in.Brief.check(); err != nil {
			return Initiative{}, err
		}
		c, err := r.open(tx, in.Initiative)
		if err != nil {
			return Initiative{}, err
		}
		if err := fresh(in.Version, c.i.Version, in.Brief.differing(c.i.Brief)...); err != nil {
			return Initiative{}, err
		}
		g, err := c.allow("initiative.revise", c.i.Ref())
		if err != nil {
			return Initiative{}, err
		}
		return c.i, c.revise(g, in)
	})
}

func (c *change) revise(g act.Grant, in Revise) error {
	said := in.Brief.words(c.i.Brief, c.shown() == act.Public)
	c.i.Brief = in.Brief
	if err := c.save(); err != nil {
		return err
	}
	if err := index(c.tx, c.i); err != nil {
		return err
	}
	_, err := c.record(g, "initiative.revise", act.Act{Visibility: c.shown(),
		Args:  map[string]string{"initiative": c.i.Number},
		Texts: append(said, act.Text{Name: "motive", Body: strings.TrimSpace(in.Motive)})})
	return err
}

// differing pairs the fields of two briefs.
func (b Brief) differing(stored Brief) []Differing {
	list := func(l []string) string { return strings.Join(l, ", ") }
	return []Differing{
		{"title", b.Title, stored.Title},
		{"problem", b.Problem, stored.Problem},
		{"sufferer", b.Sufferer, stored.Sufferer},
		{"origin", string(b.Origin), string(stored.Origin)},
		{"origin_note", b.OriginNote, stored.OriginNote},
		{"matter", b.Matter, stored.Matter},
		{"places", list(b.Places), list(stored.Places)},
		{"address", b.Address, stored.Address},
		{"initials", b.Initials, stored.Initials},
		{"tags", list(b.Tags), list(stored.Tags)},
	}
}
