package portfolio_test

import (
	"errors"
	"testing"

	"parvis/internal/act"
	"parvis/internal/act/acttest"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/portfolio"

	"github.com/google/go-cmp/cmp"
)

func TestAnInitiativeStartsFromAProblem(t *testing.T) {
	forEachTown(t, func(c *town) {
		for want, edit := range map[string]func(*portfolio.Brief){
			"":                              func(*portfolio.Brief) {},
			"problem:portfolio.required":    func(b *portfolio.Brief) { b.Problem = "  " },
			"title:portfolio.required":      func(b *portfolio.Brief) { b.Title = "" },
			"origin:portfolio.choose":       func(b *portfolio.Brief) { b.Origin = "offer" },
			"point:portfolio.point.outside": func(b *portfolio.Brief) { b.Point = &portfolio.Point{Lat: 91} },
			"initials:portfolio.too_long":   func(b *portfolio.Brief) { b.Initials = "trop long pour une carte" },
		} {
			b := brief("Collecte guidée")
			edit(&b)
			_, err := c.room.SignalInitiative(c.ctx, mission, portfolio.Signal{Brief: b})
			c.wants(want, err)
		}
	})
}

func TestNumbersFollowWithinTheYear(t *testing.T) {
	forEachTown(t, func(c *town) {
		numbers := []string{c.signal("a").Number, c.signal("b").Number}
		c.pass(365)
		numbers = append(numbers, c.signal("c").Number)
		if diff := cmp.Diff([]string{"P-2016-1", "P-2016-2", "P-2017-1"}, numbers); diff != "" {
			t.Error(diff)
		}
	})
}

func TestOnlyWhoHoldsAPostWrites(t *testing.T) {
	forEachTown(t, func(c *town) {
		i := c.led("Collecte")
		for name, by := range map[string]act.Actor{"resident": acttest.Resident("r"), "agent without a post": {Kind: act.Agent},
			"system set off by nobody": {Kind: act.System}} {
			_, err := c.room.SignalInitiative(c.ctx, by, portfolio.Signal{Brief: brief("x")})
			if keyOf(err) != "portfolio.agents_only" {
				t.Errorf("%s signals: %v", name, err)
			}
			if err := c.room.WriteNote(c.ctx, by, i.ID, "note"); fault.KindOf(err) != fault.Denied {
				t.Errorf("%s writes a note: %v", name, err)
			}
		}
	})
}

func TestSponsorsAreElectedAndEndedOnesAreNotCurrent(t *testing.T) {
	forEachTown(t, func(c *town) {
		i := c.signal("Collecte")
		c.wants("sponsor:portfolio.sponsor.not_elected", c.room.AddSponsor(c.ctx, mission, i.ID, "p-dsi"))
		c.wants("sponsor:portfolio.unknown_post", c.room.AddSponsor(c.ctx, mission, i.ID, "nobody"))
		c.wants("portfolio.sponsor.already", c.room.AddSponsor(c.ctx, mission, i.ID, "e-voirie"))
		c.pass(10)
		c.ok(c.room.EndSponsor(c.ctx, mission, i.ID, "e-voirie"))
		c.left["e-numerique"] = c.room.Today()
		s := c.sheet(inside("p-dsi"), i)
		if got := posts(s.Sponsors); !cmp.Equal(got, []id.ID{"e-proprete"}) {
			t.Errorf("current sponsors %v", got)
		}
		if got := posts(s.Former); !cmp.Equal(got, []id.ID{"e-voirie"}) {
			t.Errorf("former %v", got)
		}
		if got := posts(s.Vacant); !cmp.Equal(got, []id.ID{"e-numerique"}) {
			t.Errorf("vacant %v", got)
		}
	})
}

func posts(list []portfolio.Holder) []id.ID {
	var out []id.ID
	for _, h := range list {
		out = append(out, h.Post)
	}
	return out
}

