package tally

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The polls have the ranks that two independent programs gave them.
func TestMajorityPolls(t *testing.T) {
	dir := os.Getenv("PARVIS_MJ")
	if dir == "" {
		t.Skip("PARVIS_MJ names no folder with polls.json")
	}
	raw, err := os.ReadFile(filepath.Join(dir, "polls.json"))
	if err != nil {
		t.Fatal(err)
	}
	var list []struct {
		Poll
		Ranks []int `json:"ranks_lower_median"`
	}
	if err := json.Unmarshal(raw, &list); err != nil {
		t.Fatal(err)
	}
	if len(list) != 205 {
		t.Errorf("%d polls", len(list))
	}
	for _, p := range list {
		ranks, err := MajorityRanks(p.Gradings)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(p.Ranks, ranks); diff != "" {
			t.Errorf("%s: %s", p.Name, diff)
		}
	}
}

func TestMajorityByHand(t *testing.T) {
	cases := []struct {
		name     string
		gradings []Grading
		ranks    []int
	}{
		{"higher median", []Grading{{2, 1, 0}, {1, 2, 0}}, []int{2, 1}},
		{"lower median on even numbers", []Grading{{1, 0, 1}, {0, 2, 0}}, []int{2, 1}},
		// both have median 1; the next lower medians are 1 then 0 against 1 then 1
		{"second judgment", []Grading{{2, 2, 1}, {1, 4, 0}}, []int{2, 1}},
		// same median and same share above; only the far ends differ
		{"the whole recursion", []Grading{{1, 1, 3, 1, 1}, {1, 1, 3, 2, 0}}, []int{1, 2}},
		{"equal profiles share", []Grading{{0, 1}, {1, 0}, {0, 1}, {1, 0}}, []int{1, 3, 1, 3}},
		{"no judgment at all", []Grading{{0, 0}, {0, 0}}, []int{1, 1}},
	}
	for _, c := range cases {
		got, err := MajorityRanks(c.gradings)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c.ranks, got); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

func TestUnequalJudgmentsNeedAFill(t *testing.T) {
	if _, err := MajorityRanks([]Grading{{1, 2}, {1, 1}}); err == nil {
		t.Error("unequal sums are ranked")
	}
	worst, _ := Grading{0, 1, 1}.filled(4, FillWorst)
	median, _ := Grading{0, 1, 1}.filled(4, FillMedian)
	empty, _ := Grading{0, 0}.filled(3, FillMedian)
	if diff := cmp.Diff([]Grading{{2, 1, 1}, {0, 3, 1}, {3, 0}}, []Grading{worst, median, empty}); diff != "" {
		t.Error(diff)
	}
}
