package db_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/fault"
)

func put(tx *db.Tx, size int64) error {
	return tx.Exec(`INSERT INTO log_checkpoint (size, signed_at, note) VALUES ($1, $2, '')`, size, db.Micros(tx.Now()))
}

func sizes(t *testing.T, d *db.DB) []int64 {
	t.Helper()
	got, err := db.All(context.Background(), d.Readers, db.Scalar[int64], `SELECT size FROM log_checkpoint ORDER BY size`)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestManyWritersCommitTogetherAndFailAlone(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		var wg sync.WaitGroup
		refused := errors.New("refused")
		for i := range 100 {
			wg.Go(func() {
				err := d.Writer.Traffic(context.Background(), func(tx *db.Tx) error {
					if err := put(tx, int64(i)); err != nil {
						return err
					}
					if i%10 == 3 {
						return refused
					}
					return nil
				})
				if want := i%10 == 3; errors.Is(err, refused) != want {
					t.Errorf("writer %d: %v", i, err)
				}
			})
		}
		wg.Wait()
		got := sizes(t, d)
		if len(got) != 90 {
			t.Fatalf("%d rows, want 90: %v", len(got), got)
		}
		for _, n := range got {
			if n%10 == 3 {
				t.Errorf("row %d of a refused closure was kept", n)
			}
		}
	})
}

func TestAClosureSeesWhatWasAcknowledgedBeforeIt(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		var wg sync.WaitGroup
		for range 50 {
			wg.Go(func() {
				err := d.Writer.Traffic(context.Background(), func(tx *db.Tx) error {
					n, err := db.One(tx.Context(), tx, db.Scalar[int64], `SELECT COALESCE(MAX(size), 0) FROM log_checkpoint`)
					if err != nil {
						return err
					}
					return put(tx, n+1) // a stale read would give a number twice
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if got := sizes(t, d); len(got) != 50 || got[49] != 50 {
			t.Errorf("got %v, want 1…50", got)
		}
	})
}

func TestAnErrorOfTheEngineUndoesOnlyItsOwnClosure(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		if err := d.Writer.Traffic(ctx, func(tx *db.Tx) error { return put(tx, 1) }); err != nil {
			t.Fatal(err)
		}
		err := d.Writer.Traffic(ctx, func(tx *db.Tx) error {
			if err := put(tx, 2); err != nil {
				return err
			}
			return put(tx, 1) // breaks the primary key
		})
		if err == nil {
			t.Fatal("a broken key was accepted")
		}
		if err := d.Writer.Traffic(ctx, func(tx *db.Tx) error { return put(tx, 3) }); err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(sizes(t, d)); got != "[1 3]" {
			t.Errorf("got %s, want [1 3]", got)
		}
	})
}

func TestADoInsideADoIsAnErrorAndNotADeadlock(t *testing.T) {
	d := dbtest.SQLite(t, nil)
	ctx := context.Background()
	err := d.Writer.Traffic(ctx, func(*db.Tx) error {
		return d.Writer.Traffic(ctx, func(*db.Tx) error { return nil })
	})
	if f, ok := errors.AsType[*fault.Error](err); !ok || f.Key != "db.nested_transaction" {
		t.Errorf("got %v", err)
	}
}

func TestAPanicReachesItsCallerAndNobodyElse(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		var wg sync.WaitGroup
		for i := range 20 {
			wg.Go(func() {
				defer func() {
					if r := recover(); (r != nil) != (i%5 == 0) {
						t.Errorf("closure %d: recovered %v", i, r)
					}
				}()
				d.Writer.Traffic(context.Background(), func(tx *db.Tx) error {
					err := put(tx, int64(i))
					if i%5 == 0 {
						panic("boom")
					}
					return err
				})
			})
		}
		wg.Wait()
		if got := sizes(t, d); len(got) != 16 {
			t.Errorf("%d rows, want 16", len(got))
		}
	})
}

func TestAGoroutineThatExitsDoesNotHoldTheOthers(t *testing.T) {
	d := dbtest.SQLite(t, nil)
	var wg sync.WaitGroup
	for i := range 10 {
		wg.Go(func() {
			d.Writer.Traffic(context.Background(), func(tx *db.Tx) error {
				if i%2 == 0 {
					runtime.Goexit()
				}
				return put(tx, int64(i))
			})
		})
	}
	wg.Wait()
	if got := sizes(t, d); len(got) != 5 {
		t.Errorf("%d rows, want 5", len(got))
	}
}

func TestACancelledCallerLeavesBeforeItsTurnAndStaysAfterIt(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		holding, release := make(chan struct{}), make(chan struct{})
		var wg sync.WaitGroup
		wg.Go(func() {
			ctx, cancel := context.WithCancel(context.Background())
			err := d.Writer.Traffic(ctx, func(tx *db.Tx) error {
				cancel() // in the middle of the closure: the work is still done
				close(holding)
				<-release
				return put(tx, 1)
			})
			if err != nil {
				t.Errorf("cancelled during its turn: %v", err)
			}
		})
		<-holding
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
		defer cancel()
		err := d.Writer.Traffic(ctx, func(tx *db.Tx) error { return put(tx, 2) })
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("cancelled while waiting: %v", err)
		}
		close(release)
		wg.Wait()
		if got := fmt.Sprint(sizes(t, d)); got != "[1]" {
			t.Errorf("got %s, want [1]", got)
		}
	})
}

func TestTrafficMayNotWriteCivicTables(t *testing.T) {
	d := dbtest.SQLite(t, nil)
	err := d.Writer.Traffic(context.Background(), func(tx *db.Tx) error {
		return tx.Exec(`UPDATE act SET verb = 'x'`)
	})
	if err == nil || !strings.Contains(err.Error(), "civic") {
		t.Errorf("got %v", err)
	}
}

func TestReadersCannotWrite(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		rows, err := d.Readers.Query(context.Background(), `INSERT INTO log_checkpoint (size, signed_at, note) VALUES (1, 1, '')`)
		if err == nil {
			rows.Next()
			err = rows.Err()
			rows.Close()
		}
		if err == nil {
			t.Error("a reader wrote")
		}
	})
}

func TestInstantsNeverRepeat(t *testing.T) {
	d := dbtest.SQLite(t, nil)
	var last time.Time
	for range 100 {
		d.Writer.Traffic(context.Background(), func(tx *db.Tx) error {
			if !tx.Now().After(last) {
				t.Errorf("%v does not follow %v", tx.Now(), last)
			}
			last = tx.Now()
			return nil
		})
	}
}
