package db

import (
	"context"
	"errors"
	"time"

	"parvis/internal/fault"
)

// group is the callers who share one transaction.
type group struct {
	began   time.Time
	members []*member // those who had their turn
}

// open begins a transaction and runs m's closure in it.
func (w *Writer) open(m *member) {
	if err := w.begin(m.ctx); err != nil {
		w.conclude(m.ctx, &group{members: []*member{m}}, err)
		return
	}
	w.take(m, &group{began: time.Now()})
}

// take runs m's closure and passes the transaction on. That is deferred because a closure may end its
// goroutine, and the others must not wait for ever.
func (w *Writer) take(m *member, g *group) {
	g.members = append(g.members, m)
	defer w.pass(m, g)
	w.run(m)
}

// pass hands the transaction to whoever waits next; when nobody does, when the time for one batch is over, or
// when m's failure cost everybody the transaction, it concludes it.
func (w *Writer) pass(m *member, g *group) {
	if lost, ok := errors.AsType[*lostError](m.err); ok {
		w.conclude(m.ctx, g, lost.cause)
		return
	}
	if time.Since(g.began) <= w.batchTime {
		if next := w.next(); next != nil {
			next.turn <- g
			return
		}
	}
	w.conclude(m.ctx, g, w.session.send(context.WithoutCancel(m.ctx), command{text: "COMMIT"}))
}

func (w *Writer) conclude(ctx context.Context, g *group, err error) {
	w.end(ctx, g.members, err)
	w.handOver()
}

func (w *Writer) begin(ctx context.Context) (err error) {
	ctx = context.WithoutCancel(ctx)
	if w.session == nil {
		if w.session, err = openSession(ctx, w.pool, w.engine); err != nil {
			return err
		}
	}
	last, err := w.session.begin(ctx)
	// Processes that share a PostgreSQL database may have clocks that disagree: no closure is given an
	// instant that is not after the last act.
	w.last.Store(max(last, w.last.Load()))
	return err
}

func (w *Writer) next() *member {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.queue) == 0 {
		return nil
	}
	m := w.queue[0]
	w.queue = w.queue[1:]
	m.taken = true
	return m
}

// run executes one closure inside its savepoint, in the goroutine of its caller.
func (w *Writer) run(m *member) {
	w.running.Store(m.caller)
	defer w.running.Store(0)
	tx := &Tx{s: w.session, ctx: context.WithoutCancel(m.ctx), now: w.instant(), civic: m.civic}
	err := w.call(m, tx)
	if err == nil {
		err = tx.keep()
	}
	if err != nil {
		m.err = w.undo(tx, err)
	}
}

var errPanic = errors.New("db: the closure panicked")

// call runs the closure; a panic (or a goroutine's exit) is kept for its caller and undone here.
func (w *Writer) call(m *member, tx *Tx) (err error) {
	err = errPanic // stays if the closure never returns
	defer func() {
		if r := recover(); r != nil {
			m.panic, err = r, errPanic
		} else if err == errPanic {
			m.err = w.undo(tx, errPanic) // runtime.Goexit: run's own code after call is skipped
		}
	}()
	return m.fn(tx)
}

// undo rolls back to the member's savepoint; when even that fails the whole transaction is lost.
func (w *Writer) undo(tx *Tx, why error) error {
	if noRoom(why) {
		return &lostError{why} // SQLite may have rolled everything back already
	}
	if err := w.session.send(tx.ctx, toSavepoint); err != nil {
		return &lostError{errors.Join(err, why)}
	}
	return why
}

// lostError marks a failure that cost every member of the transaction its work.
type lostError struct{ cause error }

func (e *lostError) Error() string { return "db: transaction lost: " + e.cause.Error() }
func (e *lostError) Unwrap() error { return e.cause }

// end tells every member how the transaction ended.
func (w *Writer) end(ctx context.Context, members []*member, err error) {
	if err == nil {
		w.trouble.Store(nil)
	} else {
		w.abandon(context.WithoutCancel(ctx))
		err = fault.Wrap(err, fault.Unavailable, "db.not_written")
		w.trouble.Store(&err)
	}
	for _, m := range members {
		if err != nil && m.panic == nil {
			m.err = err
		}
		close(m.done)
	}
}

// abandon rolls back and drops the connection: its state is not to be trusted any more.
func (w *Writer) abandon(ctx context.Context) {
	if w.session == nil {
		return
	}
	w.session.send(ctx, command{text: "ROLLBACK"}) // its failure changes nothing: the connection is dropped
	w.session.conn.Raw(func(any) error { return errDropped })
	w.session.close()
	w.session = nil
}

var errDropped = errors.New("db: connection dropped")

// handOver lets whoever waits first open the next transaction.
func (w *Writer) handOver() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.queue) == 0 {
		w.busy = false
		return
	}
	m := w.queue[0]
	w.queue = w.queue[1:]
	m.taken = true
	m.turn <- nil
}
