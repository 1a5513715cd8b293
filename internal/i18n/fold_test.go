package i18n_test

import (
	order "cmp"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"parvis/internal/i18n"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"Cœur d’Îlot": "coeur d'ilot", "  ÉLU·E \u00a0 Référent\t": "elu·e referent", "Œuvre": "oeuvre",
		"Straße Ærø": "strasse aero", "saint‑Denis": "saint-denis", "ﬁn": "fin", "": "",
	} {
		if got := i18n.Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "s")
		if once := i18n.Fold(s); i18n.Fold(once) != once {
			t.Fatalf("Fold is not idempotent on %q", s)
		}
	})
}

func TestSortKeyIsDictionaryOrder(t *testing.T) {
	want := []string{"10 rue", "arrondissement 2", "arrondissement 10", "arrondissement 1000000000", "arrondissement 10000000000",
		"coeur", "cœur", "cote", "coté", "côte", "côté", "DAC", "d'accord", "Éclairage", "ecole", "École", "Paris 2e", "Paris 10e", "zinc"}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortFunc(got, compareKeys)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// Any text can be a key in both database engines, and equal folded texts stay together.
func TestSortKeyProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		bytes := rapid.SliceOf(rapid.Byte()).Draw(t, "bytes")
		key := i18n.SortKey(string(bytes))
		if !utf8.ValidString(key) || strings.ContainsRune(key, 0) {
			t.Fatalf("SortKey(%q) = %q", bytes, key)
		}
		a, b := rapid.Int64Range(0, 1<<62).Draw(t, "a"), rapid.Int64Range(0, 1<<62).Draw(t, "b")
		if got := compareKeys(fmt.Sprint("Lot ", a), fmt.Sprint("LOT ", b)); a != b && got != order.Compare(a, b) {
			t.Fatalf("Lot %d against LOT %d: %d", a, b, got)
		}
	})
}

func compareKeys(a, b string) int {
	return strings.Compare(i18n.SortKey(a), i18n.SortKey(b))
}
