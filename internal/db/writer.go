package db

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"parvis/internal/clock"
	"parvis/internal/fault"
)

// Writer commits the work of many callers together. The first caller to arrive leads: it opens the
// transaction, gives each waiting caller its turn, and commits. Whoever waits when it is done leads
// the next one.
type Writer struct {
	pool      *sql.DB
	engine    Engine
	clock     clock.Clock
	batchTime time.Duration

	mu      sync.Mutex
	queue   []*member
	leading bool

	session *session      // touched only by the leader and the member whose turn it is
	running atomic.Uint64 // goroutine of the closure that is running, to refuse nesting
	last    atomic.Int64  // the last instant given to a closure, microseconds: time never repeats
	trouble atomic.Pointer[error]
}

// member is one caller's closure on its way through a transaction.
type member struct {
	ctx   context.Context
	civic bool
	fn    func(*Tx) error
	turn  chan bool     // true: run now; false: lead
	ran   chan struct{} // the closure has returned
	done  chan struct{} // the transaction has ended
	err   error
	panic any
	taken bool // guarded by Writer.mu: no longer in the queue
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

// Trouble is the last failure of the disk or the database, nil when the last commit went well:
// while it lasts the site says that it can be read but not written.
func (w *Writer) Trouble() error {
	if p := w.trouble.Load(); p != nil {
		return *p
	}
	return nil
}

func (w *Writer) submit(ctx context.Context, civic bool, fn func(*Tx) error) error {
	if w.running.Load() == goroutine() {
		return fault.New(fault.Internal, "db.nested_transaction")
	}
	m := &member{ctx: ctx, civic: civic, fn: fn,
		turn: make(chan bool, 1), ran: make(chan struct{}), done: make(chan struct{})}
	if w.enter(m) {
		w.lead(m)
	} else if err := w.wait(m); err != nil {
		return err
	}
	if m.panic != nil {
		panic(m.panic)
	}
	return m.err
}

// enter queues m and tells whether it leads.
func (w *Writer) enter(m *member) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.leading {
		w.queue = append(w.queue, m)
		return false
	}
	w.leading, m.taken = true, true
	return true
}

// wait follows a leader. A caller whose context ends before its turn leaves without a trace; after
// its turn it stays for the outcome, because its work may be committed.
func (w *Writer) wait(m *member) error {
	select {
	case run := <-m.turn:
		w.follow(m, run)
	case <-m.ctx.Done():
		if w.leave(m) {
			return m.ctx.Err()
		}
		w.follow(m, <-m.turn)
	}
	return nil
}

func (w *Writer) follow(m *member, run bool) {
	if !run {
		w.lead(m)
		return
	}
	w.run(m)
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

// lead runs one transaction for itself and whoever arrives while it gathers. The conclusion is
// deferred because a closure may end its goroutine, and the others must not wait for ever.
func (w *Writer) lead(own *member) {
	err := w.begin(own.ctx)
	defer func() { w.conclude(own, err) }()
	if err == nil {
		w.run(own)
	}
}

func (w *Writer) conclude(own *member, err error) {
	members := []*member{own}
	if err == nil {
		members, err = w.gather(own)
	}
	if err == nil {
		err = w.session.run(context.WithoutCancel(own.ctx), "COMMIT")
	}
	w.end(own.ctx, members, err)
	w.handOver()
}

func (w *Writer) begin(ctx context.Context) (err error) {
	ctx = context.WithoutCancel(ctx)
	if w.session == nil {
		if w.session, err = openSession(ctx, w.pool, w.engine); err != nil {
			return err
		}
	}
	if err := w.session.begin(ctx); err != nil {
		return err
	}
	return w.catchUp(ctx)
}

// catchUp keeps instants increasing across the processes that share a PostgreSQL database, whose clocks
// may disagree: none is given that is not after the last act. Open does it once for SQLite.
func (w *Writer) catchUp(ctx context.Context) error {
	if w.engine == SQLite {
		return nil
	}
	var last int64
	row := w.session.conn.QueryRowContext(ctx, `SELECT COALESCE(MAX(recorded_at), 0) FROM act`)
	if err := row.Scan(&last); err != nil {
		return err
	}
	w.last.Store(max(last, w.last.Load()))
	return nil
}

// gather gives each waiting member its turn until nobody waits or the time for one batch is over.
// The error is one that cost everybody the transaction.
func (w *Writer) gather(own *member) ([]*member, error) {
	members := []*member{own}
	for began, m := time.Now(), own; ; members = append(members, m) {
		if lost, ok := errors.AsType[*lostError](m.err); ok {
			return members, lost.cause
		}
		if time.Since(began) > w.batchTime {
			return members, nil
		}
		if m = w.next(); m == nil {
			return members, nil
		}
		m.turn <- true
		<-m.ran
	}
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
	defer close(m.ran)
	w.running.Store(goroutine())
	defer w.running.Store(0)
	tx := &Tx{s: w.session, ctx: context.WithoutCancel(m.ctx), now: w.instant(), civic: m.civic}
	if err := w.session.run(tx.ctx, "SAVEPOINT member"); err != nil {
		m.err = &lostError{err}
		return
	}
	if err := w.call(m, tx); err != nil {
		m.err = w.undo(tx, err)
		return
	}
	if err := w.session.run(tx.ctx, "RELEASE SAVEPOINT member"); err != nil {
		m.err = &lostError{err}
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
	for _, statement := range []string{"ROLLBACK TO SAVEPOINT member", "RELEASE SAVEPOINT member"} {
		if err := w.session.run(tx.ctx, statement); err != nil {
			return &lostError{errors.Join(err, why)}
		}
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
	w.session.run(ctx, "ROLLBACK") // its failure changes nothing: the connection is dropped
	w.session.conn.Raw(func(any) error { return errDropped })
	w.session.close()
	w.session = nil
}

var errDropped = errors.New("db: connection dropped")

// handOver passes the lead to whoever waits first.
func (w *Writer) handOver() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.queue) == 0 {
		w.leading = false
		return
	}
	m := w.queue[0]
	w.queue = w.queue[1:]
	m.taken = true
	m.turn <- false
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
	if w.session != nil && !w.leading {
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
