package participation

import (
	"context"
	"strings"

	"parvis/internal/act"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/participation/recount"
)

// PublishResult makes a counted election public, with its files. A person does it, never a timer; there is
// no way back but the tombstone.
func (r *Room) PublishResult(ctx context.Context, by act.Actor, election id.ID, version int64) (Election, error) {
	return do(ctx, r, by, func(tx *act.Tx) (Election, error) {
		e, err := loadElection(tx.Context(), tx, election)
		if err != nil {
			return e, err
		}
		if err := fresh(version, e.Version); err != nil {
			return e, err
		}
		if e.Stage != Counted {
			return e, fault.New(fault.Conflict, "participation.publish.not_counted", "number", e.Number)
		}
		g, err := tx.Allow(act.Ask{Verb: recount.PublishVerb, Object: e.Ref(), Roles: e.roles()})
		if err != nil {
			return e, err
		}
		e.Version++
		e.Stage, e.Visibility, e.PublishedOn = Published, act.Public, tx.Today()
		if err := putElection(tx, e); err != nil {
			return e, err
		}
		tx.Record(g, act.Act{Verb: recount.PublishVerb, Object: e.Ref(), Version: e.Version, Rows: []act.Row{e.row()}, Cause: e.FrozenBy,
			Args:  map[string]string{"election": e.Number, "manifest": e.FilesDigest, "result": e.ResultDigest, "rules": e.RulesDigest},
			Texts: []act.Text{{Name: "title", Lang: e.Lang, Body: e.Title}}})
		return e, tell(tx, e)
	})
}

// Withdraw makes a tombstone of an election: it leaves every list, and its address says that it was
// there, until when, and why it is gone.
func (r *Room) Withdraw(ctx context.Context, by act.Actor, election id.ID, version int64, reason string) (Election, error) {
	if reason = strings.TrimSpace(reason); reason == "" {
		return Election{}, invalid("reason", "participation.required")
	}
	return do(ctx, r, by, func(tx *act.Tx) (Election, error) {
		e, err := loadElection(tx.Context(), tx, election)
		if err != nil {
			return e, err
		}
		if err := fresh(version, e.Version); err != nil {
			return e, err
		}
		const verb = "participation.election.withdraw"
		g, err := tx.Allow(act.Ask{Verb: verb, Object: e.Ref(), Roles: e.roles()})
		if err != nil {
			return e, err
		}
		e.Version++
		e.WithdrawnOn, e.WithdrawnFor = tx.Today(), reason
		if err := putElection(tx, e); err != nil {
			return e, err
		}
		tx.Record(g, act.Act{Verb: verb, Object: e.Ref(), Version: e.Version, Rows: []act.Row{e.row()}, Visibility: e.shownAs(),
			Args: map[string]string{"election": e.Number}, Texts: []act.Text{{Name: "motive", Body: reason}}})
		return e, tell(tx, e)
	})
}

// shownAs is who may read an act about the election: whoever may read the election itself.
func (e Election) shownAs() act.Visibility {
	if e.Stage == Imported {
		return act.Internal
	}
	return act.Public // the rules were frozen in public
}
