package council_test

import (
	"testing"

	"parvis/internal/council"
	"parvis/internal/id"
)

// pending is what waits for a post, as « À faire » counts it.
func (c *chancery) pending(code string) council.Pending {
	c.Helper()
	all, err := c.room.Pending(c.ctx, c.seen(code))
	return need(c, all, err)
}

func TestWhatIsAskedAndRefusedWaits(t *testing.T) {
	inChancery(t, func(c *chancery) {
		if n := c.pending("DIR-DPE").Count() + c.pending("MISSION").Count(); n != 0 {
			c.Fatalf("%d things wait before anything is asked", n)
		}
		k := c.open(c.paper("", false).ID)
		if p := c.pending("DIR-DPE"); len(p.Visas) != 1 || p.Visas[0].Circuit != k.ID {
			c.Fatalf("its visa does not wait: %+v", p)
		}
		_, err := c.give("DIR-DPE", council.VisaRefused, "Le coût manque.")
		c.ok(err)
		if p := c.pending("DIR-DPE"); p.Count() != 0 {
			c.Errorf("what was answered waits still: %+v", p)
		}
		p := c.pending("MISSION")
		if len(p.Returned) != 1 || p.Returned[0].ID != k.ID || p.Returned[0].Title != "Généraliser la collecte" {
			c.Errorf("the circuit did not come back to who opened it: %+v", p)
		}
		_, err = c.room.WithdrawCircuit(c.ctx, c.city.Agent("MISSION"), k.ID, p.Returned[0].Version, "Reporté.")
		c.ok(err)
		if p := c.pending("MISSION"); p.Count() != 0 {
			c.Errorf("what was withdrawn waits still: %+v", p)
		}
	})
}

func TestMinutesWaitForTheBureau(t *testing.T) {
	forEachTown(t, func(c *town) {
		tb := c.committee()
		m := c.prepare(tb, "2018-01-22")
		c.item(m, "Point d’étape", council.ForInfo)
		c.open(tb, m)
		minutes := func(post id.ID) int {
			p := must(c, func() (council.Pending, error) { return c.room.Pending(c.ctx, inside(post)) })
			return len(p.Minutes)
		}
		if minutes("p-greffe") != 0 {
			c.Error("the minutes of an open meeting wait already")
		}
		c.stepped(c.room.CloseMeeting(c.ctx, secretary, m.ID, c.meeting(m).Version))
		if minutes("p-greffe") != 1 || minutes("e-maire") != 1 || minutes("e-ben") != 0 {
			c.Errorf("the minutes wait for the bureau: %d, %d, %d", minutes("p-greffe"), minutes("e-maire"), minutes("e-ben"))
		}
	})
}
