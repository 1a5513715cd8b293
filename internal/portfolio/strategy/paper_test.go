package strategy_test

import (
	"net/http/httptest"
	"testing"

	"parvis/internal/act"
	"parvis/internal/blob"
	"parvis/internal/blob/blobtest"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/portfolio/strategy"
)

func (c *town) hand(s strategy.Strategy, p blob.Paper) (strategy.Paper, error) {
	return c.room.AttachPaper(c.ctx, mission, strategy.Attach{Strategy: s.ID, Paper: p})
}

func TestPapersThatAStrategyDoesNotTake(t *testing.T) {
	forEachTown(t, func(c *town) {
		s, other := c.draft("Ville numérique", "2014-07-01", ""), c.draft("Autre", "2014-07-01", "")
		for want, p := range blobtest.Refused() {
			c.wants(want, failed(c.hand(s, p)))
		}
		for name, file := range blobtest.Unaccepted() {
			c.wants("blob.media", failed(c.hand(s, blob.Paper{Title: name, File: file})))
		}
		first := must[strategy.Paper](c)(c.hand(s, blob.Paper{Title: "Schéma", File: blobtest.PDF("un")}))
		c.wants("file:blob.paper.same", failed(c.hand(s, blob.Paper{Title: "Schéma", Thread: first.Thread, File: blobtest.PDF("un")})))
		c.wants("thread:strategy.paper.elsewhere", failed(c.hand(other, blob.Paper{Title: "Schéma", Thread: first.Thread, File: blobtest.PDF("deux")})))
		c.wants("strategy.paper.not_public", c.room.PublishPaper(c.ctx, mission, first.ID))
		if papers := must[[]strategy.Paper](c)(c.room.Papers(c.ctx, inside, s.ID)); len(papers) != 1 {
			t.Errorf("of all that, one stands: %+v", papers)
		}
	})
}

// A paper is no more public than its strategy, nor before a person publishes it; editions stand beside each other.
func TestPapersOfAStrategy(t *testing.T) {
	forEachTown(t, func(c *town) {
		s := c.draft("Ville numérique", "2014-07-01", "")
		one := must[strategy.Paper](c)(c.hand(s, blob.Paper{Title: "Schéma", File: blobtest.PDF("un")}))
		c.ok(c.room.Publish(c.ctx, mission, s.ID, s.Version))
		two := must[strategy.Paper](c)(c.room.AttachPaper(c.ctx, mission, strategy.Attach{Strategy: s.ID, Public: true,
			Paper: blob.Paper{Title: "Schéma", Thread: one.Thread, File: blobtest.PDF("deux")}}))
		if two.Visibility != act.Public || two.Edition != 2 || two.Media != blob.PDF {
			t.Errorf("%+v", two)
		}
		outside := identity.Visitor{}
		_, err := c.room.PaperFor(c.ctx, outside, one.ID)
		c.wants("strategy.paper.not_found", err)
		c.ok(c.room.PublishPaper(c.ctx, mission, one.ID))
		found := must[strategy.Paper](c)(c.room.PaperFor(c.ctx, outside, one.ID))
		w := httptest.NewRecorder()
		c.ok(c.room.ServePaper(w, httptest.NewRequest("GET", "/", nil), found))
		if w.Body.String() != "%PDF-1.4\nun" {
			t.Errorf("served %q", w.Body)
		}
		c.ok(c.room.RemovePaper(c.ctx, mission, one.ID))
		c.wants("strategy.paper.removed", c.room.RemovePaper(c.ctx, mission, one.ID))
		c.wants("strategy.paper.removed", failed(c.room.PaperFor(c.ctx, inside, one.ID)))
		var told []id.ID
		c.ok(c.room.EachPaper(c.ctx, outside, func(l strategy.PaperLine) error { told = append(told, l.ID); return nil }))
		if len(told) != 1 || told[0] != two.ID {
			t.Errorf("exported outside: %v", told)
		}
	})
}
