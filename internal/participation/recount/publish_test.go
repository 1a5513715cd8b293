package recount_test

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"parvis/internal/participation/pabulib"
	"parvis/internal/participation/recount"
	"parvis/internal/participation/tally"
)

// folder puts files in a folder.
func folder(dir string) recount.Put {
	return func(name string, write func(io.Writer) error) error {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		f, err := os.Create(path)
		if err != nil {
			return err
		}
		defer f.Close()
		return write(f)
	}
}

func from(text string) recount.Ballots {
	return func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil }
}

func fromFile(path string) recount.Ballots {
	return func() (io.ReadCloser, error) { return os.Open(path) }
}

func header(t testing.TB, open recount.Ballots) *pabulib.Header {
	t.Helper()
	f, err := open()
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r, err := pabulib.Open(f, pabulib.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return r.Header
}

// draft is an election of one lot, as its file describes it.
func draft(t testing.TB, id, rule string, open recount.Ballots) recount.Draft {
	t.Helper()
	h := header(t, open)
	rules, err := recount.RulesFor(h, rule, "ville")
	if err != nil {
		t.Fatal(err)
	}
	d := recount.DraftFor(h, id, rules)
	d.Engine, d.Lots = "parvis test", []recount.Ballots{open}
	return d
}

// small writes a .pb file of n ballots over five projects, cast in an order and with columns that must
// not be published.
func small(kind string, n int) string {
	var b strings.Builder
	b.WriteString("META\nkey;value\ndescription;Essai; deux\ncountry;France\nunit;Valmont\ninstance;2018\nnum_projects;5\nnum_votes;" + itoa(n) +
		"\nbudget;150\nvote_type;" + kind + "\nrule;greedy\ndate_begin;01.02.2018\ndate_end;2018\nmax_length;3\n")
	scored := kind == "cumulative" || kind == "scoring"
	if scored {
		b.WriteString("max_points;3\n")
	}
	b.WriteString("PROJECTS\nproject_id;cost;votes;name;proposer;popular;district\n" +
		"b;60;0;\"Un banc; deux\";Mme Durand;1;nord\na;50;0;\"Le \"\"grand\"\" arbre\";;0;sud\nc;75.0;0;Fontaine;;0;\nd;20;0;Ruche;;1;nord\ne;999999999;0;Retiré;;0;\n")
	b.WriteString("VOTES\nvoter_id;age;vote" + map[bool]string{true: ";points"}[scored] + "\n")
	votes := []string{"c,b", "a,d,e", "d", "", "b,c,a", "c", "e,a", "d,c", "b"}
	points := []string{"3,1", "2,0,1", "3", "", "1,1,1", "2", "0,3", "3,3", "2"}
	for i := range n {
		line := itoa(90210-i) + ";42;" + votes[i%9]
		if scored {
			line += ";" + points[i%9]
		}
		b.WriteString(line + "\n")
	}
	return b.String()
}

func itoa(n int) string { return string(appendInt(nil, n)) }

func appendInt(b []byte, n int) []byte {
	if n >= 10 {
		b = appendInt(b, n/10)
	}
	return append(b, byte('0'+n%10))
}

func read(t testing.TB, dir, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestPublishTellsNothingOfVoters(t *testing.T) {
	dir := t.TempDir()
	d := draft(t, "v-2018-1", "mes_cost_add1u", from(small("approval", 120)))
	p, err := recount.Publish(t.Context(), d, folder(dir))
	if err != nil {
		t.Fatal(err)
	}
	pb := read(t, dir, "lots/1/ballots.pb")
	projects := read(t, dir, "lots/1/projects.csv")
	if want := "project_id;cost;name;district;popular\nb;60;\"Un banc; deux\";nord;1\na;50;\"Le \"\"grand\"\" arbre\";sud;0\nc;75;Fontaine;;0\nd;20;Ruche;nord;1\ne;999999999;Retiré;;0\n"; projects != want {
		t.Errorf("projects.csv is\n%s", projects)
	}
	if !strings.Contains(pb, "\nPROJECTS\n"+projects+"VOTES\nvoter_id;vote\n1;\n2;\n") {
		t.Errorf("ballots.pb is\n%s", pb)
	}
	for _, secret := range []string{"90210", ";42;", "Durand", "age"} {
		if strings.Contains(pb, secret) {
			t.Errorf("%q is published", secret)
		}
	}
	if p.Lots[0].Published != recount.AllBallots || p.Manifest.Lots[0].Ballots != 120 {
		t.Errorf("%+v", p.Manifest)
	}
	again := t.TempDir()
	d.Lots = []recount.Ballots{fromFile(filepath.Join(dir, "lots/1/ballots.pb"))}
	if _, err := recount.Publish(t.Context(), d, folder(again)); err != nil {
		t.Fatal(err)
	}
	for _, f := range append(p.Manifest.Files, recount.File{Name: "manifest.json"}) {
		if read(t, dir, f.Name) != read(t, again, f.Name) {
			t.Errorf("%s is not the same when published again", f.Name)
		}
	}
}

// What is told of a lot follows from its size and from its rules, whatever the kind of ballots.
func TestDisclosure(t *testing.T) {
	for _, c := range []struct {
		kind, rule string
		n          int
		says       tally.Publication
		want       recount.Disclosure
		files      string
	}{
		{"approval", "greedy_score", 100, tally.Publication{Ballots: true, Totals: true}, recount.AllBallots, "projects.csv ballots.pb"},
		{"approval", "greedy_score", 99, tally.Publication{Ballots: true}, recount.OnlyTotals, "projects.csv totals.csv"},
		{"approval", "mes_cost", 500, tally.Publication{Totals: true}, recount.OnlyTotals, "projects.csv totals.csv"},
		{"ordinal", "greedy_borda", 20, tally.Publication{Totals: true}, recount.OnlyTotals, "projects.csv totals.csv"},
		{"cumulative", "greedy_points", 19, tally.Publication{Ballots: true, Totals: true}, recount.OnlyWinners, "projects.csv"},
		{"cumulative", "greedy_score", 500, tally.Publication{}, recount.OnlyWinners, "projects.csv"},
	} {
		dir := t.TempDir()
		d := draft(t, "e", c.rule, from(small(c.kind, c.n)))
		d.Rules.Publish = c.says
		p, err := recount.Publish(t.Context(), d, folder(dir))
		if err != nil {
			t.Fatal(err)
		}
		var files []string
		list, _ := os.ReadDir(filepath.Join(dir, "lots/1"))
		for _, f := range list {
			files = append(files, f.Name())
		}
		for _, want := range strings.Fields(c.files) {
			if !strings.Contains(strings.Join(files, " "), want) || len(files) != len(strings.Fields(c.files)) {
				t.Errorf("%+v publishes %v", c, files)
			}
		}
		if p.Lots[0].Published != c.want {
			t.Errorf("%+v publishes %s", c, p.Lots[0].Published)
		}
		result := read(t, dir, "result.json")
		if c.want != recount.AllBallots && strings.Contains(result, "voters_without_winner") || c.want == recount.OnlyWinners && strings.Contains(result, "total_cost") {
			t.Errorf("%+v: the result says too much:\n%s", c, result)
		}
	}
}

func TestFreezeBindsRulesAndProjects(t *testing.T) {
	args := func(text string, change func(*tally.Document)) string {
		d := draft(t, "e", "greedy_score", from(text))
		change(d.Rules)
		a, err := recount.Freeze(context.Background(), d.Rules, d.Lots)
		if err != nil {
			t.Fatal(err)
		}
		return a["rules"] + " " + a["projects"]
	}
	same := func(*tally.Document) {}
	base := strings.Fields(args(small("approval", 9), same))
	for name, c := range map[string]struct {
		got             string
		rules, projects bool
	}{
		"more ballots":    {args(small("approval", 120), same), true, true},
		"another rule":    {args(small("approval", 9), func(d *tally.Document) { d.Rule = "mes_cost" }), false, true},
		"another cost":    {args(strings.Replace(small("approval", 9), "d;20;", "d;21;", 1), same), true, false},
		"another name":    {args(strings.Replace(small("approval", 9), "Ruche", "Ruches", 1), same), true, false},
		"another columns": {args(strings.Replace(small("approval", 9), "Mme Durand", "M. Durand", 1), same), true, true},
	} {
		got := strings.Fields(c.got)
		if (got[0] == base[0]) != c.rules || (got[1] == base[1]) != c.projects {
			t.Errorf("%s: %v, was %v", name, got, base)
		}
	}
}

func TestPublishRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		text   string
		change func(*recount.Draft)
		want   string
	}{
		"an unsafe id":       {small("approval", 5), func(d *recount.Draft) { d.ID = "../x" }, "recount.id"},
		"a ballot too long":  {small("approval", 5), func(d *recount.Draft) { d.Rules.Lots[0].MaxLength = 1 }, "recount.ballot_limit"},
		"too many points":    {small("cumulative", 9), func(d *recount.Draft) { d.Rules.Ballot.MaxSumPoints = 3 }, "recount.ballot_limit"},
		"another kind":       {small("cumulative", 5), func(d *recount.Draft) { d.Rules.Ballot.Kind = "approval" }, "recount.kind"},
		"finer costs":        {strings.Replace(small("approval", 5), "c;75.0", "c;75.25", 1), func(d *recount.Draft) { d.Rules.Decimals = 1 }, "recount.decimals"},
		"lots without files": {small("approval", 5), func(d *recount.Draft) { d.Lots = nil }, "recount.lots"},
	} {
		d := draft(t, "e", "greedy_score", from(c.text))
		c.change(&d)
		_, err := recount.Publish(t.Context(), d, func(string, func(io.Writer) error) error { t.Error(name, "something was written"); return nil })
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
