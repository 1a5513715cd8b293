package network

import (
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

// Brokerage counts the roles of each unit in what was introduced, once each way for a pair.
func Brokerage(introductions []Introduction, group map[id.ID]string) map[id.ID]Roles {
	to := map[id.ID]map[id.ID]bool{}
	for _, i := range introductions {
		if to[i.From] == nil {
			to[i.From] = map[id.ID]bool{}
		}
		if i.From != i.To {
			to[i.From][i.To] = true
		}
	}
	roles := map[id.ID]Roles{}
	for a, brokers := range to {
		for v := range brokers {
			for b := range to[v] {
				if b != a && !brokers[b] {
					r := roles[v]
					r.add(group[a], group[v], group[b])
					roles[v] = r
				}
			}
		}
	}
	return roles
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

// BusFactor is how few posts it takes to leave more than half of the initiatives without anyone who
// leads them, when those who lead most leave first: an upper bound of the true minimum, which would
// take trying every set.
func BusFactor(leads [][]id.ID) int {
	left := slices.Clone(leads)
	for n := 1; len(left) > 0; n++ {
		post := busiest(left)
		for i := range left {
			left[i] = slices.DeleteFunc(slices.Clone(left[i]), func(p id.ID) bool { return p == post })
		}
		if orphans(left)*2 > len(leads) {
			return n
		}
		if post == "" {
			break
		}
	}
	return 0
}

func orphans(leads [][]id.ID) int {
	n := 0
	for _, posts := range leads {
		if len(posts) == 0 {
			n++
		}
	}
	return n
}

// busiest is the post that leads most; of several, the first by id.
func busiest(leads [][]id.ID) id.ID {
	count := map[id.ID]int{}
	for _, posts := range leads {
		for _, p := range posts {
			count[p]++
		}
	}
	var most id.ID
	for p, n := range count {
		if n > count[most] || n == count[most] && p < most {
			most = p
		}
	}
	return most
}
