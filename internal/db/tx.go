package db

import (
	"context"
	"database/sql"
	"time"
)

// Tx is one caller's part of a transaction: it sees what was written before it and is undone alone.
// It must not be used after the closure that received it has returned.
type Tx struct {
	s     *session
	ctx   context.Context // never cancelled: a cancelled statement would roll everybody back
	now   time.Time
	civic bool
	later []command // put off, see Later
}

// Context is the caller's context without its cancellation.
func (tx *Tx) Context() context.Context { return tx.ctx }

// Now is the one instant of this closure.
func (tx *Tx) Now() time.Time { return tx.now }

// Query reads inside the transaction; the context is the transaction's own.
func (tx *Tx) Query(_ context.Context, statement string, args ...any) (*sql.Rows, error) {
	if err := tx.Flush(); err != nil {
		return nil, err
	}
	st, err := tx.s.prepared(tx.ctx, statement)
	if err != nil {
		return nil, err
	}
	return st.QueryContext(tx.ctx, args...)
}

// Exec runs a statement that writes.
func (tx *Tx) Exec(statement string, args ...any) error {
	_, err := tx.Affected(statement, args...)
	return err
}

// Affected runs a statement that writes and tells how many rows it changed.
func (tx *Tx) Affected(statement string, args ...any) (int64, error) {
	if err := tx.mayWrite(statement); err != nil {
		return 0, err
	}
	if err := tx.Flush(); err != nil {
		return 0, err
	}
	st, err := tx.s.prepared(tx.ctx, statement)
	if err != nil {
		return 0, err
	}
	res, err := st.ExecContext(tx.ctx, args...)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

func (tx *Tx) mayWrite(statement string) error {
	if tx.civic {
		return nil
	}
	return tx.s.checkTraffic(statement)
}

// Later is Exec for a writer who has nothing to do with the answer. PostgreSQL receives the statement with
// the next one that has an answer, or with the end of the closure: several make one round trip. A failure
// that shows only then is the closure's own all the same, and undoes it alone.
func (tx *Tx) Later(statement string, args ...any) error {
	if tx.s.engine == SQLite {
		return tx.Exec(statement, args...)
	}
	if err := tx.mayWrite(statement); err != nil {
		return err
	}
	tx.later = append(tx.later, command{statement, args})
	return nil
}

// Flush runs what Later put off.
func (tx *Tx) Flush() error {
	if len(tx.later) == 0 {
		return nil
	}
	put := tx.later
	tx.later = nil
	return tx.s.send(tx.ctx, put...)
}

// keep ends the closure: what it put off is run, and the savepoint makes room for the next one's.
func (tx *Tx) keep() error {
	put := tx.later
	tx.later = nil
	return tx.s.send(tx.ctx, append(put, nextSavepoint...)...)
}
