package tabular_test

import (
	"errors"
	"strings"
	"testing"

	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/i18n"
	"parvis/internal/money"
	"parvis/internal/tabular"

	"github.com/google/go-cmp/cmp"
)

func columns() []tabular.Column {
	return []tabular.Column{
		{Field: "unit", Names: []string{"Entité", "Direction"}, Required: true, Filled: true},
		{Field: "from", Names: []string{"Date de début", "Début"}, Required: true},
		{Field: "asked", Names: []string{"Demandé"}},
		{Field: "budget", Names: []string{"Budget"}},
		{Field: "posts", Names: []string{"Nombre de postes"}},
		{Field: "public", Names: []string{"Public ?"}},
		{Field: "units", Names: []string{"Directions associées"}},
		{Field: "kind", Names: []string{"Genre"}},
		{Field: "share", Names: []string{"Quotité"}},
	}
}

type line struct {
	Unit   string
	From   calendar.Day
	Asked  calendar.Fuzzy
	Budget money.Amount
	Posts  int64
	Public bool
	Units  []string
	Kind   string
	Share  float64
}

func bind(t *testing.T, csv string) ([]line, *tabular.Table) {
	t.Helper()
	table, err := read(t, csv).Sheets[0].Bind(columns()...)
	if err != nil {
		t.Fatal(err)
	}
	var lines []line
	for r := range table.Rows() {
		l := line{r.Text("unit"), r.Day("from"), r.Fuzzy("asked"), r.Amount("budget"), r.Integer("posts"),
			r.Boolean("public"), r.List("units"), r.OneOf("kind", map[string]string{"idee": "idea"}), r.Decimal("share")}
		if r.OK() {
			lines = append(lines, l)
		}
	}
	return lines, table
}

func TestBindReadsTolerantHeadersAndTypedCells(t *testing.T) {
	got, table := bind(t, strings.Join([]string{
		"Liste des projets 2014;;;;;;;;;",
		"",
		"DIRECTION(S);date-de-debut;DEMANDÉ;Budget;Nombre de postes;public;Directions associées;genre;Remarque;quotité",
		"DVD;05/04/2014;T2 2014;180 k€;1 200;oui;\"DEVE | Jeunesse, sports; DAC\";Idée;bof;0,5",
		"DAC;;;;;;;;;",
	}, "\n"))
	if err := table.Err(); err != nil {
		t.Fatal(err)
	}
	want := []line{
		{"DVD", "2014-04-05", "2014-Q2", money.Euros(180_000), 1200, true, []string{"DEVE", "Jeunesse, sports", "DAC"}, "idea", 0.5},
		{Unit: "DAC"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"Remarque"}, table.Unknown); diff != "" {
		t.Error(diff)
	}
}

func TestEveryDefectIsReportedWithItsPlace(t *testing.T) {
	got, table := bind(t, "Entité;Début;Demandé;Budget;Nombre de postes;Public;Directions associées;Genre;Quotité\n"+
		"DVD;31/02/2014;bientôt;1.234;douze;peut-être;;Rêve;0x1p4\n"+
		";05/04/2014;;;;;;;\n"+
		"DAC;05/04/2014;;;;;;;\n")
	f, ok := errors.AsType[*fault.Error](table.Err())
	if !ok || f.Kind != fault.Invalid {
		t.Fatal(table.Err())
	}
	places := map[string]string{}
	for _, d := range f.Fields {
		places[d.Name] = d.Key
	}
	want := map[string]string{"B2": "calendar.day.impossible", "C2": "calendar.fuzzy.format", "D2": "money.ambiguous",
		"E2": "tabular.cell.integer", "F2": "tabular.cell.boolean", "H2": "tabular.cell.choice", "I2": "tabular.cell.number", "A3": "tabular.cell.blank"}
	if diff := cmp.Diff(want, places); diff != "" {
		t.Error(diff)
	}
	if len(got) != 1 || got[0].Unit != "DAC" {
		t.Errorf("sound rows: %v", got)
	}
	catalog, err := i18n.Load()
	check(t, err)
	for _, lang := range i18n.Languages() {
		for _, d := range f.Fields {
			if s := catalog.Printer(lang).Field(d); strings.Contains(s, "⟦") {
				t.Errorf("%s: %s", lang, s)
			}
		}
	}
}

func TestManyDefectsAreCountedButNotAllKept(t *testing.T) {
	_, table := bind(t, "Entité;Début\n"+strings.Repeat("DVD;jamais\n", 1000))
	f, _ := errors.AsType[*fault.Error](table.Err())
	if len(f.Fields) != 200 || f.Args[1] != 1000 {
		t.Errorf("%d kept of %v", len(f.Fields), f.Args[1])
	}
}

func TestBindRefusesAHeaderThatIsMissingOrTwice(t *testing.T) {
	for data, want := range map[string]map[string]string{
		"Budget;Genre\n1;2":              {"A1": "tabular.header.column_missing"},
		"Entité;Début;direction\na;b;c":  {"C1": "tabular.header.column_twice"},
		"x;y\n1;2":                       {"A1": "tabular.header.column_missing"},
		"":                               {"A1": "tabular.header.column_missing"},
		"titre\n\nEntité;Budget\nDVD;12": {"A3": "tabular.header.column_missing"},
	} {
		_, err := read(t, data).Sheets[0].Bind(columns()...)
		f, ok := errors.AsType[*fault.Error](err)
		if !ok {
			t.Fatalf("%q bound", data)
		}
		got := map[string]string{}
		for _, d := range f.Fields {
			got[d.Name] = d.Key
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q: %s", data, diff)
		}
	}
}
