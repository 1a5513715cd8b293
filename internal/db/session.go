package db

import (
	"context"
	"database/sql"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// session is the writer's single connection with its prepared statements.
type session struct {
	conn    *sql.Conn
	engine  Engine
	kept    map[string]*sql.Stmt
	traffic map[string]error // the verdict of checkTraffic, by statement
}

// command is a statement whose answer nobody waits for.
type command struct {
	text string
	args []any
}

// Every closure runs inside one savepoint, which is there before its turn and stays after a failure.
var (
	toSavepoint   = command{text: "ROLLBACK TO SAVEPOINT member"}
	nextSavepoint = []command{{text: "RELEASE SAVEPOINT member"}, {text: "SAVEPOINT member"}}
)

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

// send runs commands in their order until one fails. PostgreSQL receives them together: one round trip.
func (s *session) send(ctx context.Context, commands ...command) error {
	if s.engine == Postgres && len(commands) > 1 {
		batch := &pgx.Batch{}
		for _, c := range commands {
			batch.Queue(c.text, c.args...)
		}
		return s.sendBatch(ctx, batch)
	}
	for _, c := range commands {
		st, err := s.prepared(ctx, c.text)
		if err != nil {
			return err
		}
		if _, err = st.ExecContext(ctx, c.args...); err != nil {
			return err
		}
	}
	return nil
}

func (s *session) sendBatch(ctx context.Context, batch *pgx.Batch) error {
	return s.conn.Raw(func(driver any) error {
		return driver.(*stdlib.Conn).Conn().SendBatch(ctx, batch).Close()
	})
}

// begin opens the transaction and its savepoint, and gives the instant of the last act where another
// process may have recorded it (0 on SQLite: Open has read it once). PostgreSQL takes one advisory lock
// for all processes of a city, so that closures are serial there too.
func (s *session) begin(ctx context.Context) (last int64, err error) {
	if s.engine == SQLite {
		return 0, s.send(ctx, command{text: "BEGIN IMMEDIATE"}, nextSavepoint[1])
	}
	batch := &pgx.Batch{}
	batch.Queue("BEGIN")
	batch.Queue("SELECT pg_advisory_xact_lock(7203617001)")
	batch.Queue("SELECT COALESCE(MAX(recorded_at), 0) FROM act").QueryRow(func(r pgx.Row) error { return r.Scan(&last) })
	batch.Queue(nextSavepoint[1].text)
	return last, s.sendBatch(ctx, batch)
}

func (s *session) close() {
	s.forget()
	s.conn.Close()
}
