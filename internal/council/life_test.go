package council_test

import (
	"strings"
	"testing"
	"time"

	"parvis/internal/act"
	"parvis/internal/council"
	"parvis/internal/id"
	"parvis/internal/portfolio"
)

// TestWholeLife holds a committee from its preparation to the publication of its minutes.
func TestWholeLife(t *testing.T) {
	forEachTown(t, func(c *town) {
		tb := c.committee()
		m := c.prepare(tb, "2018-01-22")
		if m.Number != "COPIL-2018-1" || m.ConveneBy != "2018-01-15" || m.LockOn != "2018-01-19" {
			c.Fatalf("number and deadlines: %+v", m)
		}
		q := c.question()
		added := must(c, func() ([]council.Item, error) {
			return c.room.AddQuestions(c.ctx, secretary, m.ID, council.ForDecision, []id.ID{q.ID}, "")
		})
		info := c.item(m, "Point d’étape", council.ForInfo)
		c.open(tb, m)

		c.stepped(c.room.Leave(c.ctx, secretary, council.ArriveForm{Meeting: m.ID, Members: tb.ids("e-ann", "e-ben")}))
		if got := c.meeting(m).Status; got != council.Suspended {
			c.Fatalf("the quorum is lost, the meeting is %s", got)
		}
		c.wants("council.quorum.lacking", errOf(c.room.ResumeMeeting(c.ctx, secretary, m.ID, c.meeting(m).Version)))
		c.wants("council.meeting.not_open", errOf(c.room.OpenBallot(c.ctx, secretary, council.BallotForm{Item: info.ID, Motion: "x"})))
		c.pass(10 * time.Minute)
		c.arrive(tb, m, "e-ann")
		c.stepped(c.room.ResumeMeeting(c.ctx, secretary, m.ID, c.meeting(m).Version))

		c.ok(errOf(c.room.WriteDebate(c.ctx, secretary, added[0].ID, c.stored(added[0]).Version, "Mme Untel craint pour les données.")))
		b := must(c, func() (council.Ballot, error) {
			return c.room.OpenBallot(c.ctx, secretary, council.BallotForm{Item: added[0].ID, Option: 1})
		})
		if b.Motion != "Généraliser" || b.Entitled != 3 || b.Quorum != 3 {
			c.Fatalf("the vote: %+v", b)
		}
		b = must(c, func() (council.Ballot, error) {
			return c.room.CloseBallot(c.ctx, secretary, council.CloseForm{Ballot: b.ID,
				Voices: tb.by(map[id.ID]council.Choice{"e-maire": council.For, "e-ann": council.Against, "e-cleo": council.Abstain})})
		})
		if b.Result != council.Carried || b.Casting != council.For {
			c.Fatalf("a tie is decided by the president: %+v", b)
		}
		d := must(c, func() (council.Decision, error) {
			return c.room.TakeDecision(c.ctx, president, council.DecideForm{Item: added[0].ID, Version: c.stored(added[0]).Version, Result: council.ItemAdopted,
				Answers: answers(), Actions: []portfolio.NewAction{{What: "Passer le marché", Unit: "u-mission", Due: "2018-06-30"}}})
		})
		if d.Number != "D-2018-1" || d.Text != "Généraliser" || d.Digest != council.DigestOf("Généraliser") {
			c.Fatalf("the decision: %+v", d)
		}
		c.decided(q, d)
		c.ok(errOf(c.room.TakeNote(c.ctx, secretary, info.ID, c.stored(info).Version, "Rien à signaler.")))
		c.pass(time.Hour)
		c.stepped(c.room.CloseMeeting(c.ctx, secretary, m.ID, c.meeting(m).Version))
		c.minutes(m)
	})
}

// decided checks that the question of the portfolio was decided by the same act, typed once.
func (c *town) decided(q portfolio.Arbitration, d council.Decision) {
	c.Helper()
	s := must(c, func() (portfolio.ArbitrationSheet, error) {
		return c.portfolio.Arbitration(c.ctx, inside("p-mission"), string(q.ID))
	})
	if s.Status != portfolio.Decided || s.Chosen != 1 || s.Answers.Procedure != "committee" || len(s.Actions) != 1 {
		c.Errorf("the question: %s, option %d, %+v, %d actions", s.Status, s.Chosen, s.Answers, len(s.Actions))
	}
	if d.Answers.Motive != s.Answers.Motive || d.Answers.Motive == "" {
		c.Errorf("the answers differ: %+v, %+v", d.Answers, s.Answers)
	}
}

