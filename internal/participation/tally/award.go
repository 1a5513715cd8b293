package tally

import "math"

// award walks down a ranking and takes what fits in the envelope and in the seats.
type award struct {
	left  int64 // of the envelope
	seats int
	taken []bool
	spent int64
}

// newAward begins with an envelope and a number of seats, 0 for none.
func newAward(projects int, envelope int64, seats int) *award {
	if seats == 0 {
		seats = math.MaxInt
	}
	return &award{left: envelope, seats: seats, taken: make([]bool, projects)}
}

// award selects from a ranking under the terms of the lot. With a reserve two passes are made: the
// popular projects that fit, in order, until they have spent the reserve (the last may pass it);
// then all others. What the first pass leaves returns to the second.
func (e *Election) award(order []int, stop bool) []int {
	envelope := e.Budget
	if envelope == 0 {
		envelope = math.MaxInt64
	}
	a := newAward(len(e.Projects), envelope, e.Seats)
	var winners []int
	if e.Reserve > 0 {
		winners = a.walk(e, order, stop, func(p int) bool { return e.Projects[p].Popular && a.spent < e.Reserve })
	}
	return append(winners, a.walk(e, order, stop, all)...)
}

// walk takes the projects of a ranking for which may holds when their turn comes.
func (a *award) walk(e *Election, order []int, stop bool, may func(p int) bool) []int {
	var winners []int
	for _, p := range order {
		if a.seats == 0 {
			break
		}
		if a.taken[p] || !may(p) {
			continue
		}
		cost := e.Projects[p].Cost
		if cost > a.left {
			if stop {
				break
			}
			continue
		}
		a.taken[p] = true
		a.left -= cost
		a.spent += cost
		a.seats--
		winners = append(winners, p)
	}
	return winners
}
