package network

import (
	"cmp"
	"math/rand/v2"
	"slices"

	"parvis/internal/id"
)

// Introduction is a mise en relation: a unit put another in touch.
type Introduction struct{ From, To id.ID }

// Roles counts the pairs that a unit brokered, by the groups of those it stood between (Gould and
// Fernandez 1989): a goes to the unit, the unit to b, and a does not go to b.
type Roles struct {
	Coordinator    int // all three of one group
	Itinerant      int // a and b of one group, the broker of another
	Representative int // the broker speaks for its own group to another
	Gatekeeper     int // the broker lets another group in
	Liaison        int // three groups
}

// Triad is a pair that a unit brokered.
type Triad struct{ From, Broker, To id.ID }

// Triads lists the pairs that were brokered, in an order of their own that does not change.
func Triads(introductions []Introduction) []Triad {
	to := map[id.ID]map[id.ID]bool{}
	for _, i := range introductions {
		if to[i.From] == nil {
			to[i.From] = map[id.ID]bool{}
		}
		if i.From != i.To {
			to[i.From][i.To] = true
		}
	}
	var all []Triad
	for a, brokers := range to {
		for v := range brokers {
			for b := range to[v] {
				if b != a && !brokers[b] {
					all = append(all, Triad{a, v, b})
				}
			}
		}
	}
	slices.SortFunc(all, func(x, y Triad) int {
		return cmp.Or(cmp.Compare(x.From, y.From), cmp.Compare(x.Broker, y.Broker), cmp.Compare(x.To, y.To))
	})
	return all
}

// RolesOf adds up the roles in some triads, by the groups of those who take part, beside what chance would give: the
// groups dealt at random among them (the authors of the roles say how little their normal approximation is known to be
// worth). seed makes the draws reproducible by anyone.
func RolesOf(triads []Triad, group map[id.ID]string, seed uint64) (counted Roles, byChance [5]Chance) {
	units := membersOf(triads)
	labels := make([]string, len(units))
	for n, u := range units {
		labels[n] = group[u]
	}
	at := func(u id.ID) string { n, _ := slices.BinarySearch(units, u); return labels[n] }
	count := func() (r Roles) {
		for _, t := range triads {
			r.add(at(t.From), at(t.Broker), at(t.To))
		}
		return r
	}
	counted = count()
	random, dealt := rand.New(rand.NewPCG(seed, 0)), [5][]float64{}
	for range dealtAnew {
		random.Shuffle(len(labels), func(i, j int) { labels[i], labels[j] = labels[j], labels[i] })
		for role, n := range count().List() {
			dealt[role] = append(dealt[role], float64(n))
		}
	}
	for role := range dealt {
		byChance[role] = chanceOf(dealt[role])
	}
	return counted, byChance
}

func membersOf(triads []Triad) (units []id.ID) {
	for _, t := range triads {
		units = append(units, t.From, t.Broker, t.To)
	}
	slices.Sort(units)
	return slices.Compact(units)
}

// List gives the counts in the order of the fields.
func (r Roles) List() [5]int {
	return [5]int{r.Coordinator, r.Itinerant, r.Representative, r.Gatekeeper, r.Liaison}
}

func (r *Roles) add(a, v, b string) {
	switch {
	case a == v && v == b:
		r.Coordinator++
	case a == b:
		r.Itinerant++
	case a == v:
		r.Representative++
	case v == b:
		r.Gatekeeper++
	default:
		r.Liaison++
	}
}