func (c *town) minutes(m council.Meeting) {
	c.Helper()
	p := must(c, func() (council.Minutes, error) { return c.room.DraftMinutes(c.ctx, secretary, m.ID, c.words("fr")) })
	text := strings.ReplaceAll(council.Plain(p.Blocks), "\u00a0", " ")
	for _, want := range []string{"Comité de pilotage, séance du ", "Présents : ", "arrivée de Fonction ann", "départ de Fonction ben", "pour 1, contre 1, abstention 1",
		"Contre : Fonction ann.", "prépondérante", "Décision D-2018-1 : Généraliser", "Passer le marché", "Mme Untel craint", "La séance est levée"} {
		if !strings.Contains(text, want) {
			c.Errorf("the minutes do not tell %q:\n%s", want, text)
		}
	}
	if strings.Contains(text, "⟦") {
		c.Errorf("words are missing:\n%s", text)
	}
	key := p.Blocks[3].Key
	p = must(c, func() (council.Minutes, error) {
		return c.room.EditMinutes(c.ctx, secretary, m.ID, p.Version, map[string]string{key: p.Blocks[3].Text + "\nPrécision de Mme Untel."})
	})
	p = must(c, func() (council.Minutes, error) { return c.room.DraftMinutes(c.ctx, secretary, m.ID, c.words("fr")) })
	if !strings.Contains(p.Blocks[3].Text, "Précision") {
		c.Error("writing the minutes anew lost what was worded by hand")
	}
	p = must(c, func() (council.Minutes, error) { return c.room.ApproveMinutes(c.ctx, secretary, m.ID, p.Version) })
	c.wants("council.minutes.state", errOf(c.room.EditMinutes(c.ctx, secretary, m.ID, p.Version, map[string]string{key: "autre"})))
	c.wants("mask.opening:council.minutes.not_there", errOf(c.room.MaskMinutes(c.ctx, secretary, m.ID, p.Version, []council.Mask{{Key: "opening", Passage: "Mme Untel"}})))
	p = must(c, func() (council.Minutes, error) {
		return c.room.MaskMinutes(c.ctx, secretary, m.ID, p.Version, []council.Mask{{Key: key, Passage: "Mme Untel"}})
	})
	if outside := c.file(anonymous, m); outside.Minutes.ID != "" {
		c.Error("minutes are read outside before they are published")
	}
	c.wants("reviewed:council.minutes.review", errOf(c.room.PublishMinutes(c.ctx, secretary, m.ID, p.Version, false)))
	p = must(c, func() (council.Minutes, error) { return c.room.PublishMinutes(c.ctx, secretary, m.ID, p.Version, true) })
	seen := c.file(anonymous, m).Minutes
	text = council.Plain(seen.Blocks)
	if strings.Contains(text, "Untel") || !strings.Contains(text, council.Hidden) || len(seen.Masks) != 0 {
		c.Errorf("the published minutes: %s", text)
	}
	if council.DigestOf(text) != p.PublishedDigest || council.DigestOf(council.Plain(p.Blocks)) != p.Digest {
		c.Error("I10: a digest is not that of the text")
	}
}

// TestOutside reads what CRPA L311-2 allows of a public committee, and nothing of an internal one.
func TestOutside(t *testing.T) {
	forEachTown(t, func(c *town) {
		tb := c.committee()
		hidden := c.committee(func(f *council.CommitteeForm) { f.Code, f.Public = "GT", false })
		m, n := c.prepare(tb, "2018-01-22"), c.prepare(hidden, "2018-01-23")
		i := c.item(m, "Plan vélo", council.ForDecision)
		closed := must(c, func() (council.Item, error) {
			return c.room.AddItem(c.ctx, secretary, m.ID, council.ItemForm{Nature: council.ForDecision, Title: "Contentieux"})
		})
		q := c.question()
		c.ok(errOf(c.room.AddQuestions(c.ctx, secretary, m.ID, council.ForDecision, []id.ID{q.ID}, "")))
		c.item(n, "Interne", council.ForInfo)
		c.wants("council.meeting.not_found", errOf(c.room.File(c.ctx, anonymous, string(m.ID))))
		c.convene(m)
		f := c.file(anonymous, m)
		if len(f.Items) != 3 || f.Items[0].Title != "Plan vélo" || f.Items[0].Summary != "" {
			c.Fatalf("the agenda outside: %+v", f.Items)
		}
		if f.Items[1].Title != "" || !f.Items[1].Closed || f.Items[1].ID != closed.ID {
			c.Errorf("an item behind closed doors is known outside: %+v", f.Items[1])
		}
		if f.Items[2].Title != "" || f.Items[2].Question != nil {
			c.Errorf("a question is known outside before it is decided: %+v", f.Items[2])
		}
		c.arrive(tb, m, "e-maire", "e-ann", "e-ben")
		c.stepped(c.room.OpenMeeting(c.ctx, secretary, m.ID, c.meeting(m).Version, "e-maire", ""))
		c.vote(tb, i, map[id.ID]council.Choice{"e-maire": council.For, "e-ann": council.For, "e-ben": council.Against})
		c.ok(errOf(c.room.TakeDecision(c.ctx, president, council.DecideForm{Item: i.ID, Version: c.stored(i).Version, Result: council.ItemAdopted, Answers: answers()})))
		f = c.file(anonymous, m)
		if d := f.Items[0].Decision; d == nil || d.Text != "Adopter" || d.Visibility != act.Public || len(f.Items[0].Ballots) != 1 {
			c.Errorf("the decision outside: %+v", f.Items[0])
		}
		if len(f.Assembly.Stays)+len(f.Assembly.Said) != 0 || f.Items[0].Debate != "" {
			c.Error("attendance or debate is known outside")
		}
		c.wants("council.meeting.not_found", errOf(c.room.File(c.ctx, anonymous, string(n.ID))))
		c.wants("council.committee.not_found", errOf(c.room.Committee(c.ctx, anonymous, "GT")))
	})
}
