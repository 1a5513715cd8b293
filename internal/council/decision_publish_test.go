package council_test

import (
	"testing"

	"parvis/internal/act"
	"parvis/internal/act/acttest"
	"parvis/internal/council"
	"parvis/internal/id"
	"parvis/internal/portfolio"
)

// carriedBy votes an item at a show of hands and pronounces what was carried.
func (c *town) carriedBy(tb table, i council.Item, edit func(*council.DecideForm)) council.Decision {
	c.Helper()
	motion := council.BallotForm{Item: i.ID, Option: 1}
	if i.Arbitration == "" {
		motion = council.BallotForm{Item: i.ID, Motion: "Transiger avec M. Untel"}
	}
	b := must(c, func() (council.Ballot, error) { return c.room.OpenBallot(c.ctx, secretary, motion) })
	c.ok(errOf(c.room.CloseBallot(c.ctx, secretary, council.CloseForm{Ballot: b.ID,
		Voices: tb.by(map[id.ID]council.Choice{"e-maire": council.For, "e-ann": council.For, "e-ben": council.Against})})))
	f := council.DecideForm{Item: i.ID, Version: c.stored(i).Version, Result: council.ItemAdopted, Answers: answers()}
	edit(&f)
	return must(c, func() (council.Decision, error) { return c.room.TakeDecision(c.ctx, president, f) })
}

// TestAKeptDecisionIsPublishedByAPerson: what was kept internal is published by somebody who reviewed it, once, and
// outside the voices are named as in the minutes.
func TestAKeptDecisionIsPublishedByAPerson(t *testing.T) {
	for name, hidden := range map[string]bool{"kept by whoever pronounced it": false, "of an item whose title is hidden": true} {
		t.Run(name, func(t *testing.T) {
			forEachTown(t, func(c *town) {
				tb := c.committee()
				m := c.prepare(tb, "2018-01-22")
				i := must(c, func() (council.Item, error) {
					return c.room.AddItem(c.ctx, secretary, m.ID, council.ItemForm{Nature: council.ForDecision, Title: "Contentieux", Minutes: 10, OpenDoors: !hidden})
				})
				c.open(tb, m)
				d := c.carriedBy(tb, i, func(f *council.DecideForm) { f.Keep = !hidden })
				seen := func() *council.Decision {
					f, _ := c.file(anonymous, m).Item(i.ID)
					return f.Decision
				}
				if d.Visibility != act.Internal || seen() != nil {
					c.Errorf("it is %s, outside %+v is read", d.Visibility, seen())
				}
				c.wants("reviewed:council.decision.review", c.room.PublishDecision(c.ctx, president, d.ID, d.Version, false))
				c.wants("council.stale", c.room.PublishDecision(c.ctx, president, d.ID, d.Version+1, true))
				c.ok(c.room.PublishDecision(c.ctx, president, d.ID, d.Version, true))
				c.wants("council.decision.public", c.room.PublishDecision(c.ctx, president, d.ID, d.Version+1, true))
				f, _ := c.file(anonymous, m).Item(i.ID)
				if f.Decision == nil || f.Decision.Text != d.Text || council.DigestOf(f.Decision.Text) != d.Digest {
					c.Fatalf("I10: outside %+v is read", f.Decision)
				}
				if v := f.Ballots[0].Voices; len(v) != 1 || v[0].Post != "e-ben" {
					c.Errorf("outside, a show of hands names %+v", v)
				}
				acttest.Clean(t, c.db)
			})
		})
	}
}

// TestAnOpinionAndAnInternalCommitteePublishNothing, whoever asks.
func TestAnOpinionAndAnInternalCommitteePublishNothing(t *testing.T) {
	forEachTown(t, func(c *town) {
		tb := c.committee()
		m := c.prepare(tb, "2018-01-22")
		i := c.item(m, "Plan vélo", council.ForOpinion)
		c.open(tb, m)
		d := c.carriedBy(tb, i, func(*council.DecideForm) {})
		c.wants("council.decision.opinion", c.room.PublishDecision(c.ctx, president, d.ID, d.Version, true))
	})
}

func (c *town) publish(initiative id.ID, decisions bool) {
	c.Helper()
	s := must(c, func() (portfolio.Sheet, error) {
		return c.portfolio.Sheet(c.ctx, inside("p-mission"), string(initiative))
	})
	c.ok(errOf(c.portfolio.PublishInitiative(c.ctx, mission, portfolio.Publish{Initiative: initiative, Version: s.Version, Decisions: decisions})))
}

// TestADecisionOnAQuestionIsPublishedWithIt: from either side, or with the project, one transaction makes both public.
func TestADecisionOnAQuestionIsPublishedWithIt(t *testing.T) {
	for name, publish := range map[string]func(*town, portfolio.Arbitration, council.Decision) error{
		"from the committee": func(c *town, q portfolio.Arbitration, d council.Decision) error {
			c.wants("portfolio.initiative.not_public", c.room.PublishDecision(c.ctx, president, d.ID, d.Version, true))
			c.publish(q.Initiative, false)
			return c.room.PublishDecision(c.ctx, president, d.ID, d.Version, true)
		},
		"from the question": func(c *town, q portfolio.Arbitration, _ council.Decision) error {
			c.publish(q.Initiative, false)
			return c.portfolio.PublishArbitration(c.ctx, mission, q.ID)
		},
		"with the project": func(c *town, q portfolio.Arbitration, _ council.Decision) error {
			c.publish(q.Initiative, true)
			return nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			forEachTown(t, func(c *town) {
				tb := c.committee()
				m := c.prepare(tb, "2018-01-22")
				q := c.question()
				i := must(c, func() ([]council.Item, error) {
					return c.room.AddQuestions(c.ctx, secretary, m.ID, council.ForDecision, []id.ID{q.ID}, "")
				})[0]
				c.open(tb, m)
				d := c.carriedBy(tb, i, func(f *council.DecideForm) { f.Keep = true })
				c.wants("", publish(c, q, d))
				f, _ := c.file(anonymous, m).Item(i.ID)
				if f.Decision == nil || f.Decision.Text != d.Text {
					c.Errorf("outside, the committee's: %+v", f.Decision)
				}
				if s := must(c, func() (portfolio.ArbitrationSheet, error) {
					return c.portfolio.Arbitration(c.ctx, anonymous, string(q.ID))
				}); s.Decision != d.Text {
					c.Errorf("outside, the question's: %+v", s)
				}
				acttest.Clean(t, c.db)
			})
		})
	}
}
