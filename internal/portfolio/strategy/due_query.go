package strategy

import (
	"cmp"
	"context"
	"slices"

	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/id"
	"parvis/internal/identity"
)

// DueMeasure is an indicator whose period is over, and whose measure is to be recorded.
type DueMeasure struct {
	Indicator
	By   calendar.Day // last day on which the measure is on time
	Late bool
}

// dueKept bounds the visitors whose lists are kept.
const dueKept = 2_000

// DueMeasures lists the indicators that the units of a visitor keep and whose measure is to be recorded, the one that
// waits longest first. Every page shows how many they are: the lists are kept until the next act about strategies, and
// callers must not change them.
func (r *Room) DueMeasures(ctx context.Context, v identity.Visitor) ([]DueMeasure, error) {
	units := unitsOf(v)
	if len(units) == 0 {
		return nil, nil
	}
	key := string(r.Today())
	for _, u := range units {
		key += " " + string(u)
	}
	return r.due.Get(ctx, key, func(ctx context.Context) ([]DueMeasure, error) { return r.readDue(ctx, units) })
}

func unitsOf(v identity.Visitor) (units []id.ID) {
	for _, p := range v.Posts {
		if v.Inside() && p.UnitID != "" {
			units = append(units, p.UnitID)
		}
	}
	slices.Sort(units)
	return slices.Compact(units)
}

func (r *Room) readDue(ctx context.Context, units []id.ID) ([]DueMeasure, error) {
	all, err := db.All(ctx, r.reads, r.scanDue, `SELECT COALESCE((SELECT MAX(m.last_day) FROM strategy_measure m WHERE m.indicator = i.id AND m.replaced_by = ''), ''), `+
		indicatorColumns.List("i")+` FROM strategy_indicator i WHERE i.ended_on = '' AND i.owner IN (`+db.Marks(1, len(units))+`) ORDER BY i.year, i.seq`, db.Args(units)...)
	all = slices.DeleteFunc(all, func(d DueMeasure) bool { return !d.By.AddDays(-grace).Before(r.Today()) }) // the period still runs
	slices.SortStableFunc(all, func(a, b DueMeasure) int { return cmp.Compare(a.By, b.By) })
	return all, err
}

func (r *Room) scanDue(row db.Row) (d DueMeasure, err error) {
	var last Measure
	if err := row.Scan(append([]any{&last.LastDay}, indicatorFields(&d.Indicator)...)...); err != nil {
		return d, err
	}
	latest := &last
	if last.LastDay == "" {
		latest = nil
	}
	d.By, d.Late = d.Indicator.Due(latest), d.Overdue(latest, r.Today())
	return d, nil
}
