package portfolio_test

import (
	"testing"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/id"
	"parvis/internal/portfolio"
)

// Something may follow a decision that nobody thought of when it was taken: its cause is the decision, and it is
// as public as the decision.
func TestAnActionIsAddedToADecisionAlreadyTaken(t *testing.T) {
	forEachTown(t, func(c *town) {
		for _, keep := range []bool{false, true} {
			i := c.publish(c.led("Collecte"))
			a := c.ask(i)
			n := portfolio.NewAction{What: "  Former les équipes ", Unit: "u-voirie", Post: "p-voirie", Due: "2016-09-30"}
			c.wants("portfolio.arbitration.state", second(c.room.CreateAction(c.ctx, mission, a.ID, n))) // nothing is decided
			decided := must(c, func() (portfolio.Arbitration, error) {
				return c.decide(a, func(in *portfolio.DecideForm) { in.Keep = keep })
			})
			for field, wrong := range map[string]portfolio.NewAction{
				"what:portfolio.required":     {Unit: "u-voirie", Due: "2016-09-30"},
				"unit:portfolio.required":     {What: "Former", Due: "2016-09-30"},
				"unit:portfolio.unknown_unit": {What: "Former", Unit: "nowhere", Due: "2016-09-30"},
				"post:portfolio.unknown_post": {What: "Former", Unit: "u-voirie", Post: "nobody", Due: "2016-09-30"},
				"due:portfolio.bad_day":       {What: "Former", Unit: "u-voirie", Due: "2016-09-31"},
			} {
				c.wants(field, second(c.room.CreateAction(c.ctx, mission, a.ID, wrong)))
			}
			got := must(c, func() (portfolio.Action, error) { return c.room.CreateAction(c.ctx, mission, a.ID, n) })
			if got.What != "Former les équipes" || got.Status != portfolio.ActionOpen || got.Version != 1 || got.Arbitration != a.ID {
				c.Errorf("created: %+v", got)
			}
			c.explained(got, decided.DecisionAct, map[bool]act.Visibility{false: act.Public, true: act.Internal}[keep])
			if s := c.sheet(anonymous, i); (len(s.Actions) == 1) == keep {
				c.Errorf("kept inside %v, and outside %d actions are shown", keep, len(s.Actions))
			}
		}
	})
}

// explained holds the act of an action item to what caused it, until when it runs and who may read it.
func (c *town) explained(a portfolio.Action, cause id.ID, shown act.Visibility) {
	c.Helper()
	raw := must(c, func() ([]byte, error) {
		return db.One(c.ctx, c.db.Readers, db.Scalar[[]byte], `SELECT payload FROM act WHERE object_id = $1 AND cause = $2 AND visibility = $3`,
			a.ID, cause, string(shown))
	})
	p := must(c, func() (act.Payload, error) { return act.Decode(raw) })
	if p.When.Until != a.Due || p.Args["unit"] != string(a.Unit) {
		c.Errorf("the act says %+v", p)
	}
	todo := must(c, func() (portfolio.ToDo, error) { return c.room.ToDo(c.ctx, inside("p-voirie")) })
	for _, item := range todo.Actions {
		if item.ID == a.ID {
			return
		}
	}
	c.Errorf("whoever must do it does not see it: %+v", todo.Actions)
}

// A decision kept inside is published by a person, once it is taken and its initiative is public.
func TestOnlyAPersonPublishesADecisionThatWasTaken(t *testing.T) {
	forEachTown(t, func(c *town) {
		i := c.led("Collecte")
		a := c.ask(i)
		c.wants("portfolio.arbitration.state", c.room.PublishArbitration(c.ctx, mission, a.ID))
		c.ok(second(c.decide(a)))
		c.wants("portfolio.initiative.not_public", c.room.PublishArbitration(c.ctx, mission, a.ID))
		i = c.publish(i)
		c.wants("portfolio.publish.person_only", c.room.PublishArbitration(c.ctx, act.Actor{Kind: act.System}, a.ID))
		c.wants("portfolio.arbitration.not_found", c.room.PublishArbitration(c.ctx, mission, "no-such-question"))
		c.ok(c.room.PublishArbitration(c.ctx, mission, a.ID))
		s := c.sheet(anonymous, i)
		if len(s.Arbitrations) != 1 || s.Arbitrations[0].Visibility != act.Public {
			c.Fatalf("outside: %+v", s.Arbitrations)
		}
		text := must(c, func() (string, error) {
			return db.One(c.ctx, c.db.Readers, db.Scalar[string], `SELECT t.body FROM act_text t JOIN act a ON a.id = t.act
				WHERE a.verb = 'portfolio.arbitration.publish' AND t.name = 'decision'`)
		})
		if text != "Généraliser" || !calendar.Day(s.Arbitrations[0].DecidedOn).Known() {
			c.Errorf("published: %q, decided on %q", text, s.Arbitrations[0].DecidedOn)
		}
	})
}
