package council_test

import (
	"strings"
	"testing"
	"time"

	"parvis/internal/calendar"
	"parvis/internal/council"
	"parvis/internal/db"
	"parvis/internal/id"
)

// TestMinutesTellWhoStoodIn: a deputy is told beside the seat whose voice it had.
func TestMinutesTellWhoStoodIn(t *testing.T) {
	forEachTown(t, func(c *town) {
		tb := c.committee()
		m := c.prepare(tb, "2018-01-22")
		c.item(m, "Plan vélo", council.ForInfo)
		c.open(tb, m, "e-maire", "p-dep", "e-ben", "p-greffe")
		c.stepped(c.room.CloseMeeting(c.ctx, secretary, m.ID, c.meeting(m).Version))
		p := must(c, func() (council.Minutes, error) { return c.room.DraftMinutes(c.ctx, secretary, m.ID, c.words("fr")) })
		if text := council.Plain(p.Blocks); !strings.Contains(text, "Fonction dep, en suppléance de Fonction ann") {
			c.Errorf("the deputy is not told:\n%s", text)
		}
	})
}

// TestTheMinutesOfACouncil: who gave a power to whom, who voted what, the quorum of each item; they are approved at the
// next meeting, and published within the week.
func TestTheMinutesOfACouncil(t *testing.T) {
	forEachTown(t, func(c *town) {
		tb := c.assembly()
		m, later := c.prepare(tb, "2018-01-22"), c.prepare(tb, "2018-02-19")
		i, next := c.item(m, "Plan vélo", council.ForDecision), c.item(later, "Suite", council.ForInfo)
		c.ok(c.room.SayAttendance(c.ctx, cleo, m.ID, tb.seats["e-cleo"].ID, council.Represented, tb.seats["e-maire"].ID))
		c.open(tb, m, "e-maire", "e-ann", "e-ben", "p-greffe")
		c.vote(tb, i, map[id.ID]council.Choice{"e-maire": council.For, "e-ann": council.For, "e-ben": council.Against, "e-cleo": council.For})
		c.pass(time.Hour)
		c.stepped(c.room.CloseMeeting(c.ctx, secretary, m.ID, c.meeting(m).Version))
		p := must(c, func() (council.Minutes, error) { return c.room.DraftMinutes(c.ctx, secretary, m.ID, c.words("fr")) })
		text := strings.ReplaceAll(council.Plain(p.Blocks), "\u00a0", " ")
		for _, want := range []string{"Fonction cleo, qui a donné pouvoir à Fonction maire",
			"Pour : Fonction maire ; Fonction ann ; Fonction cleo.", "Quorum du point : 3 membres présents, 3 nécessaires."} {
			if !strings.Contains(text, want) {
				c.Errorf("the minutes do not tell %q:\n%s", want, text)
			}
		}
		added := must(c, func() ([]council.Item, error) {
			return c.room.AddApprovals(c.ctx, secretary, later.ID, "", c.words("fr"))
		})
		c.wants("council.approval.none", errOf(c.room.AddApprovals(c.ctx, secretary, later.ID, "", c.words("fr"))))
		f := c.file(inside("p-mission"), later)
		if first := f.Items[0]; first.ID != added[0].ID || strings.ReplaceAll(first.Title, "\u00a0", " ") != "Approbation du procès-verbal de la séance du 22 janvier 2018" || f.Items[1].ID != next.ID {
			c.Errorf("the agenda begins with %q", first.Title)
		}
		c.open(tb, later, "e-maire", "e-ann", "e-ben", "p-greffe")
		c.vote(tb, c.stored(added[0]).Item, map[id.ID]council.Choice{"e-maire": council.For, "e-ann": council.For, "e-ben": council.For})
		d := must(c, func() (council.Decision, error) {
			return c.room.TakeDecision(c.ctx, president, council.DecideForm{Item: added[0].ID, Version: c.stored(added[0]).Version, Result: council.ItemAdopted, Answers: answers()})
		})
		p = c.file(inside("p-mission"), m).Minutes
		if cause := c.causeOf("council.minutes.approve", p.ID); cause != d.DecidedAct || p.ApprovedBy != "e-maire" {
			c.Errorf("approved by %s because of %q, want %s", p.ApprovedBy, cause, d.DecidedAct)
		}
		if p.ApprovedAt != later.Number || p.PublishBy(council.Council) != "2018-02-26" || p.PublishBy(council.Copil) != "" {
			c.Errorf("%+v", p)
		}
	})
}

// causeOf is the act that led to the one of a verb about a thing.
func (c *town) causeOf(verb string, object id.ID) id.ID {
	c.Helper()
	return must(c, func() (id.ID, error) {
		return db.One(c.ctx, c.db.Readers, db.Scalar[id.ID], `SELECT cause FROM act WHERE verb = $1 AND object_id = $2`, verb, string(object))
	})
}

