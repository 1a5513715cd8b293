package portfolio_test

import (
	"slices"
	"testing"
	"time"

	"parvis/internal/act"
	"parvis/internal/act/acttest"
	"parvis/internal/db"
	"parvis/internal/id"
	"parvis/internal/portfolio"
)

func TestAPartIsAnsweredByItsUnitAlone(t *testing.T) {
	forEachTown(t, func(c *town) {
		i := c.signal("Collecte")
		p := c.offer(i, "u-voirie", portfolio.Contribute)
		answer := portfolio.Answer{Part: p.ID, Version: p.Version, Kind: portfolio.Accept}
		for _, row := range []struct {
			name string
			by   act.Actor
			want string
		}{
			{"resident", acttest.Resident("r"), "portfolio.agents_only"},
			{"agent of another directorate", dsi, "portfolio.part.not_your_unit"},
			{"the post that offered", mission, "portfolio.part.not_your_unit"},
			{"elected sponsor", deputy, "portfolio.part.not_your_unit"},
			{"administrator without a post", act.Actor{Kind: act.Agent, Account: "admin"}, "portfolio.agents_only"},
			{"agent of the unit", agent("p-voirie-2"), ""},
			{"a second time", voirie, "portfolio.part.state"},
		} {
			_, err := c.room.AnswerPart(c.ctx, row.by, answer)
			if keyOf(err) != row.want {
				t.Errorf("%s: got %v, want %q", row.name, err, row.want)
			}
		}
	})
}

func TestSilenceIsNeverConsent(t *testing.T) {
	forEachTown(t, func(c *town) {
		i := c.publish(c.signal("Collecte"))
		c.offer(i, "u-dsi", portfolio.Contribute)
		c.pass(700)
		s := c.sheet(inside("p-dsi"), i)
		if p := s.Parts[0]; p.Status != portfolio.Proposed || p.Partner() || p.SilentDays(s.Today) != 700 {
			t.Errorf("after 700 days: %s, silent %d", p.Status, p.SilentDays(s.Today))
		}
		if s := c.sheet(anonymous, i); len(s.Parts) != 0 {
			t.Errorf("an unanswered part is shown outside: %+v", s.Parts)
		}
	})
}

func TestACounterOfferIsTakenAsItStandsOrAmended(t *testing.T) {
	forEachTown(t, func(c *town) {
		i := c.signal("Collecte")
		p := c.offer(i, "u-voirie", portfolio.Contribute)
		c.wants("text:portfolio.required", second(c.room.AnswerPart(c.ctx, voirie, portfolio.Answer{Part: p.ID, Version: 1, Kind: portfolio.Counter})))
		p = c.answer(voirie, p, portfolio.Counter, "Un agent, et pas avant juin")
		c.wants("portfolio.part.state", second(c.room.AnswerPart(c.ctx, voirie, portfolio.Answer{Part: p.ID, Version: p.Version, Kind: portfolio.Accept})))
		amended := must(c, func() (portfolio.Part, error) {
			return c.room.AmendPart(c.ctx, mission, p.ID, p.Version, portfolio.Contribute, "Un agent dès mai")
		})
		stale := portfolio.Answer{Part: p.ID, Version: p.Version, Kind: portfolio.Accept}
		c.wants("portfolio.stale", second(c.room.AnswerPart(c.ctx, voirie, stale)))
		p = c.answer(voirie, amended, portfolio.Counter, "Un agent, et pas avant juin")
		p = must(c, func() (portfolio.Part, error) { return c.room.AgreeToCounter(c.ctx, mission, p.ID, p.Version) })
		if p.Status != portfolio.Accepted || p.Effort != "Un agent, et pas avant juin" || p.Consent != portfolio.ByCounter || !p.Partner() {
			t.Errorf("agreed: %+v", p)
		}
	})
}

