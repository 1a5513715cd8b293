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

// serves is the condition, in SQL, of the initiatives that name an objective or claim to contribute to one.
const serves = `(p.objectives NOT IN ('', '[]', 'null') OR EXISTS (SELECT 1 FROM strategy_contribution k WHERE k.initiative = p.id AND k.ended_on = ''))`

// shownOrphans is how many initiatives without objective are listed; the others are counted.
const shownOrphans = 100

// orphans lists the latest active initiatives that serve nothing, and counts them all.
func (r *Room) orphans(ctx context.Context, v identity.Visitor) (list []Contributor, n int, err error) {
	where := ` FROM portfolio_initiative p WHERE p.withdrawn_on = '' AND p.stage NOT IN ('stopped', 'retired') AND ` + visible(v, "p") + ` AND NOT ` + serves
	if n, err = db.One(ctx, r.reads, db.Scalar[int], `SELECT COUNT(*)`+where); err != nil {
		return nil, 0, err
	}
	list, err = db.All(ctx, r.reads, func(row db.Row) (c Contributor, err error) {
		return c, row.Scan(&c.ID, &c.Number, &c.Title, &c.Lang, &c.Stage)
	}, `SELECT p.id, p.number, p.title, p.lang, p.stage`+where+` ORDER BY p.year DESC, p.seq DESC LIMIT $1`, shownOrphans)
	return list, n, err
}

// serving tells which readable initiatives serve each objective; with one of them named, it looks at that one alone.
func (r *Room) serving(ctx context.Context, v identity.Visitor, only ...id.ID) (map[id.ID][]Contributor, error) {
	chosen, args := " AND "+serves, db.Args(only)
	if len(only) > 0 {
		chosen = " AND p.id IN (" + db.Marks(1, len(only)) + ")"
	}
	list, err := db.All(ctx, r.reads, func(row db.Row) (i initiative, err error) {
		return i, row.Scan(&i.ID, &i.Number, &i.Title, &i.Lang, &i.Stage, jsonText{&i.objectives})
	}, `SELECT p.id, p.number, p.title, p.lang, p.stage, p.objectives FROM portfolio_initiative p WHERE p.withdrawn_on = '' AND `+visible(v, "p")+chosen+` ORDER BY p.year, p.seq`, args...)
	if err != nil {
		return nil, err
	}
	claims, err := r.contributions(ctx, v, chosen, args)
	if err != nil {
		return nil, err
	}
	by := map[id.ID]map[id.ID][]Contribution{} // initiative, objective
	for _, k := range claims {
		if by[k.Initiative] == nil {
			by[k.Initiative] = map[id.ID][]Contribution{}
		}
		by[k.Initiative][k.Objective] = append(by[k.Initiative][k.Objective], k)
	}
	out := map[id.ID][]Contributor{}
	for _, i := range list {
		objectives := slices.Concat(i.objectives, slices.Collect(maps.Keys(by[i.ID])))
		slices.Sort(objectives)
		for _, o := range slices.Compact(objectives) {
			c := i.Contributor
			c.Named, c.Claims = slices.Contains(i.objectives, o), by[i.ID][o]
			out[o] = append(out[o], c)
		}
	}
	return out, nil
}
