package portfolio_test

import (
	"errors"
	"slices"
	"testing"

	"parvis/internal/act"
	"parvis/internal/act/acttest"
	"parvis/internal/calendar"
	"parvis/internal/clock"
	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/money"
	"parvis/internal/portfolio"

	"github.com/google/go-cmp/cmp"
)

var motive = portfolio.Answers{Motive: "Les tournées ont baissé de 11 %."}

func (c *town) decide(a portfolio.Arbitration, edit ...func(*portfolio.DecideForm)) (portfolio.Arbitration, error) {
	in := portfolio.DecideForm{Arbitration: a.ID, Version: a.Version, Chosen: 1, Answers: motive}
	for _, e := range edit {
		e(&in)
	}
	return c.room.DecideArbitration(c.ctx, deputy, in)
}

func elected(post id.ID) identity.Visitor {
	return identity.Visitor{Kind: identity.Agent | identity.Elected, Account: "cpt-" + post, Posts: []identity.PostRef{{ID: post, Layer: "elu"}}}
}

// The elected member finds five answers and gives the sixth.
func TestFiveAnswersAreFilledAndTheSixthIsNamed(t *testing.T) {
	forEachTown(t, func(c *town) {
		a := c.ask(c.led("Collecte"))
		s := must(c, func() (portfolio.ArbitrationSheet, error) {
			return c.room.Arbitration(c.ctx, elected("e-proprete"), a.Number)
		})
		if !s.MayAnswer || !cmp.Equal(s.Missing, []portfolio.Question{portfolio.Why}) {
			t.Errorf("may answer %v, missing %v", s.MayAnswer, s.Missing)
		}
		_, err := c.decide(a, func(in *portfolio.DecideForm) { in.Answers = portfolio.Answers{} })
		f, _ := errors.AsType[*fault.Error](err)
		if f == nil || f.Key != "act.incomplete" || len(f.Fields) != 1 || f.Fields[0].Name != "why" {
			t.Errorf("without a motive: %v", err)
		}
		got := must(c, func() (portfolio.Arbitration, error) { return c.decide(a) })
		if got.Status != portfolio.Decided || got.Decision != "Généraliser" || got.DecidedBy != "e-proprete" {
			t.Errorf("decided: %+v", got)
		}
		p := c.payload(got.DecisionAct)
		if p.For == nil || !cmp.Equal(p.For.Territory, []string{"centre"}) || p.Why == nil || p.Why.Question.ID != a.ID ||
			p.When.Effective != "2016-04-12" || p.How.Procedure != "arbitration" || p.Who.Post != "e-proprete" || p.Force != act.Decided {
			t.Errorf("the six answers: %+v", p)
		}
	})
}

func (c *town) payload(recorded id.ID) act.Payload {
	c.Helper()
	raw := must(c, func() ([]byte, error) {
		return db.One(c.ctx, c.db.Readers, db.Scalar[[]byte], `SELECT payload FROM act WHERE id = $1`, recorded)
	})
	return must(c, func() (act.Payload, error) { return act.Decode(raw) })
}

func TestADecisionIsTakenOnceOnWhatWasRead(t *testing.T) {
	forEachTown(t, func(c *town) {
		a := c.ask(c.led("Collecte"))
		_, err := c.decide(a, func(in *portfolio.DecideForm) { in.Version = 0 })
		c.wants("portfolio.stale", err)
		_, err = c.decide(a, func(in *portfolio.DecideForm) { in.Chosen = 3 })
		c.wants("chosen:portfolio.choose", err)
		_, err = c.decide(a, func(in *portfolio.DecideForm) { in.Chosen = 0 })
		c.wants("act.incomplete", err) // decided what?
		c.ok(second(c.decide(a)))
		_, err = c.decide(a)
		c.wants("portfolio.arbitration.state", err)
	})
}

