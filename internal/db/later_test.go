package db_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"parvis/internal/db"
	"parvis/internal/db/dbtest"
)

func putLater(tx *db.Tx, size int64) error {
	return tx.Later(`INSERT INTO log_checkpoint (size, signed_at, note) VALUES ($1, $2, '')`, size, db.Micros(tx.Now()))
}

func TestWhatIsPutOffIsSeenByTheNextStatement(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		err := d.Writer.Traffic(context.Background(), func(tx *db.Tx) error {
			if err := errors.Join(putLater(tx, 1), putLater(tx, 2)); err != nil {
				return err
			}
			n, err := tx.Affected(`UPDATE log_checkpoint SET note = 'seen'`)
			if err != nil || n != 2 {
				return fmt.Errorf("%d rows changed: %w", n, err)
			}
			if err := putLater(tx, 3); err != nil {
				return err
			}
			seen, err := db.All(tx.Context(), tx, db.Scalar[int64], `SELECT size FROM log_checkpoint ORDER BY size`)
			if fmt.Sprint(seen) != "[1 2 3]" {
				t.Errorf("seen %v", seen)
			}
			return errors.Join(err, putLater(tx, 4))
		})
		if got := fmt.Sprint(sizes(t, d)); err != nil || got != "[1 2 3 4]" {
			t.Errorf("got %s, %v", got, err)
		}
	})
}

// A statement put off fails when the closure has already returned: its caller alone must hear of it.
func TestAFailureOfWhatIsPutOffUndoesOnlyItsOwnClosure(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		var wg sync.WaitGroup
		for i := range int64(60) {
			wg.Go(func() {
				err := d.Writer.Traffic(context.Background(), func(tx *db.Tx) error {
					if err := putLater(tx, i); err != nil || i%3 != 0 {
						return err
					}
					return errors.Join(putLater(tx, i), putLater(tx, 1000+i)) // breaks the primary key
				})
				if broken := i%3 == 0; (err != nil) != broken {
					t.Errorf("closure %d: %v", i, err)
				}
			})
		}
		wg.Wait()
		got := sizes(t, d)
		if len(got) != 40 {
			t.Errorf("%d rows, want 40: %v", len(got), got)
		}
		for _, n := range got {
			if n%3 == 0 {
				t.Errorf("row %d of a broken closure was kept", n)
			}
		}
	})
}

// A closure that hides the failure of a statement from the writer loses its own work and nobody else's.
func TestAFailureThatIsHiddenDoesNotHarmTheOthers(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		var wg sync.WaitGroup
		for i := range int64(30) {
			wg.Go(func() {
				err := d.Writer.Traffic(context.Background(), func(tx *db.Tx) error {
					if err := put(tx, i); err != nil || i%10 != 3 {
						return err
					}
					put(tx, i) // breaks the primary key
					return nil
				})
				if err != nil && i%10 != 3 {
					t.Errorf("closure %d: %v", i, err)
				}
			})
		}
		wg.Wait()
		if got := sizes(t, d); len(got) < 27 {
			t.Errorf("%d rows, want at least 27: %v", len(got), got)
		}
	})
}

func TestWhatIsPutOffByAClosureThatFailsIsForgotten(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		refused := errors.New("refused")
		err := d.Writer.Traffic(context.Background(), func(tx *db.Tx) error {
			return errors.Join(putLater(tx, 1), refused)
		})
		if got := sizes(t, d); !errors.Is(err, refused) || len(got) != 0 {
			t.Errorf("got %v, %v", got, err)
		}
	})
}

func TestWhatIsPutOffIsNoWayRoundTheActs(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		err := d.Writer.Traffic(context.Background(), func(tx *db.Tx) error {
			return tx.Later(`INSERT INTO powers_person (id, version) VALUES ('x', 1)`)
		})
		if err == nil {
			t.Error("a civic table was written outside an act")
		}
	})
}
