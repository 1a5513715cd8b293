package network_test

import (
	"maps"
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"parvis/internal/id"
	"parvis/internal/portfolio/network"
)

// The oracle of governance.md §4.3, computed with networkx 2.8.8 and cran/sna.
var (
	silo = map[id.ID]string{"DU": "urb", "DVD": "mob", "DPE": "prop", "DEVE": "prop", "DSTI": "mod", "SG": "mod"}
	work = [][]id.ID{{"DPE", "DVD", "DSTI"}, {"DVD", "DU", "DSTI", "SG"}, {"DEVE", "DPE"}, {"DSTI", "SG"}, {"DU"}}
)

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 5e-5 {
		t.Errorf("%s: %.4f, want %.4f", what, got, want)
	}
}

func TestStructuralHoles(t *testing.T) {
	g := network.Project(work)
	plain := g.Unweighted()
	for unit, want := range map[id.ID][4]float64{
		"DU": {.8071, 1.0025, 1, 1.5750}, "DVD": {.6610, .7431, 2, 2.4479}, "DPE": {.4583, .4775, 2.3333, 2.5938},
		"DEVE": {1, 1, 1, 1}, "DSTI": {.6610, .5733, 2, 2.7194}, "SG": {.8071, .8648, 1, 1.2875},
	} {
		near(t, string(unit)+" constraint", plain.Constraint(unit), want[0])
		near(t, string(unit)+" weighted constraint", g.Constraint(unit), want[1])
		near(t, string(unit)+" effective size", plain.EffectiveSize(unit), want[2])
		near(t, string(unit)+" weighted effective size", g.EffectiveSize(unit), want[3])
	}
	alone := network.Project([][]id.ID{{"DU"}})
	if !math.IsNaN(alone.Constraint("DU")) || !math.IsNaN(alone.EffectiveSize("DU")) {
		t.Error("a unit without ties has no constraint and no circle")
	}
}

func TestNewmanWeights(t *testing.T) {
	g := network.Project(work)
	for pair, want := range map[[2]id.ID]float64{
		{"DU", "DVD"}: 1. / 3, {"DU", "DSTI"}: 1. / 3, {"DU", "SG"}: 1. / 3, {"DVD", "SG"}: 1. / 3, {"DVD", "DPE"}: .5,
		{"DPE", "DSTI"}: .5, {"DVD", "DSTI"}: 5. / 6, {"DPE", "DEVE"}: 1, {"DSTI", "SG"}: 4. / 3, {"DEVE", "SG"}: 0,
	} {
		near(t, string(pair[0]+"-"+pair[1]), g.Weight(pair[0], pair[1]), want)
	}
	if g.Ties() != 9 {
		t.Errorf("%d ties, want 9", g.Ties())
	}
}

func TestOpenness(t *testing.T) {
	g := network.Project(work)
	o := g.Unweighted().OpennessOf(silo, 1)
	near(t, "index", o.Index.Value, .5556)
	near(t, "expected", o.Index.Expected, .7333)
	if !o.Exact || o.Index.Deals != 180 || o.Index.AtLeast != 1 || o.Ties != 9 || o.Groups != 4 {
		t.Errorf("%+v, want all of 180 deals at least as open", o)
	}
	weighted := g.OpennessOf(silo, 1)
	near(t, "weighted index", weighted.Index.Value, .1515)
	near(t, "modularity", o.Modularity.Value, -.0556)
	near(t, "weighted modularity", weighted.Modularity.Value, .1019)
}

// The draws agree with the deals made one by one, and anybody who takes the seed finds them again.
func TestOpennessDrawn(t *testing.T) {
	group, many := map[id.ID]string{}, [][]id.ID{}
	for n := range 24 {
		u := id.ID(rune('a' + n))
		group[u] = string(rune('A' + n%4))
		many = append(many, []id.ID{u, id.ID(rune('a' + (n+4)%24))})
		if n%3 == 0 {
			many = append(many, []id.ID{u, id.ID(rune('a' + (n+1)%24))})
		}
	}
	g := network.Project(many)
	a, b := g.OpennessOf(group, 7), g.OpennessOf(group, 7)
	if a.Exact || a.Index.Deals != 10_000 || a != b {
		t.Errorf("%+v and %+v", a, b)
	}
	for _, p := range []network.Placed{a.Index, a.Modularity} {
		if !(p.Low <= p.Expected && p.Expected <= p.High) {
			t.Errorf("the expected %.3f is outside %.3f to %.3f", p.Expected, p.Low, p.High)
		}
	}
	if a.Index.Value >= a.Index.Low || a.Modularity.Value <= a.Modularity.High {
		t.Errorf("a city that works in its groups is within chance: %+v", a)
	}
}

// What is said to be expected is the mean over every way to put the official groups on the units, one by one.
func TestExpectedIsTheMeanOfAllDeals(t *testing.T) {
	g, n, index, modularity := network.Project(work), 0.0, 0.0, 0.0
	dealt := maps.Clone(silo)
	var deal func(at int)
	deal = func(at int) {
		if at == len(g.Units) {
			o := g.OpennessOf(dealt, 1)
			n, index, modularity = n+1, index+o.Index.Value, modularity+o.Modularity.Value
			return
		}
		for to := at; to < len(g.Units); to++ {
			a, b := g.Units[at], g.Units[to]
			dealt[a], dealt[b] = dealt[b], dealt[a]
			deal(at + 1)
			dealt[a], dealt[b] = dealt[b], dealt[a]
		}
	}
	deal(0)
	o := g.OpennessOf(silo, 1)
	near(t, "index", o.Index.Expected, index/n)
	near(t, "modularity", o.Modularity.Expected, modularity/n)
	if n != 720 || o.Modularity.Deals != 180 || o.Modularity.Low > o.Modularity.Expected || o.Modularity.High < o.Modularity.Expected {
		t.Errorf("%v orders, %+v", n, o.Modularity)
	}
}

