package genealogy

import (
	"cmp"
	"slices"

	"parvis/internal/calendar"
	"parvis/internal/id"
)

// Kind is what an event is about.
type Kind string

// The kinds, in the order in which they stand on the line of time.
const (
	Change   Kind = "change"   // of the organisation, with its legal act
	Link     Kind = "link"     // what the unit depends on
	Post     Kind = "post"     // created and ended
	Profile  Kind = "profile"  // of governance
	Strategy Kind = "strategy" // adopted, superseded
	Position Kind = "position" // on a dilemma
	Decision Kind = "decision" // published
	Story    Kind = "story"    // a récit
)

// Kinds lists them.
func Kinds() []Kind { return []Kind{Change, Link, Post, Profile, Strategy, Position, Decision, Story} }

// Event is something dated: for a day, or for a while when To is set.
type Event struct {
	Kind Kind
	calendar.Period
	Key      string // catalogue key of its sentence
	Args     []any
	Route    string // of its page
	About    any    // argument of the route
	Lang     string // of the words in the sentence when people typed them
	LegalAct string
	thing    id.ID
}

// Lasts tells whether the event is a period rather than a moment.
func (e Event) Lasts() bool { return e.To != "" }

// On tells whether the event holds, or happened by, a day.
func (e Event) On(day calendar.Day) bool {
	if e.Lasts() {
		return e.Contains(day)
	}
	return e.From <= day
}

// order puts events one after the other, those of one day by kind.
func order(events []Event) {
	rank := map[Kind]int{}
	for n, k := range Kinds() {
		rank[k] = n
	}
	slices.SortStableFunc(events, func(a, b Event) int {
		return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(rank[a.Kind], rank[b.Kind]), cmp.Compare(a.thing, b.thing))
	})
}

// between keeps what touches the years shown.
func between(events []Event, years calendar.Period) (out []Event) {
	for _, e := range events {
		if e.Lasts() && e.Overlaps(years) || !e.Lasts() && years.Contains(e.From) {
			out = append(out, e)
		}
	}
	return out
}
