package recount_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"parvis/internal/act/acttest"
	"parvis/internal/act/verify"
	"parvis/internal/participation/recount"
	"parvis/internal/participation/tally"
)

// pabulibRules are the rules that the second verifier counts in a reasonable time on a file: it plays every
// endowment, one after the other. Of the largest elections, a few rules.
func pabulibRules(t *testing.T, e *tally.Election) (list []string) {
	size := int64(e.Distinct() * len(e.Projects)) // about the work of one outcome
	for _, r := range tally.Rules() {
		few := []string{"greedy_score", "greedy_card", "mes_cost", "mes_card_util_comparison", "phragmen", "greedy_borda_city", "mes_borda_util"}
		if !r.Fits(e.Kind) || e.N() > 60_000 && !slices.Contains(few, r.Name) {
			continue
		}
		out, err := tally.Count(t.Context(), e, r)
		if err != nil {
			t.Fatal(err)
		}
		most := int64(2_000_000)
		if strings.HasSuffix(r.Name, "_add1u") {
			most = 30_000_000 // one variant at least, nearly everywhere
		}
		if out.Raises == 0 || size*out.Raises <= most {
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
			rules := pabulibRules(t, p.Lots[0].Election)
			for _, rule := range rules {
				one := draft(t, strings.Trim(name[:min(len(name), 20)], "-")+"-"+strings.ReplaceAll(rule, "_", "-"), rule, fromFile(path))
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
