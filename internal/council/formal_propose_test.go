package council_test

import (
	"testing"

	"parvis/internal/act/acttest"
	"parvis/internal/council"
	"parvis/internal/council/scdl"
	"parvis/internal/id"
)

// What the question, the initiative, the decision and earlier acts say is not typed again.
func TestAFormalActIsProposedFromWhatIsKnown(t *testing.T) {
	forEachTown(t, func(c *town) {
		tb := c.committee()
		m := c.prepare(tb, "2018-01-22")
		q := c.question()
		asked := must(c, func() ([]council.Item, error) {
			return c.room.AddQuestions(c.ctx, secretary, m.ID, council.ForDecision, []id.ID{q.ID}, "")
		})[0]
		plain := c.item(m, "Plan vélo", council.ForDecision)
		c.ok(errOf(c.room.DeclareInterest(c.ctx, acttest.Agent("e-cleo"), council.InterestForm{Item: plain.ID, Post: "e-cleo", Event: "recuse"})))
		c.open(tb, m)
		first := c.decide(tb, asked, "Budget principal, chapitre 21")
		second := c.decide(tb, plain, "")

		got := c.proposed(first)
		if got.Kind != council.Regulation || got.Title != "Collecte guidée par capteurs : Généraliser" || !got.Transmit || got.MatterCode != "" ||
			got.BudgetName != "Budget principal, chapitre 21" || got.BudgetYear != "2018" {
			c.Errorf("%+v", got)
		}
		got.MatterCode, got.Signatory = "8.8", "Ann Untel, maire"
		made := must(c, func() (council.Formal, error) { return c.room.PrepareFormal(c.ctx, secretary, got) })
		if made.MatterName != "Domaines de compétences par thèmes/Environnement" {
			c.Errorf("the nomenclature names it: %q", made.MatterName)
		}
		if got := c.proposed(second); got.Title != "Plan vélo" || got.Signatory != "Ann Untel, maire" || got.MatterCode != "" || got.BudgetYear != "" {
			c.Errorf("%+v", got)
		}
		for name, decision := range map[string]id.ID{"made into an act already": first.ID, "unknown": "no-such"} {
			t.Log(name)
			c.wants("council.decision.not_found", errOf(c.room.ProposeFormal(c.ctx, inside("p-greffe"), decision)))
		}
		c.ok(errOf(c.room.WithdrawFormal(c.ctx, secretary, made.ID, made.Version, "Erreur")))
		c.proposed(first) // the act was given up: another may be made
		c.wants("council.decision.not_found", errOf(c.room.ProposeFormal(c.ctx, anonymous, first.ID)))
		c.wants("council.decision.not_found", errOf(c.room.ProposeFormal(c.ctx, inside("e-cleo"), second.ID)))
	})
}

// The same matter is proposed for another decision about the same initiative, or about one of the same matter.
func TestTheMatterOfAnActIsThatOfTheLastOneAlike(t *testing.T) {
	forEachTown(t, func(c *town) {
		tb := c.committee()
		m := c.prepare(tb, "2018-01-22")
		items := must(c, func() ([]council.Item, error) {
			return c.room.AddQuestions(c.ctx, secretary, m.ID, council.ForDecision, []id.ID{c.question().ID, c.question().ID}, "")
		})
		c.open(tb, m)
		first, second := c.decide(tb, items[0], ""), c.decide(tb, items[1], "")
		form := c.proposed(first)
		form.MatterCode, form.Signatory = "9.1", "Ann Untel, maire"
		must(c, func() (council.Formal, error) { return c.room.PrepareFormal(c.ctx, secretary, form) })
		if got := c.proposed(second); got.MatterCode != "9.1" || got.MatterName != scdl.MatterName("9.1") {
			c.Errorf("%+v", got)
		}
	})
}

func (c *town) decide(tb table, i council.Item, budget string) council.Decision {
	c.Helper()
	form := council.BallotForm{Item: i.ID, Option: 1}
	if i.Arbitration == "" {
		form = council.BallotForm{Item: i.ID, Motion: "Adopter"}
	}
	b := must(c, func() (council.Ballot, error) { return c.room.OpenBallot(c.ctx, secretary, form) })
	must(c, func() (council.Ballot, error) {
		return c.room.CloseBallot(c.ctx, secretary, council.CloseForm{Ballot: b.ID, Voices: tb.by(map[id.ID]council.Choice{"e-maire": council.For, "e-ann": council.For, "e-ben": council.For})})
	})
	a := answers()
	a.BudgetLine = budget
	return must(c, func() (council.Decision, error) {
		return c.room.TakeDecision(c.ctx, president, council.DecideForm{Item: i.ID, Version: c.stored(i).Version, Result: council.ItemAdopted, Answers: a})
	})
}

func (c *town) proposed(d council.Decision) council.FormalForm {
	c.Helper()
	return must(c, func() (council.FormalForm, error) { return c.room.ProposeFormal(c.ctx, inside("p-greffe"), d.ID) })
}
