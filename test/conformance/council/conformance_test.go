package council

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"parvis/internal/calendar"
	"parvis/internal/council"
	"parvis/internal/council/scdl"
)

const published = "../../../internal/council/scdl/deliberations-2.1.5.json"

// node runs a script with a module of npm, or skips the test when either is missing.
func node(t *testing.T, module, script string, args ...string) []byte {
	t.Helper()
	if _, err := exec.LookPath("node"); err != nil {
		t.Skip("node is not installed")
	}
	if _, err := os.Stat(filepath.Join("../../../node_modules", module)); err != nil {
		t.Skip(module + " is not installed: npm ci")
	}
	out, err := exec.Command("node", append([]string{script}, args...)...).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return out
}

func good() scdl.Deliberation {
	return scdl.Deliberation{CollectiviteName: "Ville de Valmont", SIRET: "21860194600013", ID: "2018-DEL-12", Date: "2018-01-22", MatterCode: "8.7",
		MatterName: "Domaines de compétences par thèmes/transports", Object: "Plan vélo, « deuxième » tranche ; \"suite\"", BudgetYear: "2018",
		BudgetName: "Budget principal", Authority: "PREF038", Received: "2018-01-24", URL: "https://valmont.example/del/12?a=1&b=2",
		Votes: &scdl.Votes{Effectif: 43, Reel: 40, Pour: 25, Contre: 10, Abstention: 5}}
}

// planted are lines with a defect that Table Schema itself can see; the French checks go further, and have
// their own tests.
func planted() []scdl.Deliberation {
	edit := func(do func(*scdl.Deliberation)) scdl.Deliberation {
		d := good()
		do(&d)
		return d
	}
	return []scdl.Deliberation{good(),
		edit(func(d *scdl.Deliberation) { d.CollectiviteName = "" }),
		edit(func(d *scdl.Deliberation) { d.SIRET = "2186019460001" }),
		edit(func(d *scdl.Deliberation) { d.Date = "22/01/2018" }),
		edit(func(d *scdl.Deliberation) { d.Date = "2018-02-30" }),
		edit(func(d *scdl.Deliberation) { d.MatterCode = "87" }),
		edit(func(d *scdl.Deliberation) { d.BudgetYear = "18" }),
		edit(func(d *scdl.Deliberation) { d.URL = "ma ville" }),
		edit(func(d *scdl.Deliberation) { d.Received = "hier" }),
		edit(func(d *scdl.Deliberation) { d.Votes, d.BudgetYear, d.BudgetName = nil, "", "" }),
	}
}

func file(t *testing.T, name string, body []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, body, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// The two validators find the same cells, for what both look at.
func TestTableSchemaFindsWhatOursFinds(t *testing.T) {
	var b bytes.Buffer
	if err := scdl.Write(&b, planted()); err != nil {
		t.Fatal(err)
	}
	var theirs []struct{ Row, Column int }
	if err := json.Unmarshal(node(t, "tableschema", "tableschema.mjs", published, file(t, "d.csv", b.Bytes())), &theirs); err != nil {
		t.Fatal(err)
	}
	var want, got []string
	for _, d := range theirs {
		want = append(want, fmt.Sprintf("%d:%d", d.Row, d.Column))
	}
	s, err := scdl.Schema()
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&b).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range s.Validate(rows[0], rows[1:]) {
		if strings.HasSuffix(d.Code, "-constraint") || d.Code == "type-error" {
			got = append(got, fmt.Sprintf("%d:%d", d.Row, slices.Index(rows[0], d.Column)+1))
		}
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(slices.Compact(want), slices.Compact(got)) || len(got) < 8 {
		t.Errorf("npm tableschema finds %v, ours %v", want, got)
	}
}

// Meetings before and after the hour changes, moved and cancelled, are read by ical.js as they were meant.
func TestAnotherParserReadsTheAgenda(t *testing.T) {
	stamp := time.Date(2018, 3, 12, 8, 0, 0, 0, time.UTC)
	c := calendar.Calendar{Name: "COPIL"}
	want := map[string]string{}
	for i, m := range []council.Meeting{
		{ID: "winter", Day: "2018-03-23", Clock: "14:30", Status: council.Convened, Sequence: 0},
		{ID: "summer", Day: "2018-03-26", Clock: "14:30", Status: council.Convened, Sequence: 3}, // the clocks changed on the 25th
		{ID: "autumn", Day: "2018-10-28", Clock: "02:30", Status: council.Convened},              // an hour that comes twice
		{ID: "holiday", Day: "2018-05-08", Clock: "09:00", Status: council.Cancelled, Sequence: 5},
	} {
		m.Number, m.Minutes = fmt.Sprintf("COPIL-2018-%d", i+1), 90
		l := council.MeetingLine{Meeting: m, Of: council.Committee{NameFR: "Comité, dit « COPIL » ; élargi"}}
		c.Events = append(c.Events, l.Entry("fr", "valmont.example", "https://valmont.example/fr/seances/"+m.Number, stamp))
		status := "CONFIRMED"
		if m.Status == council.Cancelled {
			status = "CANCELLED"
		}
		want[string(m.ID)+"@valmont.example"] = fmt.Sprint(m.Sequence, " ", status, " ", m.Starts().UTC().Format("2006-01-02T15:04:05.000Z"), " ",
			m.Starts().Add(90*time.Minute).UTC().Format("2006-01-02T15:04:05.000Z"), " Comité, dit « COPIL » ; élargi · ", m.Number)
	}
	var b bytes.Buffer
	if err := c.Write(&b); err != nil {
		t.Fatal(err)
	}
	var read struct {
		Method string
		Events []struct {
			UID, Summary, Status, Start, End string
			Sequence                         int
		}
	}
	if err := json.Unmarshal(node(t, "ical.js", "ical.mjs", file(t, "a.ics", b.Bytes())), &read); err != nil {
		t.Fatal(err)
	}
	if read.Method != "" || len(read.Events) != len(want) {
		t.Fatalf("%+v", read)
	}
	for _, e := range read.Events {
		if got := fmt.Sprint(e.Sequence, " ", e.Status, " ", e.Start, " ", e.End, " ", e.Summary); got != want[e.UID] {
			t.Errorf("%s\ngot  %s\nwant %s", e.UID, got, want[e.UID])
		}
	}
}
