package portfolio_test

import (
	"strings"
	"testing"

	"parvis/internal/act"
	"parvis/internal/act/acttest"
	"parvis/internal/blob"
	"parvis/internal/calendar"
	"parvis/internal/clock"
	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/fault"
	"parvis/internal/portfolio"
)

// attempt is a use case tried on a public initiative that is at work, with a question that waits and an
// offer that was not answered.
type attempt func(c *town, by act.Actor, s scene) error

type scene struct {
	i    portfolio.Initiative
	a    portfolio.Arbitration
	part portfolio.Part
}

func attempts() map[string]attempt {
	day := calendar.Day("2016-12-01")
	return map[string]attempt{
		"signal": func(c *town, by act.Actor, s scene) error {
			return second(c.room.SignalInitiative(c.ctx, by, portfolio.Signal{Brief: brief("x")}))
		},
		"revise": func(c *town, by act.Actor, s scene) error {
			return second(c.room.ReviseInitiative(c.ctx, by, portfolio.Revise{Initiative: s.i.ID, Version: s.i.Version, Brief: brief("x")}))
		},
		"advance": func(c *town, by act.Actor, s scene) error {
			return second(c.room.AdvanceInitiative(c.ctx, by, portfolio.Advance{Initiative: s.i.ID, Version: s.i.Version, To: portfolio.Qualified}))
		},
		"skip": func(c *town, by act.Actor, s scene) error {
			return second(c.room.SkipStage(c.ctx, by, portfolio.Skip{Advance: portfolio.Advance{Initiative: s.i.ID, Version: s.i.Version, To: portfolio.Tested},
				Answers: portfolio.Answers{Places: []string{"centre"}, Motive: "m", Basis: []string{"b"}, Effective: day, Procedure: "direct"}}))
		},
		"suspend": func(c *town, by act.Actor, s scene) error {
			return c.room.SuspendInitiative(c.ctx, by, portfolio.Suspend{Initiative: s.i.ID, Reason: "r", Reexamine: day})
		},
		"mature": func(c *town, by act.Actor, s scene) error {
			return c.room.LetMature(c.ctx, by, portfolio.Mature{Initiative: s.i.ID, Learn: "l", Post: "p-dsi", Until: day})
		},
		"withdraw": func(c *town, by act.Actor, s scene) error {
			return second(c.room.WithdrawInitiative(c.ctx, by, s.i.ID, s.i.Version, "r"))
		},
		"add sponsor": func(c *town, by act.Actor, s scene) error { return c.room.AddSponsor(c.ctx, by, s.i.ID, "e-climat") },
		"end sponsor": func(c *town, by act.Actor, s scene) error { return c.room.EndSponsor(c.ctx, by, s.i.ID, "e-voirie") },
		"add owner":   func(c *town, by act.Actor, s scene) error { return c.room.AddOwner(c.ctx, by, s.i.ID, "p-dsi") },
		"offer": func(c *town, by act.Actor, s scene) error {
			return second(c.room.OfferPart(c.ctx, by, portfolio.Offer{Initiative: s.i.ID, Unit: "u-dsi", Role: portfolio.Fund}))
		},
		"amend part": func(c *town, by act.Actor, s scene) error {
			return second(c.room.AmendPart(c.ctx, by, s.part.ID, s.part.Version, portfolio.Fund, "x"))
		},
		"withdraw part": func(c *town, by act.Actor, s scene) error {
			return second(c.room.WithdrawPart(c.ctx, by, s.part.ID, s.part.Version, "r"))
		},
		"milestone": func(c *town, by act.Actor, s scene) error {
			return c.room.SetMilestone(c.ctx, by, portfolio.SetMilestone{Initiative: s.i.ID, Label: "l"})
		},
		"budget": func(c *town, by act.Actor, s scene) error {
			return c.room.ImportBudget(c.ctx, by, s.i.ID, "Astre", nil)
		},
		"question": func(c *town, by act.Actor, s scene) error {
			return c.room.OpenQuestion(c.ctx, by, portfolio.OpenForm{Initiative: s.i.ID, Kind: portfolio.Legal, Question: "q", Post: "p-dsi", Due: day})
		},
		"note": func(c *town, by act.Actor, s scene) error { return c.room.WriteNote(c.ctx, by, s.i.ID, "n") },
		"paper": func(c *town, by act.Actor, s scene) error {
			return second(c.room.AttachPaper(c.ctx, by, portfolio.Attach{Initiative: s.i.ID, Paper: blob.Paper{Title: "t", Link: "https://a.example"}}))
		},
		"objective": func(c *town, by act.Actor, s scene) error {
			return second(c.room.SetObjective(c.ctx, by, portfolio.Objective{Code: "c", TitleFR: "t"}))
		},
		"board": func(c *town, by act.Actor, s scene) error {
			return second(c.room.SaveBoard(c.ctx, by, portfolio.Board{Name: "b", View: portfolio.View{GroupBy: portfolio.ByUnit}}))
		},
		"move card": func(c *town, by act.Actor, s scene) error {
			return c.room.MoveCard(c.ctx, by, portfolio.CardMove{Initiative: s.i.ID, Version: s.i.Version, GroupBy: portfolio.ByOwner, To: "p-dsi"})
		},
		"ask": func(c *town, by act.Actor, s scene) error {
			return second(c.room.AskArbitration(c.ctx, by, portfolio.AskForm{Initiative: s.i.ID, Case: portfolio.Case{Question: "q",
				Asked: []portfolio.AskedPost{{Post: "e-proprete", Capacity: portfolio.Decides}}}}))
		},
		"decide": func(c *town, by act.Actor, s scene) error {
			return second(c.room.DecideArbitration(c.ctx, by, portfolio.DecideForm{Arbitration: s.a.ID, Version: s.a.Version, Chosen: 1, Answers: motive}))
		},
		"postpone": func(c *town, by act.Actor, s scene) error {
			return second(c.room.PostponeArbitration(c.ctx, by, s.a.ID, day, "r"))
		},
		"return": func(c *town, by act.Actor, s scene) error {
			return second(c.room.ReturnArbitration(c.ctx, by, s.a.ID, "q"))
		},
		"withdraw case": func(c *town, by act.Actor, s scene) error {
			return second(c.room.WithdrawArbitration(c.ctx, by, s.a.ID, "r"))
		},
		"laureates": func(c *town, by act.Actor, s scene) error {
			return second(c.room.ImportLaureates(c.ctx, by, strings.NewReader(laureates), nil))
		},
	}
}