func TestWhatFollowsIsCreatedWithTheDecision(t *testing.T) {
	forEachTown(t, func(c *town) {
		i := c.led("Collecte")
		a := c.ask(i)
		act1 := portfolio.NewAction{What: "Passer le marché", Unit: "u-proprete", Post: "p-proprete", Due: "2016-06-30"}
		_, err := c.decide(a, func(in *portfolio.DecideForm) {
			in.Actions = []portfolio.NewAction{act1, {What: "Poser", Unit: "nowhere", Due: "2016-07-01"}}
		})
		c.wants("unit:portfolio.unknown_unit", err)
		if s := c.sheet(inside("p-dsi"), i); s.Arbitrations[0].Status != portfolio.Asked || len(s.Actions) != 0 {
			t.Fatalf("half written: %s, %d actions", s.Arbitrations[0].Status, len(s.Actions))
		}
		got := must(c, func() (portfolio.Arbitration, error) {
			return c.decide(a, func(in *portfolio.DecideForm) { in.Actions = []portfolio.NewAction{act1} })
		})
		s := c.sheet(inside("p-dsi"), i)
		if len(s.Actions) != 1 || s.Arbitrations[0].DecisionAct != got.DecisionAct {
			t.Fatalf("actions %d, act %q", len(s.Actions), s.Arbitrations[0].DecisionAct)
		}
		cause := must(c, func() (id.ID, error) {
			return db.One(c.ctx, c.db.Readers, db.Scalar[id.ID], `SELECT cause FROM act WHERE verb = 'portfolio.action.create'`)
		})
		if cause != got.DecisionAct {
			t.Errorf("the action's cause is %q, want the decision", cause)
		}
		c.followUp(s.Actions[0])
	})
}

func (c *town) followUp(a portfolio.Action) {
	c.Helper()
	c.pass(100)
	todo := must(c, func() (portfolio.ToDo, error) { return c.room.ToDo(c.ctx, inside("p-proprete")) })
	if len(todo.Actions) != 1 || !todo.Actions[0].Late {
		c.Errorf("late action: %+v", todo.Actions)
	}
	c.wants("reason:portfolio.required", second(c.room.DropAction(c.ctx, proprete, a.ID, a.Version, "")))
	a = must(c, func() (portfolio.Action, error) {
		return c.room.ReassignAction(c.ctx, proprete, a.ID, a.Version, portfolio.NewAction{Unit: "u-voirie", Due: "2016-12-01"})
	})
	c.wants("portfolio.stale", second(c.room.FinishAction(c.ctx, voirie, a.ID, a.Version-1, "")))
	a = must(c, func() (portfolio.Action, error) { return c.room.FinishAction(c.ctx, voirie, a.ID, a.Version, "Fait") })
	c.wants("portfolio.action.state", second(c.room.DropAction(c.ctx, voirie, a.ID, a.Version, "Trop tard")))
}

// The age of the demonstration: asked on 2016-04-12, seen on 2018-03-12.
func TestAgesTellDeliberateWaitingFromSilence(t *testing.T) {
	forEachTown(t, func(c *town) {
		i := c.led("Collecte")
		a := c.ask(i)
		c.pass(10)
		c.ok(c.room.LetMature(c.ctx, mission, portfolio.Mature{Initiative: i.ID, Arbitration: a.ID, Learn: "Le coût", Post: "p-dsi", Until: "2016-05-22"}))
		mine := func() portfolio.MyArbitrations {
			return must(c, func() (portfolio.MyArbitrations, error) { return c.room.MyArbitrations(c.ctx, elected("e-proprete")) })
		}
		if m := mine(); len(m.Maturing) != 1 || len(m.Waiting) != 0 {
			t.Errorf("maturing %d, waiting %d", len(m.Maturing), len(m.Waiting))
		}
		c.clock.Move(calendar.Day("2018-03-12").Clock(9, 0))
		c.ok(c.room.Learn(c.ctx, dsi, i.ID, a.ID, "12 €"))
		m := mine()
		if len(m.Waiting) != 1 {
			t.Fatalf("waiting %+v", m)
		}
		// 699 days, of which 30 (until the day it was to be known by) on purpose
		want := portfolio.Age{Since: "2016-04-12", Days: 699, Deliberate: 30}
		if diff := cmp.Diff(want, m.Waiting[0].Age); diff != "" || m.Waiting[0].Age.Silent() != 669 {
			t.Error(diff)
		}
	})
}

func TestPostponedReturnedReplied(t *testing.T) {
	forEachTown(t, func(c *town) {
		a := c.ask(c.led("Collecte"))
		c.wants("until:portfolio.day_past", second(c.room.PostponeArbitration(c.ctx, deputy, a.ID, "2016-04-12", "Budget")))
		c.wants("note:portfolio.required", second(c.room.PostponeArbitration(c.ctx, deputy, a.ID, "2016-05-12", " ")))
		c.ok(second(c.room.PostponeArbitration(c.ctx, deputy, a.ID, "2016-05-12", "Après le vote du budget")))
		c.wants("portfolio.arbitration.state", second(c.room.ReplyArbitration(c.ctx, mission, a.ID, "Voici", nil)))
		c.ok(second(c.room.ReturnArbitration(c.ctx, deputy, a.ID, "Combien d'agents ?")))
		_, err := c.decide(portfolio.Arbitration{ID: a.ID, Version: 3})
		c.wants("portfolio.arbitration.state", err)
		d := must(c, func() (portfolio.ToDo, error) { return c.room.ToDo(c.ctx, inside("p-mission")) })
		if len(d.Returned) != 1 {
			t.Errorf("whoever asked does not see the question: %+v", d)
		}
		a = must(c, func() (portfolio.Arbitration, error) {
			return c.room.ReplyArbitration(c.ctx, mission, a.ID, "Douze agents", nil)
		})
		c.ok(second(c.decide(a)))
	})
}

