package scdl_test

import (
	"testing"

	"parvis/internal/calendar"
	"parvis/internal/council/scdl"
)

// What is completed from the nomenclature passes the checks of the schema itself.
func TestMattersAreNamedAsTheSchemaWants(t *testing.T) {
	named := 0
	for first := '1'; first <= '9'; first++ {
		for _, second := range []string{"1", "2", "3", "4", "5", "6", "7", "8", "9", "10"} {
			code := string(first) + "." + second
			name := scdl.MatterName(code)
			if name == "" {
				continue
			}
			named++
			_, bad, err := scdl.Check([]scdl.Deliberation{{CollectiviteName: "Valmont", SIRET: "21860194600013", ID: "1", Date: calendar.Day("2018-01-22"),
				MatterCode: code, MatterName: name, Object: "o"}})
			if err != nil || len(bad) > 0 {
				t.Errorf("%s %s: %v %v", code, name, bad, err)
			}
		}
	}
	if named < 50 {
		t.Errorf("%d matters are named", named)
	}
	for code, want := range map[string]string{"8.7": "Domaines de compétences par thèmes/Transports", "7.10": "Finances locales/Divers", "0.1": "", "8.99": "", "10.1": "", "8": "", "": "", "-1.1": "", "8.7.1": "", "08.7": "", "8.07": ""} {
		if got := scdl.MatterName(code); got != want {
			t.Errorf("%q: %q, want %q", code, got, want)
		}
	}
}
