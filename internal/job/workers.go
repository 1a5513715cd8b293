package job

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"parvis/internal/clock"
	"parvis/internal/db"
)

// Workers take jobs and do them. Several processes may have workers on one database.
type Workers struct {
	db    *db.DB
	clock clock.Clock
	kinds map[string]*Kind
	count int
}

// NewWorkers makes count workers for an explicit table of kinds. Jobs of other kinds wait for a
// process that knows them.
func NewWorkers(d *db.DB, c clock.Clock, count int, kinds ...Kind) (*Workers, error) {
	w := &Workers{db: d, clock: c, kinds: map[string]*Kind{}, count: max(count, 1)}
	for _, k := range kinds {
		if k.Name == "" || k.run == nil || w.kinds[k.Name] != nil {
			return nil, fmt.Errorf("job: kind %q is declared twice or badly", k.Name)
		}
		if k.Attempts == 0 {
			k.Attempts = 12
		}
		if k.Lease == 0 {
			k.Lease = time.Minute
		}
		w.kinds[k.Name] = &k
	}
	return w, nil
}

// Run works until ctx ends, looking for jobs twice a second, and returns when the jobs in hand have
// returned. Failures stay with their jobs (Standings).
func (w *Workers) Run(ctx context.Context) error {
	var all sync.WaitGroup
	for range w.count {
		all.Go(func() {
			tick := time.NewTicker(500 * time.Millisecond)
			defer tick.Stop()
			for {
				w.Work(ctx)
				select {
				case <-ctx.Done():
					return
				case <-tick.C:
				}
			}
		})
	}
	all.Wait()
	return nil
}

// Work does, one after the other, the jobs that are due now, and returns how many it tried. The
// error joins their failures.
func (w *Workers) Work(ctx context.Context) (int, error) {
	if err := w.putPeriodic(ctx); err != nil {
		return 0, err
	}
	var errs []error
	for n := 0; ; n++ {
		if ctx.Err() != nil {
			return n, errors.Join(append(errs, ctx.Err())...)
		}
		t, found, err := w.take(ctx)
		if err != nil || !found {
			return n, errors.Join(append(errs, err)...)
		}
		if err := w.do(ctx, t); err != nil {
			errs = append(errs, fmt.Errorf("job: %s: %w", t.kind.Name, err))
		}
	}
}

// do runs one job and ends it, or keeps its failure.
func (w *Workers) do(ctx context.Context, t Task) error {
	err := w.runLeased(ctx, t)
	if err == nil {
		err = w.db.Writer.Traffic(context.WithoutCancel(ctx), func(tx *db.Tx) error {
			if err := t.Finish(tx); !errors.Is(err, ErrLost) {
				return err
			}
			return nil // the handler finished it
		})
	}
	if err != nil {
		return errors.Join(err, w.giveBack(ctx, t, err))
	}
	return nil
}

// runLeased runs the handler while renewing its lease; a lease that is lost cancels it.
func (w *Workers) runLeased(ctx context.Context, t Task) (err error) {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	go w.renew(ctx, t, stop)
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v", r)
		}
	}()
	return t.kind.run(ctx, t)
}

func (w *Workers) renew(ctx context.Context, t Task, stop context.CancelCauseFunc) {
	tick := time.NewTicker(t.kind.Lease / 3)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if err := w.extend(ctx, t); errors.Is(err, ErrLost) {
				stop(ErrLost)
				return
			}
		}
	}
}
