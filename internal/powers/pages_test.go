package powers_test

import (
	"context"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parvis/internal/act"
	"parvis/internal/clock"
	"parvis/internal/id"
	"parvis/internal/powers"
	"parvis/internal/powers/powerstest"
)

func TestOrganigramAndSearch(t *testing.T) {
	each(t, func(t *testing.T, c *powerstest.City, now *clock.Set) {
		ctx, m := context.Background(), powers.Now(now.Now().AddDate(0, 0, 1))
		nodes, err := powers.Organigram(ctx, c.DB.Readers, m, false)
		if err != nil || len(nodes) != len(c.Units) {
			t.Fatalf("%d units, %v", len(nodes), err)
		}
		depth := map[string]int{}
		for _, n := range nodes {
			depth[n.Code] = n.Depth
		}
		if depth["EXEC"] != 0 || depth["SG"] != 1 || depth["DPE"] != 2 {
			t.Errorf("depths %v", depth)
		}
		if empty, err := powers.Organigram(ctx, c.DB.Readers, m.On("2009-12-31"), false); err != nil || len(empty) != 0 {
			t.Errorf("before the first day: %v, %v", empty, err)
		}
		for text, want := range map[string]string{"voirie": "DVD", "PROPRETÉ": "DPE", "cheffe de la mission": "MISSION", "ADJ-NUM": "ADJ-NUM"} {
			found, err := powers.Find(ctx, c.DB.Readers, text, m, 10)
			if err != nil || !slices.ContainsFunc(found, func(f powers.Found) bool { return f.Code == want }) {
				t.Errorf("%q: %+v, %v", text, found, err)
			}
		}
		desk := powers.NewDesk(c.DB.Readers, act.NewMarks(c.DB.Readers))
		sameChart(t, c, desk, m)
		c.Do(t, c.Founder, func(tx *act.Tx) error { return powers.EndHolding(tx, c.Holders["DIR-DVD"], today, "A") })
		now.Advance(1e9)
		sameChart(t, c, desk, powers.Now(now.Now()))
		vacant, err := powers.Vacant(ctx, c.DB.Readers, powers.Now(now.Now()), 0, 50)
		if err != nil || len(vacant) != 1 || vacant[0].Code != "DIR-DVD" {
			t.Errorf("vacant: %+v, %v", vacant, err)
		}
		doors, err := powers.Doors(ctx, c.DB.Readers, m, false)
		if err != nil || len(doors) != 3 {
			t.Errorf("doors: %d, %v", len(doors), err)
		}
		labels, err := powers.Labels(ctx, c.DB.Readers, []id.ID{c.Units["DVD"], c.Posts["SG"], "nothing"}, m)
		if err != nil || labels[c.Units["DVD"]].Name != "Direction de la voirie" || labels[c.Posts["SG"]].Name != "Secrétaire général" || len(labels) != 2 {
			t.Errorf("labels: %+v, %v", labels, err)
		}
		evolution, err := powers.Evolve(ctx, c.DB.Readers, powers.Now(now.Now()).On("2018-03-11"), powers.Now(now.Now()), true)
		if err != nil || len(evolution.Heads) != 1 || evolution.Heads[0].After.Code != "DVD" {
			t.Errorf("evolution: %+v, %v", evolution, err)
		}
	})
}

// sameChart wants of the desk what the tables say, names for the public and for those inside.
func sameChart(t *testing.T, c *powerstest.City, desk *powers.Desk, m powers.Moment) {
	t.Helper()
	for _, names := range []bool{false, true} {
		want, err := powers.Organigram(context.Background(), c.DB.Readers, m, names)
		if err != nil {
			t.Fatal(err)
		}
		got, err := desk.Organigram(context.Background(), m, names)
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("names %v: %v %s", names, err, diff)
		}
	}
}

func TestDifferenceOfProfiles(t *testing.T) {
	read := func(name string) *powers.Profile {
		p, err := powers.ParseProfile(powers.Shipped(name))
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	one, two := read(powers.MunicipalTeam), read(powers.WithInvestment)
	if d := powers.Difference(one, one); len(d) != 0 {
		t.Errorf("a profile differs from itself: %+v", d)
	}
	d := powers.Difference(one, two)
	if len(d) != 1 || d[0].Verb != "portfolio.arbitration.decide" {
		t.Fatalf("the committee changes arbitrations only: %+v", d)
	}
	if !slices.ContainsFunc(d[0].After, func(r *powers.Rule) bool { return r.Role.Text == "committee:INVEST" }) {
		t.Errorf("the committee is missing: %+v", d[0].After)
	}
	if rows := one.Matrix(); !slices.ContainsFunc(rows, func(r powers.MatrixRow) bool {
		return r.Verb == "portfolio.arbitration.decide" && len(r.Cells[powers.Decides]) == 3 && len(r.Cells[powers.Visa]) == 1
	}) {
		t.Errorf("matrix: %+v", rows)
	}
}
