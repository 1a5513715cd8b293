package search_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"parvis/internal/act"
	"parvis/internal/clock"
	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/id"
	"parvis/internal/search"
)

// made are n invented things whose words are as unequally frequent as those of a language (Zipf).
func made(n int) []search.Doc {
	r := rand.New(rand.NewPCG(1, 2))
	z := rand.NewZipf(r, 1.1, 3, 20_000)
	words := func(n int) string {
		var all []string
		for range n {
			all = append(all, spelled(z.Uint64()))
		}
		return strings.Join(all, " ")
	}
	var docs []search.Doc
	for i := range n {
		docs = append(docs, search.Doc{Ref: act.Ref{Type: "project", ID: id.ID(fmt.Sprint(i))}, Title: words(6), Body: words(120),
			Visibility: act.Public, Updated: monday.AddDate(0, 0, -i%3000)})
	}
	return docs
}

// spelled makes a pronounceable word of a number.
func spelled(n uint64) string {
	var b strings.Builder
	for n += 4000; n > 0; n /= 60 {
		b.WriteByte("bcdfghjlmnprstv"[n%15])
		b.WriteByte("aeiou"[n/15%4])
	}
	return b.String()
}

func benchEach(b *testing.B, bench func(b *testing.B, d *db.DB)) {
	b.Run("sqlite", func(b *testing.B) { bench(b, dbtest.SQLite(b, clock.At(monday))) })
	b.Run("postgres", func(b *testing.B) { bench(b, dbtest.Postgres(b, clock.At(monday))) })
}

func BenchmarkSearch3000(b *testing.B) {
	benchEach(b, func(b *testing.B, d *db.DB) {
		if err := search.Rebuild(context.Background(), d.Writer, "project", seq(made(3000))); err != nil {
			b.Fatal(err)
		}
		for name, text := range map[string]string{"common": spelled(1) + " ", "rare": spelled(9000) + " ", "three": spelled(2) + " " + spelled(30) + " " + spelled(100) + " ",
			"prefix": spelled(5)[:3], "mistyped": "x" + spelled(900) + " "} {
			b.Run(name, func(b *testing.B) {
				for b.Loop() {
					if _, err := search.Search(context.Background(), d.Readers, search.Query{Text: text, Now: monday}); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	})
}

// BenchmarkSearchKept is the widest of these searches for a reader from whom 200 things are kept.
func BenchmarkSearchKept(b *testing.B) {
	benchEach(b, func(b *testing.B, d *db.DB) {
		if err := search.Rebuild(context.Background(), d.Writer, "project", seq(made(3000))); err != nil {
			b.Fatal(err)
		}
		kept := map[act.Ref]bool{}
		for i := range 200 {
			kept[act.Ref{Type: "project", ID: id.ID(fmt.Sprint(i))}] = true
		}
		for name, kept := range map[string]map[act.Ref]bool{"none": nil, "some": kept} {
			b.Run(name, func(b *testing.B) {
				for b.Loop() {
					if _, err := search.Search(context.Background(), d.Readers, search.Query{Text: spelled(1) + " ", Now: monday, Kept: kept}); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	})
}

func BenchmarkPut(b *testing.B) {
	benchEach(b, func(b *testing.B, d *db.DB) {
		docs := made(1000)
		for i := 0; b.Loop(); i++ {
			doc := docs[i%len(docs)]
			doc.Title += fmt.Sprint(" ", i)
			if err := d.Writer.Traffic(context.Background(), func(tx *db.Tx) error { return search.Put(tx, doc) }); err != nil {
				b.Fatal(err)
			}
		}
	})
}
