package strategy

import (
	"context"
	"maps"
	"slices"

	"parvis/internal/db"
	"parvis/internal/id"
	"parvis/internal/identity"
)

// initiative is an initiative with the objectives that it names.
type initiative struct {
	Contributor
	objectives []id.ID
}

// serving tells which readable initiatives serve each objective, and lists them all; with one of them
// named, it looks at that one alone.
func (r *Room) serving(ctx context.Context, v identity.Visitor, only ...id.ID) (map[id.ID][]Contributor, []Contributor, error) {
	chosen, args := "", db.Args(only)
	if len(only) > 0 {
		chosen = " AND p.id IN (" + db.Marks(1, len(only)) + ")"
	}
	list, err := db.All(ctx, r.reads, func(row db.Row) (i initiative, err error) {
		return i, row.Scan(&i.ID, &i.Number, &i.Title, &i.Lang, &i.Stage, jsonText{&i.objectives})
	}, `SELECT p.id, p.number, p.title, p.lang, p.stage, p.objectives FROM portfolio_initiative p WHERE p.withdrawn_on = '' AND `+visible(v, "p")+chosen+` ORDER BY p.year, p.seq`, args...)
	if err != nil {
		return nil, nil, err
	}
	claims, err := r.contributions(ctx, v, chosen, args)
	if err != nil {
		return nil, nil, err
	}
	by := map[id.ID]map[id.ID][]Contribution{} // initiative, objective
	for _, k := range claims {
		if by[k.Initiative] == nil {
			by[k.Initiative] = map[id.ID][]Contribution{}
		}
		by[k.Initiative][k.Objective] = append(by[k.Initiative][k.Objective], k)
	}
	out, all := map[id.ID][]Contributor{}, make([]Contributor, len(list))
	for n, i := range list {
		all[n] = i.Contributor
		objectives := slices.Concat(i.objectives, slices.Collect(maps.Keys(by[i.ID])))
		slices.Sort(objectives)
		for _, o := range slices.Compact(objectives) {
			c := i.Contributor
			c.Named, c.Claims = slices.Contains(i.objectives, o), by[i.ID][o]
			out[o] = append(out[o], c)
		}
	}
	return out, all, nil
}
