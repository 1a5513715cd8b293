package council_test

import (
	"strings"
	"testing"
	"time"

	"parvis/internal/council"
	"parvis/internal/id"
	"parvis/internal/identity"
)

// TestACouncilDeliberates: what a council decides is told as a deliberation, under the number that its act came back with,
// until then under that of the decision; outside, the number of the act is known once the act is public.
func TestACouncilDeliberates(t *testing.T) {
	forEachTown(t, func(c *town) {
		tb, m, old, own := c.shelves()
		lost := c.item(m, "Péage", council.ForDecision)
		c.open(tb, m)
		back, waits := c.carried(tb, old), c.carried(tb, own)
		c.refuse(tb, lost)
		c.ok(errOf(c.room.SendFormals(c.ctx, secretary, m.ID)))
		c.pass(5 * 24 * time.Hour)
		c.stepped(c.room.CloseMeeting(c.ctx, secretary, m.ID, c.meeting(m).Version))
		s := must(c, func() (council.StagedReturn, error) {
			return c.room.StageReturn(c.ctx, inside("p-greffe"), []byte("ref;digest;number;signed_on\n"+back.Ref+";"+back.Digest+";2018-014;2018-01-30\n"))
		})
		must(c, func() (int, error) { return c.room.ApplyReturn(c.ctx, secretary, inside("p-greffe"), s.ID) })
		numbered := func(v identity.Visitor, i council.Item) string {
			shown, _ := c.file(v, m).Item(i.ID)
			return shown.Numbered()
		}
		first := c.stored(old).Decision.Number
		c.same("that came back", numbered(inside("p-mission"), old), "2018-014")
		c.same("outside, before it is published", numbered(anonymous, old), first)
		c.same("that waits", numbered(inside("p-mission"), own), c.stored(own).Decision.Number)
		for lang, words := range map[string][]string{
			"fr": {"Délibération 2018-014 : " + back.Text, "Délibération " + numbered(anonymous, own) + " : " + waits.Text, "Délibération " + numbered(anonymous, lost) + ", rejet : "},
			"en": {"Deliberation 2018-014: " + back.Text, "Deliberation " + numbered(anonymous, own) + ": " + waits.Text, "Deliberation " + numbered(anonymous, lost) + ", rejected: "},
		} {
			told := must(c, func() (council.Minutes, error) { return c.room.DraftMinutes(c.ctx, secretary, m.ID, c.words(lang)) })
			text := strings.ReplaceAll(council.Plain(told.Blocks), "\u00a0", " ")
			for _, want := range words {
				if !strings.Contains(text, want) {
					c.Errorf("the minutes do not tell %q:\n%s", want, text)
				}
			}
		}
		back = must(c, func() (council.Formal, error) { return c.room.Formal(c.ctx, inside("p-greffe"), back.Ref) })
		must(c, func() (council.Formal, error) {
			return c.room.PublishFormal(c.ctx, secretary, back.ID, back.Version, true)
		})
		c.same("outside, once it is published", numbered(anonymous, old), "2018-014")
		listed := must(c, func() (council.List, error) {
			return c.room.PublishList(c.ctx, secretary, m.ID, 0, nil, true)
		})
		c.same("the list names it", listed.Lines[0].Number, "2018-014")
	})
}

// refuse rejects a matter.
func (c *town) refuse(tb table, i council.Item) {
	c.Helper()
	c.vote(tb, i, map[id.ID]council.Choice{"e-maire": council.Against, "e-ann": council.Against, "e-ben": council.Against})
	must(c, func() (council.Decision, error) {
		return c.room.TakeDecision(c.ctx, president, council.DecideForm{Item: i.ID, Version: c.stored(i).Version, Result: council.ItemRejected, Answers: answers()})
	})
}