func TestAReplyMayPutTheQuestionToOthers(t *testing.T) {
	forEachTown(t, func(c *town) {
		a := c.ask(c.led("Collecte"))
		c.ok(c.room.GiveStance(c.ctx, dsi, a.ID, portfolio.InFavour, "Prêt"))
		c.ok(second(c.room.ReturnArbitration(c.ctx, deputy, a.ID, "Ce n'est plus à moi de décider.")))
		revised := a.Case
		revised.Asked = []portfolio.AskedPost{{Post: "e-voirie", Capacity: portfolio.Decides}, {Post: "p-dsi", Capacity: portfolio.Opinion}}
		c.ok(second(c.room.ReplyArbitration(c.ctx, mission, a.ID, "La voirie est saisie", &revised)))
		s := must(c, func() (portfolio.ArbitrationSheet, error) {
			return c.room.Arbitration(c.ctx, inside("p-mission"), a.Number)
		})
		got := map[id.ID]portfolio.Stance{}
		for _, p := range s.Asked {
			got[p.Post] = p.Stance
		}
		want := map[id.ID]portfolio.Stance{"e-voirie": "", "p-dsi": portfolio.InFavour}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	})
}

func TestQuestionsThatCannotBeAsked(t *testing.T) {
	forEachTown(t, func(c *town) {
		i := c.led("Collecte")
		base := portfolio.Case{Question: "Généraliser ?", Asked: []portfolio.AskedPost{{Post: "e-proprete", Capacity: portfolio.Decides}}}
		for want, edit := range map[string]func(*portfolio.Case){
			"question:portfolio.required":              func(k *portfolio.Case) { k.Question = "" },
			"asked:portfolio.arbitration.nobody_asked": func(k *portfolio.Case) { k.Asked = nil },
			"asked:portfolio.unknown_post":             func(k *portfolio.Case) { k.Asked[0].Post = "x" },
			"amount:portfolio.negative":                func(k *portfolio.Case) { k.Amount = money.Euros(-1) },
			"options:portfolio.too_many":               func(k *portfolio.Case) { k.Options = slices.Repeat([]portfolio.Option{{Label: "x"}}, 6) },
			"recommended:portfolio.choose":             func(k *portfolio.Case) { k.Recommended = 1 },
		} {
			k := base
			k.Asked = slices.Clone(base.Asked)
			edit(&k)
			c.wants(want, second(c.room.AskArbitration(c.ctx, mission, portfolio.AskForm{Initiative: i.ID, Case: k})))
		}
	})
}

func TestOnlyAnAskedPostGivesItsStance(t *testing.T) {
	forEachTown(t, func(c *town) {
		a := c.ask(c.led("Collecte"))
		c.wants("portfolio.arbitration.not_asked", c.room.GiveStance(c.ctx, voirie, a.ID, portfolio.InFavour, ""))
		c.wants("remark:portfolio.required", c.room.GiveStance(c.ctx, dsi, a.ID, portfolio.Against, ""))
		c.ok(c.room.GiveStance(c.ctx, dsi, a.ID, portfolio.Reserved, "Oui, si les données restent à la ville"))
		s := must(c, func() (portfolio.ArbitrationSheet, error) {
			return c.room.Arbitration(c.ctx, inside("p-dsi"), a.Number)
		})
		n := slices.IndexFunc(s.Asked, func(p portfolio.AskedPost) bool { return p.Post == "p-dsi" })
		if s.Asked[n].Stance != portfolio.Reserved || s.MayAnswer {
			t.Errorf("%+v, may answer %v", s.Asked[n], s.MayAnswer)
		}
	})
}

