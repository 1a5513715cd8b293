package portfolio_test

import (
	"context"
	"strings"
	"testing"

	"parvis/internal/blob"
	"parvis/internal/db"
	"parvis/internal/fact"
	"parvis/internal/money"
	"parvis/internal/portfolio"

	"github.com/google/go-cmp/cmp"
)

func TestTheDossierOfAnInitiative(t *testing.T) {
	forEachTown(t, func(c *town) {
		i := c.publish(c.led("Collecte"))
		open := portfolio.OpenForm{Initiative: i.ID, Kind: portfolio.Legal, Question: "Les capteurs filment-ils ?", Post: "p-dsi", Due: "2016-05-01"}
		c.ok(c.room.OpenQuestion(c.ctx, mission, open))
		open.Kind, open.Question = portfolio.Unknown, "Combien de bacs ?"
		c.ok(c.room.OpenQuestion(c.ctx, mission, open))
		c.ok(c.room.WriteNote(c.ctx, mission, i.ID, "Voir le chef de service"))
		c.ok(c.room.SetMilestone(c.ctx, mission, portfolio.SetMilestone{Initiative: i.ID, Label: "Essai", Planned: "2016-Q3"}))
		c.wants("planned:portfolio.bad_fuzzy", c.room.SetMilestone(c.ctx, mission, portfolio.SetMilestone{Initiative: i.ID, Label: "x", Planned: "été"}))
		figures := []portfolio.Figure{{Year: 2016, Credit: portfolio.AE, Nature: portfolio.Planned, Amount: money.Euros(180_000)},
			{Year: 2016, Credit: portfolio.CP, Nature: portfolio.Planned, Amount: money.Euros(60_000)}}
		c.ok(c.room.ImportBudget(c.ctx, mission, i.ID, "Astre", figures))
		c.ok(c.room.ImportBudget(c.ctx, mission, i.ID, "Astre", figures))
		paper := must(c, func() (portfolio.Paper, error) {
			return c.room.AttachPaper(c.ctx, mission, portfolio.Attach{Initiative: i.ID, Paper: blob.Paper{Title: "Note", Link: "https://ged.valmont.example/1", Digest: strings.Repeat("ab", 32)}})
		})
		c.counts(i, [6]int{1, 1, 1, 1, 2, 1}, [6]int{0, 1, 0, 1, 2, 0})
		l := must(c, func() (portfolio.List, error) { return c.room.List(c.ctx, anonymous, portfolio.ListQuery{}) })
		if l.Items[0].Budget != money.Euros(180_000) {
			t.Errorf("planned budget %v", l.Items[0].Budget)
		}
		s := c.sheet(inside("p-dsi"), i)
		c.ok(c.room.PublishPaper(c.ctx, mission, paper.ID))
		c.ok(c.room.PublishQuestion(c.ctx, mission, s.Questions[0].ID))
		c.counts(i, [6]int{1, 1, 1, 1, 2, 1}, [6]int{1, 1, 0, 1, 2, 1})
		q := c.sheet(inside("p-dsi"), i).Questions[0]
		c.ok(c.room.AnswerQuestion(c.ctx, dsi, q.ID, q.Version, "Non : ils pèsent."))
		c.wants("portfolio.question.closed", c.room.AnswerQuestion(c.ctx, dsi, q.ID, q.Version+1, "Si"))
		m := s.Milestones[0]
		reached := portfolio.SetMilestone{Initiative: i.ID, ID: m.ID, Version: m.Version, Label: "Essai", Planned: "2016-Q3", Actual: "2016-09-12"}
		c.ok(c.room.SetMilestone(c.ctx, mission, reached))
		c.wants("portfolio.stale", c.room.SetMilestone(c.ctx, mission, reached))
		c.ok(c.room.RemovePaper(c.ctx, mission, paper.ID))
		c.wants("portfolio.paper.removed", c.room.PublishPaper(c.ctx, mission, paper.ID))
	})
}