func TestARefusalHasAReason(t *testing.T) {
	forEachTown(t, func(c *town) {
		p := c.offer(c.signal("Collecte"), "u-voirie", portfolio.Contribute)
		c.wants("text:portfolio.required", second(c.room.AnswerPart(c.ctx, voirie, portfolio.Answer{Part: p.ID, Version: 1, Kind: portfolio.Decline, Text: " "})))
		if p = c.answer(voirie, p, portfolio.Decline, "Pas d'agent disponible"); p.Status != portfolio.Declined || p.Reason == "" {
			t.Errorf("declined: %+v", p)
		}
		c.wants("", second(c.room.OfferPart(c.ctx, mission, portfolio.Offer{Initiative: p.Initiative, Unit: "u-voirie", Role: portfolio.Contribute})))
		c.wants("portfolio.part.already", second(c.room.OfferPart(c.ctx, mission, portfolio.Offer{Initiative: p.Initiative, Unit: "u-voirie", Role: portfolio.Contribute})))
	})
}

func TestOffersThatCannotBe(t *testing.T) {
	forEachTown(t, func(c *town) {
		i := c.signal("Collecte")
		for want, in := range map[string]portfolio.Offer{
			"unit:portfolio.part.unit_or_actor": {Role: portfolio.Fund},
			"role:portfolio.choose":             {Unit: "u-dsi", Role: "boss"},
			"role:portfolio.part.outside_lead":  {Actor: "Université", Role: portfolio.Lead},
			"unit:portfolio.unknown_unit":       {Unit: "x", Role: portfolio.Fund},
			"replaces:portfolio.part.replaces":  {Unit: "u-dsi", Role: portfolio.Lead, Replaces: "x"},
			"":                                  {Actor: "Université", Role: portfolio.Contribute},
		} {
			in.Initiative = i.ID
			c.wants(want, second(c.room.OfferPart(c.ctx, mission, in)))
		}
		c.solo = true
		c.wants("portfolio.part.no_co_lead", second(c.room.OfferPart(c.ctx, mission, portfolio.Offer{Initiative: i.ID, Unit: "u-dsi", Role: portfolio.CoLead})))
	})
}

// I3 by hand: a second lead takes over or is refused; the last lead of an active initiative stays.
func TestOneLead(t *testing.T) {
	forEachTown(t, func(c *town) {
		i := c.led("Collecte")
		first, _ := c.sheet(inside("p-dsi"), i).Lead()
		rival := c.offer(i, "u-voirie", portfolio.Lead)
		c.wants("portfolio.part.lead_taken", second(c.room.AnswerPart(c.ctx, voirie, portfolio.Answer{Part: rival.ID, Version: 1, Kind: portfolio.Accept})))
		c.advance(i, portfolio.Qualified, portfolio.Investigated)
		c.wants("portfolio.part.last_lead", second(c.room.EndPart(c.ctx, mission, first.ID, first.Version, "Réorganisation")))
		heir := must(c, func() (portfolio.Part, error) {
			return c.room.OfferPart(c.ctx, mission, portfolio.Offer{Initiative: i.ID, Unit: "u-dsi", Role: portfolio.Lead, Replaces: first.ID})
		})
		c.answer(dsi, heir, portfolio.Accept, "")
		s := c.sheet(inside("p-dsi"), i)
		if lead, ok := s.Lead(); !ok || lead.Unit != "u-dsi" {
			t.Errorf("lead %v", lead.Unit)
		}
		if n := slices.IndexFunc(s.Parts, func(p portfolio.Part) bool { return p.ID == first.ID }); s.Parts[n].Status != portfolio.Ended {
			t.Errorf("the former lead is %s", s.Parts[n].Status)
		}
	})
}

