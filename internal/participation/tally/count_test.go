package tally

import (
	"math/big"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSelfTest(t *testing.T) {
	if err := SelfTest(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// hand builds an election from "a 30, b 25" and "abd 3, ac": costs, and ballots with their number.
func hand(t *testing.T, terms Terms, costs, ballots string) *Election {
	t.Helper()
	if terms.Unit == 0 {
		terms.Unit = 1
	}
	var projects []Project
	at := map[rune]int32{}
	for part := range strings.SplitSeq(costs, ", ") {
		id, cost := word(t, part)
		project := Project{ID: strings.TrimRight(id, "*"), Cost: cost, Popular: strings.HasSuffix(id, "*")}
		at[rune(id[0])] = int32(len(projects))
		projects = append(projects, project)
	}
	b, err := NewBuilder(terms, projects)
	if err != nil {
		t.Fatal(err)
	}
	for part := range strings.SplitSeq(ballots, ", ") {
		letters, n := word(t, part)
		for range max(n, 1) {
			var choices []Choice
			for _, l := range strings.Trim(letters, "-") {
				choices = append(choices, Choice{Project: at[l], Points: 1})
			}
			if err := b.Add(choices); err != nil {
				t.Fatal(err)
			}
		}
	}
	return b.Election()
}

func word(t *testing.T, part string) (string, int64) {
	t.Helper()
	name, number, _ := strings.Cut(part, " ")
	n, _ := new(big.Int).SetString("0"+number, 10)
	if n == nil {
		t.Fatalf("no number in %q", part)
	}
	return name, n.Int64()
}

// Outcomes worked out by hand; the working is in the comment.
func TestByHand(t *testing.T) {
	cases := []struct {
		name, rule, costs, ballots string
		terms                      Terms
		want                       string
	}{
		{"skip what does not fit", "greedy_score", "a 60, b 50, c 30", "a 3, b 2, c 1", Terms{Budget: 100}, "ac"},
		{"stop at what does not fit", "greedy_score_no_skip", "a 60, b 50, c 30", "a 3, b 2, c 1", Terms{Budget: 100}, "a"},
		{"threshold", "greedy_score_threshold", "a 60, b 50, c 30", "a 3, b 2, c 1", Terms{Budget: 100, Threshold: 2}, "a"},
		{"votes per cost: 3/60 < 2/30", "greedy_card", "a 60, b 30, c 10", "a 3, b 2", Terms{Budget: 90, MinVotes: 1}, "ba"},
		{"ties: cheaper first", "greedy_score", "a 60, b 50", "ab 2", Terms{Budget: 60}, "b"},
		{"ties: frozen order last", "greedy_score", "a 50, b 50", "ab 2", Terms{Budget: 60, Order: []string{"b", "a"}}, "b"},
		// 10 voters have 10 each. a: 6 pay 10. b: 4 pay 10 of 41: short. c: 4 pay 40/4 = 10.
		{"equal shares protects a minority", "mes_cost", "a 60, b 41, c 40", "a 6, bc 4", Terms{Budget: 100}, "ac"},
		// 5 voters have 20. a: 4 pay 15. b: supporters are left 5, 5 and 20, all of 30: the poor give 5.
		{"the poor give what they have", "mes_cost", "a 60, b 30", "ab 2, a 2, b 1", Terms{Budget: 100}, "ab"},
		{"too dear by one", "mes_cost", "a 60, b 31", "ab 2, a 2, b 1", Terms{Budget: 100}, "a"},
		// b costs 28 a head, a 30: shares of 25 buy nothing, three raises later b; then a does not fit.
		{"shares alone buy nothing", "mes_cost", "a 60, b 56", "a 2, b 2", Terms{Budget: 100}, ""},
		{"add1 raises until exhaustive", "mes_cost_add1", "a 60, b 56", "a 2, b 2", Terms{Budget: 100}, "b"},
		{"completion by votes", "mes_cost_util", "a 60, b 50, c 30", "a 2, b 1, c 1", Terms{Budget: 100}, "ac"},
		// loads: a 60/3 = 20, b 50/2 = 25; then b for {one loaded 20, one free}: (20+50)/2 = 35 and c 40/1.
		{"Phragmén", "phragmen", "a 60, b 50, c 40", "a 2, ab 1, b 1, c 1", Terms{Budget: 110}, "ab"},
		// b is dearer than what a leaves and has the smallest load: the count stops although c fits.
		{"Phragmén stops", "phragmen", "a 60, b 50, c 30", "a 3, b 2, c 1", Terms{Budget: 100}, "a"},
		{"seats skip nobody but the ineligible", "greedy_score", "a 60, b 50, c 30", "a 3, b 2, c 1", Terms{Seats: 2}, "ab"},
		{"a cap puts out", "greedy_score", "a 60, b 50, c 30", "a 3, b 2, c 1", Terms{Seats: 2, Cap: 50}, "bc"},
		// the reserve of 40 is spent on d (30) and c (30, passing it) before a and b are looked at.
		{"reserve, passed by one", "greedy_score", "a 60, b 40, c* 30, d* 30, e* 10", "a 9, b 8, d 3, c 2, e 1", Terms{Budget: 120, Reserve: 40}, "dca"},
		{"an unused reserve returns", "greedy_score", "a 60, b 40, c* 130", "a 9, b 8, c 1", Terms{Budget: 100, Reserve: 40}, "ab"},
		// votes/n ≥ cost/(3 × 100): a has 2/10 for 60/300, b 1/10 for 40/300.
		{"Świecie's bar", "greedy_score", "a 60, b 40", "a 2, b 1, - 7", Terms{Budget: 100, CostBar: 3}, "a"},
		{"short Borda ballots, city", "greedy_borda_city", "a 10, b 10", "a 1, ba 1", Terms{Kind: Ordinal, Budget: 10, MaxLength: 2}, "a"},
		{"short Borda ballots, own length", "greedy_borda", "a 10, b 10", "a 1, ba 1", Terms{Kind: Ordinal, Budget: 10, MaxLength: 2}, "b"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			e := hand(t, c.terms, c.costs, c.ballots)
			rule, err := ParseRule(c.rule)
			if err != nil {
				t.Fatal(err)
			}
			out, err := Count(t.Context(), e, rule)
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(e.IDs(out.Winners), ""); got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}

// Stanford's fixtures: preferred allocations (4, 5, 1), (3, 5, 2), (0, 0, 10).
func TestPerDollarFixtures(t *testing.T) {
	for budget, want := range map[int64][]int64{10: {3, 5, 2}, 13: {4, 5, 4}} {
		b, err := NewBuilder(Terms{Kind: Amounts, Budget: budget, Unit: 1}, []Project{{ID: "1", Cost: 4}, {ID: "2", Cost: 5}, {ID: "3", Cost: 10}})
		if err != nil {
			t.Fatal(err)
		}
		for _, amounts := range [][]int32{{4, 5, 1}, {3, 5, 2}, {0, 0, 10}} {
			if err := b.Add([]Choice{{0, amounts[0]}, {1, amounts[1]}, {2, amounts[2]}}); err != nil {
				t.Fatal(err)
			}
		}
		rule, _ := ParseRule("per_dollar")
		out, err := Count(t.Context(), b.Election(), rule)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, out.Funded); diff != "" {
			t.Error(budget, diff)
		}
		if budget == 13 && out.Partial != 2 {
			t.Errorf("partial %d", out.Partial)
		}
	}
}

func TestTiesAreReported(t *testing.T) {
	e := hand(t, Terms{Budget: 100}, "a 50, b 50, c 40", "abc 2, a 1, b 1, c 1")
	rule, _ := ParseRule("greedy_score")
	out, _ := Count(t.Context(), e, rule)
	if diff := cmp.Diff([]Tie{{Projects: []int{2, 0, 1}, Chosen: 2, By: "cost"}}, out.Ties); diff != "" {
		t.Error(diff)
	}
	e = hand(t, Terms{Budget: 100}, "a 50, b 50", "ab 2")
	rule, _ = ParseRule("mes_cost")
	out, _ = Count(t.Context(), e, rule)
	if diff := cmp.Diff([]Tie{{Projects: []int{0, 1}, Chosen: 0, By: "order"}}, out.Ties); diff != "" {
		t.Error(diff)
	}
}

func TestExplain(t *testing.T) {
	e := hand(t, Terms{Budget: 100}, "a 60, b 36, c 10", "ab 2, a 2, b 1")
	rule, _ := ParseRule("mes_cost")
	out, err := Count(t.Context(), e, rule)
	if err != nil {
		t.Fatal(err)
	}
	why, err := Explain(t.Context(), e, rule, out)
	if err != nil {
		t.Fatal(err)
	}
	if a := why[0]; a.Cause != "selected" || a.Turn != 1 || a.Price.Cmp(big.NewRat(15, 1)) != 0 || a.Full != 4 || a.Poor != 0 {
		t.Errorf("a: %+v", a)
	}
	// two supporters of b have 20 − 15 left, one has 20: 30 of 36.
	if b := why[1]; b.Cause != "supporters_short" || b.Holding != 30 || b.Effective(36) != 833 {
		t.Errorf("b: %+v", b)
	}
	if why[2].Cause != "unsupported" {
		t.Errorf("c: %+v", why[2])
	}
}

func TestExplainRanking(t *testing.T) {
	e := hand(t, Terms{Budget: 100, MinVotes: 2}, "a 60, b 50, c 30, d 1", "a 4, b 3, c 2, d 1")
	rule, _ := ParseRule("greedy_score_no_skip")
	out, _ := Count(t.Context(), e, rule)
	why, _ := Explain(t.Context(), e, rule, out)
	var got []string
	for _, w := range why {
		got = append(got, w.Cause)
	}
	if diff := cmp.Diff([]string{"selected", "no_room", "stopped", "min_votes"}, got); diff != "" {
		t.Error(diff)
	}
	if why[1].Left != 40 || why[1].Place != 2 || why[1].Score != 3 {
		t.Errorf("b: %+v", why[1])
	}
}

func TestBuilderRefuses(t *testing.T) {
	projects := []Project{{ID: "a", Cost: 5}, {ID: "b", Cost: 5}}
	for name, bad := range map[string]struct {
		terms    Terms
		projects []Project
	}{
		"no budget":         {Terms{Unit: 1}, projects},
		"negative budget":   {Terms{Unit: 1, Budget: -1}, projects},
		"overflowing cost":  {Terms{Unit: 1, Budget: 1}, []Project{{ID: "a", Cost: 1 << 60}}},
		"negative cost":     {Terms{Unit: 1, Budget: 1}, []Project{{ID: "a", Cost: -1}}},
		"same id":           {Terms{Unit: 1, Budget: 1}, []Project{{ID: "a"}, {ID: "a"}}},
		"order without one": {Terms{Unit: 1, Budget: 1, Order: []string{"a"}}, projects},
		"reserve too large": {Terms{Unit: 1, Budget: 1, Reserve: 2}, projects},
	} {
		if _, err := NewBuilder(bad.terms, bad.projects); err == nil {
			t.Errorf("%s is accepted", name)
		}
	}
	b, _ := NewBuilder(Terms{Unit: 1, Budget: 1}, projects)
	for name, ballot := range map[string][]Choice{"no such project": {{2, 0}}, "negative project": {{-1, 0}}, "twice": {{0, 0}, {0, 0}}} {
		if b.Add(ballot) == nil {
			t.Errorf("%s is accepted", name)
		}
	}
	e := hand(t, Terms{Seats: 2}, "a 1, b 1", "ab 1")
	if rule, _ := ParseRule("mes_cost"); countFails(t, e, rule) {
		return
	}
	t.Error("Equal Shares counts seats")
}

func countFails(t *testing.T, e *Election, r Rule) bool {
	_, err := Count(t.Context(), e, r)
	return err != nil
}

// FuzzCount counts elections made of any bytes by every rule: no panic, no overspending.
func FuzzCount(f *testing.F) {
	f.Add([]byte{3, 50, 20, 30, 40, 1, 2, 3, 0xff, 2, 1, 0xff}, uint8(0))
	f.Add([]byte{5, 255, 255, 0, 1, 9, 9, 1, 0xff, 0xff, 4, 3, 2}, uint8(1))
	f.Fuzz(func(t *testing.T, in []byte, kind uint8) {
		if len(in) < 3 || len(in) > 200 {
			return
		}
		n := int(in[0]%8) + 1
		terms := Terms{Kind: Kind(kind % 5), Budget: int64(in[1]) + 1, Unit: 1, Grades: 4, Fill: FillWorst}
		if len(in) < 2+n {
			return
		}
		var projects []Project
		for i, c := range in[2 : 2+n] {
			projects = append(projects, Project{ID: string(rune('a' + i)), Cost: int64(c)})
		}
		b, err := NewBuilder(terms, projects)
		if err != nil {
			t.Fatal(err)
		}
		var ballot []Choice
		for _, c := range in[2+n:] {
			if c == 0xff {
				_ = b.Add(ballot) // refused where it names a project twice
				ballot = nil
				continue
			}
			ballot = append(ballot, Choice{Project: int32(c) % int32(n), Points: int32(c/16) % 4})
		}
		countEvery(t, b.Election())
	})
}

func countEvery(t *testing.T, e *Election) {
	for _, rule := range Rules() {
		if !rule.Counts(e.Kind) {
			continue
		}
		out, err := Count(t.Context(), e, rule)
		if err != nil {
			t.Fatal(err)
		}
		if out.Spent > e.Budget {
			t.Fatalf("%s spends %d of %d", rule.Name, out.Spent, e.Budget)
		}
		why, err := Explain(t.Context(), e, rule, out)
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range why {
			if !slices.Contains(Causes(), w.Cause) || w.Selected != slices.Contains(out.Winners, w.Project) {
				t.Fatalf("%s: %+v", rule.Name, w)
			}
		}
	}
}

// The number of processors decides nothing.
func TestProcessors(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	r := rand.New(rand.NewPCG(5, 6))
	for range 60 {
		s := draw(r)
		s.Kind, s.Seats, s.Reserve = "approval", 0, 0
		e := s.build(t)
		for _, name := range []string{"mes_cost_add1", "mes_card_add1_overspend"} {
			rule, _ := ParseRule(name)
			var want []int
			for _, processors := range []int{1, 2, 5} {
				runtime.GOMAXPROCS(processors)
				out, err := Count(t.Context(), e, rule)
				if err != nil {
					t.Fatal(err)
				}
				if processors == 1 {
					want = out.Winners
				}
				if diff := cmp.Diff(want, out.Winners); diff != "" {
					t.Errorf("%s on %d processors: %s", name, processors, diff)
				}
			}
		}
	}
}

func TestExplainMajorityAndPerDollar(t *testing.T) {
	e, err := knownElection(Grades)
	if err != nil {
		t.Fatal(err)
	}
	rule, _ := ParseRule("majority_judgment")
	out, _ := Count(t.Context(), e, rule)
	why, err := Explain(t.Context(), e, rule, out)
	if err != nil {
		t.Fatal(err)
	}
	// a: 3 3 3 3 3 3 of 16 ballots that are not blank, the ten others the worst.
	if got := why[0].Gauge; got != (Gauge{Median: 0, Above: 6, Below: 0, Total: 16}) || why[0].Rank != 1 {
		t.Errorf("%+v", why[0])
	}
	e, _ = knownElection(Approval)
	rule, _ = ParseRule("per_dollar")
	out, _ = Count(t.Context(), e, rule)
	why, _ = Explain(t.Context(), e, rule, out)
	// d, g and e of the level of 4 votes are paid whole, 5 is left for h.
	if h := why[7]; h.Cause != "partial" || h.Funded != 5 {
		t.Errorf("%+v", h)
	}
}
