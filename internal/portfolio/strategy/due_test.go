package strategy_test

import (
	"testing"

	"parvis/internal/calendar"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/portfolio/strategy"
)

// A measure waits for the unit that keeps the indicator from the end of its period until it is recorded.
func TestAMeasureWaitsForWhoKeepsTheIndicator(t *testing.T) {
	of := func(unit string, kind identity.Kind) identity.Visitor {
		return identity.Visitor{Kind: kind, Posts: []identity.PostRef{{ID: id.ID("p-" + unit), UnitID: id.ID("u-" + unit)}, {ID: "p-second", UnitID: id.ID("u-" + unit)}}}
	}
	forEachTown(t, func(c *town) {
		_, i := c.measured()
		keepers, others := of("dpe", identity.Agent), of("dsi", identity.Agent)
		due := func(v identity.Visitor) []strategy.DueMeasure {
			c.Helper()
			return must[[]strategy.DueMeasure](c)(c.room.DueMeasures(c.ctx, v))
		}
		for _, step := range []struct {
			day    calendar.Day
			record calendar.Fuzzy // on that day, before one looks
			n      int
			late   bool
			by     calendar.Day
		}{
			{day: "2015-06-12"}, // the first year since it was defined ends today
			{day: "2015-06-13", n: 1, by: "2015-07-13"},
			{day: "2015-07-13", n: 1, by: "2015-07-13"},
			{day: "2015-07-14", n: 1, by: "2015-07-13", late: true},
			{day: "2015-07-15", record: "2014", n: 0},
			{day: "2016-01-01", n: 1, by: "2016-01-31"},
			{day: "2016-01-02", record: "2015", n: 0},
		} {
			c.to(step.day)
			if step.record != "" {
				must[strategy.Measure](c)(c.room.RecordMeasure(c.ctx, mission, strategy.Record{Indicator: i.ID, Period: step.record, Value: "900", Evidence: "https://data.example"}))
			}
			got := due(keepers)
			if len(got) != step.n || step.n == 1 && (got[0].By != step.by || got[0].Late != step.late || got[0].Number != i.Number) {
				t.Errorf("%s: %+v, want %d by %s, late %v", step.day, got, step.n, step.by, step.late)
			}
			if got := due(others); len(got) > 0 {
				t.Errorf("%s: another unit is asked for %+v", step.day, got)
			}
		}
		c.to("2017-06-01")
		if n := len(due(of("dpe", identity.Resident))); n > 0 {
			t.Errorf("a resident is asked for %d measures", n)
		}
		now := must[strategy.Indicator](c)(c.room.FindIndicator(c.ctx, inside, i.Number))
		c.ok(c.room.EndIndicator(c.ctx, mission, i.ID, now.Version, "Plus personne ne la demande.", "fr"))
		if n := len(due(keepers)); n > 0 {
			t.Errorf("an indicator that ended asks for %d measures", n)
		}
	})
}