func TestAStaleFormKeepsBothTexts(t *testing.T) {
	forEachTown(t, func(c *town) {
		i := c.signal("Collecte")
		mine := portfolio.Revise{Initiative: i.ID, Version: i.Version, Brief: brief("Collecte guidée par capteurs")}
		c.ok(second(c.room.ReviseInitiative(c.ctx, mission, mine)))
		late := portfolio.Revise{Initiative: i.ID, Version: i.Version, Brief: brief("Collecte à la demande")}
		_, err := c.room.ReviseInitiative(c.ctx, dsi, late)
		f, _ := errors.AsType[*fault.Error](err)
		if f == nil || f.Kind != fault.Conflict || len(f.Fields) != 1 {
			t.Fatalf("got %v", err)
		}
		want := fault.Field{Name: "title", Key: "portfolio.stale.field",
			Args: []any{"yours", "Collecte à la demande", "theirs", "Collecte guidée par capteurs"}}
		if diff := cmp.Diff(want, f.Fields[0]); diff != "" {
			t.Error(diff)
		}
	})
}

func second[T any](_ T, err error) error { return err }

func TestStages(t *testing.T) {
	forEachTown(t, func(c *town) {
		i := c.signal("Collecte")
		move := func(to portfolio.Stage, note string) error {
			return second(c.room.AdvanceInitiative(c.ctx, mission, portfolio.Advance{Initiative: i.ID, Version: c.stored(i).Version, To: to, Note: note}))
		}
		c.wants("portfolio.initiative.state", move(portfolio.Tested, ""))
		c.ok(move(portfolio.Qualified, ""))
		c.wants("portfolio.initiative.no_lead", move(portfolio.Investigated, ""))
		c.answer(proprete, c.offer(i, "u-proprete", portfolio.Lead), portfolio.Accept, "")
		c.ok(move(portfolio.Investigated, ""))
		c.ok(move(portfolio.Tested, ""))
		c.wants("note:portfolio.stage.stopped.note", move(portfolio.Stopped, " "))
		c.wants("review:portfolio.required", move(portfolio.Dormant, "On reprendra le dossier avec le relevé des bacs."))
		c.ok(move(portfolio.Stopped, "Les capteurs tombaient en panne."))
		s := c.sheet(inside("p-mission"), i)
		if s.PostMortem == "" || s.Stage != portfolio.Stopped || len(s.Stages) != 5 {
			t.Errorf("stage %s after %d spans, post-mortem %q", s.Stage, len(s.Stages), s.PostMortem)
		}
	})
}

func TestAStageIsSkippedOnlyByADecision(t *testing.T) {
	forEachTown(t, func(c *town) {
		i := c.led("Collecte")
		skip := portfolio.Skip{Advance: portfolio.Advance{Initiative: i.ID, Version: i.Version, To: portfolio.Tested}}
		c.wants("act.incomplete", second(c.room.SkipStage(c.ctx, mission, skip)))
		skip.Answers = portfolio.Answers{Places: []string{"centre"}, Motive: "L'essai d'une autre ville suffit.", Evidence: []string{"https://exemple.fr/essai"},
			Effective: "2016-04-12", Procedure: "direct"}
		got := must(c, func() (portfolio.Initiative, error) { return c.room.SkipStage(c.ctx, mission, skip) })
		if got.Stage != portfolio.Tested {
			t.Errorf("stage %s", got.Stage)
		}
	})
}

func TestWaitingOnPurposeSaysWhatWhoAndWhen(t *testing.T) {
	forEachTown(t, func(c *town) {
		i := c.led("Collecte")
		m := portfolio.Mature{Initiative: i.ID, Learn: "Le coût d'entretien", Post: "p-dsi", Until: "2016-06-01"}
		for want, edit := range map[string]func(*portfolio.Mature){
			"learn:portfolio.required":    func(m *portfolio.Mature) { m.Learn = "" },
			"post:portfolio.required":     func(m *portfolio.Mature) { m.Post = "" },
			"until:portfolio.day_past":    func(m *portfolio.Mature) { m.Until = "2016-04-12" },
			"until:portfolio.bad_day":     func(m *portfolio.Mature) { m.Until = "2016-02-30" },
			"post:portfolio.unknown_post": func(m *portfolio.Mature) { m.Post = "x" },
		} {
			bad := m
			edit(&bad)
			c.wants(want, c.room.LetMature(c.ctx, mission, bad))
		}
		c.ok(c.room.LetMature(c.ctx, mission, m))
		c.wants("portfolio.span.already", c.room.LetMature(c.ctx, mission, m))
		if s := c.sheet(inside("p-dsi"), i); s.Maturing == nil || s.Maturing.Until != "2016-06-01" {
			t.Errorf("maturing: %+v", s.Maturing)
		}
		c.ok(c.room.Learn(c.ctx, dsi, i.ID, "", "12 € par an et par bac"))
		if s := c.sheet(inside("p-dsi"), i); s.Maturing != nil || len(s.Waits) != 1 || s.Waits[0].Outcome == "" {
			t.Errorf("after learning: %+v %+v", s.Maturing, s.Waits)
		}
	})
}

