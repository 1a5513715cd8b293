package council

import (
	"context"

	"parvis/internal/council/scdl"
	"parvis/internal/identity"
)

// Deliberations lists the published deliberations as the SCDL writes them: those that everyone may read,
// whoever asks.
func (r *Room) Deliberations(ctx context.Context, city, siret string) ([]scdl.Deliberation, error) {
	all, err := r.Formals(ctx, identity.Visitor{})
	var out []scdl.Deliberation
	for _, f := range all {
		if f.Kind != Deliberation {
			continue
		}
		d := scdl.Deliberation{Ref: f.Ref, CollectiviteName: city, SIRET: siret, ID: f.Number, Date: f.AdoptedOn, MatterCode: f.MatterCode,
			MatterName: f.MatterName, Object: f.Title, BudgetYear: f.BudgetYear, BudgetName: f.BudgetName, Authority: f.Authority,
			Received: f.Received, URL: f.URL}
		if v := f.Votes; v != nil {
			d.Votes = &scdl.Votes{Effectif: v.Seats, Reel: v.Cast, Pour: v.For, Contre: v.Against, Abstention: v.Abstain}
		}
		out = append(out, d)
	}
	return out, err
}