func TestALetterIsReadManyTimesAndAnsweredOnce(t *testing.T) {
	forEachTown(t, func(c *town) {
		p := c.offer(c.signal("Collecte"), "u-voirie", portfolio.Contribute)
		_, err := c.room.NewAnswerToken(c.ctx, p.ID, "p-dsi", "")
		c.wants("portfolio.part.not_your_unit", err)
		token := must(c, func() (string, error) { return c.room.NewAnswerToken(c.ctx, p.ID, "p-voirie", "aff-1") })
		for range 3 { // mail scanners open links
			if l := must(c, func() (portfolio.Letter, error) { return c.room.ReadLetter(c.ctx, token) }); l.Part.Status != portfolio.Proposed {
				t.Fatalf("reading answered: %s", l.Part.Status)
			}
		}
		c.wants("text:portfolio.required", second(c.room.AnswerLetter(c.ctx, token, portfolio.Decline, "")))
		c.wants("portfolio.token.unknown", second(c.room.AnswerLetter(c.ctx, "guess", portfolio.Accept, "")))
		got := must(c, func() (portfolio.Part, error) { return c.room.AnswerLetter(c.ctx, token, portfolio.Accept, "") })
		if got.Status != portfolio.Accepted || got.AnsweredBy != "p-voirie" {
			t.Errorf("answered: %+v", got)
		}
		c.wants("portfolio.token.used", second(c.room.AnswerLetter(c.ctx, token, portfolio.Accept, "")))
		stored := must(c, func() (int, error) {
			return db.One(c.ctx, c.db.Readers, db.Scalar[int], `SELECT COUNT(*) FROM op_portfolio_token WHERE hash = $1`, token)
		})
		if stored != 0 {
			t.Error("the secret itself is stored")
		}
	})
}

func TestALetterDoesNotAnswerOtherTermsNorForeverNorForAnother(t *testing.T) {
	forEachTown(t, func(c *town) {
		letter := func(p portfolio.Part) string {
			return must(c, func() (string, error) { return c.room.NewAnswerToken(c.ctx, p.ID, "p-voirie", "aff-1") })
		}
		i := c.signal("Collecte")
		p := c.offer(i, "u-voirie", portfolio.Contribute)
		old := letter(p)
		p = must(c, func() (portfolio.Part, error) {
			return c.room.AmendPart(c.ctx, mission, p.ID, 1, portfolio.Fund, "30 000 €")
		})
		c.wants("portfolio.stale", second(c.room.AnswerLetter(c.ctx, old, portfolio.Accept, "")))
		if l := must(c, func() (portfolio.Letter, error) { return c.room.ReadLetter(c.ctx, old) }); !l.Stale {
			t.Error("the letter does not say that the terms changed")
		}
		late := letter(p)
		c.clock.Advance(portfolio.AnswerLifetime + time.Hour)
		c.wants("portfolio.token.expired", second(c.room.AnswerLetter(c.ctx, late, portfolio.Accept, "")))
		gone := letter(p)
		c.left["p-voirie"] = c.room.Today()
		c.wants("portfolio.token.post_left", second(c.room.AnswerLetter(c.ctx, gone, portfolio.Accept, "")))
	})
}

func TestToDoIsThePostsOwn(t *testing.T) {
	forEachTown(t, func(c *town) {
		i := c.signal("Collecte")
		c.offer(i, "u-dsi", portfolio.Contribute)
		p := c.offer(i, "u-voirie", portfolio.Contribute)
		c.answer(voirie, p, portfolio.Counter, "En juin")
		c.ok(c.room.OpenQuestion(c.ctx, mission, portfolio.OpenForm{Initiative: i.ID, Kind: portfolio.Legal,
			Question: "Les capteurs filment-ils ?", Post: "p-dsi", Due: "2016-05-01"}))
		counts := func(post id.ID) [3]int {
			d := must(c, func() (portfolio.ToDo, error) { return c.room.ToDo(c.ctx, inside(post)) })
			return [3]int{len(d.Parts), len(d.Counters), len(d.Questions)}
		}
		for post, want := range map[id.ID][3]int{"p-dsi": {1, 0, 1}, "p-voirie": {0, 0, 0}, "p-mission": {0, 1, 0}} {
			if got := counts(post); got != want {
				t.Errorf("%s: parts, counters, questions %v, want %v", post, got, want)
			}
		}
	})
}
