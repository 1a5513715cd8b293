package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"parvis/internal/participation/pabulib"
	"parvis/internal/participation/tally"
)

// measureTally takes the times of counting and recounting. The recorded times of another engine stand in
// the folder that PARVIS_PABULIB names; without it the real elections are left out.
func measureTally(p plan, t *table) error {
	steps := []func(plan, *table) error{measureMillion, measureGrades, measureVerify}
	if dir := os.Getenv("PARVIS_PABULIB"); dir != "" {
		steps = append([]func(plan, *table) error{measureLodz, measureFiles}, steps...)
	} else {
		t.title("PARVIS_PABULIB names no folder: Łódź and the twelve files are left out")
	}
	for _, step := range steps {
		if err := step(p, t); err != nil {
			return err
		}
	}
	return nil
}

// seconds takes the median of the rounds of one step, and the processor time that it took: on a machine that
// is not quiet the second says more.
func seconds(p plan, t *table, what, target string, step func() error) error {
	return timed(p, t, what, target, "s", time.Second, step)
}

// milliseconds is seconds for what is quick.
func milliseconds(p plan, t *table, what, target string, step func() error) error {
	return timed(p, t, what, target, "ms", time.Millisecond, step)
}

func timed(p plan, t *table, what, target, unit string, in time.Duration, step func() error) error {
	var rounds, processor []float64
	for range p.runs {
		begin, before := time.Now(), processorTime()
		if err := step(); err != nil {
			return err
		}
		rounds = append(rounds, float64(time.Since(begin))/float64(in))
		processor = append(processor, float64(processorTime()-before)/float64(in))
	}
	t.add(what, unit, rounds, target)
	t.add("  the same, processor time of all cores", unit, processor, "")
	return nil
}

// processorTime is that of this process so far, and of the programs that it ran.
func processorTime() (sum time.Duration) {
	for _, who := range []int{syscall.RUSAGE_SELF, syscall.RUSAGE_CHILDREN} {
		var u syscall.Rusage
		if syscall.Getrusage(who, &u) == nil {
			sum += time.Duration(u.Utime.Nano() + u.Stime.Nano())
		}
	}
	return sum
}

func counting(e *tally.Election, name string) func() error {
	return func() error {
		rule, err := tally.ParseRule(name)
		if err != nil {
			return err
		}
		_, err = tally.Count(context.Background(), e, rule)
		return err
	}
}

func openElection(path string) (e *tally.Election, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r, err := pabulib.Open(f, pabulib.Options{})
	if err != nil {
		return nil, err
	}
	return tally.FromPabulib(r, nil)
}

// recorded is what another engine took for a rule on a file, in seconds; 0 where it gave nothing.
func recorded(path, rule string) float64 {
	raw, err := os.ReadFile(filepath.Join(filepath.Dir(path), "expected", strings.TrimSuffix(filepath.Base(path), ".pb")+".json"))
	if err != nil {
		return 0
	}
	var x struct {
		Results map[string]struct {
			Seconds float64 `json:"seconds"`
		} `json:"results"`
	}
	if json.Unmarshal(raw, &x) != nil {
		return 0
	}
	return x.Results[rule].Seconds
}

// measureLodz counts the largest recorded election, 90,494 votes.
func measureLodz(p plan, t *table) error {
	path := filepath.Join(os.Getenv("PARVIS_PABULIB"), "Poland_Lodz_2022.pb")
	t.title("Łódź 2022, 90,494 votes, 160 projects, exact")
	var e *tally.Election
	if err := milliseconds(p, t, "reading the file", "", func() (err error) { e, err = openElection(path); return err }); err != nil {
		return err
	}
	for _, c := range []struct{ rule, target string }{{"mes_cost", "<= 200"}, {"mes_cost_add1", "<= 2000"}, {"mes_card_add1", ""}, {"phragmen", ""}} {
		what := fmt.Sprintf("%s (recorded elsewhere: %.1f s)", c.rule, recorded(path, c.rule))
		if err := milliseconds(p, t, what, c.target, counting(e, c.rule)); err != nil {
			return err
		}
	}
	return nil
}

// measureFiles counts every rule made for the ballots on every file, reading included.
func measureFiles(p plan, t *table) error {
	paths, err := filepath.Glob(filepath.Join(os.Getenv("PARVIS_PABULIB"), "*.pb"))
	if err != nil {
		return err
	}
	rules := 0
	what := fmt.Sprintf("every rule on %d real elections, reading included", len(paths))
	err = seconds(p, t, what, "<= 60", func() error {
		rules = 0
		for _, path := range paths {
			e, err := openElection(path)
			if err != nil {
				return err
			}
			fit := slices.DeleteFunc(tally.Rules(), func(r tally.Rule) bool { return !r.Fits(e.Kind) })
			if _, err := tally.CountAll(context.Background(), e, fit); err != nil {
				return err
			}
			rules += len(fit)
		}
		return nil
	})
	t.title(fmt.Sprintf("(%d outcomes in all)", rules))
	return err
}

// measureMillion counts the made election that anyone can make again.
func measureMillion(p plan, t *table) error {
	t.title("made election: 1,000,000 ballots of up to 10 of 500 projects, 100 million, seed 1, exact")
	var e *tally.Election
	if err := seconds(p, t, "drawing it", "", func() (err error) { e, err = tally.MillionBallots().Election(); return err }); err != nil {
		return err
	}
	for _, c := range []struct{ rule, target string }{{"mes_cost", ""}, {"mes_cost_add1u", "<= 60"}} {
		if err := seconds(p, t, c.rule, c.target, counting(e, c.rule)); err != nil {
			return err
		}
	}
	t.add("peak memory of the process so far", "MiB", []float64{peakMemory()}, "<= 4096")
	return nil
}

// peakMemory is the largest resident memory of this process so far, in MiB (proc_pid_status(5)).
func peakMemory() float64 {
	b, _ := os.ReadFile("/proc/self/status")
	for line := range strings.Lines(string(b)) {
		if rest, found := strings.CutPrefix(line, "VmHWM:"); found {
			kib, _ := strconv.ParseFloat(strings.Fields(rest)[0], 64)
			return kib / 1024
		}
	}
	return 0
}

// measureGrades counts 10,000,000 grades, from the first ballot to the ranks.
func measureGrades(p plan, t *table) error {
	return seconds(p, t, "majority judgment of 10,000,000 grades, ballots included", "<= 5", func() error {
		e, err := tally.MadeGrades(1_000_000, 10, 50)
		if err != nil {
			return err
		}
		return counting(e, "majority_judgment")()
	})
}
