package fact

import (
	"context"
	"fmt"
	"strings"
	"time"

	"parvis/internal/db"
	"parvis/internal/fault"
)

// batch is how many facts a consumer handles in one transaction.
const batch = 100

type stored struct {
	Head
	body []byte
}

type cursor struct {
	seq, attempts int64
	retryAt       int64
}

func cursorOf(ctx context.Context, q db.Querier, name string) (cursor, error) {
	return db.One(ctx, q, func(r db.Row) (c cursor, err error) {
		return c, r.Scan(&c.seq, &c.attempts, &c.retryAt)
	}, `SELECT seq, attempts, retry_at FROM fact_cursor WHERE consumer = $1`, name)
}

// due reads the next facts of a consumer, none while it waits after a failure.
func (r *Relay) due(ctx context.Context, c consumer, limit int) ([]stored, error) {
	at, err := cursorOf(ctx, r.db.Readers, c.name)
	if fault.KindOf(err) == fault.NotFound {
		at, err = r.enrol(ctx, c)
	}
	if err != nil || at.retryAt > db.Micros(r.clock.Now()) {
		return nil, err
	}
	return db.All(ctx, r.db.Readers, func(row db.Row) (stored, error) { return scanFact(row, c.name) },
		`SELECT seq, id, name, cause, happened_at, body FROM fact WHERE seq > $1 ORDER BY seq LIMIT $2`, at.seq, limit)
}

func scanFact(r db.Row, consumer string) (stored, error) {
	var f stored
	var at int64
	var body string
	err := r.Scan(&f.Seq, &f.ID, &f.Name, &f.Cause, &at, &body)
	f.HappenedAt, f.body, f.consumer = db.Instant(at), []byte(body), consumer
	return f, err
}

// enrol gives a consumer seen for the first time its cursor.
func (r *Relay) enrol(ctx context.Context, c consumer) (at cursor, err error) {
	err = r.db.Writer.Traffic(ctx, func(tx *db.Tx) error {
		err := tx.Exec(`INSERT INTO fact_cursor (consumer, seq, moved_at, attempts, retry_at, trouble)
			SELECT $1, CASE WHEN $2 THEN COALESCE(MAX(seq), 0) ELSE 0 END, $3, 0, 0, '' FROM fact WHERE TRUE
			ON CONFLICT (consumer) DO NOTHING`, c.name, c.fromNow, db.Micros(tx.Now()))
		if err != nil {
			return err
		}
		at, err = cursorOf(tx.Context(), tx, c.name)
		return err
	})
	return at, err
}

func move(tx *db.Tx, name string, seq int64) error {
	return tx.Exec(`UPDATE fact_cursor SET seq = $1, moved_at = $2, attempts = 0, retry_at = 0, trouble = ''
		WHERE consumer = $3 AND seq < $1`, seq, db.Micros(tx.Now()), name)
}

// note keeps a failure beside the cursor and delays the consumer: 1 s, 2 s, 4 s … 15 minutes. A
// failure of a fact that another relay has passed meanwhile is no longer one.
func (r *Relay) note(ctx context.Context, c consumer, seq int64, why error) error {
	return r.db.Writer.Traffic(context.WithoutCancel(ctx), func(tx *db.Tx) error {
		at, err := cursorOf(tx.Context(), tx, c.name)
		if err != nil {
			return err
		}
		delay := min(time.Second<<min(at.attempts, 20), 15*time.Minute)
		return tx.Exec(`UPDATE fact_cursor SET attempts = attempts + 1, retry_at = $1, trouble = $2
			WHERE consumer = $3 AND seq < $4`, db.Micros(tx.Now().Add(delay)), clip(why.Error()), c.name, seq)
	})
}

func clip(s string) string {
	const most = 500
	if len(s) > most {
		return strings.ToValidUTF8(s[:most], "") + "…"
	}
	return s
}

// Standing is how far a consumer has come.
type Standing struct {
	Consumer string
	Seq      int64 // the last fact whose effect is committed
	Behind   int64 // facts not yet delivered
	MovedAt  time.Time
	Attempts int64 // failures in a row at the next fact
	RetryAt  time.Time
	Trouble  string // the last failure, for the operator; "" when all is well
}

// Standings tells how far every consumer ever seen has come, for the operator and /metrics.
func (r *Relay) Standings(ctx context.Context) ([]Standing, error) {
	return db.All(ctx, r.db.Readers, func(row db.Row) (s Standing, err error) {
		var moved, retry int64
		err = row.Scan(&s.Consumer, &s.Seq, &s.Behind, &moved, &s.Attempts, &retry, &s.Trouble)
		s.MovedAt, s.RetryAt = db.Instant(moved), db.Instant(retry)
		return s, err
	}, `SELECT consumer, seq, (SELECT COUNT(*) FROM fact WHERE fact.seq > fact_cursor.seq), moved_at, attempts, retry_at, trouble
		FROM fact_cursor ORDER BY consumer`)
}

// Skip passes over the fact that stops a consumer: an operator's decision, after looking. It fails
// unless seq is that fact.
func (r *Relay) Skip(ctx context.Context, consumer string, seq int64) error {
	return r.db.Writer.Traffic(ctx, func(tx *db.Tx) error {
		n, err := tx.Affected(`UPDATE fact_cursor SET seq = $1, moved_at = $2, attempts = 0, retry_at = 0, trouble = ''
			WHERE consumer = $3 AND attempts > 0 AND $1 = (SELECT MIN(seq) FROM fact WHERE fact.seq > fact_cursor.seq)`,
			seq, db.Micros(tx.Now()), consumer)
		if err == nil && n == 0 {
			return fmt.Errorf("fact: consumer %s is not stopped at fact %d", consumer, seq)
		}
		return err
	})
}

// Prune removes facts older than before that this relay's consumers have all handled, and returns
// how many. The last fact stays, because the next one is numbered after it.
func (r *Relay) Prune(ctx context.Context, before time.Time) (n int64, err error) {
	err = r.db.Writer.Traffic(ctx, func(tx *db.Tx) error {
		n, err = tx.Affected(`DELETE FROM fact WHERE happened_at < $1 AND seq < (SELECT MAX(seq) FROM fact)
			AND seq <= (SELECT COALESCE(MIN(seq), 0) FROM fact_cursor)`, db.Micros(before))
		return err
	})
	return n, err
}
