package act_test

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"parvis/internal/act"
	"parvis/internal/act/acttest"
	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/id"
)

// BenchmarkIntegrate is how fast the sequencer alone puts waiting leaves in the tree.
func BenchmarkIntegrate(b *testing.B) {
	d := dbtest.SQLite(b, nil)
	s := acttest.Sequencer(b, d, acttest.Log(b, d, acttest.Verbs()), act.Sequencing{})
	body := []byte(`{"v":1,"kind":"acte","id":"abcdefghijklmnopqrstuvwxyz","digest":"0000000000000000000000000000000000000000000000000000000000000000"}`)
	err := d.Writer.Traffic(context.Background(), func(tx *db.Tx) error {
		for i := range b.N {
			if err := tx.Exec(`INSERT INTO log_leaf (idx, body) VALUES ($1,$2)`, i, body); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	b.ResetTimer()
	if err := s.Integrate(context.Background()); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "leaves/s")
}

// BenchmarkDoWithSequencer records public and internal acts from 16 writers while the sequencer runs:
// compare with BenchmarkDo, and with "without".
func BenchmarkDoWithSequencer(b *testing.B) {
	for _, with := range []bool{false, true} {
		b.Run(fmt.Sprintf("sequencer=%t", with), func(b *testing.B) { benchmarkSequenced(b, with) })
	}
}

func benchmarkSequenced(b *testing.B, with bool) {
	d := dbtest.SQLite(b, nil)
	l := acttest.Log(b, d, acttest.Verbs())
	ctx, stop := context.WithCancel(context.Background())
	stopped := make(chan struct{})
	s := acttest.Sequencer(b, d, l, act.Sequencing{Every: 500 * time.Millisecond})
	go func() {
		defer close(stopped)
		if with {
			s.Run(ctx)
		}
	}()
	var n atomic.Int64
	b.SetParallelism(8)
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			i := n.Add(1)
			verb := "test.note.write"
			if i%3 == 0 {
				verb = "test.note.keep"
			}
			acttest.Make(b, l, acttest.Author(), act.Act{Verb: verb, Object: act.Ref{Type: "note", ID: id.ID(fmt.Sprint(i))}})
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "acts/s")
	b.StopTimer()
	behind, err := s.Behind(context.Background(), time.Now())
	stop()
	<-stopped
	if err != nil {
		b.Fatal(err)
	}
	if with {
		b.ReportMetric(behind.Seconds(), "s-behind")
	}
}
