package db

import (
	"context"
	"database/sql"
	"sync"
	"time"

	"parvis/internal/fault"
)

// Querier reads: *Readers, or *Tx inside a transaction.
type Querier interface {
	Query(ctx context.Context, statement string, args ...any) (*sql.Rows, error)
}

// Row is one row being read.
type Row interface {
	Scan(dest ...any) error
}

// Leading reads some columns before those that a scan of a whole row reads.
type Leading struct {
	Row
	First []any // addresses
}

// Scan reads the first columns, then those of dest.
func (l Leading) Scan(dest ...any) error {
	return l.Row.Scan(append(l.First[:len(l.First):len(l.First)], dest...)...)
}

// All reads every row of the statement through scan.
func All[T any](ctx context.Context, q Querier, scan func(Row) (T, error), statement string, args ...any) ([]T, error) {
	rows, err := q.Query(ctx, statement, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []T
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, rows.Err()
}

// One reads the first row of the statement; fault.NotFound when there is none.
func One[T any](ctx context.Context, q Querier, scan func(Row) (T, error), statement string, args ...any) (T, error) {
	var zero T
	rows, err := q.Query(ctx, statement, args...)
	if err != nil {
		return zero, err
	}
	defer rows.Close()
	if !rows.Next() {
		if err := rows.Err(); err != nil {
			return zero, err
		}
		return zero, fault.New(fault.NotFound, "db.not_found")
	}
	v, err := scan(rows)
	if err != nil {
		return zero, err
	}
	return v, rows.Close()
}

// Scalar scans a row of one column.
func Scalar[T any](r Row) (T, error) {
	var v T
	err := r.Scan(&v)
	return v, err
}

// Micros turns an instant into what is stored: microseconds since 1970, UTC.
func Micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

// Instant turns what is stored into an instant; 0 is no instant.
func Instant(micros int64) time.Time {
	if micros == 0 {
		return time.Time{}
	}
	return time.UnixMicro(micros).UTC()
}

// Readers is the read-only pool. It keeps prepared statements by their text.
type Readers struct {
	pool *sql.DB
	mu   sync.RWMutex
	kept map[string]*sql.Stmt
}

func newReaders(pool *sql.DB) *Readers {
	return &Readers{pool: pool, kept: map[string]*sql.Stmt{}}
}

// keptStatements bounds the statements kept: texts composed from closed lists are many but finite.
const keptStatements = 500

// Query reads outside any transaction.
func (r *Readers) Query(ctx context.Context, statement string, args ...any) (*sql.Rows, error) {
	st, err := r.prepared(ctx, statement)
	if err != nil {
		return nil, err
	}
	if st == nil {
		return r.pool.QueryContext(ctx, statement, args...)
	}
	return st.QueryContext(ctx, args...)
}

func (r *Readers) prepared(ctx context.Context, statement string) (*sql.Stmt, error) {
	r.mu.RLock()
	st, full := r.kept[statement], len(r.kept) >= keptStatements
	r.mu.RUnlock()
	if st != nil || full {
		return st, nil
	}
	st, err := r.pool.PrepareContext(context.WithoutCancel(ctx), statement)
	if err != nil {
		return nil, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if other := r.kept[statement]; other != nil {
		return other, st.Close()
	}
	r.kept[statement] = st
	return st, nil
}

// Raw gives the pool itself, for backup and for the migration of one engine to the other.
func (r *Readers) Raw() *sql.DB { return r.pool }

// Paged gives do every thing of a long list, a page at a time: next reads the page after the last thing given, nil at
// the beginning.
func Paged[T any](next func(last *T) ([]T, error), do func(T) error) error {
	for last := (*T)(nil); ; {
		page, err := next(last)
		if err != nil || len(page) == 0 {
			return err
		}
		for _, one := range page {
			if err := do(one); err != nil {
				return err
			}
		}
		last = &page[len(page)-1]
	}
}
