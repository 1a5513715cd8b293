package tally

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"parvis/internal/participation/pabulib"
)

// expected is what an independent engine found on one file.
type expected struct {
	File      string                    `json:"file"`
	Results   map[string]expectedResult `json:"results"`
	Variants  map[string]expectedResult `json:"other_variants"`
	Published struct {
		Selected []string `json:"selected"`
	} `json:"published"`
}

type expectedResult struct {
	Status    string   `json:"status"`
	Winners   []string `json:"winners"`
	TotalCost string   `json:"total_cost"`
	Equals    *bool    `json:"equals_published"`
	Excluded  int64    `json:"excluded_voters"`
	Violated  []string `json:"ejr_plus_cost_violations"`
}

func readExpected(t testing.TB) (dir string, list []expected) {
	dir = os.Getenv("PARVIS_PABULIB")
	if dir == "" {
		t.Skip("PARVIS_PABULIB names no folder of .pb files")
	}
	paths, err := filepath.Glob(filepath.Join(dir, "expected", "*.json"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no expected result in %s: %v", dir, err)
	}
	for _, path := range paths {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var x expected
		if err := json.Unmarshal(raw, &x); err != nil {
			t.Fatal(err)
		}
		list = append(list, x)
	}
	return dir, list
}

func load(t testing.TB, path string) (*Election, *pabulib.Header) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r, err := pabulib.Open(f, pabulib.Options{Strict: true})
	if err != nil {
		t.Fatal(err)
	}
	e, err := FromPabulib(r, nil)
	if err != nil {
		t.Fatal(err)
	}
	return e, r.Header
}

// Every result of the oracle is given back: same winners, same order.
func TestOracle(t *testing.T) {
	dir, list := readExpected(t)
	checked := 0
	for _, x := range list {
		e, h := load(t, filepath.Join(dir, x.File))
		for _, set := range []map[string]expectedResult{x.Results, x.Variants} {
			for name, want := range set {
				if want.Status != "ok" {
					continue
				}
				checked++
				t.Run(x.File+"/"+name, func(t *testing.T) { checkResult(t, e, name, want, x.Published.Selected) })
			}
		}
		if len(x.Published.Selected) > 0 {
			t.Run(x.File+"/declared", func(t *testing.T) { checkDeclared(t, e, h, x.Published.Selected) })
		}
	}
	if checked < 150 {
		t.Errorf("only %d results were there to check", checked)
	}
}

func checkResult(t *testing.T, e *Election, name string, want expectedResult, published []string) {
	rule, err := ParseRule(name)
	if err != nil {
		t.Fatal(err)
	}
	out, err := Count(t.Context(), e, rule)
	if err != nil {
		t.Fatal(err)
	}
	got := e.IDs(out.Winners)
	equal := want.Equals != nil && *want.Equals
	if equal != (len(published) > 0 && sameSet(got, published)) {
		t.Errorf("equals_published should be %v", equal)
	}
	q := e.Measure(out.Winners)
	if q.WithoutWinner != want.Excluded {
		t.Errorf("%d voters without a winner, want %d", q.WithoutWinner, want.Excluded)
	}
	violated := e.IDs(q.EJRPlus)
	if slices.Sort(violated); want.Violated != nil && !slices.Equal(violated, want.Violated) {
		t.Errorf("EJR+ violated by %v, want %v", violated, want.Violated)
	}
	if name == "phragmen" {
		slices.Sort(got)
	}
	if diff := cmp.Diff(want.Winners, got); diff != "" {
		t.Error(diff)
	}
	if got := strconv.FormatInt(out.Spent, 10); got != want.TotalCost {
		t.Errorf("total cost %s, want %s", got, want.TotalCost)
	}
}

func checkDeclared(t *testing.T, e *Election, h *pabulib.Header, published []string) {
	rule, err := Declared(h)
	if err != nil {
		t.Fatal(err)
	}
	out, err := Count(t.Context(), e, rule)
	if err != nil {
		t.Fatal(err)
	}
	if got := e.IDs(out.Winners); !sameSet(got, published) {
		t.Errorf("%s gives %s, the city elected %s", rule.Name, strings.Join(got, " "), strings.Join(published, " "))
	}
}

func sameSet(a, b []string) bool {
	a, b = slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b))
	return slices.Equal(a, b)
}
