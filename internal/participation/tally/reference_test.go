package tally

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// small is an election as the reference reads it.
type small struct {
	Rule      string         `json:"rule"`
	Kind      string         `json:"kind"`
	Budget    int64          `json:"budget"`
	Unit      int64          `json:"unit"`
	MaxLength int            `json:"max_length"`
	Threshold int64          `json:"threshold"`
	MinVotes  int64          `json:"min_votes"`
	CostBar   int64          `json:"cost_bar"`
	Seats     int            `json:"seats"`
	Stop      bool           `json:"stop"`
	Reserve   int64          `json:"reserve"`
	Grades    int            `json:"grades"`
	Fill      string         `json:"fill"`
	Order     []string       `json:"order"`
	Projects  []smallProject `json:"projects"`
	Ballots   [][][2]int32   `json:"ballots"`
}

type smallProject struct {
	ID        string `json:"id"`
	Cost      int64  `json:"cost"`
	Popular   bool   `json:"popular"`
	Withdrawn bool   `json:"withdrawn"`
}

type smallResult struct {
	Winners []string         `json:"winners"`
	Funded  map[string]int64 `json:"funded"`
	Partial *string          `json:"partial"`
	Ranks   map[string]int   `json:"ranks"`
}

var smallKinds = map[string]Kind{"approval": Approval, "ordinal": Ordinal, "points": Points, "grades": Grades, "amounts": Amounts}

// draw makes a random small election with many ties: few different costs and ballots.
func draw(r *rand.Rand) small {
	kinds := []string{"approval", "approval", "approval", "ordinal", "points", "grades", "amounts"}
	s := small{Ballots: [][][2]int32{}, Kind: kinds[r.IntN(len(kinds))], Unit: 1 + int64(r.IntN(3)), Grades: 2 + r.IntN(4), Fill: []string{"worst", "median"}[r.IntN(2)]}
	n := 1 + r.IntN(7)
	var total int64
	costs := 1 + r.IntN(12)
	for i := range n {
		p := smallProject{ID: fmt.Sprint("p", (i*7)%11), Cost: int64(1 + r.IntN(costs)), Popular: r.IntN(3) == 0, Withdrawn: r.IntN(12) == 0}
		if r.IntN(25) == 0 {
			p.Cost = 0
		}
		s.Projects = append(s.Projects, p)
		total += p.Cost
	}
	s.Budget = 1 + int64(r.IntN(int(total)+1))
	s.MaxLength = 1 + r.IntN(n)
	s.terms(r, total)
	for range r.IntN(10) {
		s.Ballots = append(s.Ballots, s.ballot(r))
	}
	for range r.IntN(12) { // identical ballots
		if len(s.Ballots) > 0 {
			s.Ballots = append(s.Ballots, s.Ballots[r.IntN(len(s.Ballots))])
		}
	}
	return s
}

func (s *small) terms(r *rand.Rand, total int64) {
	s.Threshold, s.Stop = int64(r.IntN(4)), r.IntN(4) == 0
	if r.IntN(4) == 0 {
		s.MinVotes = int64(r.IntN(3))
	}
	if r.IntN(6) == 0 {
		s.CostBar = 3
	}
	if r.IntN(3) == 0 {
		for _, p := range s.Projects {
			s.Order = append(s.Order, p.ID)
		}
		r.Shuffle(len(s.Order), func(i, j int) { s.Order[i], s.Order[j] = s.Order[j], s.Order[i] })
	}
}

func (s *small) ballot(r *rand.Rand) [][2]int32 {
	b := [][2]int32{}
	longest := len(s.Projects)
	if s.Kind == "ordinal" {
		longest = s.MaxLength
	}
	for _, p := range r.Perm(len(s.Projects))[:r.IntN(longest+1)] {
		x := int32(0)
		switch s.Kind {
		case "points":
			x = int32(r.IntN(4))
		case "grades":
			x = int32(r.IntN(s.Grades))
		case "amounts":
			x = int32(r.IntN(6))
		}
		b = append(b, [2]int32{int32(p), x})
	}
	return b
}

