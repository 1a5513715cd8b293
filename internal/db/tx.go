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
}

// Context is the caller's context without its cancellation.
func (tx *Tx) Context() context.Context { return tx.ctx }

// Now is the one instant of this closure.
func (tx *Tx) Now() time.Time { return tx.now }

// Query reads inside the transaction; the context is the transaction's own.
func (tx *Tx) Query(_ context.Context, statement string, args ...any) (*sql.Rows, error) {
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
	if !tx.civic {
		if err := tx.s.checkTraffic(statement); err != nil {
			return 0, err
		}
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

// session is the writer's single connection with its prepared statements.
type session struct {
	conn    *sql.Conn
	engine  Engine
	kept    map[string]*sql.Stmt
	traffic map[string]error // the verdict of checkTraffic, by statement
}

func openSession(ctx context.Context, pool *sql.DB, engine Engine) (*session, error) {
	conn, err := pool.Conn(ctx)
	if err != nil {
		return nil, err
	}
	return &session{conn: conn, engine: engine, kept: map[string]*sql.Stmt{}, traffic: map[string]error{}}, nil
}

func (s *session) prepared(ctx context.Context, statement string) (*sql.Stmt, error) {
	if st := s.kept[statement]; st != nil {
		return st, nil
	}
	if len(s.kept) >= keptStatements {
		s.forget()
	}
	st, err := s.conn.PrepareContext(ctx, statement)
	if err != nil {
		return nil, err
	}
	s.kept[statement] = st
	return st, nil
}

func (s *session) forget() {
	for text, st := range s.kept {
		st.Close()
		delete(s.kept, text)
	}
}

func (s *session) checkTraffic(statement string) error {
	verdict, known := s.traffic[statement]
	if !known {
		verdict = checkTraffic(statement)
		s.traffic[statement] = verdict
	}
	return verdict
}

func (s *session) run(ctx context.Context, statement string) error {
	st, err := s.prepared(ctx, statement)
	if err != nil {
		return err
	}
	_, err = st.ExecContext(ctx)
	return err
}

// begin opens the transaction. PostgreSQL takes one advisory lock for all processes of a city, so
// that closures are serial there too.
func (s *session) begin(ctx context.Context) error {
	if s.engine == SQLite {
		return s.run(ctx, "BEGIN IMMEDIATE")
	}
	if err := s.run(ctx, "BEGIN"); err != nil {
		return err
	}
	return s.run(ctx, "SELECT pg_advisory_xact_lock(7203617001)")
}

func (s *session) close() {
	s.forget()
	s.conn.Close()
}
