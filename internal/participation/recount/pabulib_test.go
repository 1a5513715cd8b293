package recount_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"parvis/internal/act/acttest"
	"parvis/internal/act/verify"
	"parvis/internal/participation/recount"
	"parvis/internal/participation/tally"
)

// pabulibRules are the rules that the second verifier counts in a reasonable time on a file: all on small
// ones; where endowments are raised hundreds of times, one variant, then none.
func pabulibRules(e *tally.Election) (list []string) {
	size := e.Distinct() * len(e.Projects) // about the work of one outcome
	for _, r := range tally.Rules() {
		raised := r.Family == tally.EqualShares && r.Endowment != tally.Share
		quick := size <= 100_000 || size <= 1_000_000 && strings.HasSuffix(r.Name, "_add1u")
		if r.Fits(e.Kind) && (!raised || quick) {
			list = append(list, r.Name)
		}
	}
	return list
}

// Every election of Pabulib that is at hand is published and recounted by both verifiers: all rules where
// the second is quick enough.
func TestPabulibElectionsAreRecounted(t *testing.T) {
	dir := os.Getenv("PARVIS_PABULIB")
	if dir == "" || testing.Short() {
		t.Skip("PARVIS_PABULIB names no folder of .pb files, or -short")
	}
	paths, _ := filepath.Glob(filepath.Join(dir, "*.pb"))
	unsafe := regexp.MustCompile("[^0-9A-Za-z]+")
	for _, path := range paths {
		name := strings.Trim(unsafe.ReplaceAllString(strings.TrimSuffix(filepath.Base(path), ".pb"), "-"), "-")
		t.Run(name, func(t *testing.T) {
			c := newTown(t, acttest.Keys(t))
			d := draft(t, name, "greedy_score", fromFile(path))
			p, err := recount.Publish(t.Context(), d, folder(t.TempDir()))
			if err != nil {
				t.Fatal(err)
			}
			rules := pabulibRules(p.Lots[0].Election)
			for _, rule := range rules {
				one := draft(t, name+"-"+strings.ReplaceAll(rule, "_", "-"), rule, fromFile(path))
				c.hold(t, one)
			}
			c.flush(t)
			w := recounted(t, c.site, verify.Options{})
			if !w.OK() || len(w.Elections) != len(rules) {
				t.Fatalf("%+v", w.Elections)
			}
			if said, accepted := stranger(t, c.site); !accepted || strings.Count(said, "\naccepted: ") != len(rules) {
				t.Errorf("the stranger says %s", tail(said))
			}
			t.Logf("%d rules, %d ballots, %d different", len(rules), p.Lots[0].Election.N(), p.Lots[0].Election.Distinct())
		})
	}
}