// pick chooses a rule for the ballots, and for ranked rules some seats and a reserve.
func (s *small) pick(r *rand.Rand) Rule {
	fit := slices.DeleteFunc(Rules(), func(rule Rule) bool { return !rule.Counts(smallKinds[s.Kind]) })
	rule := fit[r.IntN(len(fit))]
	s.Rule = rule.Name
	if rule.Family == Greedy || rule.Family == Majority {
		if r.IntN(3) == 0 {
			s.Seats = 1 + r.IntN(4)
			if r.IntN(2) == 0 && s.CostBar == 0 {
				s.Budget = 0
			}
		}
		if r.IntN(3) == 0 && s.Budget > 0 {
			s.Reserve = r.Int64N(s.Budget + 1)
		}
	}
	return rule
}

// tester is what a test of package testing and a property of rapid have in common.
type tester interface {
	Helper()
	Fatal(args ...any)
}

func (s *small) build(t tester) *Election {
	terms := Terms{Kind: smallKinds[s.Kind], Budget: s.Budget, Unit: s.Unit, MaxLength: s.MaxLength, Threshold: s.Threshold,
		MinVotes: s.MinVotes, CostBar: s.CostBar, Seats: s.Seats, Stop: s.Stop, Reserve: s.Reserve, Grades: s.Grades, Order: s.Order,
		Fill: map[string]Fill{"worst": FillWorst, "median": FillMedian}[s.Fill]}
	var projects []Project
	for _, p := range s.Projects {
		projects = append(projects, Project{ID: p.ID, Cost: p.Cost, Popular: p.Popular, Withdrawn: p.Withdrawn})
	}
	b, err := NewBuilder(terms, projects)
	if err != nil {
		t.Fatal(err)
	}
	for _, ballot := range s.Ballots {
		var choices []Choice
		for _, c := range ballot {
			choices = append(choices, Choice{c[0], c[1]})
		}
		if err := b.Add(choices); err != nil {
			t.Fatal(err)
		}
	}
	return b.Election()
}

// The engine and a reference written from the definitions alone agree on thousands of small elections.
func TestReference(t *testing.T) {
	elections := 4000
	if testing.Short() {
		elections = 400
	}
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("python3 is not installed: the reference cannot run")
	}
	cmd := exec.CommandContext(t.Context(), python, "testdata/reference/tally.py")
	var complaint strings.Builder
	cmd.Stderr = &complaint
	in, _ := cmd.StdinPipe()
	out, _ := cmd.StdoutPipe()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 2))
	list := make([]small, elections)
	rules := make([]Rule, elections)
	for i := range list {
		list[i] = draw(r)
		rules[i] = list[i].pick(r)
	}
	go feed(in, list)
	lines := bufio.NewScanner(out)
	lines.Buffer(nil, 1<<20)
	for i := range list {
		if !lines.Scan() {
			cmd.Wait()
			t.Fatalf("the reference stopped at election %d: %v %s", i, lines.Err(), complaint.String())
		}
		compareReference(t, &list[i], rules[i], lines.Bytes())
	}
	if err := cmd.Wait(); err != nil {
		t.Error(err)
	}
}

func feed(in io.WriteCloser, list []small) {
	defer in.Close()
	enc := json.NewEncoder(in)
	for _, s := range list {
		if enc.Encode(s) != nil {
			return
		}
	}
}

func compareReference(t *testing.T, s *small, rule Rule, line []byte) {
	var want smallResult
	if err := json.Unmarshal(line, &want); err != nil {
		t.Fatal(err)
	}
	e := s.build(t)
	out, err := Count(t.Context(), e, rule)
	if err != nil {
		t.Fatal(err)
	}
	got := smallResult{Winners: e.IDs(out.Winners), Funded: map[string]int64{}, Ranks: map[string]int{}}
	for p, x := range out.Funded {
		if x > 0 {
			got.Funded[e.Projects[p].ID] = x
		}
	}
	if rule.Family == PerDollar && out.Partial >= 0 {
		got.Partial = &e.Projects[out.Partial].ID
	}
	for p, rank := range out.Ranks {
		if rank > 0 {
			got.Ranks[e.Projects[p].ID] = rank
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		raw, _ := json.Marshal(s)
		t.Errorf("%s\n%s", diff, raw)
	}
}
