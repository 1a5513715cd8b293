package powers_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parvis/internal/act"
	"parvis/internal/clock"
	"parvis/internal/id"
	"parvis/internal/powers"
	"parvis/internal/powers/powerstest"
)

// sameDesk wants of the desk what the tables say, asked twice and with things that do not exist.
func sameDesk(t *testing.T, c *powerstest.City, desk *powers.Desk, m powers.Moment) {
	t.Helper()
	ctx, q := context.Background(), c.DB.Readers
	same := func(what string, got, want any, err error) {
		t.Helper()
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("%s differ from the tables: %v %s", what, err, diff)
		}
	}
	for range 2 {
		for _, wanted := range [][]id.ID{{"nothing"}, {c.Posts["SG"], c.Units["DVD"]}, values(c.Posts), append(values(c.Units), "nothing")} {
			want, _ := powers.PostsOn(ctx, q, wanted, m)
			got, err := desk.PostsOn(ctx, wanted, m.Day)
			same("posts", got, want, err)
			units, _ := powers.UnitsOn(ctx, q, wanted, m)
			kept, err := desk.UnitsOn(ctx, wanted, m.Day)
			same("units", kept, units, err)
		}
		people, err := desk.People(ctx, append(values(c.Persons), "nobody"))
		for _, person := range c.Persons {
			want, _ := powers.PersonByID(ctx, q, person)
			same("people", people[person], want, err)
			places, _ := powers.PostsHeldBy(ctx, q, person, m)
			got, err := desk.PostsHeldBy(ctx, person, m.Day)
			same("posts of a person", got, places, err)
		}
	}
}

func values[K comparable](m map[K]id.ID) (all []id.ID) {
	for _, v := range m {
		all = append(all, v)
	}
	return all
}

func TestTheDeskSaysWhatTheTablesSay(t *testing.T) {
	each(t, func(t *testing.T, c *powerstest.City, now *clock.Set) {
		desk := powers.NewDesk(c.DB.Readers, act.NewMarks(c.DB.Readers))
		after := func() powers.Moment {
			now.Advance(1e9)
			return powers.Now(now.Now())
		}
		sameDesk(t, c, desk, after())
		for n, change := range []func(tx *act.Tx) error{
			func(tx *act.Tx) error { return powers.EndHolding(tx, c.Holders["DIR-DVD"], today, "A") },
			func(tx *act.Tx) error { return powers.SetName(tx, c.Persons["SG"], "Claude", "Autrement") },
			func(tx *act.Tx) error { return powers.EraseName(tx, c.Persons["SG"]) },
		} {
			c.Do(t, c.Founder, change)
			t.Run(fmt.Sprint(n), func(t *testing.T) {
				sameDesk(t, c, desk, after())
				sameDesk(t, c, desk, after().On("2012-05-01"))
			})
		}
	})
}
