package strategy_test

import (
	"math/big"
	"strconv"
	"testing"

	"parvis/internal/calendar"
	"parvis/internal/id"
	"parvis/internal/portfolio/strategy"

	"pgregory.net/rapid"
)

// Shares of siblings sum to one and so do the effective weights of the leaves, exactly, whatever the tree.
func TestWeightsSumToOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 30).Draw(t, "n")
		nodes := make([]strategy.Node, n)
		for i := range nodes {
			nodes[i] = strategy.Node{ID: id.ID(strconv.Itoa(i + 1)), Weight: strategy.Fraction(rapid.SampledFrom([]string{"1", "2", "1/3", "7/5", "999999"}).Draw(t, "w"))}
			if up := rapid.IntRange(0, i).Draw(t, "parent"); up > 0 {
				nodes[i].Parent = id.ID(strconv.Itoa(up))
			}
		}
		tree, leaves, one := strategy.Plant(nodes), new(big.Rat), big.NewRat(1, 1)
		if got := len(strategy.Walk(tree)); got != n {
			t.Fatalf("%d of %d nodes", got, n)
		}
		for _, b := range strategy.Walk(tree) {
			if b.Leaf() {
				leaves.Add(leaves, b.Effective)
				continue
			}
			sum := new(big.Rat)
			for _, c := range b.Children {
				sum.Add(sum, c.Share)
			}
			if sum.Cmp(one) != 0 {
				t.Fatalf("children of %s weigh %s", b.ID, sum)
			}
		}
		if leaves.Cmp(one) != 0 {
			t.Fatalf("leaves weigh %s", leaves)
		}
	})
}

// Progress goes from 0 at the baseline to 1 at the target, straight, in either direction.
func TestProgressIsAStraightWay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from, way := rapid.IntRange(-1000, 1000).Draw(t, "from"), rapid.IntRange(1, 1000).Draw(t, "way")
		step, up := rapid.IntRange(-way, 2*way).Draw(t, "step"), rapid.Bool().Draw(t, "up")
		i := strategy.Indicator{Direction: strategy.Up, Baseline: q(from), BaselineAt: "2013"}
		sign := 1
		if !up {
			i.Direction, sign = strategy.Down, -1
		}
		p := i.Progress([]strategy.Measure{{Value: q(from + sign*step), LastDay: "2014-12-31"}}, []strategy.Target{{Due: "2020-12-31", Value: q(from + sign*way)}}, "2015-01-01")
		if want := big.NewRat(int64(step), int64(way)); p.Done.Cmp(want) != 0 {
			t.Fatalf("done %s, want %s", p.Done, want)
		}
		if held := p.Held(); held.Sign() < 0 || held.Cmp(big.NewRat(1, 1)) > 0 {
			t.Fatalf("held %s", held)
		}
	})
}

func q(n int) strategy.Quantity { return strategy.Quantity(strconv.Itoa(n)) }

func TestProgressCases(t *testing.T) {
	targets := []strategy.Target{{Due: "2016-12-31", Value: "80"}, {Due: "2020-12-31", Value: "40"}}
	down := strategy.Indicator{Direction: strategy.Down, Baseline: "100", BaselineAt: "2014-12-31"}
	between := strategy.Indicator{Direction: strategy.Range, Low: "18", High: "22", Baseline: "26", BaselineAt: "2014"}
	for name, c := range map[string]struct {
		i       strategy.Indicator
		value   strategy.Quantity
		on      calendar.Day
		today   calendar.Day
		targets []strategy.Target
		done    string
		state   strategy.State
	}{
		"half of the first target":       {down, "90", "2015-12-31", "2016-03-01", targets, "1/2", strategy.OnTrack},
		"behind the line":                {down, "95", "2015-12-31", "2016-03-01", targets, "1/4", strategy.Behind},
		"reached":                        {down, "79", "2016-12-31", "2016-12-31", targets, "21/20", strategy.Reached},
		"the next target, past one":      {down, "70", "2017-12-31", "2018-03-12", targets, "1/2", strategy.OnTrack},
		"the wrong way":                  {down, "110", "2015-12-31", "2016-03-01", targets, "-1/2", strategy.Behind},
		"the last target stays":          {down, "40", "2021-12-31", "2022-01-01", targets, "1", strategy.Reached},
		"no target":                      {down, "90", "2015-12-31", "2016-01-01", nil, "", strategy.Unmeasured},
		"in range":                       {between, "20", "2015-12-31", "2016-01-01", nil, "1", strategy.Reached},
		"half way back to the range":     {between, "24", "2015-12-31", "2016-01-01", nil, "1/2", strategy.OnTrack},
		"at the bound":                   {between, "22", "2015-12-31", "2016-01-01", nil, "1", strategy.Reached},
		"below, further than it started": {between, "10", "2015-12-31", "2016-01-01", nil, "-1", strategy.OnTrack},
	} {
		p := c.i.Progress([]strategy.Measure{{Value: c.value, LastDay: c.on}}, c.targets, c.today)
		got := ""
		if p.Done != nil {
			got = p.Done.RatString()
		}
		if got != c.done || p.State() != c.state {
			t.Errorf("%s: %s %s, want %s %s", name, got, p.State(), c.done, c.state)
		}
	}
}

