package council

import (
	"context"
	"slices"
	"strings"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// Template is a circuit that a committee drew for its own papers.
type Template struct {
	ID        id.ID
	Version   int64
	Committee id.ID
	CircuitTemplate
	ClosedOn calendar.Day
}

func (t Template) row() act.Row { return act.Row{Table: "council_template", ID: t.ID} }

// DrawTemplate draws a circuit for a committee, or draws it again: circuits that run keep their steps.
func (r *Room) DrawTemplate(ctx context.Context, by act.Actor, committee id.ID, t CircuitTemplate) (Template, error) {
	t.Code, t.NameFR, t.NameEN = strings.TrimSpace(t.Code), strings.TrimSpace(t.NameFR), strings.TrimSpace(t.NameEN)
	err := t.check()
	if err == nil && (t.Code == "" || t.Code == Consultation || len(t.Code) > 40) {
		err = invalid("code", "council.circuit.code")
	}
	if err != nil {
		return Template{}, err
	}
	return do(ctx, r, by, func(tx *act.Tx) (Template, error) {
		c, err := r.openCommittee(tx, committee)
		if err != nil {
			return Template{}, err
		}
		out := Template{ID: c.newID(), Committee: committee, CircuitTemplate: t}
		drawn, err := loadTemplates(ctx, tx, committee)
		if err != nil {
			return out, err
		}
		if i := slices.IndexFunc(drawn, func(o Template) bool { return o.Code == t.Code }); i >= 0 {
			out.ID, out.Version = drawn[i].ID, drawn[i].Version
		}
		return out, c.settleTemplate("template.draw", &out)
	})
}

// CloseTemplate takes a circuit out of use.
func (r *Room) CloseTemplate(ctx context.Context, by act.Actor, committee, template id.ID) error {
	_, err := do(ctx, r, by, func(tx *act.Tx) (Template, error) {
		c, err := r.openCommittee(tx, committee)
		if err != nil {
			return Template{}, err
		}
		drawn, err := loadTemplates(ctx, tx, committee)
		if err != nil {
			return Template{}, err
		}
		i := slices.IndexFunc(drawn, func(o Template) bool { return o.ID == template })
		if i < 0 {
			return Template{}, fault.New(fault.NotFound, "council.circuit.unknown_template")
		}
		drawn[i].ClosedOn = tx.Today()
		return drawn[i], c.settleTemplate("template.close", &drawn[i])
	})
	return err
}

func (c *change) settleTemplate(verb string, t *Template) error {
	t.Version++
	if err := c.wrote(t.row(), putTemplate(c.tx, *t)); err != nil {
		return err
	}
	return c.settle(verb, act.Ref{Type: "circuit_template", ID: t.ID}, t.Version, act.Act{Args: map[string]string{"circuit": t.Code}})
}

// Templates lists the circuits that may be opened for a committee: its own, then those of the governance
// profile in force that it did not draw again.
func (r *Room) Templates(ctx context.Context, committee id.ID) ([]CircuitTemplate, error) {
	return r.templates(ctx, r.reads, committee, r.Today())
}

func (r *Room) templates(ctx context.Context, q db.Querier, committee id.ID, day calendar.Day) ([]CircuitTemplate, error) {
	drawn, err := loadTemplates(ctx, q, committee)
	if err != nil {
		return nil, err
	}
	var all []CircuitTemplate
	for _, t := range drawn {
		all = append(all, t.CircuitTemplate)
	}
	if r.seats.Circuits == nil {
		return all, nil
	}
	profile, err := r.seats.Circuits(ctx, q, day)
	for _, t := range profile {
		if !slices.ContainsFunc(all, func(o CircuitTemplate) bool { return o.Code == t.Code }) {
			all = append(all, t)
		}
	}
	return all, err
}
