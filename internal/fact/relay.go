package fact

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"parvis/internal/clock"
	"parvis/internal/db"
)

// Relay delivers facts to consumers. Several relays may run on one database.
type Relay struct {
	db        *db.DB
	clock     clock.Clock
	consumers []consumer
}

type consumer struct {
	name     string
	fromNow  bool
	handlers map[string]Handler
}

// NewRelay makes the relay of an explicit table of consumers; two of one name, two handlers of one
// fact in a consumer or a type that is no fact are defects of the program.
func NewRelay(d *db.DB, c clock.Clock, consumers ...Consumer) (*Relay, error) {
	r := &Relay{db: d, clock: c}
	names := map[string]bool{}
	for _, declared := range consumers {
		if declared.Name == "" || names[declared.Name] {
			return nil, fmt.Errorf("fact: consumer %q has no name of its own", declared.Name)
		}
		names[declared.Name] = true
		own := consumer{declared.Name, declared.FromNow, map[string]Handler{}}
		for _, h := range declared.Handlers {
			if _, twice := own.handlers[h.name]; twice || h.err != nil {
				return nil, fmt.Errorf("fact: consumer %s, fact %q declared twice or badly: %w", own.name, h.name, h.err)
			}
			own.handlers[h.name] = h
		}
		r.consumers = append(r.consumers, own)
	}
	return r, nil
}

// Run delivers until ctx ends. Facts are found by looking, five times a second: other processes
// insert them too. A database that cannot be read is tried again; failures of handlers stay with
// their consumer (Standing).
func (r *Relay) Run(ctx context.Context) error {
	tick := time.NewTicker(200 * time.Millisecond)
	defer tick.Stop()
	for {
		r.Deliver(ctx) // what failed stands in Standing, and the next turn tries again
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// Deliver delivers what is due now to every consumer and returns how many facts they handled. The
// error joins what stopped some of them; the others went on. Consumers run side by side, so that
// their small transactions share a commit.
func (r *Relay) Deliver(ctx context.Context) (int, error) {
	handled, errs := make([]int, len(r.consumers)), make([]error, len(r.consumers))
	var all sync.WaitGroup
	for i, c := range r.consumers {
		all.Go(func() {
			n, err := r.drain(ctx, c)
			if err != nil {
				err = fmt.Errorf("fact: consumer %s: %w", c.name, err)
			}
			handled[i], errs[i] = n, err
		})
	}
	all.Wait()
	total := 0
	for _, n := range handled {
		total += n
	}
	return total, errors.Join(errs...)
}

// drain delivers to one consumer until nothing is due. After a failure inside a batch the facts
// before it are delivered alone, then the failure is noted with the fact that caused it.
func (r *Relay) drain(ctx context.Context, c consumer) (int, error) {
	total, limit := 0, batch
	for ctx.Err() == nil {
		facts, err := r.due(ctx, c, limit)
		if err != nil || len(facts) == 0 {
			return total, err
		}
		handled, at, err := r.deliver(ctx, c, facts)
		switch {
		case err == nil:
			total, limit = total+handled, batch
		case ctx.Err() != nil || at == len(facts): // stopping, or the commit was lost: no fact is to blame
			return total, err
		case at > 0:
			limit = at
		default:
			return total, errors.Join(err, r.note(ctx, c, facts[0].Seq, err))
		}
	}
	return total, ctx.Err()
}

// deliver hands a run of facts to the consumer in one transaction, or the first alone when it is
// civic. It returns how many were handled, or the index of the one that failed.
func (r *Relay) deliver(ctx context.Context, c consumer, facts []stored) (handled, at int, err error) {
	if h := c.handlers[facts[0].Name]; h.civic != nil {
		return 1, 0, r.deliverCivic(ctx, h, facts[0])
	}
	err = caught(func() error {
		return r.db.Writer.Traffic(ctx, func(tx *db.Tx) (err error) {
			handled, err = apply(tx, c, facts, &at)
			return err
		})
	})
	return handled, at, err
}

// apply handles facts up to the first civic one and moves the cursor; at is the index of the fact
// being handled, kept outside because a panic must tell it too.
func apply(tx *db.Tx, c consumer, facts []stored, at *int) (handled int, err error) {
	before, err := cursorOf(tx.Context(), tx, c.name)
	if err != nil {
		return 0, err
	}
	last := before.seq
	for _, f := range facts {
		h := c.handlers[f.Name]
		if h.civic != nil {
			break
		}
		if f.Seq > before.seq { // else another relay was faster
			if h.traffic != nil {
				if err := h.traffic(tx, f.Head, f.body); err != nil {
					return handled, err
				}
				handled++
			}
			last = f.Seq
		}
		*at++
	}
	err = move(tx, c.name, last)
	*at = len(facts)
	return handled, err
}

// deliverCivic runs a handler that opens its own transaction, then moves the cursor if it did not.
func (r *Relay) deliverCivic(ctx context.Context, h Handler, f stored) error {
	err := caught(func() error { return h.civic(ctx, f.Head, f.body) })
	if err != nil && !errors.Is(err, ErrTaken) {
		return err
	}
	return r.db.Writer.Traffic(ctx, func(tx *db.Tx) error {
		if err := f.Take(tx); !errors.Is(err, ErrTaken) {
			return err
		}
		return nil
	})
}

// caught makes an error of a panic: one bad fact must not stop the process.
func caught(fn func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v", r)
		}
	}()
	return fn()
}
