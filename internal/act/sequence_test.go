package act_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"parvis/internal/act"
	"parvis/internal/act/acttest"
	"parvis/internal/act/logfile"
	"parvis/internal/act/verify"
	"parvis/internal/clock"
	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/id"
)

// verified publishes the log to a folder and verifies it as a stranger would.
func verified(t *testing.T, d *db.DB, keys act.Keys) *verify.Report {
	t.Helper()
	dir := t.TempDir()
	if _, err := logfile.Publish(context.Background(), logfile.Files{Readers: d.Readers, Keys: keys.Public}, dir); err != nil {
		t.Fatal(err)
	}
	src, err := verify.Open(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	rep, err := verify.Verify(context.Background(), src, verify.Options{Key: keys.Public[0]})
	if err != nil {
		t.Fatal(err)
	}
	if !rep.OK() {
		t.Fatal(rep.Problems)
	}
	return rep
}

// Several sequencers, as in several processes, given up at random moments, while acts are recorded.
func TestTheTreeIsWholeWhoeverGrowsItAndWheneverTheyStop(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		l, keys := acttest.Log(t, d, acttest.Verbs()), acttest.Keys(t)
		var workers sync.WaitGroup
		for w := range 4 {
			workers.Go(func() {
				for i := range 60 {
					verb := []string{"test.note.write", "test.note.keep"}[i%2]
					acttest.Make(t, l, acttest.Author(), act.Act{Verb: verb, Object: acttest.Note(w*1000 + i)})
				}
			})
		}
		for range 3 {
			s := acttest.Sequencer(t, d, l, act.Sequencing{Keys: keys, BatchSize: 5})
			workers.Go(func() {
				for range 25 {
					ctx, cancel := context.WithCancel(context.Background())
					time.AfterFunc(time.Duration(rand.IntN(4000))*time.Microsecond, cancel)
					if err := s.Integrate(ctx); err != nil && ctx.Err() == nil {
						t.Error(err)
					}
					cancel()
				}
			})
		}
		workers.Wait()
		s := acttest.Sequencer(t, d, l, act.Sequencing{Keys: keys})
		for range 2 { // the second finds nothing to do
			if err := s.Flush(context.Background()); err != nil {
				t.Fatal(err)
			}
		}
		if rep := verified(t, d, keys); rep.Acts != 120 || rep.Internal != 120 {
			t.Errorf("%d public acts, %d internal", rep.Acts, rep.Internal)
		}
		if f := fsck(t, d, keys); !f.OK() {
			t.Error(f.Defects)
		}
	})
}

func TestInternalActsWaitForTheirBatch(t *testing.T) {
	now := clock.At(time.Date(2018, 3, 12, 9, 0, 0, 0, time.UTC))
	dbtest.EachAt(t, now, func(t *testing.T, d *db.DB) {
		l := acttest.Log(t, d, acttest.Verbs())
		s := acttest.Sequencer(t, d, l, act.Sequencing{BatchSize: 4, BatchWait: time.Hour})
		batches := func(want int64) {
			t.Helper()
			if err := s.Integrate(context.Background()); err != nil {
				t.Fatal(err)
			}
			if n := count(t, d, `SELECT count(*) FROM log_batch`); n != want {
				t.Errorf("%d batches, want %d", n, want)
			}
		}
		keep := func() { acttest.Make(t, l, acttest.Author(), act.Act{Verb: "test.note.keep", Object: acttest.Note(1)}) }
		keep()
		batches(0)
		now.Advance(61 * time.Minute)
		batches(1) // one that waited long enough
		for range 4 {
			keep()
		}
		batches(2) // enough of them
		if n := count(t, d, `SELECT count(*) FROM act WHERE leaf = -1`); n != 0 {
			t.Errorf("%d acts wait", n)
		}
	})
}

// A batch must not cut a transaction in two: its acts share their instant.
func TestABatchTakesWholeTransactions(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		l, keys := acttest.Log(t, d, acttest.Verbs()), acttest.Keys(t)
		for range 3 {
			_, err := act.Do(context.Background(), l, acttest.Author(), func(tx *act.Tx) (id.ID, error) {
				for i := range 300 {
					ref := acttest.Note(i)
					g, err := tx.Allow(act.Ask{Verb: "test.note.keep", Object: ref})
					if err != nil {
						return "", err
					}
					tx.Record(g, act.Act{Verb: "test.note.keep", Object: ref})
				}
				return "", nil
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		acttest.Make(t, l, acttest.Author(), act.Act{Verb: "test.note.write", Object: acttest.Note(1)})
		if err := acttest.Sequencer(t, d, l, act.Sequencing{Keys: keys}).Flush(context.Background()); err != nil {
			t.Fatal(err)
		}
		if rep := verified(t, d, keys); rep.Internal != 900 || rep.Batches != 2 {
			t.Errorf("%d acts in %d batches", rep.Internal, rep.Batches)
		}
		if f := fsck(t, d, keys); !f.OK() {
			t.Error(f.Defects)
		}
	})
}

func TestRunPublishesWhatWasAcknowledgedBeforeItStops(t *testing.T) {
	d := dbtest.SQLite(t, nil)
	l, keys := acttest.Log(t, d, acttest.Verbs()), acttest.Keys(t)
	s := acttest.Sequencer(t, d, l, act.Sequencing{Keys: keys, Every: time.Hour, Logger: slog.New(slog.NewTextHandler(io.Discard, nil))})
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { defer close(done); s.Run(ctx) }()
	for i := range 5 {
		acttest.Make(t, l, acttest.Author(), act.Act{Verb: "test.note.write", Object: acttest.Note(i)})
	}
	stop()
	<-done
	if rep := verified(t, d, keys); rep.Acts != 5 {
		t.Errorf("%d acts are public", rep.Acts)
	}
}

func TestTheTreeGrowsInChunks(t *testing.T) {
	const leaves = 3*8192 + 77
	d := dbtest.SQLite(t, nil)
	s := acttest.Sequencer(t, d, acttest.Log(t, d, acttest.Verbs()), act.Sequencing{})
	err := d.Writer.Traffic(context.Background(), func(tx *db.Tx) error {
		for i := range leaves {
			if err := tx.Exec(`INSERT INTO log_leaf (idx, body) VALUES ($1,$2)`, i, fmt.Append(nil, "leaf ", i)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Integrate(context.Background()); err != nil {
		t.Fatal(err)
	}
	head, err := act.LastHead(context.Background(), d.Readers)
	if err != nil || head.Size != leaves {
		t.Errorf("size %d, %v", head.Size, err)
	}
	if n := count(t, d, `SELECT count(*) FROM log_tile`); n != 97+1 {
		t.Errorf("%d tiles", n)
	}
}
