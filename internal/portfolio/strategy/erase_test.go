package strategy_test

import (
	"testing"

	"parvis/internal/act"
	"parvis/internal/portfolio/strategy"
)

// What somebody wrote disappears from the rows too, and only there.
func TestTextsAreEffacedInTheRows(t *testing.T) {
	forEachTown(t, func(c *town) {
		_, i := c.measured()
		c.edition("Référentiel")
		c.to("2015-02-01")
		const words = "Dit par Mme Untel"
		m := must[strategy.Measure](c)(c.room.RecordMeasure(c.ctx, mission, strategy.Record{Indicator: i.ID, Period: "2014", Value: "900", Note: words}))
		a := must[strategy.Annotation](c)(c.room.Annotate(c.ctx, anonymous, neighbour, strategy.Annotate{Edition: 1, Kind: strategy.Comment, Body: words, As: strategy.AsFirm, Name: "Untel SARL"}))
		c.ok(c.room.Moderate(c.ctx, mission, a.ID, a.Version, strategy.Shown, "", "fr"))
		grid := act.Ref{Type: "grid", ID: a.Grid}
		for _, f := range []act.Forgotten{{Subject: grid, Name: "body", Body: words}, {Subject: grid, Name: "name", Body: "Untel SARL"}} {
			c.ok(failed(act.Do(c.ctx, c.log, mission, func(tx *act.Tx) (int, error) {
				rows, err := c.room.EffaceCopies(tx, f)
				if err != nil {
					return 0, err
				}
				g, err := tx.Allow(act.Ask{Verb: "act.text.erase", Object: grid})
				tx.Record(g, act.Act{Verb: "act.text.erase", Object: grid, Rows: rows})
				return len(rows), err
			})))
		}
		shown := must[[]strategy.Annotation](c)(c.room.Annotations(c.ctx, a.Grid))
		if shown[0].Body != act.Effaced || shown[0].Name != act.Effaced {
			t.Errorf("%+v", shown)
		}
		s := must[strategy.IndicatorSheet](c)(c.room.IndicatorSheet(c.ctx, inside, i.Number))
		if s.Measures[0].ID != m.ID || s.Measures[0].Note != words {
			t.Errorf("another thing lost its words: %+v", s.Measures)
		}
	})
}