// The powers hear the amount, the place, who is asked and what was said; what they refuse is not done.
func TestThePowersDecideWhoDecides(t *testing.T) {
	at := clock.At(calendar.Day("2016-04-12").Clock(9, 0))
	dbtest.EachAt(t, at, func(t *testing.T, d *db.DB) {
		var heard act.Ask
		c := newTown(t, d, at, func(tx *db.Tx, by act.Actor, ask act.Ask) (act.Chain, error) {
			if ask.Verb != "portfolio.arbitration.decide" {
				return act.Chain{Role: "decides"}, nil
			}
			heard = ask
			switch by.Post {
			case "e-proprete":
				return act.Chain{Role: "decides"}, nil
			case "p-dsi":
				return act.Chain{Role: "opinion"}, nil
			}
			return act.Chain{}, fault.New(fault.Denied, "powers.denied")
		})
		i := c.led("Collecte")
		c.offer(i, "u-voirie", portfolio.Contribute)
		a := c.ask(i, func(in *portfolio.AskForm) { in.Amount, in.Place = money.Euros(180_000), "centre" })
		c.ok(c.room.GiveStance(c.ctx, dsi, a.ID, portfolio.InFavour, ""))
		for post, want := range map[id.ID]string{"p-mission": "powers.denied", "p-dsi": "portfolio.arbitration.not_the_decider"} {
			_, err := c.room.DecideArbitration(c.ctx, agent(post), portfolio.DecideForm{Arbitration: a.ID, Version: a.Version, Chosen: 1, Answers: motive})
			c.wants(want, err)
		}
		c.ok(second(c.decide(a)))
		want := map[string][]id.ID{"sponsor": {"e-proprete", "e-voirie", "e-numerique"}, "owner": {"p-mission"}, "lead": {"u-proprete"},
			"part": {"u-voirie"}, "author": {"p-mission"}, "asked": {"e-proprete"}, "opined": {"p-dsi"}}
		if diff := cmp.Diff(want, heard.Roles); diff != "" || heard.Amount != money.Euros(180_000) || heard.Territory != "centre" || heard.Matter != "proprete" {
			t.Errorf("%+v\n%s", heard, diff)
		}
		acttest.Clean(t, d)
	})
}

// A question is preparatory: nobody outside reads it before the decision, whose initiative is public.
func TestADecisionIsPublicAndItsPreparationIsNot(t *testing.T) {
	forEachTown(t, func(c *town) {
		i := c.publish(c.led("Collecte"))
		a, kept := c.ask(i), c.ask(i)
		hidden := func(a portfolio.Arbitration) string {
			return keyOf(second(c.room.Arbitration(c.ctx, anonymous, a.Number)))
		}
		if got := hidden(a); got != "portfolio.arbitration.not_found" {
			t.Errorf("before the decision: %q", got)
		}
		c.ok(second(c.decide(a, func(in *portfolio.DecideForm) {
			in.Actions = []portfolio.NewAction{{What: "Passer le marché", Unit: "u-proprete", Due: "2016-06-30"}}
		})))
		c.ok(second(c.decide(kept, func(in *portfolio.DecideForm) { in.Keep = true })))
		if hidden(a) != "" || hidden(kept) != "portfolio.arbitration.not_found" {
			t.Errorf("after: %q, kept: %q", hidden(a), hidden(kept))
		}
		if s := c.sheet(anonymous, i); len(s.Arbitrations) != 1 || len(s.Actions) != 1 {
			t.Errorf("public sheet: %d decisions, %d actions", len(s.Arbitrations), len(s.Actions))
		}
		c.ok(c.room.PublishArbitration(c.ctx, mission, kept.ID))
		if got := hidden(kept); got != "" {
			t.Errorf("published later: %q", got)
		}
	})
}

// What was decided before an initiative is public is published with it only if the person says so; the
// words of opinions stay inside.
func TestEarlierDecisionsArePublishedWithTheirInitiativeOnRequest(t *testing.T) {
	forEachTown(t, func(c *town) {
		for _, along := range []bool{false, true} {
			i := c.led("Collecte")
			a := c.ask(i)
			c.ok(c.room.GiveStance(c.ctx, dsi, a.ID, portfolio.Reserved, "Entre nous, j'hésite"))
			c.ok(second(c.decide(a)))
			c.ok(second(c.room.PublishInitiative(c.ctx, mission, portfolio.Publish{Initiative: i.ID, Version: c.stored(i).Version, Decisions: along})))
			s := c.sheet(anonymous, i)
			if got := len(s.Arbitrations) == 1; got != along {
				t.Errorf("published along: %v, shown: %v", along, got)
			}
			for _, l := range s.Arbitrations {
				n := slices.IndexFunc(l.Asked, func(p portfolio.AskedPost) bool { return p.Post == "p-dsi" })
				if p := l.Asked[n]; p.Stance != portfolio.Reserved || p.Remark != "" {
					t.Errorf("outside, the opinion reads %+v", p)
				}
			}
		}
	})
}
