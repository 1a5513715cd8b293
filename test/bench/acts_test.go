package bench

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/id"
	"parvis/internal/portfolio"
	"parvis/internal/powers"
	"parvis/internal/powers/powerstest"
)

const writers = 16

// BenchmarkCivicActs records civic acts from 16 writers in a city of 600 units and 55,000 posts: each
// asks the powers inside its transaction, writes a civic row, seals it and queues its leaf. One closure
// in ten fails after its write and one context in twenty is cancelled. Acknowledged acts are counted.
func BenchmarkCivicActs(b *testing.B) {
	b.Run("sqlite", func(b *testing.B) { civicActs(b, dbtest.SQLite(b, nil), powerstest.Paris) })
	b.Run("postgres", func(b *testing.B) {
		civicActs(b, dbtest.Postgres(b, nil), powerstest.Population{Units: 600, Posts: 6000, Terms: 4})
	})
}

var errRefused = errors.New("refused on purpose")

func civicActs(b *testing.B, d *db.DB, size powerstest.Population) {
	city := powerstest.New(b, d, portfolio.Verbs())
	city.Populate(b, size)
	city.Install(b, city.Founder, powers.MunicipalTeam, powerstest.Dawn)
	var n, acked atomic.Int64
	times := make([][]time.Duration, writers)
	var group sync.WaitGroup
	b.ResetTimer()
	for w := range writers {
		group.Go(func() {
			for {
				i := n.Add(1)
				if i > int64(b.N) {
					return
				}
				began := time.Now()
				if oneAct(b, city, i) {
					acked.Add(1)
					times[w] = append(times[w], time.Since(began))
				}
			}
		})
	}
	group.Wait()
	b.ReportMetric(float64(acked.Load())/b.Elapsed().Seconds(), "acts/s")
	all := slices.Sorted(slices.Values(slices.Concat(times...)))
	b.ReportMetric(float64(all[len(all)*99/100].Microseconds())/1000, "p99-ms")
	b.ReportMetric(float64(all[len(all)/2].Microseconds())/1000, "p50-ms")
}

// oneAct tells whether the act was acknowledged.
func oneAct(b *testing.B, city *powerstest.City, i int64) bool {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	unit := fmt.Sprintf("U%d", i%600)
	_, err := act.Do(ctx, city.Log, city.Agent(fmt.Sprintf("P%d-0", i%600)), func(tx *act.Tx) (id.ID, error) {
		if i%20 == 7 {
			cancel()
		}
		return note(tx, city.Units[unit], i%10 == 3)
	})
	if err != nil && !errors.Is(err, errRefused) {
		b.Error(err)
	}
	return err == nil
}

func note(tx *act.Tx, unit id.ID, fail bool) (id.ID, error) {
	part := act.Ref{Type: "part", ID: tx.NewID()}
	grant, err := tx.Allow(act.Ask{Verb: "portfolio.part.accept", Object: part, Matter: "proprete", Roles: map[string][]id.ID{"unit": {unit}}})
	if err != nil {
		return "", err
	}
	row := act.Row{Table: "portfolio_note", ID: tx.NewID()}
	err = tx.Exec(`INSERT INTO portfolio_note (id, version, initiative, body, post, written_at) VALUES ($1, 1, $2, 'Une note', $3, $4)`,
		row.ID, part.ID, tx.Actor().Post, db.Micros(tx.Now()))
	if err != nil {
		return "", err
	}
	if fail {
		return "", errRefused
	}
	return tx.Record(grant, act.Act{Verb: "portfolio.part.accept", Object: part, Visibility: act.Public, Rows: []act.Row{row}}), nil
}