func TestASuspensionHasADayOfReexamination(t *testing.T) {
	forEachTown(t, func(c *town) {
		i := c.led("Collecte")
		c.wants("reexamine:portfolio.required", c.room.SuspendInitiative(c.ctx, mission, portfolio.Suspend{Initiative: i.ID, Reason: "Budget gelé"}))
		c.ok(c.room.SuspendInitiative(c.ctx, mission, portfolio.Suspend{Initiative: i.ID, Reason: "Budget gelé", Reexamine: "2016-09-01"}))
		if s := c.sheet(inside("p-dsi"), i); s.Suspended == nil {
			t.Error("not suspended")
		}
		c.ok(c.room.ResumeInitiative(c.ctx, mission, i.ID, "Crédits rétablis"))
		c.wants("portfolio.span.none", c.room.ResumeInitiative(c.ctx, mission, i.ID, ""))
	})
}

// I17: what was public is never hidden again: it becomes a tombstone that says so.
func TestWhatWasPublicBecomesATombstone(t *testing.T) {
	forEachTown(t, func(c *town) {
		i := c.signal("Collecte")
		c.wants("portfolio.initiative.not_found", second(c.room.Sheet(c.ctx, anonymous, i.Number)))
		c.publish(i)
		if s := c.sheet(anonymous, i); s.Number != i.Number {
			t.Errorf("public sheet %q", s.Number)
		}
		c.wants("portfolio.initiative.already_public", second(c.room.PublishInitiative(c.ctx, mission,
			portfolio.Publish{Initiative: i.ID, Version: c.stored(i).Version})))
		c.ok(second(c.room.WithdrawInitiative(c.ctx, mission, i.ID, c.stored(i).Version, "Doublon de P-2016-9")))
		c.wants("portfolio.initiative.withdrawn", second(c.room.Sheet(c.ctx, anonymous, i.Number)))
		c.wants("portfolio.initiative.withdrawn", c.room.WriteNote(c.ctx, mission, i.ID, "trop tard"))
		if l := must(c, func() (portfolio.List, error) { return c.room.List(c.ctx, inside("p-dsi"), portfolio.ListQuery{}) }); l.Total != 0 {
			t.Errorf("a tombstone is listed: %+v", l)
		}
		secret := c.signal("Jamais publiée")
		c.ok(second(c.room.WithdrawInitiative(c.ctx, mission, secret.ID, secret.Version, "Erreur")))
		c.wants("portfolio.initiative.not_found", second(c.room.Sheet(c.ctx, anonymous, secret.Number)))
	})
}

func TestOnlyAPersonPublishes(t *testing.T) {
	forEachTown(t, func(c *town) {
		i := c.signal("Collecte")
		_, err := c.room.PublishInitiative(c.ctx, act.Actor{Kind: act.System, SetOffBy: "x", Post: "p-mission"}, portfolio.Publish{Initiative: i.ID, Version: i.Version})
		c.wants("portfolio.publish.person_only", err)
	})
}

func TestADraftIsItsAuthorsAlone(t *testing.T) {
	forEachTown(t, func(c *town) {
		d := must(c, func() (portfolio.Draft, error) {
			return c.room.SaveDraft(c.ctx, inside("p-dsi"), portfolio.Draft{Kind: portfolio.DraftInitiative, Title: "Idée", Body: `{"Title":"Idée"}`})
		})
		c.wants("portfolio.draft.not_found", second(c.room.Draft(c.ctx, inside("p-voirie"), d.ID)))
		d.Body = "volé"
		c.wants("portfolio.draft.not_found", second(c.room.SaveDraft(c.ctx, inside("p-voirie"), d)))
		c.wants("portfolio.agents_only", second(c.room.SaveDraft(c.ctx, anonymous, d)))
		c.ok(second(c.room.SignalInitiative(c.ctx, dsi, portfolio.Signal{Brief: brief("Idée"), Draft: d.ID})))
		c.wants("portfolio.draft.not_found", second(c.room.Draft(c.ctx, inside("p-dsi"), d.ID)))
	})
}
