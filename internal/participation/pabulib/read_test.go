package pabulib

import (
	"bytes"
	"errors"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"parvis/internal/fault"
)

func TestEveryFieldComesBack(t *testing.T) {
	raw, err := os.ReadFile("testdata/quartier.pb")
	if err != nil {
		t.Fatal(err)
	}
	for _, variant := range [][]byte{raw, bytes.TrimSuffix(raw, []byte("\n")), append([]byte("\uFEFF"), raw...)} {
		h, votes, _, err := ReadAll(bytes.NewReader(variant), Options{Strict: true})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(variant), string(write(t, h, votes))); diff != "" {
			t.Error(diff)
		}
	}
}

func TestReadsWhatIsWritten(t *testing.T) {
	raw, _ := os.ReadFile("testdata/quartier.pb")
	h, votes, _, err := ReadAll(bytes.NewReader(raw), Options{Strict: true})
	if err != nil {
		t.Fatal(err)
	}
	if got := h.Get("description"); got != "Budget participatif ; un essai" {
		t.Errorf("description %q", got)
	}
	if b, _ := h.Amount("budget"); b != (Decimal{10005, 1}) {
		t.Errorf("budget %v", b)
	}
	if got := h.Field(h.Projects[1], "name"); got != "Deux\nlignes" {
		t.Errorf("name %q", got)
	}
	if !h.Projects[2].Withdrawn() || h.Projects[0].Withdrawn() {
		t.Error("c alone is withdrawn")
	}
	want := []Choice{{Project: 1}, {Project: 0}}
	if diff := cmp.Diff(want, votes[2].Choices); diff != "" {
		t.Error(diff)
	}
	if votes[0].Line != 25 || h.VoteField(&votes[0], "survey") != "x;y" {
		t.Errorf("line %d survey %q", votes[0].Line, h.VoteField(&votes[0], "survey"))
	}
}

// small is a valid file that the cases below spoil.
const small = `META
key;value
description;d
country;France
unit;u
instance;2026
num_projects;2
num_votes;2
budget;100
vote_type;cumulative
rule;greedy
date_begin;2026
date_end;2026
max_length;2
max_sum_points;5
PROJECTS
project_id;cost;votes
a;60;2
b;50;1
VOTES
voter_id;vote;points
1;a,b;3,2
2;a;5
`

