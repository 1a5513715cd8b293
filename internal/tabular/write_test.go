package tabular_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"parvis/internal/calendar"
	"parvis/internal/money"
	"parvis/internal/tabular"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"
)

func rows(all ...[]any) tabular.Output {
	return tabular.Output{Sheet: "Parts", Header: []string{"Entité", "Début"}, Rows: slices.Values(all)}
}

func TestCSVForFrenchExcelAndForMachines(t *testing.T) {
	at := calendar.Day("2014-04-05").Clock(14, 5)
	o := rows([]any{"DVD", calendar.Day("2014-04-05"), money.Cents(-123456), 1.5, int64(-3), true, at, nil},
		[]any{"=1+1", calendar.Fuzzy("2014-Q2"), money.Amount{}, []string{"a", "b"}, "-12,5", "@x", time.Time{}, calendar.Fuzzy("2014-05-06")})
	for name, c := range map[string]struct {
		dialect tabular.Dialect
		want    string
	}{
		"french": {tabular.French(), "\ufeffEntité;Début\r\nDVD;05/04/2014;-1234,56;1,5;-3;true;05/04/2014 14:05;\r\n" +
			"'=1+1;2014-Q2;;\"a; b\";-12,5;'@x;;06/05/2014\r\n"},
		"machine": {tabular.Machine(), "Entité,Début\r\nDVD,2014-04-05,-1234.56,1.5,-3,true,2014-04-05 14:05,\r\n" +
			"'=1+1,2014-Q2,,a; b,\"-12,5\",'@x,,2014-05-06\r\n"},
	} {
		var b bytes.Buffer
		check(t, tabular.WriteCSV(&b, o, c.dialect))
		if diff := cmp.Diff(c.want, b.String()); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestXLSXIsReadByAnotherLibrary(t *testing.T) {
	var b bytes.Buffer
	check(t, tabular.WriteXLSX(&b, rows([]any{"=HYPERLINK(\"http://x\")", calendar.Day("2014-04-05"), money.Cents(123456), calendar.Fuzzy("2014")}),
		tabular.Output{Sheet: "Parts", Rows: slices.Values([][]any{})}))
	f, err := excelize.OpenReader(&b)
	check(t, err)
	defer f.Close()
	if diff := cmp.Diff([]string{"Parts", "Feuille 2"}, f.GetSheetList()); diff != "" {
		t.Error(diff)
	}
	shown, err := f.GetRows("Parts")
	check(t, err)
	if diff := cmp.Diff([][]string{{"Entité", "Début"}, {"=HYPERLINK(\"http://x\")", "05/04/2014", "1,234.56 €", "2014"}}, shown); diff != "" {
		t.Error(diff)
	}
	if formula, _ := f.GetCellFormula("Parts", "A2"); formula != "" {
		t.Errorf("a formula was written: %s", formula)
	}
	panes, err := f.GetPanes("Parts")
	if err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("header not frozen: %+v, %v", panes, err)
	}
}

var awkward = rapid.StringOf(rapid.OneOf(rapid.Rune(), rapid.RuneFrom([]rune("=+-@'\t\n;,\"é€ _x0")), rapid.RuneFrom([]rune("ab1"))))

// normal is what a text keeps: no control characters, no CR, no space around, at least something.
func normal(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0xfffe || r == 0xffff || r == 0xfffd || r == 0xfeff {
			return -1
		}
		return r
	}, s)
	return strings.TrimSpace(s)
}

func TestRoundTrips(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := normal(awkward.Draw(t, "text"))
		day := calendar.Day("1900-03-01").AddDays(rapid.IntRange(0, 2_900_000).Draw(t, "day"))
		amount := money.Cents(rapid.Int64Range(-99_999_999_999_999, 99_999_999_999_999).Draw(t, "cents"))
		n := rapid.Int64Range(-1e15, 1e15).Draw(t, "n")
		o := tabular.Output{Header: []string{"T", "D", "A", "N", "B"}, Rows: slices.Values([][]any{{text, day, amount, n, true}})}
		for _, write := range []func(*bytes.Buffer) error{
			func(b *bytes.Buffer) error { return tabular.WriteXLSX(b, o) },
			func(b *bytes.Buffer) error { return tabular.WriteCSV(b, o, tabular.French()) },
			func(b *bytes.Buffer) error { return tabular.WriteCSV(b, o, tabular.Machine()) },
		} {
			var b bytes.Buffer
			if err := write(&b); err != nil {
				t.Fatal(err)
			}
			book, err := tabular.Read(&b, tabular.Usual())
			if err != nil {
				t.Fatal(err)
			}
			table, err := book.Sheets[0].Bind(tabular.Column{Field: "t", Names: []string{"T"}}, tabular.Column{Field: "d", Names: []string{"D"}},
				tabular.Column{Field: "a", Names: []string{"A"}}, tabular.Column{Field: "n", Names: []string{"N"}}, tabular.Column{Field: "b", Names: []string{"B"}})
			if err != nil {
				t.Fatal(err)
			}
			for r := range table.Rows() {
				if got := r.Text("t"); got != text {
					t.Fatalf("text %q read as %q", text, got)
				}
				if r.Day("d") != day || r.Amount("a") != amount || r.Integer("n") != n || !r.Boolean("b") || table.Err() != nil {
					t.Fatalf("%s %v %d read as %s %v %d (%v)", day, amount, n, r.Day("d"), r.Amount("a"), r.Integer("n"), table.Err())
				}
			}
		}
	})
}

// No text may begin, once written, with what starts a formula in a spreadsheet.
func TestNothingWrittenToCSVIsAFormula(t *testing.T) {
	for _, s := range []string{"=1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "'=1", "＝1", "-0x1p4", "+Inf"} {
		if got := tabular.Neutral(s); got != "'"+s || tabular.Plain(got) != s {
			t.Errorf("Neutral(%q) = %q", s, got)
		}
	}
	for _, s := range []string{"", "-5", "+33612345678", "-1,5", "a=1", "l'été", "'tis"} {
		if tabular.Neutral(s) != s || tabular.Plain(s) != s {
			t.Errorf("%q is not a formula", s)
		}
	}
}

func TestFileName(t *testing.T) {
	for title, want := range map[string]string{"Parts de l’été": "Parts de l’été.csv", "../../etc/passwd": "passwd.csv", "a:b*?": "a-b.csv"} {
		if got := tabular.FileName(title, "csv"); got != want {
			t.Errorf("%q: %q", title, got)
		}
	}
}
