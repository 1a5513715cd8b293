package tally

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"parvis/internal/participation/pabulib"
)

// Łódź 2022: 90,494 votes, 160 projects.
func BenchmarkLodz(b *testing.B) {
	dir, _ := readExpected(b)
	path := filepath.Join(dir, "Poland_Lodz_2022.pb")
	b.Run("read", func(b *testing.B) {
		for b.Loop() {
			load(b, path)
		}
	})
	e, _ := load(b, path)
	for _, name := range []string{"mes_cost", "mes_cost_add1", "phragmen"} {
		b.Run(name, func(b *testing.B) { count(b, e, name) })
	}
}

func count(b *testing.B, e *Election, name string) {
	rule, err := ParseRule(name)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := Count(b.Context(), e, rule); err != nil {
			b.Fatal(err)
		}
	}
}

// All rules on all files, reading included.
func BenchmarkAllFiles(b *testing.B) {
	dir, list := readExpected(b)
	for b.Loop() {
		for _, x := range list {
			countAll(b, filepath.Join(dir, x.File))
		}
	}
}

func countAll(b *testing.B, path string) {
	f, err := os.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	r, err := pabulib.Open(f, pabulib.Options{})
	if err != nil {
		b.Fatal(err)
	}
	e, err := FromPabulib(r, nil)
	if err != nil {
		b.Fatal(err)
	}
	fit := slices.DeleteFunc(Rules(), func(rule Rule) bool { return !rule.Fits(e.Kind) })
	if _, err := CountAll(b.Context(), e, fit); err != nil {
		b.Fatal(err)
	}
}

// The made election: 1,000,000 ballots of up to 10 of 500 projects, 100 million, seed 1.
func BenchmarkMillion(b *testing.B) {
	e, err := MillionBallots().Election()
	if err != nil {
		b.Fatal(err)
	}
	for _, name := range []string{"mes_cost", "mes_cost_add1u", "phragmen"} {
		b.Run(name, func(b *testing.B) { count(b, e, name) })
	}
}

// Majority judgment: 1,000,000 ballots of 10 grades, from the first ballot to the ranks.
func BenchmarkMajority(b *testing.B) {
	rule, err := ParseRule("majority_judgment")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		e, err := MadeGrades(1_000_000, 10, 50)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := Count(b.Context(), e, rule); err != nil {
			b.Fatal(err)
		}
	}
}
