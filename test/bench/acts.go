package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/id"
	"parvis/internal/portfolio"
	"parvis/internal/powers"
	"parvis/internal/powers/powerstest"
)

// way is one way of recording acts.
type way struct {
	name      string
	writers   int
	batchTime time.Duration // 0: what Parvis ships
	sequencer bool          // the log is integrated meanwhile, as in the running program
	baseline  bool
}

func ways() []way {
	return []way{
		{name: "one writer, no group commit", writers: 1, batchTime: 1, baseline: true},
		{name: "16 writers, no group commit", writers: 16, batchTime: 1, baseline: true},
		{name: "16 writers, group commit", writers: 16},
		{name: "16 writers, group commit, log integrated meanwhile", writers: 16, sequencer: true},
	}
}

// measureActs takes each way in turn, round after round, so that a noisy minute touches all of them.
func measureActs(p plan, t *table, e *engine) error {
	rates, tails, costs, flushes := map[string][]float64{}, map[string][]float64{}, map[string][]float64{}, []float64{}
	for range p.runs {
		n, err := flushRate(p.scratch)
		if err != nil {
			return err
		}
		flushes = append(flushes, n)
		for _, w := range ways() {
			length := p.round
			if w.baseline {
				length /= 2
			}
			before := spentHere()
			rate, p99, err := e.record(w, length)
			if err != nil {
				return fmt.Errorf("%s: %w", w.name, err)
			}
			rates[w.name], tails[w.name] = append(rates[w.name], rate), append(tails[w.name], p99)
			costs[w.name] = append(costs[w.name], float64((spentHere()-before).Microseconds())/(rate*length.Seconds()))
		}
	}
	t.title("Civic acts on " + e.name + " (Allow included, 10 % of closures fail, 5 % of contexts are cancelled)")
	t.add("limit: fsync of 4 KiB appended to a file", "per s", flushes, "")
	rate, tail := "≥ 4000", "≤ 25"
	if e.c.Engine() == db.Postgres {
		rate, tail = "≥ 1000", ""
	}
	for _, w := range ways() {
		if w.baseline {
			t.add("baseline: "+w.name, "acts/s", rates[w.name], "")
			t.add("baseline: "+w.name+", p99", "ms", tails[w.name], "")
			continue
		}
		t.add(w.name, "acts/s", rates[w.name], rate)
		t.add(w.name+", p99", "ms", tails[w.name], tail)
		t.add(w.name+", processor time of an act", "µs", costs[w.name], "")
	}
	return nil
}

// spentHere is the processor time of this process so far: unlike a rate, it hardly depends on who else uses
// the machine.
func spentHere() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// flushRate is how often the disk acknowledges 4 KiB in one second: no commit is faster than that.
func flushRate(dir string) (float64, error) {
	f, err := os.Create(filepath.Join(dir, "flush"))
	if err != nil {
		return 0, err
	}
	defer f.Close()
	page := make([]byte, 4096)
	began, n := time.Now(), 0
	for ; time.Since(began) < time.Second; n++ {
		if _, err := f.Write(page); err != nil {
			return 0, err
		}
		if err := f.Sync(); err != nil {
			return 0, err
		}
	}
	return float64(n) / time.Since(began).Seconds(), nil
}

// record runs one round and returns acknowledged acts per second and the 99th percentile of their times.
func (e *engine) record(w way, length time.Duration) (rate, p99 float64, err error) {
	c := e.c
	c.BatchTime = w.batchTime
	d, err := db.Open(context.Background(), c)
	if err != nil {
		return 0, 0, err
	}
	defer d.Close()
	verbs, err := act.NewVerbs(powers.Verbs(), portfolio.Verbs())
	if err != nil {
		return 0, 0, err
	}
	log := act.NewLog(d.Writer, verbs, e.city.Engine.Decide)
	if w.sequencer {
		stop, err := e.sequence(d, log)
		if err != nil {
			return 0, 0, err
		}
		defer stop()
	}
	return load(e.city, log, w.writers, length)
}

// sequence integrates the log until stopped.
func (e *engine) sequence(d *db.DB, log *act.Log) (stop func(), err error) {
	dir, err := os.MkdirTemp("", "bench-keys-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	keys, err := act.CreateKeys(dir, "bench.example")
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		act.NewSequencer(log, d.Readers, act.Sequencing{Keys: keys, Every: 500 * time.Millisecond}).Run(ctx)
	}()
	return func() { cancel(); <-done }, nil
}

// load lets the writers record until the time is over.
func load(city *powerstest.City, log *act.Log, writers int, length time.Duration) (rate, p99 float64, err error) {
	var group sync.WaitGroup
	var n atomic.Int64
	var failure atomic.Pointer[error]
	times := make([][]time.Duration, writers)
	began := time.Now()
	for w := range writers {
		group.Go(func() {
			for time.Since(began) < length && failure.Load() == nil {
				start := time.Now()
				acknowledged, err := oneAct(city, log, n.Add(1))
				if err != nil {
					failure.Store(&err)
				}
				if acknowledged {
					times[w] = append(times[w], time.Since(start))
				}
			}
		})
	}
	group.Wait()
	if f := failure.Load(); f != nil {
		return 0, 0, *f
	}
	all := slices.Sorted(slices.Values(slices.Concat(times...)))
	return float64(len(all)) / time.Since(began).Seconds(), percentile(all, 99), nil
}

var errRefused = errors.New("refused on purpose")

// oneAct tells whether the act was acknowledged. One closure in ten fails after its write. One context in
// twenty is cancelled: half of those inside the closure, half while the caller waits for its turn.
func oneAct(city *powerstest.City, log *act.Log, n int64) (bool, error) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	if n%40 == 27 {
		defer time.AfterFunc(time.Millisecond, cancel).Stop()
	}
	unit := int(n % 600)
	_, err := act.Do(ctx, log, city.Agent(postCode(unit, 0)), func(tx *act.Tx) (id.ID, error) {
		if n%40 == 7 {
			cancel()
		}
		return note(tx, city.Units[unitCode(unit)], n%10 == 3)
	})
	if errors.Is(err, errRefused) || errors.Is(err, context.Canceled) {
		return false, nil
	}
	return err == nil, err
}

// note asks the powers, writes a civic row, and records a public act that seals it and queues its leaf.
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

func unitCode(unit int) string { return fmt.Sprintf("U%d", unit) }

func postCode(unit, post int) string { return fmt.Sprintf("P%d-%d", unit, post) }
