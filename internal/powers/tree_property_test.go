package powers_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"parvis/internal/act"
	"parvis/internal/act/acttest"
	"parvis/internal/calendar"
	"parvis/internal/clock"
	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/powers"
	"parvis/internal/powers/powerstest"
)

// days are the legal days that the properties play with, before and after today.
var days = []calendar.Day{"2011-01-01", "2012-03-15", "2014-06-01", "2015-09-30", "2018-03-12", "2018-03-13", "2019-01-01", calendar.Forever}

func drawPeriod(t *rapid.T) calendar.Period {
	i := rapid.IntRange(0, len(days)-2).Draw(t, "from")
	return calendar.Period{From: days[i], To: days[rapid.IntRange(i+1, len(days)-1).Draw(t, "to")]}
}

// properties runs a property many times in one city of each engine; run makes codes unique.
func properties(t *testing.T, profile string, check func(t *rapid.T, c *powerstest.City, now *clock.Set, run string)) {
	t.Helper()
	now := clock.At(today.Clock(9, 0))
	dbtest.EachAt(t, now, func(t *testing.T, d *db.DB) {
		c := powerstest.New(t, d, rooms())
		if profile != "" {
			c.Install(t, c.Founder, profile, powerstest.Dawn)
		}
		n := 0
		rapid.Check(t, func(r *rapid.T) {
			n++
			check(r, c, now, fmt.Sprintf("R%d-", n))
		})
		acttest.Clean(t, d)
	})
}

// refused fails on any error that is not a refusal.
func refused(t *rapid.T, err error) bool {
	if err == nil {
		return false
	}
	if k := fault.KindOf(err); k != fault.Conflict && k != fault.Invalid {
		t.Fatalf("not a refusal: %v", err)
	}
	return true
}

type edge struct {
	child, parent int
	calendar.Period
}

// holdsI1 is the naive model: on each day, one parent each and no cycle.
func holdsI1(edges []edge, n int) bool {
	for _, day := range days[:len(days)-1] {
		parent := map[int]int{}
		for _, e := range edges {
			if !e.Contains(day) {
				continue
			}
			if _, second := parent[e.child]; second {
				return false
			}
			parent[e.child] = e.parent
		}
		for u := range n {
			for at, steps := u, 0; ; steps++ {
				up, has := parent[at]
				if !has {
					break
				}
				if at = up; at == u || steps > n {
					return false
				}
			}
		}
	}
	return true
}

// I1: at every instant a unit has at most one hierarchical parent and the hierarchy has no cycle. A link
// is refused exactly when it would break that.
func TestI1OneTree(t *testing.T) {
	properties(t, "", func(t *rapid.T, c *powerstest.City, _ *clock.Set, run string) {
		const n = 4
		var units [n]id.ID
		var edges []edge
		if err := c.Try(c.Founder, func(tx *act.Tx) (err error) {
			for i := range units {
				if units[i], err = powers.CreateUnit(tx, powers.NewUnit{Body: c.Body, Kind: "service", Code: run + fmt.Sprint(i), Name: "U",
					Period: calendar.Since(powerstest.Dawn)}); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		for range rapid.IntRange(1, 10).Draw(t, "links") {
			e := edge{rapid.IntRange(0, n-1).Draw(t, "child"), rapid.IntRange(0, n-1).Draw(t, "parent"), drawPeriod(t)}
			err := c.Try(c.Founder, func(tx *act.Tx) error {
				return powers.LinkUnit(tx, powers.NewLink{Child: units[e.child], Parent: units[e.parent], Nature: powers.Hierarchical, Period: e.Period})
			})
			model := holdsI1(append(slices.Clone(edges), e), n)
			if refused(t, err) == model {
				t.Fatalf("link %+v among %+v: %v, the model says %v", e, edges, err, model)
			}
			if err == nil {
				edges = append(edges, e)
			}
		}
	})
}
