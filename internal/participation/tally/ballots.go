package tally

import (
	"math"
	"slices"

	"parvis/internal/fault"
)

// Choice is one project of a ballot. Points are points, a grade or an amount, as the
// ballots are.
type Choice struct {
	Project int32
	Points  int32
}

// ballots are identical ballots grouped: group g holds entries[start[g]:start[g+1]] and was cast
// count[g] times.
type ballots struct {
	start   []int32
	entries []Choice
	count   []int32
	n       int64
}

func (b *ballots) group(g int) []Choice { return b.entries[b.start[g]:b.start[g+1]] }

// Builder collects the ballots of an election one by one.
type Builder struct {
	e     *Election
	slots []int32 // open addressing: group + 1
	turn  []int64 // the last ballot that named each project
	buf   []Choice
}

// NewBuilder begins an election.
func NewBuilder(t Terms, projects []Project) (*Builder, error) {
	if err := validate(t, projects); err != nil {
		return nil, err
	}
	frozen, err := frozenOrder(t, projects)
	if err != nil {
		return nil, err
	}
	if t.MaxLength <= 0 {
		t.MaxLength = len(projects)
	}
	e := &Election{Terms: t, Projects: projects, frozen: frozen, votes: make([]int64, len(projects)),
		ballots: ballots{start: []int32{0}}}
	return &Builder{e: e, slots: make([]int32, 1024), turn: make([]int64, len(projects))}, nil
}

// Add adds one ballot, blank if it has no choice. Choices are in the order of the ballot.
func (b *Builder) Add(choices []Choice) error {
	bs := &b.e.ballots
	if bs.n == math.MaxInt32 || len(bs.entries)+len(choices) > math.MaxInt32 {
		return fault.New(fault.TooLarge, "tally.too_many_ballots")
	}
	bs.n++
	b.buf = b.buf[:0]
	for _, c := range choices {
		if err := b.check(c); err != nil {
			return err
		}
		if b.e.Kind == Approval || b.e.Kind == Ordinal {
			c.Points = 0
		}
		if c.Points > 0 || b.e.Kind != Points && b.e.Kind != Amounts {
			b.buf = append(b.buf, c)
			b.e.votes[c.Project]++
		}
	}
	if b.e.Kind != Ordinal {
		slices.SortFunc(b.buf, func(x, y Choice) int { return int(x.Project - y.Project) })
	}
	b.group()
	return nil
}

func (b *Builder) check(c Choice) error {
	if c.Project < 0 || int(c.Project) >= len(b.e.Projects) {
		return fault.New(fault.Invalid, "tally.ballot_project", "ballot", b.e.ballots.n, "project", c.Project)
	}
	if b.turn[c.Project] == b.e.ballots.n {
		return fault.New(fault.Invalid, "tally.ballot_twice", "ballot", b.e.ballots.n, "project", b.e.Projects[c.Project].ID)
	}
	if c.Points < 0 || b.e.Kind == Grades && int(c.Points) >= b.e.Grades {
		return fault.New(fault.Invalid, "tally.ballot_points", "ballot", b.e.ballots.n, "points", c.Points)
	}
	b.turn[c.Project] = b.e.ballots.n
	return nil
}

// group counts the ballot in b.buf with its equals.
func (b *Builder) group() {
	bs := &b.e.ballots
	if 4*len(bs.count) > 3*len(b.slots) {
		b.grow()
	}
	mask := uint64(len(b.slots) - 1)
	for at := hash(b.buf) & mask; ; at = (at + 1) & mask {
		if b.slots[at] == 0 {
			bs.entries = append(bs.entries, b.buf...)
			bs.start = append(bs.start, int32(len(bs.entries)))
			bs.count = append(bs.count, 1)
			b.slots[at] = int32(len(bs.count))
			return
		}
		if g := int(b.slots[at] - 1); slices.Equal(bs.group(g), b.buf) {
			bs.count[g]++
			return
		}
	}
}

func (b *Builder) grow() {
	b.slots = make([]int32, 2*len(b.slots))
	mask := uint64(len(b.slots) - 1)
	for g := range b.e.ballots.count {
		at := hash(b.e.ballots.group(g)) & mask
		for b.slots[at] != 0 {
			at = (at + 1) & mask
		}
		b.slots[at] = int32(g + 1)
	}
}

// hash is FNV-1a over the words of a ballot, with a last mix; collisions cost time, never a wrong count.
func hash(ballot []Choice) uint64 {
	h := uint64(14695981039346656037)
	for _, c := range ballot {
		h = (h ^ uint64(uint32(c.Project)) ^ uint64(uint32(c.Points))<<32) * 1099511628211
	}
	h ^= h >> 29
	return h * 0xbf58476d1ce4e5b9 >> 7
}

// Election ends the collection. The builder must not be used afterwards.
func (b *Builder) Election() *Election {
	e := b.e
	e.ballots = e.ballots.sorted(e.votes)
	e.in = make([]bool, len(e.Projects))
	for p := range e.Projects {
		e.in[p] = e.eligible(p)
	}
	return e
}
