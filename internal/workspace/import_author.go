package workspace

import (
	"context"
	"slices"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/powers"
)

// author is who runs a group: the actor, or for the founder of a city who is no longer needed the head of
// a unit that the group names.
func (im *importer) author(by act.Actor, st stage) (act.Actor, error) {
	return im.w.author(im.ctx(), im.tx, by, st, im.now)
}

func (w *Workspace) author(ctx context.Context, q db.Querier, by act.Actor, st stage, m powers.Moment) (act.Actor, error) {
	if by.Kind != act.System || len(st.lead) == 0 {
		return by, nil
	}
	governed, err := powers.Governed(ctx, q, m)
	if err != nil || !governed {
		return by, err
	}
	if lead, found, err := leader(ctx, q, m, st.lead); err != nil || found {
		return lead, err
	}
	return by, nil
}

// leader is the head of a unit of one of these kinds, the last the best, else the first who leads anything.
func leader(ctx context.Context, q db.Querier, m powers.Moment, kinds []string) (best act.Actor, found bool, err error) {
	nodes, err := powers.Organigram(ctx, q, m, false)
	rank := -1
	for _, n := range nodes {
		r := slices.Index(kinds, n.Kind)
		for _, h := range n.Heads {
			if h.ID != "" && (!found || r > rank) {
				best, found, rank = act.Actor{Kind: act.Agent, Post: h.Post, Holder: h.ID, Channel: "import"}, true, r
			}
		}
	}
	return best, found, err
}

// Actor is who imports by a command: the founder while the city has no profile, then whoever leads the
// services. Faults: Conflict workspace.import.nobody when nobody leads anything.
func (w *Workspace) Actor(ctx context.Context, founder act.Actor) (act.Actor, error) {
	governed, err := powers.Governed(ctx, w.DB.Readers, w.latest())
	if err != nil || !governed {
		return founder, err
	}
	lead, found, err := leader(ctx, w.DB.Readers, w.latest(), []string{"mission", "executive", "secretariat_general"})
	if err == nil && !found {
		err = fault.New(fault.Conflict, "workspace.import.nobody")
	}
	return lead, err
}