func TestDefects(t *testing.T) {
	cases := []struct {
		name, old, new string
		line           int
		key            string
		repaired       bool
	}{
		{"no budget", "budget;100\n", "", 15, "pb.meta.missing", false},
		{"negative budget", "budget;100", "budget;-100", 9, "pb.value.negative", false},
		{"overflowing budget", "budget;100", "budget;99999999999999999999", 9, "pb.value.too_large", false},
		{"zero budget", "budget;100", "budget;0", 9, "pb.meta.budget_zero", false},
		{"bad date", "date_end;2026", "date_end;2026-01-01", 13, "pb.value.day", true},
		{"dates reversed", "date_end;2026", "date_end;2025", 13, "pb.meta.order", true},
		{"unknown kind", "vote_type;cumulative", "vote_type;lottery", 10, "pb.value.choice", false},
		{"twice in META", "unit;u", "unit;u\nunit;w", 6, "pb.meta.duplicate", false},
		{"too few projects", "num_projects;2", "num_projects;3", 7, "pb.meta.num_projects", true},
		{"truncated votes", "2;a;5\n", "", 8, "pb.meta.num_votes", true},
		{"same project twice", "b;50;1", "a;50;1", 19, "pb.project.duplicate", false},
		{"negative cost", "b;50;1", "b;-50;1", 19, "pb.value.negative", false},
		{"cost with spaces", "b;50;1", "b;5 0;1", 19, "pb.value.number", true},
		{"cost not a number", "b;50;1", "b;many;1", 19, "pb.value.number", false},
		{"cost too fine", "b;50;1", "b;50.0000001;1", 19, "pb.value.too_fine", false},
		{"dearer than all", "b;50;1", "b;101;1", 19, "pb.project.over_budget", true},
		{"short row", "b;50;1", "b;50", 19, "pb.row.short", true},
		{"long row", "b;50;1", "b;50;1;x", 19, "pb.row.long", false},
		{"votes column wrong", "b;50;1", "b;50;2", 19, "pb.project.total", true},
		{"unknown project", "1;a,b;3,2", "1;a,b,z;3,1,1", 22, "pb.vote.unknown_project", true},
		{"repeated project", "1;a,b;3,2", "1;a,b,a;3,1,1", 22, "pb.vote.twice", true},
		{"spaces in a vote", "1;a,b;3,2", "1;a, b;3,2", 22, "pb.vote.spaces", true},
		{"too many points", "2;a;5", "2;a;6", 23, "pb.vote.at_most", true},
		{"negative points", "2;a;5", "2;a;-5", 23, "pb.vote.points_negative", false},
		{"overflowing points", "2;a;5", "2;a;99999999999999999999", 23, "pb.vote.points", false},
		{"points missing", "2;a;5", "2;a;", 23, "pb.vote.points_number", false},
		{"voter twice", "2;a;5", "1;a;5", 23, "pb.vote.voter_twice", false},
		{"blank line", "VOTES", "\nVOTES", 20, "pb.file.blank_line", true},
		{"not UTF-8", "description;d", "description;caf\xe9", 3, "pb.file.encoding", true},
		{"letters after a quote", "description;d", `description;"d"e`, 3, "pb.record.after_quote", true},
		{"old column", "voter_id;vote;points", "voter_id;vote;points;target", 21, "pb.columns.target", true},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			text := strings.Replace(small, c.old, c.new, 1)
			_, _, defects, err := ReadAll(strings.NewReader(text), Options{Strict: true})
			if d := find(defects, c.key); d == nil || d.Line != c.line {
				t.Errorf("strict: want %s on line %d, got %v", c.key, c.line, defects)
			}
			if err == nil {
				t.Error("strict mode accepts it")
			}
			_, _, _, err = ReadAll(strings.NewReader(text), Options{})
			if (err == nil) != c.repaired {
				t.Errorf("tolerant: %v", err)
			}
		})
	}
}

func find(list []Defect, key string) *Defect {
	for i := range list {
		if list[i].Key == key {
			return &list[i]
		}
	}
	return nil
}

