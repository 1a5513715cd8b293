package participation

import (
	"context"

	"parvis/internal/act"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// LinkProject says which initiative of the portfolio a winning project became; "" takes the link away.
func (r *Room) LinkProject(ctx context.Context, by act.Actor, project, initiative id.ID) error {
	_, err := do(ctx, r, by, func(tx *act.Tx) (struct{}, error) { return struct{}{}, r.link(tx, project, initiative) })
	return err
}

func (r *Room) link(tx *act.Tx, project, initiative id.ID) error {
	p, err := loadProject(tx.Context(), tx, project)
	if err != nil {
		return err
	}
	e, err := loadElection(tx.Context(), tx, p.Election)
	if err != nil {
		return err
	}
	if !p.Won() {
		return fault.New(fault.Conflict, "participation.link.lost")
	}
	const verb = "participation.project.link"
	g, err := tx.Allow(act.Ask{Verb: verb, Object: p.Ref(), Roles: e.roles()})
	if err != nil {
		return err
	}
	p.Version++
	p.Initiative, p.Cost.Currency = initiative, e.Currency
	if err := putProject(tx, p); err != nil {
		return err
	}
	tx.Record(g, act.Act{Verb: verb, Object: p.Ref(), Subject: e.Ref(), Version: p.Version, Rows: []act.Row{p.row()},
		Visibility: e.Visibility, Args: map[string]string{"election": e.Number, "project": p.Code, "initiative": string(initiative)}})
	return nil
}