func TestBrokerage(t *testing.T) {
	var told []network.Introduction
	for _, pair := range [][2]id.ID{{"DPE", "SG"}, {"SG", "DVD"}, {"SG", "DSTI"}, {"DVD", "SG"}, {"DU", "DVD"}, {"DVD", "DEVE"}, {"DEVE", "DPE"}, {"DSTI", "SG"}} {
		told = append(told, network.Introduction{From: pair[0], To: pair[1]})
	}
	want := map[id.ID]network.Roles{
		"SG":  {Representative: 1, Gatekeeper: 2, Liaison: 1},
		"DVD": {Liaison: 3}, "DPE": {Representative: 1}, "DEVE": {Gatekeeper: 1},
	}
	if d := cmp.Diff(want, network.Brokerage(told, silo)); d != "" {
		t.Error(d)
	}
}

// The roles of each broker, as the page counts them, are those of the reference; and what a unit's going cuts, too.
func TestThePagesAgreeWithTheReferences(t *testing.T) {
	units := []id.ID{"DEVE", "DPE", "DSTI", "DU", "DVD", "SG"}
	rapid.Check(t, func(t *rapid.T) {
		var told []network.Introduction
		for range rapid.IntRange(0, 12).Draw(t, "introductions") {
			told = append(told, network.Introduction{From: rapid.SampledFrom(units).Draw(t, "from"), To: rapid.SampledFrom(units).Draw(t, "to")})
		}
		want := network.Brokerage(told, silo)
		for _, u := range units {
			its := slices.DeleteFunc(network.Triads(told), func(t network.Triad) bool { return t.Broker != u })
			if got, _ := network.RolesOf(its, silo, 1); got != want[u] {
				t.Fatalf("%s of %v: %+v, want %+v", u, told, got, want[u])
			}
		}
		initiatives := rapid.SliceOfN(rapid.SliceOfNDistinct(rapid.SampledFrom(units), 1, 4, rapid.ID[id.ID]), 1, 8).Draw(t, "initiatives")
		lost, of := network.Project(initiatives).PairsLost("SG")
		if d := network.DependenceOn([]id.ID{"SG"}, initiatives, 1); d.Lost != lost || d.Connected != of {
			t.Fatalf("%v: %d of %d pairs, want %d of %d", initiatives, d.Lost, d.Connected, lost, of)
		}
	})
}

func TestDependence(t *testing.T) {
	if lost, of := network.Project(work).PairsLost("SG"); lost != 0 || of != 10 {
		t.Errorf("%d of %d pairs lost without the SG, want 0 of 10", lost, of)
	}
	if lost, of := network.Project([][]id.ID{{"SG", "A"}, {"SG", "B"}, {"SG", "C"}}).PairsLost("SG"); lost != 3 || of != 3 {
		t.Errorf("%d of %d pairs lost at the centre of a star, want 3 of 3", lost, of)
	}
}

// hypergeometric: of 10 initiatives, units with 5 each meet 0 times in 1 of 252 deals.
func TestGaps(t *testing.T) {
	gaps := network.Gaps([][]id.ID{{"a"}, {"a"}, {"a"}, {"a"}, {"a"}, {"b"}, {"b"}, {"b"}, {"b"}, {"b"}})
	if len(gaps) != 1 || gaps[0].Together != 0 || gaps[0].Expected != 2.5 {
		t.Fatalf("%+v", gaps)
	}
	near(t, "p", gaps[0].P, 1./252)
	near(t, "adjusted", gaps[0].Adjusted, 1./252)
}

func TestEffectiveSilos(t *testing.T) {
	near(t, "equal", network.EffectiveSilos(map[string]float64{"a": 2, "b": 2, "c": 2, "d": 2}), 4)
	near(t, "one", network.EffectiveSilos(map[string]float64{"a": 5, "b": 0}), 1)
	near(t, "none", network.EffectiveSilos(nil), 0)
}

// Names do not matter, doubling all ties changes no share, and figures stay in their bounds.
func TestProperties(t *testing.T) {
	units := []id.ID{"a", "b", "c", "d", "e", "f", "g"}
	rapid.Check(t, func(t *rapid.T) {
		initiatives := rapid.SliceOfN(rapid.SliceOfNDistinct(rapid.SampledFrom(units), 1, 5, rapid.ID[id.ID]), 1, 12).Draw(t, "initiatives")
		group := map[id.ID]string{}
		for _, u := range units {
			group[u] = rapid.SampledFrom([]string{"x", "y", "z"}).Draw(t, "group")
		}
		g, twice := network.Project(initiatives), network.Project(append(initiatives, initiatives...))
		o := g.OpennessOf(group, 1)
		for _, p := range []network.Placed{o.Index, o.Modularity} {
			if p.Value < -1 || p.Value > 1 || o.Ties > 0 && p.AtLeast+p.AtMost < 1 {
				t.Fatalf("%+v", o)
			}
		}
		for _, u := range g.Units {
			c, d := g.Constraint(u), twice.Constraint(u)
			if math.IsNaN(c) != math.IsNaN(d) || !math.IsNaN(c) && math.Abs(c-d) > 1e-9 {
				t.Fatalf("constraint of %s: %v, doubled %v", u, c, d)
			}
		}
		for _, gap := range network.Gaps(initiatives) {
			if gap.P < 0 || gap.P > 1+1e-9 || gap.Adjusted < gap.P-1e-9 || gap.Adjusted > 1 {
				t.Fatalf("%+v", gap)
			}
		}
	})
}