// TestTheApprovalIsDecided: minutes whose approval is rejected stay a draft and come back; those approved by hand
// meanwhile stay as they are; a committee that is no council has no such item.
func TestTheApprovalIsDecided(t *testing.T) {
	forEachTown(t, func(c *town) {
		tb := c.assembly()
		m := c.prepare(tb, "2018-01-22")
		c.item(m, "Plan vélo", council.ForInfo)
		c.open(tb, m, "e-maire", "e-ann", "e-ben", "p-greffe")
		c.stepped(c.room.CloseMeeting(c.ctx, secretary, m.ID, c.meeting(m).Version))
		later := c.prepare(tb, "2018-02-19")
		put := func(of council.Meeting) ([]council.Item, error) {
			return c.room.AddApprovals(c.ctx, secretary, of.ID, "", c.words("fr"))
		}
		c.wants("council.approval.none", errOf(put(later))) // no minutes are drafted
		drafted := must(c, func() (council.Minutes, error) { return c.room.DraftMinutes(c.ctx, secretary, m.ID, c.words("fr")) })
		first := must(c, func() ([]council.Item, error) { return put(later) })[0]
		c.open(tb, later, "e-maire", "e-ann", "e-ben", "p-greffe")
		decide := func(i council.Item, choice council.Choice, result council.ItemStatus) {
			c.vote(tb, i, map[id.ID]council.Choice{"e-maire": choice, "e-ann": choice, "e-ben": choice})
			must(c, func() (council.Decision, error) {
				return c.room.TakeDecision(c.ctx, president, council.DecideForm{Item: i.ID, Version: c.stored(i).Version, Result: result, Answers: answers()})
			})
		}
		decide(first, council.Against, council.ItemRejected)
		c.same("rejected", c.file(inside("p-mission"), m).Minutes.Status, council.MinutesDraft)
		c.stepped(c.room.CloseMeeting(c.ctx, secretary, later.ID, c.meeting(later).Version))

		third := c.prepare(tb, "2018-03-19")
		again := must(c, func() ([]council.Item, error) { return put(third) })[0]
		c.open(tb, third, "e-maire", "e-ann", "e-ben", "p-greffe")
		byHand := must(c, func() (council.Minutes, error) { return c.room.ApproveMinutes(c.ctx, secretary, m.ID, drafted.Version) })
		decide(again, council.For, council.ItemAdopted)
		c.same("by hand", c.file(inside("p-mission"), m).Minutes.Version, byHand.Version)
	})
}

// TestSignaturesAreNoted: who signed and when, once the minutes are approved, and never by Parvis.
func TestSignaturesAreNoted(t *testing.T) {
	forEachTown(t, func(c *town) {
		tb := c.committee()
		m := c.prepare(tb, "2018-01-22")
		c.item(m, "Plan vélo", council.ForInfo)
		c.open(tb, m)
		c.stepped(c.room.CloseMeeting(c.ctx, secretary, m.ID, c.meeting(m).Version))
		p := must(c, func() (council.Minutes, error) { return c.room.DraftMinutes(c.ctx, secretary, m.ID, c.words("fr")) })
		sign := func(version int64, who council.Role, on calendar.Day) (council.Minutes, error) {
			return c.room.NoteSignature(c.ctx, secretary, council.SignedForm{Meeting: m.ID, Version: version, Who: who, On: on})
		}
		c.wants("council.minutes.state", errOf(sign(p.Version, council.President, "2018-01-22")))
		p = must(c, func() (council.Minutes, error) { return c.room.ApproveMinutes(c.ctx, secretary, m.ID, p.Version) })
		c.wants("on:council.minutes.signed_when", errOf(sign(p.Version, council.President, "2018-01-21")))
		c.wants("on:council.minutes.signed_when", errOf(sign(p.Version, council.President, "2018-01-23")))
		c.wants("who:council.choose", errOf(sign(p.Version, council.Deputy, "2018-01-22")))
		c.wants("council.stale", errOf(sign(p.Version-1, council.President, "2018-01-22")))
		p = must(c, func() (council.Minutes, error) { return sign(p.Version, council.President, "2018-01-22") })
		c.same("the president", []calendar.Day{p.SignedOn(council.President), p.SignedOn(council.Secretary)}, []calendar.Day{"2018-01-22", ""})
		digest := p.Digest
		p = must(c, func() (council.Minutes, error) { return c.room.PublishMinutes(c.ctx, secretary, m.ID, p.Version, true) })
		c.pass(48 * time.Hour)
		p = must(c, func() (council.Minutes, error) { return sign(p.Version, council.Secretary, "2018-01-23") })
		read := c.file(anonymous, m).Minutes
		c.same("read outside", []any{read.SignedOn(council.President), read.SignedOn(council.Secretary), p.Digest}, []any{calendar.Day("2018-01-22"), calendar.Day("2018-01-23"), digest})
	})
}

// TestMinutesSayHowItWasDecidedWithoutAVote: by consensus or by whoever presides; a vote tells itself.
func TestMinutesSayHowItWasDecidedWithoutAVote(t *testing.T) {
	for _, s := range []struct {
		rule  council.Voting
		voted bool
		want  string
	}{{council.Consensus, false, "par consensus"}, {council.Chair, false, "par la présidence"}, {council.Consensus, true, ""}} {
		forEachTown(t, func(c *town) {
			tb := c.committee(func(f *council.CommitteeForm) { f.Voting = s.rule })
			m := c.prepare(tb, "2018-01-22")
			i := c.item(m, "Plan vélo", council.ForDecision)
			c.open(tb, m)
			take := council.DecideForm{Item: i.ID, Version: i.Version, Result: council.ItemAdopted, Text: "Adopter", Answers: answers()}
			if s.voted {
				c.vote(tb, i, map[id.ID]council.Choice{"e-maire": council.For, "e-ann": council.For, "e-ben": council.For})
			}
			c.ok(errOf(c.room.TakeDecision(c.ctx, president, take)))
			c.stepped(c.room.CloseMeeting(c.ctx, secretary, m.ID, c.meeting(m).Version))
			told := council.Plain(must(c, func() (council.Minutes, error) { return c.room.DraftMinutes(c.ctx, secretary, m.ID, c.words("fr")) }).Blocks)
			if strings.Contains(told, "Sans vote") != (s.want != "") || !strings.Contains(told, s.want) || strings.Contains(told, "⟦") {
				c.Errorf("%s, voted %v: %s", s.rule, s.voted, told)
			}
		})
	}
}
