package portfolio

import (
	"context"
	"strings"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
)

// Boards lists the saved views, by name. Boards are the city's own working views.
func (r *Room) Boards(ctx context.Context, v identity.Visitor) ([]Board, error) {
	if !v.Inside() {
		return nil, nil
	}
	return openBoards(ctx, r.reads)
}

// Board reads a saved view.
func (r *Room) Board(ctx context.Context, v identity.Visitor, board id.ID) (Board, error) {
	if !v.Inside() {
		return Board{}, fault.New(fault.NotFound, "portfolio.board.not_found")
	}
	return loadBoard(ctx, r.reads, board)
}

// SaveBoard keeps a view under a name; an empty ID makes a new one.
func (r *Room) SaveBoard(ctx context.Context, by act.Actor, b Board) (Board, error) {
	return do(ctx, r, by, func(tx *act.Tx) (Board, error) {
		b.Name = strings.TrimSpace(b.Name)
		if b.Name == "" || len([]rune(b.Name)) > maxTitle {
			return b, invalid("name", "portfolio.required")
		}
		if err := b.View.check(); err != nil {
			return b, err
		}
		if b.ID == "" {
			b.ID, b.Version, b.Author = tx.NewID(), 0, by.Post
			return b, r.recordBoard(tx, "board.save", &b)
		}
		stored, err := loadBoard(tx.Context(), tx, b.ID)
		if err != nil {
			return b, err
		}
		if err := fresh(b.Version, stored.Version, Differing{"name", b.Name, stored.Name}); err != nil {
			return b, err
		}
		b.Author = stored.Author
		return b, r.recordBoard(tx, "board.save", &b)
	})
}

// CloseBoard takes a view away; its snapshots stay.
func (r *Room) CloseBoard(ctx context.Context, by act.Actor, board id.ID) error {
	_, err := do(ctx, r, by, func(tx *act.Tx) (id.ID, error) {
		b, err := loadBoard(tx.Context(), tx, board)
		if err != nil {
			return "", err
		}
		b.ClosedOn = tx.Today()
		return "", r.recordBoard(tx, "board.close", &b)
	})
	return err
}

func (r *Room) recordBoard(tx *act.Tx, verb string, b *Board) error {
	ref := act.Ref{Type: "board", ID: b.ID}
	g, err := tx.Allow(act.Ask{Verb: "portfolio." + verb, Object: ref, Roles: map[string][]id.ID{"author": {b.Author}}})
	if err != nil {
		return err
	}
	b.Version++
	if err := putBoard(tx, *b); err != nil {
		return err
	}
	tx.Record(g, act.Act{Verb: "portfolio." + verb, Object: ref, Version: b.Version, Rows: []act.Row{b.row()},
		Texts: []act.Text{{Name: "name", Body: b.Name}}})
	return nil
}

// CardMove is a card carried from one column to another, by drag or by keyboard. From and To are keys of
// columns; "" is the column of what has none.
type CardMove struct {
	Initiative id.ID
	Version    int64
	GroupBy    GroupBy
	From, To   string
	Keep       bool         // also stay where it was: one more sponsor, owner or objective
	Role       PartRole     // ByUnit: of the part that is offered; "": contribute
	Note       string       // ByStageGroup: post-mortem, or how to resume
	Review     calendar.Day // ByStageGroup: to dormant
}

// MoveCard does what the move means: a stage that follows, a sponsor or an owner in the place of
// another, a part offered to a unit, an objective in the place of another. The rules are those of
// the use case of that name; a stage that does not follow needs SkipStage. Carrying a card away from
// a unit ends nothing: a part ends by its own acts.
func (r *Room) MoveCard(ctx context.Context, by act.Actor, m CardMove) error {
	_, err := do(ctx, r, by, func(tx *act.Tx) (id.ID, error) {
		c, err := r.open(tx, m.Initiative)
		if err != nil {
			return "", err
		}
		if err := fresh(m.Version, c.i.Version); err != nil {
			return "", err
		}
		if m.From == m.To {
			return "", fault.New(fault.Invalid, "portfolio.board.nowhere")
		}
		return "", c.carry(m)
	})
	return err
}

func (c *change) carry(m CardMove) error {
	switch m.GroupBy {
	case ByStageGroup:
		return c.carryStage(m)
	case BySponsor:
		return c.carryHolder(Sponsor, m)
	case ByOwner:
		return c.carryHolder(Owner, m)
	case ByUnit:
		return c.carryUnit(m)
	case ByObjective:
		return c.carryObjective(m)
	}
	return invalid("group_by", "portfolio.choose")
}

func (c *change) carryStage(m CardMove) error {
	if _, err := stages().Next(string(c.i.Stage), m.To); err != nil {
		return err
	}
	g, err := c.allow("initiative.advance", c.i.Ref())
	if err != nil {
		return err
	}
	return c.advance(g, "initiative.advance", Advance{Initiative: c.i.ID, To: Stage(m.To), Note: m.Note, Review: m.Review}, act.Act{})
}

func (c *change) carryHolder(role HolderRole, m CardMove) error {
	if m.To != "" {
		if _, err := c.addHolder(role, id.ID(m.To)); err != nil {
			return err
		}
	}
	if m.From == "" || m.Keep {
		return nil
	}
	_, err := c.endHolder(role, id.ID(m.From))
	return err
}

func (c *change) carryUnit(m CardMove) error {
	if m.To == "" {
		return fault.New(fault.Invalid, "portfolio.board.part_stays")
	}
	in := Offer{Initiative: c.i.ID, Unit: id.ID(m.To), Role: m.Role}
	if in.Role == "" {
		in.Role = Contribute
	}
	if err := in.check(); err != nil {
		return err
	}
	if err := c.mayOffer(in); err != nil {
		return err
	}
	_, err := c.offer(in)
	return err
}

func (c *change) carryObjective(m CardMove) error {
	b := c.i.Brief
	b.Objectives = nil
	for _, o := range c.i.Objectives {
		if m.Keep || string(o) != m.From {
			b.Objectives = append(b.Objectives, o)
		}
	}
	b.Objectives = append(b.Objectives, id.ID(m.To))
	g, err := c.allow("initiative.revise", c.i.Ref())
	if err != nil {
		return err
	}
	return c.revise(g, Revise{Initiative: c.i.ID, Brief: b.clean()})
}
