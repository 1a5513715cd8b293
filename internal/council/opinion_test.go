package council_test

import (
	"fmt"
	"testing"

	"parvis/internal/act"
	"parvis/internal/council"
	"parvis/internal/id"
	"parvis/internal/portfolio"
)

// TestAnOpinionDecidesNothing: the committee that only advises is numbered apart and kept inside, makes no formal act,
// and leaves the question to whoever decides it.
func TestAnOpinionDecidesNothing(t *testing.T) {
	forEachTown(t, func(c *town) {
		tb := c.committee(func(f *council.CommitteeForm) { f.Rules.Voting = council.Consensus })
		m := c.prepare(tb, "2018-01-22")
		q := c.question()
		put := must(c, func() ([]council.Item, error) {
			return c.room.AddQuestions(c.ctx, secretary, m.ID, council.ForOpinion, []id.ID{q.ID}, "")
		})
		plain, decided := c.item(m, "La carte", council.ForOpinion), c.item(m, "Le registre", council.ForDecision)
		c.open(tb, m)
		for n, i := range []council.Item{put[0], plain} {
			d := must(c, func() (council.Decision, error) {
				return c.room.TakeDecision(c.ctx, president, council.DecideForm{Item: i.ID, Version: c.stored(i).Version, Result: council.ItemAdopted, Text: "Favorable"})
			})
			if want := fmt.Sprintf("AV-2018-%d", n+1); !d.Opinion() || d.Number != want || d.Visibility != act.Internal {
				t.Errorf("the opinion: %+v", d)
			}
			_, err := c.room.PrepareFormal(c.ctx, secretary, council.FormalForm{Decision: d.ID, Kind: council.Deliberation,
				FormalText: council.FormalText{Title: "La carte", MatterCode: "8.8"}})
			c.wants("council.formal.of_opinion", err)
		}
		if s := must(c, func() (portfolio.ArbitrationSheet, error) {
			return c.portfolio.Arbitration(c.ctx, inside("p-mission"), string(q.ID))
		}); s.Status == portfolio.Decided {
			t.Error("an opinion decided the question")
		}
		c.wants("", c.pronounces(decided))
		if got := c.stored(decided).Decision.Number; got != "D-2018-1" {
			t.Errorf("decisions count apart from opinions: %s", got)
		}
		for name, list := range map[string]func() ([]council.DecisionLine, error){
			"open data": func() ([]council.DecisionLine, error) { return c.room.PublicDecisions(c.ctx) },
			"formal":    func() ([]council.DecisionLine, error) { return c.room.DecisionsToFormalise(c.ctx, inside("p-greffe")) },
		} {
			if all := must(c, list); len(all) != 1 || all[0].Title != "Le registre" {
				t.Errorf("%s: %+v", name, all)
			}
		}
	})
}
