package db

import (
	"bytes"
	"context"
	"database/sql"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"parvis/internal/clock"
	"parvis/internal/fault"
)

// Writer commits the work of many callers together. The first caller to arrive opens the transaction and
// runs its closure; then the transaction goes from hand to hand among those who wait, and the last one
// commits it for all. Whoever waits then opens the next one.
type Writer struct {
	pool      *sql.DB
	engine    Engine
	clock     clock.Clock
	batchTime time.Duration

	mu    sync.Mutex
	queue []*member
	busy  bool // a transaction is under way

	session *session      // touched only by the member whose turn it is
	running atomic.Uint64 // goroutine of the closure that is running, to refuse nesting
	last    atomic.Int64  // the last instant given to a closure, microseconds: time never repeats
	trouble atomic.Pointer[error]
}

// member is one caller's closure on its way through a transaction.
type member struct {
	ctx    context.Context
	caller uint64 // goroutine that submitted it, in which the closure runs
	civic  bool
	fn     func(*Tx) error
	turn   chan *group   // the transaction to run in; nil: open one
	done   chan struct{} // the transaction has ended
	err    error
	panic  any
	taken  bool // guarded by Writer.mu: no longer in the queue
}

func newWriter(pool *sql.DB, c Config) *Writer {
	batch := c.BatchTime
	if batch == 0 {
		batch = 5 * time.Millisecond
	}
	return &Writer{pool: pool, engine: c.Engine(), clock: c.Clock, batchTime: batch}
}

// Civic runs fn with leave to write every table. Only package act calls it: it is the act that
// explains the change.
func (w *Writer) Civic(ctx context.Context, fn func(*Tx) error) error {
	return w.submit(ctx, true, fn)
}

// Traffic runs fn with leave to write traffic tables only.
func (w *Writer) Traffic(ctx context.Context, fn func(*Tx) error) error {
	return w.submit(ctx, false, fn)
}

// Sweep deletes what has waited longer than it is kept: statement is a DELETE from a traffic table, up to instant $1.
func (w *Writer) Sweep(ctx context.Context, kept time.Duration, statement string) error {
	return w.Traffic(ctx, func(tx *Tx) error { return tx.Exec(statement, Micros(tx.Now().Add(-kept))) })
}

// Trouble is the last failure of the disk or the database, nil when the last commit went well:
// while it lasts the site says that it can be read but not written.
func (w *Writer) Trouble() error {
	if p := w.trouble.Load(); p != nil {
		return *p
	}
	return nil
}

func (w *Writer) submit(ctx context.Context, civic bool, fn func(*Tx) error) error {
	caller := goroutine()
	if w.running.Load() == caller {
		return fault.New(fault.Internal, "db.nested_transaction")
	}
	m := &member{ctx: ctx, civic: civic, fn: fn, caller: caller,
		turn: make(chan *group, 1), done: make(chan struct{})}
	if w.enter(m) {
		w.follow(m, nil)
	} else if err := w.wait(m); err != nil {
		return err
	}
	if m.panic != nil {
		panic(m.panic)
	}
	return m.err
}

// enter queues m and tells whether it opens a transaction itself.
func (w *Writer) enter(m *member) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.busy {
		w.queue = append(w.queue, m)
		return false
	}
	w.busy, m.taken = true, true
	return true
}

// wait waits for m's turn, then for its outcome. A caller whose context ends before its turn leaves without a trace; after
// its turn it stays for the outcome, because its work may be committed.
func (w *Writer) wait(m *member) error {
	select {
	case g := <-m.turn:
		w.follow(m, g)
	case <-m.ctx.Done():
		if w.leave(m) {
			return m.ctx.Err()
		}
		w.follow(m, <-m.turn)
	}
	return nil
}

func (w *Writer) follow(m *member, g *group) {
	if g == nil {
		w.open(m)
	} else {
		w.take(m, g)
	}
	<-m.done
}

func (w *Writer) leave(m *member) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if m.taken {
		return false
	}
	for i, other := range w.queue {
		if other == m {
			w.queue = append(w.queue[:i], w.queue[i+1:]...)
			break
		}
	}
	return true
}

// instant gives strictly increasing instants, so that the order of acts is the order of their times.
func (w *Writer) instant() time.Time {
	now := max(w.clock.Now().UnixMicro(), w.last.Load()+1)
	w.last.Store(now)
	return time.UnixMicro(now).UTC()
}

func (w *Writer) close() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.session != nil && !w.busy {
		w.session.close()
		w.session = nil
	}
}

// goroutine reads the number of the calling goroutine from the head of its stack trace. It serves
// one purpose: a Do inside a Do would wait for itself for ever, and must be an error instead.
func goroutine() uint64 {
	var buf [40]byte
	head := buf[:runtime.Stack(buf[:], false)]
	head = bytes.TrimPrefix(head, []byte("goroutine "))
	n, _ := strconv.ParseUint(string(head[:max(bytes.IndexByte(head, ' '), 0)]), 10, 64)
	return n
}
