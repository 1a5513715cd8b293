package powers_test

import (
	"errors"
	"strconv"
	"strings"
	"testing"

	"parvis/internal/fault"
	"parvis/internal/powers"
)

func TestShippedProfilesParse(t *testing.T) {
	names := powers.ShippedNames()
	if len(names) != 5 {
		t.Fatalf("%d profiles ship, want 5: %v", len(names), names)
	}
	for _, name := range names {
		if _, err := powers.ParseProfile(powers.Shipped(name)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestProfileDefectsHaveLines(t *testing.T) {
	good := string(powers.Shipped(powers.MunicipalTeam))
	for name, try := range map[string]struct{ old, new, key string }{
		"syntax":       {`edition     = 1`, `edition     = `, "powers.profile.syntax"},
		"unknown key":  {`role  = "head:mission"`, "role  = \"head:mission\"\nroel = \"x\"", "powers.profile.key_unknown"},
		"unknown role": {`role  = "head:mission"`, `role  = "chief"`, "powers.profile.role_unknown"},
		"mode":         {`mode  = "opinion"`, `mode  = "says"`, "powers.profile.value_unknown"},
		"amounts":      {`amount_upto = 250000`, `amount_upto = 20000`, "powers.profile.amounts"},
		"pattern":      {`"powers.*"`, `"pow*ers"`, "powers.pattern_invalid"},
		"enforcement":  {`"indicatif" #`, `"strict" #`, "powers.profile.value_unknown"},
		"committee":    {`role  = "head:mission"`, `role  = "committee:NONE"`, "powers.profile.committee_unknown"},
	} {
		bad := strings.Replace(good, try.old, try.new, 1)
		_, err := powers.ParseProfile([]byte(bad))
		f, ok := errors.AsType[*fault.Error](err)
		if !ok || len(f.Fields) == 0 {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if f.Fields[0].Key != try.key {
			t.Errorf("%s: %v, want %s", name, f.Fields, try.key)
		}
		at, _, _ := strings.Cut(f.Fields[0].Name, ":")
		if lines := strings.Split(bad, "\n"); !onLine(lines, at, try.new) {
			t.Errorf("%s: reported on line %s", name, at)
		}
	}
}

// onLine tells whether the line reported is the last of the change; amounts are reported together.
func onLine(lines []string, at, text string) bool {
	n, err := strconv.Atoi(at)
	if err != nil || n < 1 || n > len(lines) {
		return false
	}
	changed := strings.Split(text, "\n")
	return strings.Contains(lines[n-1], changed[len(changed)-1]) || strings.Contains(lines[n-1], "amount_over")
}

// A document is a profile, or it is refused with at least one defect on a line of its own.
func FuzzParseProfile(f *testing.F) {
	for _, name := range powers.ShippedNames() {
		f.Add(powers.Shipped(name))
	}
	f.Add([]byte("[[rule]]\nrole = \"all:,\"\nverbs = [\"*\"]"))
	f.Add([]byte("code = 1\n[rule]\n[[rule.x]]"))
	f.Fuzz(func(t *testing.T, document []byte) {
		p, err := powers.ParseProfile(document)
		if err == nil {
			p.Matrix()
			return
		}
		bad, ok := errors.AsType[*fault.Error](err)
		if !ok || (bad.Kind == fault.Invalid && len(bad.Fields) == 0) {
			t.Fatalf("%v", err)
		}
		for _, field := range bad.Fields {
			at, _, _ := strings.Cut(field.Name, ":")
			if n, err := strconv.Atoi(at); err != nil || n < 1 || n > strings.Count(string(document), "\n")+2 {
				t.Fatalf("a defect on line %q: %v", at, bad)
			}
		}
	})
}
