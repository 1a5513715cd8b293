package tally

import "math"

// award walks down a ranking and takes what fits in the envelope and in the seats.
type award struct {
	left  int64 // of the envelope
	seats int
	taken []bool
	spent int64
	turns []Turn
}

// Turn is a project's turn in a ranking: what was left when it came, and what became of it.
type Turn struct {
	Project int
	Left    int64  // minor units; math.MaxInt64 without an envelope
	Cause   string // "selected", "no_room" (dearer than what was left), "stopped" (at the first such), "no_seat"
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
func (e *Election) award(order []int, stop bool) ([]int, []Turn) {
	envelope := e.Budget
	if envelope == 0 {
		envelope = math.MaxInt64
	}
	a := newAward(len(e.Projects), envelope, e.Seats)
	var winners []int
	if e.Reserve > 0 {
		winners = a.walk(e, order, stop, func(p int) bool { return e.Projects[p].Popular && a.spent < e.Reserve })
	}
	winners = append(winners, a.walk(e, order, stop, all)...)
	return winners, a.turns
}

// walk takes the projects of a ranking for which may holds when their turn comes.
func (a *award) walk(e *Election, order []int, stop bool, may func(p int) bool) []int {
	var winners []int
	stopped := false
	for _, p := range order {
		if a.taken[p] || !may(p) {
			continue
		}
		cause := a.turn(e.Projects[p].Cost, stopped)
		a.turns = append(a.turns, Turn{Project: p, Left: a.left, Cause: cause})
		stopped = stopped || cause == "no_room" && stop
		if cause != "selected" {
			continue
		}
		a.taken[p] = true
		a.left -= e.Projects[p].Cost
		a.spent += e.Projects[p].Cost
		a.seats--
		winners = append(winners, p)
	}
	return winners
}

// turn says what becomes of a project of this cost.
func (a *award) turn(cost int64, stopped bool) string {
	switch {
	case stopped:
		return "stopped"
	case a.seats == 0:
		return "no_seat"
	case cost > a.left:
		return "no_room"
	}
	return "selected"
}
