package tally

import (
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// drawn gives a random small election and a rule that counts it.
func drawn(t *rapid.T) (small, Rule) {
	r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
	s := draw(r)
	rule := s.pick(r)
	return s, rule
}

func winners(t *rapid.T, s *small, rule Rule) []string {
	e := s.build(t)
	out, err := Count(t.Context(), e, rule)
	if err != nil {
		t.Fatal(err)
	}
	return e.IDs(out.Winners)
}

// Counting in other money changes nothing: every amount is multiplied, the unit of add1 with them.
func TestScaleInvariance(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, rule := drawn(t)
		before := winners(t, &s, rule)
		factor := rapid.Int64Range(2, 1_000_000).Draw(t, "factor")
		if s.Kind == "amounts" {
			factor = rapid.Int64Range(2, 1000).Draw(t, "small factor")
		}
		for i := range s.Projects {
			s.Projects[i].Cost *= factor
		}
		s.Budget, s.Unit, s.Reserve = s.Budget*factor, min(s.Unit*factor, 1_000_000), s.Reserve*factor
		if s.Unit == 1_000_000 {
			t.Skip()
		}
		if s.Kind == "amounts" {
			for _, b := range s.Ballots[:distinctBallots(s.Ballots)] {
				for j := range b {
					b[j][1] *= int32(factor)
				}
			}
		}
		if diff := cmp.Diff(before, winners(t, &s, rule)); diff != "" {
			t.Fatalf("%s: %s", rule.Name, diff)
		}
	})
}

// distinctBallots is where the repetitions that draw adds begin: they share memory with the others.
func distinctBallots(ballots [][][2]int32) int {
	seen := map[*[2]int32]bool{}
	for i, b := range ballots {
		if len(b) > 0 && seen[&b[0]] {
			return i
		}
		if len(b) > 0 {
			seen[&b[0]] = true
		}
	}
	return len(ballots)
}

// The order of ballots and of projects in the file changes nothing.
func TestLabelInvariance(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, rule := drawn(t)
		before := winners(t, &s, rule)
		perm := rapid.Permutation(index(len(s.Projects))).Draw(t, "projects")
		projects := make([]smallProject, len(perm))
		for i, p := range perm {
			projects[p] = s.Projects[i]
		}
		s.Projects = projects
		var ballots [][][2]int32
		for _, b := range rapid.Permutation(s.Ballots).Draw(t, "ballots") {
			renamed := [][2]int32{}
			for _, c := range b {
				renamed = append(renamed, [2]int32{int32(perm[c[0]]), c[1]})
			}
			ballots = append(ballots, renamed)
		}
		s.Ballots = ballots
		if diff := cmp.Diff(before, winners(t, &s, rule)); diff != "" {
			t.Fatalf("%s: %s", rule.Name, diff)
		}
	})
}

func index(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i
	}
	return list
}

// Every ballot cast m times gives the same outcome, for rules whose steps do not count voters.
func TestReplication(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, rule := drawn(t)
		if rule.Endowment != Share || s.MinVotes > 0 || rule.Threshold {
			t.Skip()
		}
		before := winners(t, &s, rule)
		once := s.Ballots
		for range rapid.IntRange(1, 4).Draw(t, "more") {
			s.Ballots = append(s.Ballots, once...)
		}
		if diff := cmp.Diff(before, winners(t, &s, rule)); diff != "" {
			t.Fatalf("%s: %s", rule.Name, diff)
		}
	})
}

// No outcome passes the envelope or the seats, names a project twice or one that is out.
func TestFeasible(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, rule := drawn(t)
		e := s.build(t)
		out, err := Count(t.Context(), e, rule)
		if err != nil {
			t.Fatal(err)
		}
		if e.Budget > 0 && out.Spent > e.Budget || e.Seats > 0 && len(out.Winners) > e.Seats {
			t.Fatalf("%s spends %d of %d on %d winners", rule.Name, out.Spent, e.Budget, len(out.Winners))
		}
		for i, p := range out.Winners {
			if !e.Eligible(p) || slices.Contains(out.Winners[:i], p) {
				t.Fatalf("%s selects %v", rule.Name, out.Winners)
			}
		}
	})
}

