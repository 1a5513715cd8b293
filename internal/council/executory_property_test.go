package council_test

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"parvis/internal/calendar"
	"parvis/internal/council"
)

// TestI11OnReturns: whatever days the other tools say, together or one after the other, an act binds on the later of
// its publication and, where it must be transmitted, its reception; never while one is missing.
func TestI11OnReturns(t *testing.T) {
	forEachTown(t, func(c *town) {
		tb, n := c.assembly(), 0
		few(t, func(r *rapid.T) {
			n++
			transmit := rapid.Bool().Draw(r, "transmit")
			f := c.adoptedAt(tb, c.room.Today().AddDays(14), transmit)
			c.pass(30 * 24 * time.Hour)
			f = must(c, func() (council.Formal, error) { return c.room.SendFormal(c.ctx, secretary, f.ID, f.Version) })
			signed := f.AdoptedOn
			received, posted := signed.AddDays(rapid.IntRange(0, 20).Draw(r, "received")), signed.AddDays(rapid.IntRange(0, 20).Draw(r, "posted"))
			lines := [][2]calendar.Day{{received, posted}}
			switch rapid.SampledFrom([]string{"together", "receipt first", "publication first", "no receipt"}).Draw(r, "order") {
			case "receipt first":
				lines = [][2]calendar.Day{{received, ""}, {"", posted}}
			case "publication first":
				lines = [][2]calendar.Day{{"", posted}, {received, ""}}
			case "no receipt":
				received, lines = "", [][2]calendar.Day{{"", posted}}
			}
			for k, l := range lines {
				c.returns(f, fmt.Sprintf("2018-DEL-%d", n), signed, l[0], l[1])
				got := c.executory(f)
				var want calendar.Day
				known := [2]bool{}
				for _, said := range lines[:k+1] {
					known[0], known[1] = known[0] || said[0] != "", known[1] || said[1] != ""
				}
				switch {
				case !known[1] || transmit && !known[0]:
				case transmit:
					want = max(posted, received)
				default:
					want = posted
				}
				if got != want {
					r.Fatalf("I11: binds on %q, want %q (transmitted %v, received %s, published %s)", got, want, transmit, received, posted)
				}
			}
		})
	})
}

// returns takes what the other tools say of an act.
func (c *town) returns(f council.Formal, number string, signed, received, posted calendar.Day) {
	c.Helper()
	v := inside("p-greffe")
	s := must(c, func() (council.StagedReturn, error) {
		return c.room.StageReturn(c.ctx, v, fmt.Appendf(nil, "ref;digest;number;signed_on;received_on;posted_on\n%s;%s;%s;%s;%s;%s\n", f.Ref, f.Digest, number, signed, received, posted))
	})
	must(c, func() (int, error) { return c.room.ApplyReturn(c.ctx, secretary, v, s.ID) })
}

// executory is the day from which an act binds; "" while it does not.
func (c *town) executory(f council.Formal) calendar.Day {
	c.Helper()
	f = must(c, func() (council.Formal, error) { return c.room.Formal(c.ctx, inside("p-greffe"), f.Ref) })
	for _, clock := range f.Clocks(c.room.Region()) {
		if clock.Name == "executory" {
			return clock.Day
		}
	}
	c.Fatal("no clock says when the act binds")
	return ""
}
