package strategy

import (
	"context"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/id"
	"parvis/internal/identity"
)

func (c *change) putContribution(k *Contribution) error {
	return c.put("strategy_contribution", contributionColumns, contributionFields(k))
}

func loadContribution(ctx context.Context, q db.Querier, contribution id.ID) (Contribution, error) {
	k, err := db.One(ctx, q, scan(contributionFields), `SELECT `+string(contributionColumns)+` FROM strategy_contribution WHERE id = $1`, contribution)
	return k, missing(err, "strategy.claim.not_found")
}

// contributionsOf lists the claims of an initiative that stand.
func contributionsOf(ctx context.Context, q db.Querier, initiative id.ID) ([]Contribution, error) {
	return read(ctx, q, contributionFields, `SELECT `+string(contributionColumns)+` FROM strategy_contribution WHERE initiative = $1 AND ended_on = '' ORDER BY claimed_on, id`, initiative)
}

// contributions lists the claims that stand about initiatives the visitor may read, those chosen by a
// condition on p.
func (r *Room) contributions(ctx context.Context, v identity.Visitor, chosen string, args []any) ([]Contribution, error) {
	return read(ctx, r.reads, contributionFields, `SELECT `+contributionColumns.List("k")+` FROM strategy_contribution k
		JOIN portfolio_initiative p ON p.id = k.initiative WHERE k.ended_on = '' AND p.withdrawn_on = '' AND `+visible(v, "p")+chosen+` ORDER BY k.claimed_on, k.id`, args...)
}

// about is what a change must know of an initiative: how its act is shown.
type about struct {
	number     string
	visibility act.Visibility
}

func initiativeOf(ctx context.Context, q db.Querier, initiative id.ID) (about, error) {
	a, err := db.One(ctx, q, func(r db.Row) (a about, err error) { return a, r.Scan(&a.number, &a.visibility) },
		`SELECT number, visibility FROM portfolio_initiative WHERE id = $1 AND withdrawn_on = ''`, initiative)
	return a, missing(err, "strategy.unknown_initiative")
}

func objectiveExists(ctx context.Context, q db.Querier, objective id.ID) (bool, error) {
	n, err := db.One(ctx, q, db.Scalar[int], `SELECT COUNT(*) FROM portfolio_objective WHERE id = $1`, objective)
	return n > 0, err
}

func objectiveCode(ctx context.Context, q db.Querier, objective id.ID) (string, error) {
	code, err := db.One(ctx, q, db.Scalar[string], `SELECT code FROM portfolio_objective WHERE id = $1`, objective)
	return code, missing(err, "strategy.objective.not_found")
}
