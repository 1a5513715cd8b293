package verify_test

import (
	"context"
	"testing"

	"parvis/internal/act"
	"parvis/internal/act/acttest"
	"parvis/internal/act/logfile"
	"parvis/internal/act/verify"
	"parvis/internal/db/dbtest"
	"parvis/internal/id"
)

// BenchmarkVerify reads a log of 20,000 public acts, each with a text, from plain files.
func BenchmarkVerify(b *testing.B) {
	const acts = 20_000
	d := dbtest.SQLite(b, nil)
	l, keys := acttest.Log(b, d, acttest.Verbs()), acttest.Keys(b)
	for done := 0; done < acts; done += 500 {
		_, err := act.Do(context.Background(), l, acttest.Author(), func(tx *act.Tx) (id.ID, error) {
			for i := range 500 {
				a := acttest.Decision(done + i)
				g, err := tx.Allow(act.Ask{Verb: a.Verb, Object: a.Object})
				if err != nil {
					return "", err
				}
				tx.Record(g, a)
			}
			return "", nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	if err := acttest.Sequencer(b, d, l, act.Sequencing{Keys: keys}).Flush(context.Background()); err != nil {
		b.Fatal(err)
	}
	dir := b.TempDir()
	if _, err := logfile.Publish(context.Background(), logfile.Files{Readers: d.Readers, Keys: keys.Public}, dir); err != nil {
		b.Fatal(err)
	}
	b.Run("verify", func(b *testing.B) {
		for b.Loop() {
			src, err := verify.Open(dir, nil)
			if err != nil {
				b.Fatal(err)
			}
			if rep, err := verify.Verify(context.Background(), src, verify.Options{}); err != nil || !rep.OK() {
				b.Fatal(err, rep.Problems)
			}
		}
		b.ReportMetric(acts*float64(b.N)/b.Elapsed().Seconds(), "acts/s")
	})
	b.Run("fsck", func(b *testing.B) {
		for b.Loop() {
			if f, err := act.Check(context.Background(), d, keys.Public, nil); err != nil || !f.OK() {
				b.Fatal(err, f.Defects)
			}
		}
		b.ReportMetric(acts*float64(b.N)/b.Elapsed().Seconds(), "acts/s")
	})
}
