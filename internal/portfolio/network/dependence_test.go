package network_test

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"parvis/internal/id"
	"parvis/internal/portfolio/network"
)

// The oracle of governance.md §4.3: without the SG, none of the 10 other pairs is lost. Of the six ties between the
// others, DU-DVD and DU-DSTI rest on « nation » alone, in which the SG is.
func TestDependenceOnTheMission(t *testing.T) {
	sg := network.DependenceOn([]id.ID{"SG"}, work, 1)
	if sg.Connected != 10 || sg.Lost != 0 || sg.Ties != 6 || sg.Only != 2 {
		t.Errorf("%+v", sg)
	}
	near(t, "share", sg.OnlyShare(), 2./6)
	star := network.DependenceOn([]id.ID{"SG"}, [][]id.ID{{"SG", "A"}, {"SG", "B"}, {"SG", "C"}}, 1)
	if star.Lost != 3 || star.Connected != 3 || star.Ties != 0 || star.OnlyShare() != 0 {
		t.Errorf("%+v at the centre of a star", star)
	}
	if again := network.DependenceOn([]id.ID{"SG"}, work, 1); again != sg {
		t.Errorf("the same seed gives %+v, then %+v", sg, again)
	}
	if none := network.DependenceOn([]id.ID{"SG"}, nil, 1); none.Connected != 0 || none.LostShare() != 0 {
		t.Errorf("of nothing: %+v", none)
	}
}

// The drawn mean is that of every deal with the same margins, made one by one.
func TestDependenceByChance(t *testing.T) {
	units := []id.ID{"DEVE", "DPE", "DSTI", "DU", "DVD", "SG"}
	small := [][]id.ID{{"DPE", "DVD", "DSTI"}, {"DVD", "SG"}, {"DEVE", "DPE", "SG"}, {"DSTI", "SG"}, {"DU", "DVD"}}
	var lost, only, n float64
	everyDeal(small, units, func(dealt [][]id.ID) {
		l, c, o, ties := plainly("SG", dealt)
		lost, only, n = lost+float64(l)/math.Max(float64(c), 1), only+float64(o)/math.Max(float64(ties), 1), n+1
	})
	d := network.DependenceOn([]id.ID{"SG"}, small, 7)
	if n < 100 || math.Abs(d.ByChance[0].Expected-lost/n) > .03 || math.Abs(d.ByChance[1].Expected-only/n) > .03 {
		t.Errorf("drawn %.3f and %.3f, of all %.0f deals %.3f and %.3f", d.ByChance[0].Expected, d.ByChance[1].Expected, n, lost/n, only/n)
	}
}

// everyDeal makes every way for the initiatives to have as many units and the units as many initiatives.
func everyDeal(initiatives [][]id.ID, units []id.ID, do func([][]id.ID)) {
	left := map[id.ID]int{}
	for _, of := range initiatives {
		for _, u := range of {
			left[u]++
		}
	}
	dealt := make([][]id.ID, len(initiatives))
	var fill func(row, from int)
	fill = func(row, from int) {
		if row == len(initiatives) {
			do(dealt)
			return
		}
		if len(dealt[row]) == len(initiatives[row]) {
			fill(row+1, 0)
			return
		}
		for n := from; n < len(units); n++ {
			if u := units[n]; left[u] > 0 {
				left[u]--
				dealt[row] = append(dealt[row], u)
				fill(row, n+1)
				dealt[row] = dealt[row][:len(dealt[row])-1]
				left[u]++
			}
		}
	}
	fill(0, 0)
}

// plainly counts what DependenceOn counts, by following ties from unit to unit.
func plainly(mission id.ID, initiatives [][]id.ID) (lost, connected, only, ties int) {
	var units []id.ID
	for _, of := range initiatives {
		units = append(units, of...)
	}
	slices.Sort(units)
	units = slices.Compact(units)
	reach := func(from, to, avoid id.ID) bool {
		seen, queue := map[id.ID]bool{from: true}, []id.ID{from}
		for len(queue) > 0 {
			at := queue[0]
			queue = queue[1:]
			for _, of := range initiatives {
				if !slices.Contains(of, at) {
					continue
				}
				for _, u := range of {
					if u != avoid && !seen[u] {
						seen[u] = true
						queue = append(queue, u)
					}
				}
			}
		}
		return seen[to]
	}
	for i, a := range units {
		for _, b := range units[i+1:] {
			if a == mission || b == mission {
				continue
			}
			if reach(a, b, "") {
				connected++
				if !reach(a, b, mission) {
					lost++
				}
			}
			var both [][]id.ID
			for _, of := range initiatives {
				if slices.Contains(of, a) && slices.Contains(of, b) {
					both = append(both, of)
				}
			}
			if len(both) > 0 {
				ties++
			}
			if len(both) == 1 && slices.Contains(both[0], mission) {
				only++
			}
		}
	}
	return lost, connected, only, ties
}

func TestDependenceIsWhatItSays(t *testing.T) {
	units := []id.ID{"a", "b", "c", "d", "e", "f"}
	rapid.Check(t, func(t *rapid.T) {
		initiatives := rapid.SliceOfN(rapid.SliceOfNDistinct(rapid.SampledFrom(units), 1, 4, rapid.ID[id.ID]), 1, 7).Draw(t, "initiatives")
		d := network.DependenceOn([]id.ID{"a"}, initiatives, 1)
		lost, connected, only, ties := plainly("a", initiatives)
		if d.Lost != lost || d.Connected != connected || d.Only != only || d.Ties != ties {
			t.Fatalf("%+v, plainly %d of %d and %d of %d", d, lost, connected, only, ties)
		}
		for _, c := range d.ByChance {
			if c.Low > c.High || c.Expected < 0 || c.Expected > 1 {
				t.Fatalf("%+v", c)
			}
		}
	})
}

// The roles of the oracle, added up; dealt at random they stay as many in all.
func TestRolesBesideChance(t *testing.T) {
	var told []network.Introduction
	for _, pair := range [][2]id.ID{{"DPE", "SG"}, {"SG", "DVD"}, {"SG", "DSTI"}, {"DVD", "SG"}, {"DU", "DVD"}, {"DVD", "DEVE"}, {"DEVE", "DPE"}, {"DSTI", "SG"}} {
		told = append(told, network.Introduction{From: pair[0], To: pair[1]})
	}
	counted, byChance := network.RolesOf(network.Triads(told), silo, 1)
	if counted != (network.Roles{Representative: 2, Gatekeeper: 3, Liaison: 4}) {
		t.Errorf("%+v", counted)
	}
	all := 0.0
	for _, c := range byChance {
		all += c.Expected
	}
	near(t, "as many in all", all, 9)
}

func BenchmarkDependence(b *testing.B) {
	var initiatives [][]id.ID
	for n := range 300 {
		initiatives = append(initiatives, []id.ID{id.ID(rune('A' + n%40)), id.ID(rune('A' + (n*7+1)%40)), id.ID(rune('A' + (n*11+2)%40))})
	}
	for b.Loop() {
		network.DependenceOn([]id.ID{"A"}, initiatives, 1)
	}
}
