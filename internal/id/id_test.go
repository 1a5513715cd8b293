package id_test

import (
	"regexp"
	"testing"
	"time"

	"parvis/internal/id"
)

func TestNewIsVersion7AndSortsByTime(t *testing.T) {
	form := regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)
	at := time.Date(2014, 4, 5, 0, 0, 0, 0, time.UTC)
	early, late := id.New(at), id.New(at.Add(time.Millisecond))
	if !form.MatchString(string(early)) {
		t.Errorf("%q is not a UUIDv7", early)
	}
	if made, ok := early.Made(); !ok || !made.Equal(at) {
		t.Errorf("%q was made at %v, %v", early, made, ok)
	}
	if _, ok := id.Random().Made(); ok {
		t.Error("a random id tells when it was made")
	}
	if early >= late {
		t.Errorf("%q does not sort before %q", early, late)
	}
}

func TestRandomIdsAndTokensAreDistinct(t *testing.T) {
	seen := map[string]bool{}
	for range 1000 {
		for _, s := range []string{string(id.Random()), id.Token(), string(id.New(time.UnixMilli(0)))} {
			if seen[s] {
				t.Fatalf("%q came twice", s)
			}
			seen[s] = true
		}
	}
}

// What one Minter mints keeps its order, though the clock stands still or goes back, and says its day.
func TestAMinterKeepsItsOrder(t *testing.T) {
	at := time.Date(2014, 4, 5, 12, 0, 0, 0, time.UTC)
	var m id.Minter
	last := id.ID("")
	for n := range 10_000 {
		next := m.New(at.Add(-time.Duration(n%3) * time.Second))
		if next <= last {
			t.Fatalf("%q does not sort after %q", next, last)
		}
		last = next
	}
	if made, ok := last.Made(); !ok || made.Sub(at) != 2*time.Millisecond {
		t.Errorf("10,000 ids of one millisecond end at %v", made)
	}
	if next := m.New(at.Add(time.Second)); next <= last {
		t.Errorf("%q does not sort after %q", next, last)
	}
}
