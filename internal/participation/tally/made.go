package tally

import (
	"bufio"
	"fmt"
	"io"
	"math/bits"
)

// Made describes an invented election, the same for the same numbers on every machine and in every
// language, for measuring and for comparing engines.
type Made struct {
	Seed     uint64
	Ballots  int
	Projects int
	Longest  int   // ballots name 1 to Longest projects
	Budget   int64 // whole units of currency
}

// MillionBallots is the election of our published measures.
func MillionBallots() Made {
	return Made{Seed: 1, Ballots: 1_000_000, Projects: 500, Longest: 10, Budget: 100_000_000}
}

// splitMix64 is the generator of Steele, Lea and Flood (OOPSLA 2014).
type splitMix64 uint64

func (s *splitMix64) next() uint64 {
	*s += 0x9e3779b97f4a7c15
	z := uint64(*s)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// below gives a number in [0, n): the high word of next × n.
func (s *splitMix64) below(n uint64) uint64 {
	hi, _ := bits.Mul64(s.next(), n)
	return hi
}

// Election draws the projects, then the ballots.
//
// Project i is named "p" and i in four digits. It costs 20,000 + below(2^(12 + below(10))): from
// 20,000 to 2,117,151, small ones being more common. Its popularity is 1,000,000 / (i + 20), in whole
// numbers. Each ballot has 1 + below(Longest) projects, drawn by popularity: the first project
// whose cumulated popularity is above below(total); one drawn already is drawn again.
func (m Made) Election() (*Election, error) {
	projects, next := m.draw()
	b, err := NewBuilder(Terms{Kind: Approval, Budget: m.Budget, Unit: 1}, projects)
	if err != nil {
		return nil, err
	}
	for range m.Ballots {
		if err := b.Add(next()); err != nil {
			return nil, err
		}
	}
	return b.Election(), nil
}

// WritePabulib writes the election as a .pb file.
func (m Made) WritePabulib(out io.Writer) error {
	projects, next := m.draw()
	w := bufio.NewWriter(out)
	fmt.Fprintf(w, "META\nkey;value\ndescription;Made election\ncountry;France\nunit;Made\ninstance;%d\nnum_projects;%d\nnum_votes;%d\nbudget;%d\n"+
		"vote_type;approval\nrule;unknown\ndate_begin;2018\ndate_end;2018\nPROJECTS\nproject_id;cost\n", m.Seed, m.Projects, m.Ballots, m.Budget)
	for _, p := range projects {
		fmt.Fprintf(w, "%s;%d\n", p.ID, p.Cost)
	}
	w.WriteString("VOTES\nvoter_id;vote\n")
	for i := range m.Ballots {
		fmt.Fprintf(w, "%d;", i+1)
		for j, c := range next() {
			if j > 0 {
				w.WriteByte(',')
			}
			w.WriteString(projects[c.Project].ID)
		}
		w.WriteByte('\n')
	}
	return w.Flush()
}

// draw gives the projects, and each ballot in its turn.
func (m Made) draw() (projects []Project, next func() []Choice) {
	draw := splitMix64(m.Seed)
	projects = make([]Project, m.Projects)
	until := make([]uint64, m.Projects)
	var total uint64
	for i := range projects {
		projects[i] = Project{ID: fmt.Sprintf("p%04d", i), Cost: 20_000 + int64(draw.below(1<<(12+draw.below(10))))}
		total += 1_000_000 / uint64(i+20)
		until[i] = total
	}
	var choices []Choice
	return projects, func() []Choice {
		choices = m.ballot(&draw, until, choices[:0])
		return choices
	}
}

// MadeGrades draws ballots of majority judgment, seed 1: each grades per projects of projects, in four
// grades.
func MadeGrades(ballots, per, projects int) (*Election, error) {
	list := make([]Project, projects)
	for i := range list {
		list[i] = Project{ID: fmt.Sprintf("p%04d", i), Cost: 1}
	}
	b, err := NewBuilder(Terms{Kind: Grades, Budget: 10, Unit: 1, Grades: 4, Fill: FillWorst}, list)
	if err != nil {
		return nil, err
	}
	draw, ballot := splitMix64(1), make([]Choice, per)
	for range ballots {
		first := draw.below(uint64(projects))
		for i := range ballot {
			ballot[i] = Choice{Project: int32(first+uint64(i)*3) % int32(projects), Points: int32(draw.below(4))}
		}
		if err := b.Add(ballot); err != nil {
			return nil, err
		}
	}
	return b.Election(), nil
}

func (m Made) ballot(draw *splitMix64, until []uint64, choices []Choice) []Choice {
	length := 1 + int(draw.below(uint64(m.Longest)))
	for len(choices) < length {
		c := Choice{Project: firstAbove(until, draw.below(until[len(until)-1]))}
		if !contains(choices, c) {
			choices = append(choices, c)
		}
	}
	return choices
}

func contains(choices []Choice, c Choice) bool {
	for _, d := range choices {
		if d == c {
			return true
		}
	}
	return false
}

func firstAbove(until []uint64, x uint64) int32 {
	lo, hi := 0, len(until)-1
	for lo < hi {
		mid := (lo + hi) / 2
		if until[mid] > x {
			hi = mid
		} else {
			lo = mid + 1
		}
	}
	return int32(lo)
}
