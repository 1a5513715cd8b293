package participation

import (
	"context"
	"maps"
	"strings"

	"parvis/internal/act"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/job"
	"parvis/internal/participation/recount"
)

// Freeze is the form by which a person fixes the rules of an election.
type Freeze struct {
	Election id.ID
	Version  int64
	Rules    string // the document, TOML
}

// FreezeRules fixes the rules by an act that holds their digest, and asks for the count. Nothing was
// counted before; nothing changes the rules afterwards.
//
// Faults: Invalid with what the document lacks, field by field; Conflict when it is frozen already.
func (r *Room) FreezeRules(ctx context.Context, by act.Actor, in Freeze) (Election, error) {
	d, err := readRules(in.Rules)
	if err != nil {
		return Election{}, err
	}
	e, err := loadElection(ctx, r.reads, in.Election)
	if err != nil {
		return e, err
	}
	lots, err := loadLots(ctx, r.reads, e)
	if err != nil {
		return e, err
	}
	if err := checkRules(d, lots); err != nil {
		return e, err
	}
	args, err := recount.Freeze(ctx, d, r.openAll(lots))
	if err != nil {
		return e, err
	}
	return do(ctx, r, by, func(tx *act.Tx) (Election, error) {
		return r.freeze(tx, in, string(d.Canonical()), args)
	})
}

func (r *Room) freeze(tx *act.Tx, in Freeze, rules string, args act.Args) (Election, error) {
	e, err := loadElection(tx.Context(), tx, in.Election)
	if err != nil {
		return e, err
	}
	if err := fresh(in.Version, e.Version); err != nil {
		return e, err
	}
	if e.Stage != Imported {
		return e, fault.New(fault.Conflict, "participation.rules.frozen", "number", e.Number)
	}
	g, err := tx.Allow(act.Ask{Verb: recount.FreezeVerb, Object: e.Ref(), Roles: e.roles()})
	if err != nil {
		return e, err
	}
	e.Version++
	e.Stage, e.Rules, e.RulesDigest, e.FrozenOn = Frozen, rules, args["rules"], tx.Today()
	e.FrozenBy = tx.NewID()
	if err := putElection(tx, e); err != nil {
		return e, err
	}
	out := act.Act{ID: e.FrozenBy, Verb: recount.FreezeVerb, Object: e.Ref(), Version: e.Version, Rows: []act.Row{e.row()},
		Args: maps.Clone(args)} // no title: the act is public, the vote is not yet
	out.Args["election"] = e.Number
	tx.Record(g, out)
	if err := putProgress(tx, Progress{Election: e.ID, State: Waiting}); err != nil {
		return e, err
	}
	return e, job.Put(tx, countJob(e.ID))
}

// countJob asks for the count of an election; one is enough.
func countJob(election id.ID) job.Job {
	return job.Job{Kind: CountKind, Payload: countAsked{election}, Name: CountKind + "." + strings.ToLower(string(election))}
}
