package recount_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parvis/internal/act/acttest"
	"parvis/internal/act/verify"
	"parvis/internal/participation/recount"
	"parvis/internal/participation/tally"
)

type poll struct {
	Name     string    `json:"name"`
	Grades   int       `json:"grades"`
	Judges   int       `json:"judges"`
	Gradings [][]int64 `json:"tallies_worst_to_best"`
	Ranks    []int     `json:"ranks_lower_median"`
}

func readPolls(t *testing.T) (path string, list []poll) {
	t.Helper()
	dir := os.Getenv("PARVIS_MJ")
	if dir == "" {
		t.Skip("PARVIS_MJ names no folder with polls.json")
	}
	path = filepath.Join(dir, "polls.json")
	raw, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(raw, &list)
	}
	if err != nil {
		t.Fatal(err)
	}
	return path, list
}

// draft gives ballots that have the grades of a poll: judge j gives each project the jth grade from the
// worst. Nobody knows which ballots there really were, and majority judgment does not ask.
func (p poll) draft(id string) recount.Draft {
	var b strings.Builder
	b.WriteString("META\nkey;value\ndescription;Sondage\ncountry;France\nunit;u\ninstance;i\nnum_projects;" + strconv.Itoa(len(p.Gradings)) + "\nnum_votes;" +
		strconv.Itoa(p.Judges) + "\nbudget;1\nvote_type;scoring\nrule;unknown\ndate_begin;2018\ndate_end;2018\nPROJECTS\nproject_id;cost\n")
	ids := make([]string, len(p.Gradings))
	rows := make([][]string, len(p.Gradings))
	for i, g := range p.Gradings {
		ids[i] = "p" + strconv.Itoa(1000+i)
		b.WriteString(ids[i] + ";1\n")
		for grade, n := range g {
			for range n {
				rows[i] = append(rows[i], strconv.Itoa(grade))
			}
		}
	}
	b.WriteString("VOTES\nvoter_id;vote;points\n")
	for j := range p.Judges {
		points := make([]string, len(rows))
		for i := range rows {
			points[i] = rows[i][j]
		}
		b.WriteString(strconv.Itoa(j) + ";" + strings.Join(ids, ",") + ";" + strings.Join(points, ",") + "\n")
	}
	rules := &tally.Document{Format: tally.DocumentFormat, Rule: "majority_judgment", Budget: int64(len(ids)), Ballot: tally.BallotRules{Kind: "grades", Grades: make([]string, p.Grades)},
		Conventions: tally.Conventions{Missing: "refused", Fit: "skip"}, Publish: tally.Publication{Ballots: true, Totals: true},
		Lots: []tally.LotDocument{{ID: "l", Name: "l", Seats: len(ids), Cap: 1}}}
	return recount.Draft{ID: id, Title: p.Name, Begin: "2018", End: "2018", Rules: rules, Lots: []recount.Ballots{from(b.String())}}
}

// Every poll is published as an election, has the ranks that two independent programs gave it, and is
// recounted by both verifiers. The few with very many judges are left to the next test.
func TestPollsAreRecounted(t *testing.T) {
	_, list := readPolls(t)
	c := newTown(t, acttest.Keys(t))
	held := 0
	for i, p := range list {
		if p.Judges > 5000 {
			continue
		}
		held++
		made := c.hold(t, p.draft("poll-"+strconv.Itoa(i)))
		if diff := cmp.Diff(p.Ranks, made.Lots[0].Outcome.Ranks); diff != "" {
			t.Errorf("%s: %s", p.Name, diff)
		}
	}
	c.flush(t)
	if w := recounted(t, c.site, verify.Options{}); !w.OK() || len(w.Elections) != held || held < 200 {
		t.Errorf("%d of %d polls held, %d recounted", held, len(list), len(w.Elections))
	}
	if said, accepted := stranger(t, c.site); !accepted || strings.Count(said, "\naccepted: ") != held {
		t.Errorf("the stranger says %s", tail(said))
	}
}

// The second program gives every poll its ranks, those of few judges too, whose ballots are never published.
func TestTheStrangerRanksEveryPoll(t *testing.T) {
	path, _ := readPolls(t)
	pythonOrSkip(t)
	const program = `import json, sys
sys.path.insert(0, "../../../test/conformance/elections")
from count import majority_value
wrong = 0
for poll in json.load(open(sys.argv[1])):
    values = [majority_value(g) for g in poll["tallies_worst_to_best"]]
    wrong += [1 + sum(w > v for w in values) for v in values] != poll["ranks_lower_median"]
print(wrong)`
	out, err := exec.Command("python3", "-B", "-c", program, path).CombinedOutput()
	if err != nil || strings.TrimSpace(string(out)) != "0" {
		t.Errorf("%v: %s polls are ranked otherwise", err, out)
	}
}