func TestTolerantRepairs(t *testing.T) {
	text := strings.NewReplacer("description;d", "description;caf\xe9", "b;50;1", "b;1 050,50;1",
		"budget;100", "budget;2000", "1;a,b;3,2", "1;z, b,a;1,2,2").Replace(small)
	h, votes, defects, err := ReadAll(strings.NewReader(text), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if h.Get("description") != "café" {
		t.Errorf("description %q", h.Get("description"))
	}
	if h.Projects[1].Cost != (Decimal{10505, 1}) {
		t.Errorf("cost %v", h.Projects[1].Cost)
	}
	if diff := cmp.Diff([]Choice{{1, 2}, {0, 2}}, votes[0].Choices); diff != "" {
		t.Error(diff)
	}
	for _, d := range defects {
		if d.Repair == "" {
			t.Errorf("no word of the repair: %s", d)
		}
	}
}

// What cannot be read further stops at once, with the line, in both modes.
func TestStops(t *testing.T) {
	cases := []struct {
		name, text, key string
		line            int
		limits          Limits
	}{
		{"empty", "", "pb.file.empty", 1, Limits{}},
		{"UTF-16", "\xff\xfeM\x00", "pb.file.utf16", 1, Limits{}},
		{"gzip", "\x1f\x8b\x08\x00", "pb.file.compressed", 1, Limits{}},
		{"zip", "PK\x03\x04", "pb.file.compressed", 1, Limits{}},
		{"binary", "META\nkey;value\na;\x00", "pb.file.binary", 3, Limits{}},
		{"no META", "PROJECTS\n", "pb.file.section", 1, Limits{}},
		{"ends in META", "META\nkey;value\nunit;u\n", "pb.file.truncated", 4, Limits{}},
		{"open quote", strings.Replace(small, "2;a;5", "2;\"a;5", 1), "pb.record.quote_open", 23, Limits{}},
		{"no cost column", strings.Replace(small, "project_id;cost", "project_id;price", 1), "pb.columns.missing", 17, Limits{}},
		{"no points column", strings.Replace(small, "vote;points", "vote;score", 1), "pb.columns.missing", 21, Limits{}},
		{"column twice", strings.Replace(small, "project_id;cost;votes", "project_id;cost;cost", 1), "pb.columns.duplicate", 17, Limits{}},
		{"too long", small, "pb.file.too_long", 3, Limits{Bytes: 20}},
		{"record too long", small, "pb.record.too_long", 10, Limits{Record: 16}},
		{"too many columns", small, "pb.record.columns", 17, Limits{Columns: 2}},
		{"too many projects", small, "pb.projects.too_many", 19, Limits{Projects: 1}},
		{"too many votes", small, "pb.votes.too_many", 23, Limits{Votes: 1}},
	}
	for _, c := range cases {
		for _, strict := range []bool{true, false} {
			_, _, _, err := ReadAll(strings.NewReader(c.text), Options{Strict: strict, Limits: c.limits})
			refusal, ok := errors.AsType[*Error](err)
			if !ok {
				t.Errorf("%s: no refusal: %v", c.name, err)
				continue
			}
			if last := refusal.Defects[len(refusal.Defects)-1]; last.Key != c.key || last.Line != c.line {
				t.Errorf("%s: want %s on line %d, got %s", c.name, c.key, c.line, refusal)
			}
		}
	}
}

func TestErrorIsAFault(t *testing.T) {
	_, err := Open(strings.NewReader(""), Options{})
	refusal, _ := errors.AsType[*Error](err)
	if f := refusal.Fault(); f.Kind != fault.Invalid || f.Fields[0].Name != "1" || f.Fields[0].Key != "pb.file.empty" {
		t.Errorf("fault %v", f)
	}
}

// endless gives a valid header, then the same kind of line for ever.
type endless struct {
	head io.Reader
	line []byte
	at   int
}

func (e *endless) Read(p []byte) (int, error) {
	if n, _ := e.head.Read(p); n > 0 {
		return n, nil
	}
	for i := range p {
		p[i] = e.line[e.at]
		e.at = (e.at + 1) % len(e.line)
	}
	return len(p), nil
}

// An endless file stops at the limit of bytes with a bounded list of defects, whatever its lines.
func TestBombs(t *testing.T) {
	head := small[:strings.Index(small, "1;a,b")]
	for _, line := range []string{"x", "\"", "\n", "7;a;1\n", "7;nobody;1\n", ";;;;;;;\n"} {
		in := &endless{head: strings.NewReader(head), line: []byte(line)}
		_, _, defects, err := ReadAll(in, Options{Limits: Limits{Bytes: 1 << 20}})
		if _, ok := errors.AsType[*Error](err); !ok {
			t.Errorf("%q: %v", line, err)
		}
		if len(defects) > maxDefects {
			t.Errorf("%q: %d defects kept", line, len(defects))
		}
	}
}

func FuzzRead(f *testing.F) {
	raw, _ := os.ReadFile("testdata/quartier.pb")
	f.Add(raw)
	f.Add([]byte(small))
	f.Fuzz(func(t *testing.T, in []byte) {
		h, votes, _, err := ReadAll(bytes.NewReader(in), Options{Limits: Limits{Record: 1 << 12}})
		if err != nil {
			return
		}
		again := write(t, h, votes)
		h2, votes2, _, err := ReadAll(bytes.NewReader(again), Options{})
		if err != nil {
			t.Fatalf("what was written is refused: %v\n%s", err, again)
		}
		if !bytes.Equal(write(t, h2, votes2), again) {
			t.Fatal("writing twice gives two files")
		}
		if len(votes2) != len(votes) {
			t.Fatalf("%d votes, then %d", len(votes), len(votes2))
		}
	})
}
