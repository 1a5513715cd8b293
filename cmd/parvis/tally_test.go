package main

import (
	"bytes"
	"context"
	"strings"
	"testing"
)

const ballots = `META
key;value
description;d
country;France
unit;u
instance;2026
num_projects;2
num_votes;2
budget;100
vote_type;approval
rule;greedy
date_begin;2026
date_end;2026
PROJECTS
project_id;cost
a;60
b;50
VOTES
voter_id;vote
1;a,b
2;b
`

func runTally(stdin string, args ...string) (code int, out, err string) {
	var o, e bytes.Buffer
	code = run(context.Background(), terminal{args: append([]string{"tally"}, args...), in: strings.NewReader(stdin), out: &o, err: &e,
		env: func(string) string { return "en" }})
	return code, o.String(), e.String()
}

func TestTally(t *testing.T) {
	cases := []struct {
		name, stdin, flags string
		code               int
		out, err           string
	}{
		{"the declared rule", ballots, "-", exitDone, `"winners":["b"],"total_cost":"50"`, ""},
		{"another rule", ballots, "- --rule mes_cost --json", exitDone, `{"rule":"mes_cost","winners":["b"]`, ""},
		{"every rule", ballots, "--all -", exitDone, `[{"rule":"greedy_score"`, ""},
		{"polls", `[{"tallies_worst_to_best":[[1,0],[0,1]]}]`, "-", exitDone, "[[2,1]]\n", ""},
		{"an unknown rule", ballots, "- --rule luck", exitFailed, "", "No rule is named “luck”"},
		{"a defect repaired", strings.Replace(ballots, "2;b", "2;b,z", 1), "-", exitDone, `"winners":["b"]`, "line 21: the vote names “z”"},
		{"a defect refused", strings.Replace(ballots, "2;b", "2;b,z", 1), "- --strict", exitFailed, "", "The file is refused: 1 defect(s)."},
		{"no file", "", "", exitUsage, "", "parvis tally FILE"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			code, out, err := runTally(c.stdin, strings.Fields(c.flags)...)
			if code != c.code || !strings.Contains(out, c.out) || !strings.Contains(err, c.err) {
				t.Errorf("code %d\n%s\n%s", code, out, err)
			}
		})
	}
}