// A completed outcome leaves no eligible project that fits.
func TestExhaustive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, rule := drawn(t)
		skips := rule.Family == Greedy && !rule.NoSkip && !rule.Threshold && !s.Stop && s.Seats == 0
		completed := rule.Family == EqualShares && rule.Complete != NoCompletion && !rule.Compare
		if !skips && !completed {
			t.Skip()
		}
		e := s.build(t)
		out, err := Count(t.Context(), e, rule)
		if err != nil {
			t.Fatal(err)
		}
		for p, project := range e.Projects {
			if e.Eligible(p) && !slices.Contains(out.Winners, p) && out.Spent+project.Cost <= e.Budget {
				t.Fatalf("%s leaves %s, which fits", rule.Name, project.ID)
			}
		}
	})
}

// Equal Shares with cost utilities never breaks EJR+, completed or not; what the bar and the
// minimum of votes put out has no claim.
func TestEqualSharesKeepsEJRPlus(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := draw(rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0)))
		s.Kind, s.MinVotes, s.CostBar = "approval", 0, 0
		name := rapid.SampledFrom([]string{"mes_cost", "mes_cost_util", "mes_cost_votes"}).Draw(t, "rule")
		rule, _ := ParseRule(name)
		e := s.build(t)
		out, err := Count(t.Context(), e, rule)
		if err != nil {
			t.Fatal(err)
		}
		if q := e.Measure(out.Winners); len(q.EJRPlus) > 0 {
			t.Fatalf("%s breaks EJR+ for %v", name, e.IDs(q.EJRPlus))
		}
	})
}

// A winner of a plain count stays one when it gets another vote.
func TestGreedyMonotone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, _ := drawn(t)
		s.Kind, s.CostBar, s.Reserve = "approval", 0, 0
		if s.Budget == 0 {
			s.Budget = 5
		}
		rule, _ := ParseRule(rapid.SampledFrom([]string{"greedy_score", "greedy_score_no_skip", "greedy_score_threshold",
			"greedy_cost", "greedy_card"}).Draw(t, "rule"))
		e := s.build(t)
		out, err := Count(t.Context(), e, rule)
		if err != nil || len(out.Winners) == 0 {
			t.Skip()
		}
		p := rapid.SampledFrom(out.Winners).Draw(t, "winner")
		s.Ballots = append(s.Ballots, [][2]int32{{int32(p), 0}})
		if !slices.Contains(winners(t, &s, rule), e.Projects[p].ID) {
			t.Fatalf("%s: %s loses by a vote for it", rule.Name, e.Projects[p].ID)
		}
	})
}

// A better grade never lowers a rank.
func TestMajorityMonotone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		grades := rapid.IntRange(2, 5).Draw(t, "grades")
		n := rapid.IntRange(1, 12).Draw(t, "judgments")
		list := make([]Grading, rapid.IntRange(2, 5).Draw(t, "projects"))
		for i := range list {
			list[i] = make(Grading, grades)
			for range n {
				list[i][rapid.IntRange(0, grades-1).Draw(t, "grade")]++
			}
		}
		before, _ := MajorityRanks(list)
		from := rapid.IntRange(0, grades-2).Draw(t, "from")
		if list[0][from] == 0 {
			t.Skip()
		}
		list[0][from]--
		list[0][from+1]++
		after, _ := MajorityRanks(list)
		if after[0] > before[0] {
			t.Fatalf("rank %d, then %d", before[0], after[0])
		}
	})
}

// Bounds only save work: with ulps of a whole unit, where they decide almost nothing, outcomes are
// the same as with the finest ulps.
func TestPrecisionDecidesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, rule := drawn(t)
		e := s.build(t)
		if rule.Family != EqualShares || e.N() == 0 {
			t.Skip()
		}
		var want []int
		for _, coarse := range []uint{0, 40, 52, 56, 60} {
			m := newMarket(e, rule.Utility)
			m.coarse = coarse
			r := newRun(m)
			if err := r.endowed(rule.Endowment, int64(s.MaxLength)); err != nil {
				t.Fatal(err)
			}
			r.play()
			if coarse == 0 {
				want = r.winners()
			}
			if diff := cmp.Diff(want, r.winners()); diff != "" {
				t.Fatalf("%s, %d digits less: %s", rule.Name, coarse, diff)
			}
		}
	})
}

