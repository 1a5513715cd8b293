package council_test

import (
	"strings"
	"testing"
	"time"

	"parvis/internal/council"
	"parvis/internal/id"
)

// TestTheMinutesOfACouncil: who gave a power to whom, who voted what, the quorum of each item; they are approved at the
// next meeting, and published within the week.
func TestTheMinutesOfACouncil(t *testing.T) {
	forEachTown(t, func(c *town) {
		tb := c.assembly()
		m, later := c.prepare(tb, "2018-01-22"), c.prepare(tb, "2018-02-19")
		i, next := c.item(m, "Plan vélo", council.ForDecision), c.item(later, "Suite", council.ForInfo)
		c.ok(c.room.SayAttendance(c.ctx, cleo, m.ID, tb.seats["e-cleo"].ID, council.Represented, tb.seats["e-maire"].ID))
		c.open(tb, m, "e-maire", "p-dep", "e-ben", "p-greffe")
		c.vote(tb, i, map[id.ID]council.Choice{"e-maire": council.For, "e-ann": council.For, "e-ben": council.Against, "e-cleo": council.For})
		c.pass(time.Hour)
		c.stepped(c.room.CloseMeeting(c.ctx, secretary, m.ID, c.meeting(m).Version))
		p := must(c, func() (council.Minutes, error) { return c.room.DraftMinutes(c.ctx, secretary, m.ID, c.words("fr")) })
		text := strings.ReplaceAll(council.Plain(p.Blocks), "\u00a0", " ")
		for _, want := range []string{"Fonction cleo, qui a donné pouvoir à Fonction maire", "Fonction dep, en suppléance de Fonction ann",
			"Pour : Fonction maire ; Fonction ann ; Fonction cleo.", "Quorum du point : 3 membres présents, 3 nécessaires."} {
			if !strings.Contains(text, want) {
				c.Errorf("the minutes do not tell %q:\n%s", want, text)
			}
		}
		c.open(tb, later, "e-maire", "e-ann", "e-ben", "p-greffe")
		_ = next
		p = must(c, func() (council.Minutes, error) { return c.room.ApproveMinutes(c.ctx, secretary, m.ID, p.Version) })
		if p.ApprovedAt != later.Number || p.PublishBy(council.Council) != "2018-02-26" || p.PublishBy(council.Copil) != "" {
			c.Errorf("%+v", p)
		}
	})
}