// Whoever has no post changes nothing; whoever has one asks the powers, every time and in the transaction:
// what they refuse leaves no trace, and what they allow passes.
func TestEveryUseCaseAsksThePowers(t *testing.T) {
	at := clock.At(calendar.Day("2016-04-12").Clock(9, 0))
	dbtest.EachAt(t, at, func(t *testing.T, d *db.DB) {
		refuse := false
		c := newTown(t, d, at, func(tx *db.Tx, by act.Actor, ask act.Ask) (act.Chain, error) {
			if refuse {
				return act.Chain{}, fault.New(fault.Denied, "powers.denied")
			}
			return acttest.Allow(tx, by, ask)
		})
		for name, try := range attempts() {
			i := c.publish(c.led("Collecte"))
			s := scene{i: i, a: c.ask(i), part: c.offer(i, "u-voirie", portfolio.Contribute)}
			s.i = c.stored(i)
			before := c.acts()
			for who, by := range map[string]act.Actor{"resident": acttest.Resident("r"), "account without a post": {Kind: act.Agent, Account: "x"}, "nobody": {}} {
				if got := keyOf(try(c, by, s)); got != "portfolio.agents_only" {
					t.Errorf("%s by %s: %q", name, who, got)
				}
			}
			refuse = true
			if got := keyOf(try(c, mission, s)); got != "powers.denied" {
				t.Errorf("%s refused by the powers: %q", name, got)
			}
			refuse = false
			if n := c.acts(); n != before {
				t.Errorf("%s: %d acts came of refusals", name, n-before)
			}
			if err := try(c, mission, s); err != nil {
				t.Errorf("%s allowed: %v", name, err)
			}
			if c.acts() == before {
				t.Errorf("%s left no act", name)
			}
		}
		acttest.Clean(t, d)
	})
}

func (c *town) acts() int64 {
	return must(c, func() (int64, error) {
		return db.One(c.ctx, c.db.Readers, db.Scalar[int64], `SELECT COUNT(*) FROM act`)
	})
}

// A verb that is declared is recorded by some use case, and the other way round: what tests record here
// and elsewhere stays within Verbs, which the log checks.
func TestVerbsHaveABasis(t *testing.T) {
	seen := map[string]bool{}
	for _, v := range portfolio.Verbs() {
		if v.Basis == "" || v.Force == "" || v.Default == "" || seen[v.Name] {
			t.Errorf("%+v", v)
		}
		seen[v.Name] = true
	}
}
