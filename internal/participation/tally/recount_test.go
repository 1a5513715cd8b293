package tally

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"parvis/internal/participation/pabulib"
)

const quartier = `META
key;value
description;Quartier
country;France
unit;Valmont
instance;2026
num_projects;3
num_votes;6
budget;100.5
vote_type;approval
rule;greedy
date_begin;2026
date_end;2026
min_length;0
PROJECTS
project_id;cost
a;60
b;50.5
c;40
VOTES
voter_id;vote
1;a,b
2;a
3;a,c
4;b
5;c
6;
`

func recount(t *testing.T, text string, q Request) string {
	t.Helper()
	a, err := Recount(t.Context(), strings.NewReader(text), q)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func TestRecount(t *testing.T) {
	want := `{"rule":"greedy_score","winners":["a","c"],"total_cost":"100","budget":"100.5","voters":6,"count":2,` +
		`"ties":[{"projects":["c","b"],"first":"c","by":"cost"}],"excluded_voters":2,"ejr_plus_cost_violations":[]}`
	if diff := cmp.Diff(want, recount(t, quartier, Request{})); diff != "" {
		t.Error(diff)
	}
	got := recount(t, quartier, Request{Rule: "mes_cost"})
	if !strings.Contains(got, `"endowment":"67/4"`) {
		t.Errorf("100.5/6 = 67/4 is missing in %s", got)
	}
	var all []Report
	if err := json.Unmarshal([]byte(recount(t, quartier, Request{All: true})), &all); err != nil || len(all) < 50 {
		t.Errorf("%d reports: %v", len(all), err)
	}
}

func TestRecountByDocument(t *testing.T) {
	d, err := Preset("plus_de_voix")
	if err != nil {
		t.Fatal(err)
	}
	d.Lots = []LotDocument{{ID: "ville", Budget: 60}}
	var r Report
	if err := json.Unmarshal([]byte(recount(t, quartier, Request{Document: d})), &r); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"a"}, r.Winners); diff != "" || r.Rules != d.Hash() || r.Budget != "60" {
		t.Errorf("%s %+v", diff, r)
	}
}

func TestRecountGrades(t *testing.T) {
	text := strings.NewReplacer("approval", "scoring", "min_length;0", "max_points;2", "voter_id;vote", "voter_id;vote;points",
		"1;a,b", "1;a,b;2,0", "2;a\n", "2;a;2\n", "3;a,c", "3;a,c;0,2", "4;b", "4;b;2", "5;c", "5;c;2", "6;\n", "6;;\n").Replace(quartier)
	// of five judgments, missing ones the worst: a 0 0 0 2 2, b 0 0 0 0 2, c 0 0 0 2 2; a and c tie, c is cheaper.
	var r Report
	if err := json.Unmarshal([]byte(recount(t, text, Request{Rule: "majority_judgment"})), &r); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]int{"a": 1, "b": 3, "c": 1}, r.Ranks); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"c", "a"}, r.Winners); diff != "" {
		t.Error(diff)
	}
}

func TestRecountPolls(t *testing.T) {
	got := recount(t, ` [{"name":"x","tallies_worst_to_best":[[3,2,0,5],[2,3,0,5]]},{"tallies_worst_to_best":[]}]`, Request{})
	if got != "[[2,1],[]]" {
		t.Error(got)
	}
}

func TestRecountRefusals(t *testing.T) {
	cases := map[string]struct {
		text string
		q    Request
	}{
		"unknown rule":      {quartier, Request{Rule: "lottery"}},
		"rule of others":    {quartier, Request{Rule: "mes_points"}},
		"undeclared rule":   {strings.Replace(quartier, "rule;greedy", "rule;unknown", 1), Request{}},
		"truncated":         {quartier[:200], Request{}},
		"no file":           {"", Request{}},
		"not JSON":          {"[{", Request{}},
		"negative tally":    {`[{"tallies_worst_to_best":[[1,-1]]}]`, Request{}},
		"unequal judgments": {`[{"tallies_worst_to_best":[[1,1],[1,2]]}]`, Request{}},
		"strict":            {strings.Replace(quartier, "min_length;0\n", "min_length;1\n", 1), Request{Options: pabulib.Options{Strict: true}}},
	}
	for name, c := range cases {
		_, err := Recount(t.Context(), strings.NewReader(c.text), c.q)
		if err == nil || !IsRefusal(err) {
			t.Errorf("%s: %v", name, err)
		}
		if _, listed := errors.AsType[*pabulib.Error](err); name == "strict" && !listed {
			t.Errorf("no list of defects: %v", err)
		}
	}
}