// counts compares how many questions, unknowns, notes, milestones, figures and papers are read inside and outside.
func (c *town) counts(i portfolio.Initiative, in, out [6]int) {
	c.Helper()
	n := func(s portfolio.Sheet) [6]int {
		return [6]int{len(s.Questions), len(s.Unknowns), len(s.Notes), len(s.Milestones), len(s.Budget), len(s.Papers)}
	}
	if got := n(c.sheet(inside("p-dsi"), i)); got != in {
		c.Errorf("inside %v, want %v", got, in)
	}
	if got := n(c.sheet(anonymous, i)); got != out {
		c.Errorf("outside %v, want %v", got, out)
	}
}

func TestObjectives(t *testing.T) {
	forEachTown(t, func(c *town) {
		o := must(c, func() (portfolio.Objective, error) {
			return c.room.SetObjective(c.ctx, mission, portfolio.Objective{Code: "Climat-4", TitleFR: "Moins de camions"})
		})
		c.wants("title_fr:portfolio.required", second(c.room.SetObjective(c.ctx, mission, portfolio.Objective{Code: "x"})))
		again := must(c, func() (portfolio.Objective, error) {
			return c.room.SetObjective(c.ctx, mission, portfolio.Objective{Code: "Climat-4", TitleFR: "Moins de camions", TitleEN: "Fewer lorries"})
		})
		if again.ID != o.ID || again.Version != 2 {
			t.Errorf("set again: %+v", again)
		}
		i := c.signal("Collecte")
		c.ok(c.room.MoveCard(c.ctx, mission, portfolio.CardMove{Initiative: i.ID, Version: i.Version, GroupBy: portfolio.ByObjective, To: string(o.ID)}))
		if got := c.on(inside("p-dsi"), portfolio.View{GroupBy: portfolio.ByObjective}); !cmp.Equal(got, map[string][]string{string(o.ID): {"Collecte"}}) {
			t.Errorf("columns %v", got)
		}
	})
}

// Facts travel with the act that causes them, and hold no text that people typed.
func TestFactsAreToldWithTheirAct(t *testing.T) {
	forEachTown(t, func(c *town) {
		var told []string
		log := func(h fact.Head, name string) {
			if h.Cause == "" {
				t.Errorf("%s has no cause", name)
			}
			told = append(told, name)
		}
		i := c.publish(c.led("Collecte"))
		a := c.ask(i)
		c.ok(second(c.decide(a, func(in *portfolio.DecideForm) {
			in.Actions = []portfolio.NewAction{{What: "Secret", Unit: "u-proprete", Due: "2016-06-30"}}
		})))
		relay, err := fact.NewRelay(c.db, c.clock, fact.Consumer{Name: "test", Handlers: []fact.Handler{
			on(func(h fact.Head, _ portfolio.PartProposedV1) { log(h, "proposed") }),
			on(func(h fact.Head, _ portfolio.PartAnsweredV1) { log(h, "answered") }),
			on(func(h fact.Head, _ portfolio.ArbitrationAskedV1) { log(h, "asked") }),
			on(func(h fact.Head, f portfolio.DecisionTakenV1) {
				if !f.Public || f.Act == "" {
					t.Errorf("%+v", f)
				}
				log(h, "decided")
			}),
			on(func(h fact.Head, _ portfolio.ActionItemCreatedV1) { log(h, "action") }),
			on(func(h fact.Head, _ portfolio.InitiativePublishedV1) { log(h, "published") }),
		}})
		c.ok(err)
		if _, err := relay.Deliver(context.Background()); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]string{"proposed", "answered", "published", "asked", "action", "decided"}, told); diff != "" {
			t.Error(diff)
		}
	})
}

func on[F any](fn func(fact.Head, F)) fact.Handler {
	return fact.On(func(_ *db.Tx, h fact.Head, f F) error { fn(h, f); return nil })
}
