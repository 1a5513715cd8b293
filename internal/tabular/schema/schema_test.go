package schema_test

import (
	"os"
	"strings"
	"testing"

	"parvis/internal/tabular/schema"

	"pgregory.net/rapid"
)

func read(t testing.TB, descriptor string) *schema.Schema {
	t.Helper()
	s, err := schema.Read([]byte(descriptor))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

const small = `{"name":"t","fields":[
 {"name":"SIRET","type":"string","constraints":{"required":true,"pattern":"^\\d{14}$","unique":true}},
 {"name":"JOUR","type":"date"},{"name":"FIN","type":"date"},
 {"name":"N","type":"integer"},{"name":"A","type":"integer"},{"name":"B","type":"integer"},
 {"name":"AN","type":"string","constraints":{"pattern":"^[0-9]{4}(\\/[0-9]{4})?$"}},
 {"name":"GENRE","type":"string","constraints":{"enum":["x","y"],"maxLength":1}},
 {"name":"LIEN","type":"string","format":"uri"},{"name":"MATIERE","type":"string"}],
 "custom_checks":[{"name":"french-siret-value","params":{"column":"SIRET"}},
 {"name":"compare-columns-value","params":{"column":"FIN","op":">=","column2":"JOUR"}},
 {"name":"cohesive-columns-value","params":{"column":"N","othercolumns":["A","B"]}},
 {"name":"sum-columns-value","params":{"column":"N","columns":["A","B"]}},
 {"name":"year-interval-value","params":{"column":"AN","allow-year-only":"yes"}},
 {"name":"nomenclature-actes-value","params":{"column":"MATIERE"}}]}`

const siret = "21860194600013" // the example of the SCDL: Poitiers

func TestEachDefectIsFound(t *testing.T) {
	s := read(t, small)
	header := s.Header()
	good := []string{siret, "2018-03-12", "2018-03-13", "12", "10", "2", "2017/2018", "x", "https://a.fr/b?c=1", "Finances locales/subventions"}
	if found := s.Validate(header, [][]string{good}); len(found) != 0 {
		t.Fatalf("a good row: %v", found)
	}
	for name, c := range map[string]struct {
		column int
		value  string
		code   string
	}{
		"missing":                {0, "", "required-constraint"},
		"thirteen digits":        {0, "2186019460001", "pattern-constraint"},
		"a wrong key":            {0, "21860194600014", "french-siret-value"},
		"no such day":            {1, "2018-02-30", "type-error"},
		"a French date":          {1, "12/03/2018", "type-error"},
		"ends before it begins":  {2, "2018-03-11", "compare-columns-value"},
		"not a whole number":     {3, "12,0", "type-error"},
		"not the sum":            {3, "13", "sum-columns-value"},
		"one alone is missing":   {4, "", "cohesive-columns-value"},
		"years upside down":      {6, "2018/2017", "year-interval-value"},
		"years of two digits":    {6, "17/18", "pattern-constraint"},
		"not in the list":        {7, "z", "enumerable-constraint"},
		"too long":               {7, "xx", "maximum-length-constraint"},
		"no address":             {8, "ma ville", "type-error"},
		"no slash":               {9, "Finances locales", "nomenclature-actes-value"},
		"no matter":              {9, "Sports/piscine", "nomenclature-actes-value"},
		"a space at the slash":   {9, "Finances locales /subventions", "nomenclature-actes-value"},
		"a space after":          {9, "Finances locales/ subventions", "nomenclature-actes-value"},
		"accents do not count":   {9, "LIBERTES PUBLIQUES ET POUVOIRS DE POLICE/police", ""},
		"a year alone is enough": {6, "2018", ""},
	} {
		row := append([]string{}, good...)
		row[c.column] = c.value
		codes := map[string]bool{}
		for _, d := range s.Validate(header, [][]string{row}) {
			codes[d.Code] = true
			if d.Row != 2 {
				t.Errorf("%s: row %d", name, d.Row)
			}
		}
		if c.code == "" && len(codes) > 0 || c.code != "" && !codes[c.code] {
			t.Errorf("%s: %v, want %s", name, codes, c.code)
		}
	}
	if found := s.Validate(header, [][]string{good, good}); len(found) != 1 || found[0].Code != "unique-constraint" || found[0].Row != 3 {
		t.Errorf("twice: %v", found)
	}
	if found := s.Validate([]string{"JOUR", "AUTRE"}, nil); len(found) != 2 {
		t.Errorf("headers: %v", found)
	}
}

// What the validator cannot apply is refused when the schema is read, never skipped.
func TestAnUnknownRuleIsRefused(t *testing.T) {
	for _, d := range []string{
		`{"fields":[{"name":"a","type":"geopoint"}]}`,
		`{"fields":[{"name":"a","type":"string","constraints":{"pattern":"(a)\\1"}}]}`,
		`{"fields":[{"name":"a","type":"string"}],"custom_checks":[{"name":"phone-number-value","params":{"column":"a"}}]}`,
		`{"fields":[{"name":"a","type":"string"}],"custom_checks":[{"name":"french-siret-value","params":{"column":"b"}}]}`,
		`{"fields":[{"name":"a","type":"integer","constraints":{"minimum":3}}]}`,
		`[`,
	} {
		if _, err := schema.Read([]byte(d)); err == nil {
			t.Errorf("%s is read", d)
		}
	}
}

// A digit changed in a SIRET is always found, La Poste apart, whose key is weaker.
func TestTheKeyOfASIRET(t *testing.T) {
	for _, good := range []string{siret, "35600000000048", "35600000049837"} {
		if !schema.ValidSIRET(good) {
			t.Errorf("%s", good)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		i := rapid.IntRange(0, 13).Draw(t, "place")
		d := rapid.SampledFrom(strings.Split("0123456789", "")).Draw(t, "digit")
		if changed := siret[:i] + d + siret[i+1:]; changed != siret && schema.ValidSIRET(changed) {
			t.Errorf("%s", changed)
		}
	})
}

// The national schemas that use only what is known are read; PARVIS_SCDL names their folder.
func TestThePublishedSchemaIsRead(t *testing.T) {
	body, err := os.ReadFile("../../council/scdl/deliberations-2.1.5.json")
	if err != nil {
		t.Fatal(err)
	}
	s := read(t, string(body))
	if len(s.Fields) != 17 || len(s.Checks) != 11 || s.Version != "2.1.5" {
		t.Errorf("%d fields, %d checks, version %s", len(s.Fields), len(s.Checks), s.Version)
	}
}