func TestPrecisionDecidesNothingForPhragmen(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := draw(rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0)))
		s.Kind = "approval"
		e := s.build(t)
		var want []int
		for _, coarse := range []uint{0, 45, 50, 52, 54, 60} {
			m := newMarket(e, ByCard)
			m.coarse = coarse
			out, err := m.phragmen(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if coarse == 0 {
				want = out.Winners
			}
			if diff := cmp.Diff(want, out.Winners); diff != "" {
				t.Fatalf("%d digits less: %s", coarse, diff)
			}
		}
	})
}

// A stretch promises that raises below its limit have the same outcome: all of a sample do.
func TestStretchKeepsItsPromise(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := draw(rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0)))
		s.Kind, s.CostBar = rapid.SampledFrom([]string{"approval", "points", "ordinal"}).Draw(t, "kind"), 0
		factor := rapid.Int64Range(1, 60).Draw(t, "factor")
		for i := range s.Projects {
			s.Projects[i].Cost *= factor
		}
		s.Budget, s.Unit = max(1, s.Budget*factor), 1
		e := s.build(t)
		if e.N() == 0 {
			t.Skip()
		}
		u := rapid.SampledFrom([]Utility{ByCost, ByCard, e.Kind.declared()}).Draw(t, "utility")
		m := newMarket(e, u)
		r, again := newRun(m), newRun(m)
		for k := int64(0); k < 150; {
			r.endowed(Add1, k)
			r.play()
			n := stretchOf(r).raises(m.step)
			for _, skipped := range []int64{1, n / 2, n - 1} {
				if skipped < 1 || skipped >= n {
					continue
				}
				again.endowed(Add1, k+skipped)
				again.play()
				if diff := cmp.Diff(r.winners(), again.winners()); diff != "" {
					t.Fatalf("utility %d, raise %d, promised %d, broken after %d: %s", u, k, n, skipped, diff)
				}
			}
			if n > 1<<40 {
				break
			}
			k += n
		}
	})
}

// Jumping to the next raise that may change the outcome ends at the raise where playing every one of them ends.
func TestJumpingEqualsPlayingEveryRaise(t *testing.T) {
	jumped := 0
	for seed := range uint64(3000) {
		r := rand.New(rand.NewPCG(seed, 7))
		s := draw(r)
		s.Kind, s.CostBar = []string{"approval", "points", "ordinal"}[seed%3], 0
		factor := 1 + r.Int64N(60)
		for i := range s.Projects {
			s.Projects[i].Cost *= factor
		}
		s.Budget, s.Unit = max(1, s.Budget*factor), 1
		e := s.build(t)
		if e.N() == 0 {
			continue
		}
		m := newMarket(e, []Utility{ByCost, ByCard, e.Kind.declared()}[r.IntN(3)])
		m.eager = true
		for _, kind := range []Endowment{Add1, Add1Overspend, Add1Integral} {
			got, err := m.raises(t.Context(), kind)
			if err != nil {
				t.Fatal(err)
			}
			if want := m.everyRaise(t, kind); got != want {
				t.Fatalf("seed %d, endowment %d: %d raises, want %d", seed, kind, got, want)
			}
			if got > int64(2*runtime.GOMAXPROCS(0)) {
				jumped++
			}
		}
	}
	if jumped < 1000 {
		t.Errorf("only %d searches were long enough to jump", jumped)
	}
}

// everyRaise is the definition of add1, played word for word.
func (m *market) everyRaise(t *testing.T, kind Endowment) int64 {
	if kind == Add1Overspend && m.allFit() {
		return 0
	}
	r := newRun(m)
	for k := int64(0); ; k++ {
		if err := r.endowed(kind, k); err != nil {
			t.Fatal(err)
		}
		r.play()
		if r.spent > m.e.Budget {
			return max(0, k-1)
		}
		if kind != Add1Overspend && r.exhaustive() {
			return k
		}
	}
}