// What is not measured weighs nothing in the mean, and is said by the share that is covered.
func TestRolling(t *testing.T) {
	tree := strategy.Plant([]strategy.Node{{ID: "a", Weight: "1"}, {ID: "b", Weight: "3"}, {ID: "b1", Parent: "b", Weight: "1"}, {ID: "b2", Parent: "b", Weight: "1"}})
	own := map[id.ID][]strategy.Progress{"a": {{Done: big.NewRat(1, 1)}}, "b1": {{Done: big.NewRat(1, 2)}, {Done: big.NewRat(3, 2)}}}
	got := map[id.ID]strategy.Rolled{}
	whole := strategy.Roll(tree, func(b *strategy.Branch) []strategy.Progress { return own[b.ID] }, func(b *strategy.Branch, r strategy.Rolled) { got[b.ID] = r })
	if got["b"].Done.RatString() != "3/4" || got["b"].Covered.RatString() != "1/2" || got["b2"].Done != nil {
		t.Errorf("b: %v", got["b"])
	}
	if whole.Done.RatString() != "13/16" || whole.Covered.RatString() != "5/8" {
		t.Errorf("whole: %s, covered %s", whole.Done.RatString(), whole.Covered.RatString())
	}
}

// What an objective measures itself counts beside what stands below it, as much as one of these on average.
func TestOwnIndicatorsCountBesideBranches(t *testing.T) {
	tree := strategy.Plant([]strategy.Node{{ID: "a", Weight: "1"}, {ID: "b", Weight: "1"}, {ID: "b1", Parent: "b", Weight: "1"}, {ID: "b2", Parent: "b", Weight: "3"}})
	reached, half := strategy.Progress{Done: big.NewRat(1, 1)}, strategy.Progress{Done: big.NewRat(1, 2)}
	for name, c := range map[string]struct {
		own           map[id.ID][]strategy.Progress
		done, covered string // of b
	}{
		"alone":            {map[id.ID][]strategy.Progress{"b": {half}}, "1/2", "1/3"},
		"beside one":       {map[id.ID][]strategy.Progress{"b": {half}, "b2": {reached}}, "4/5", "5/6"}, // (1/2 × 1/2 + 3/4) / (5/4)
		"beside both":      {map[id.ID][]strategy.Progress{"b": {{Done: new(big.Rat)}}, "b1": {reached}, "b2": {reached}}, "2/3", "1"},
		"not measured":     {map[id.ID][]strategy.Progress{"b": {{}}, "b1": {reached}, "b2": {reached}}, "1", "2/3"},
		"none of its own":  {map[id.ID][]strategy.Progress{"b1": {reached}, "b2": {half}}, "5/8", "1"},
		"nothing anywhere": {nil, "", "0"},
	} {
		got := map[id.ID]strategy.Rolled{}
		strategy.Roll(tree, func(b *strategy.Branch) []strategy.Progress { return c.own[b.ID] }, func(b *strategy.Branch, r strategy.Rolled) { got[b.ID] = r })
		done := ""
		if got["b"].Done != nil {
			done = got["b"].Done.RatString()
		}
		if done != c.done || got["b"].Covered.RatString() != c.covered {
			t.Errorf("%s: %s, covered %s, want %s and %s", name, done, got["b"].Covered.RatString(), c.done, c.covered)
		}
	}
}

func TestQuantities(t *testing.T) {
	for in, want := range map[string]strategy.Quantity{"12 500,5": "12500.5", "−3": "-3", " 0.25 ": "0.25", "1\u202f000": "1000", "1,5,2": "", "1e9": "", "abc": "", "1.2.3": "",
		"+5": "5", "0,125": "0.125", "12 500,125": "12500.125", "1,2345": "1.2345", "1,234.5": "1234.5", "1,234,567": "1234567",
		"1,234": "", "1+2": "", "5+": "", "--5": "", "1 2": "", "1 23 456": "", "1 234,567,890": ""} {
		if got, _ := strategy.ReadQuantity(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]strategy.Fraction{"2": "2", "0,5": "1/2", "1/3": "1/3", "4/2": "2", "0": "", "-1": "", "1/0": "", "x": ""} {
		if got, _ := strategy.ReadFraction(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestTheCodesOfTheGoals(t *testing.T) {
	sdg := strategy.SDG()
	if got := len(sdg.Terms); got != 17+169 {
		t.Errorf("%d terms", got)
	}
	seen := map[string]bool{}
	for _, term := range sdg.Terms {
		if seen[term.Code] || term.Label.FR == "" || term.Label.EN == "" {
			t.Errorf("%+v", term)
		}
		seen[term.Code] = true
	}
	for _, want := range []string{"sdg:11.6", "sdg:17.19", "sdg:13.b", "sdg:1"} {
		if !seen[want] {
			t.Errorf("no %s", want)
		}
	}
}
