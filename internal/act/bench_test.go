package act_test

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/id"
)

// BenchmarkDo records public acts from 16 writers, powers apart: the floor under every civic write.
func BenchmarkDo(b *testing.B) {
	for _, open := range []struct {
		name string
		db   func(testing.TB) *db.DB
	}{
		{"sqlite", func(t testing.TB) *db.DB { return dbtest.SQLite(t, nil) }},
		{"postgres", func(t testing.TB) *db.DB { return dbtest.Postgres(t, nil) }},
	} {
		b.Run(open.name, func(b *testing.B) { benchmarkDo(b, open.db(b)) })
	}
}

func benchmarkDo(b *testing.B, d *db.DB) {
	v, err := act.NewVerbs(verbs)
	if err != nil {
		b.Fatal(err)
	}
	l := act.NewLog(d.Writer, v, permissive)
	var n atomic.Int64
	b.SetParallelism(8) // times GOMAXPROCS
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			note := act.Ref{Type: "note", ID: id.ID(fmt.Sprint(n.Add(1)))}
			_, err := act.Do(context.Background(), l, agent, func(tx *act.Tx) (id.ID, error) {
				return write(tx, "test.note.write", act.Act{Object: note})
			})
			if err != nil {
				b.Error(err)
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "acts/s")
}
