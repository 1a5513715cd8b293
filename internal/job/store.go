package job

import (
	"context"
	"strings"
	"time"

	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// putPeriodic puts the periodic jobs that are not there yet: each for its first turn.
func (w *Workers) putPeriodic(ctx context.Context) error {
	known, err := db.All(ctx, w.db.Readers, db.Scalar[string], `SELECT id FROM job WHERE id >= 'periodic:' AND id < 'periodic;'`)
	if err != nil {
		return err
	}
	there := map[string]bool{}
	for _, name := range known {
		there[name] = true
	}
	for _, k := range w.kinds {
		name := "periodic:" + k.Name
		if k.Next == nil || there[name] {
			continue
		}
		err := w.db.Writer.Traffic(ctx, func(tx *db.Tx) error {
			return Put(tx, Job{Kind: k.Name, Name: name, RunAt: k.Next(tx.Now())})
		})
		if err != nil {
			return err
		}
	}
	return nil
}

const dueJobs = ` FROM job WHERE state = 'waiting' AND run_at <= $1 AND (lease = '' OR lease_until < $1) ORDER BY run_at, id`

// take leases the job whose turn came first, if a kind of these workers does it. The readers are
// asked before the writer, so that looking costs no transaction.
func (w *Workers) take(ctx context.Context) (t Task, found bool, err error) {
	type due struct{ id, kind string }
	waiting, err := db.All(ctx, w.db.Readers, func(r db.Row) (d due, err error) { return d, r.Scan(&d.id, &d.kind) },
		`SELECT id, kind`+dueJobs+` LIMIT 200`, db.Micros(w.clock.Now()))
	if err != nil {
		return t, false, err
	}
	for _, d := range waiting {
		k := w.kinds[d.kind]
		if k == nil {
			continue
		}
		err := w.db.Writer.Traffic(ctx, func(tx *db.Tx) (err error) {
			t, err = lease(tx, d.id, k)
			return err
		})
		if fault.KindOf(err) != fault.NotFound { // else another worker was faster
			return t, err == nil, err
		}
	}
	return t, false, nil
}

func lease(tx *db.Tx, jobID string, k *Kind) (Task, error) {
	t := Task{ID: jobID, lease: id.Random(), kind: k}
	now := tx.Now()
	return db.One(tx.Context(), tx, func(r db.Row) (Task, error) {
		var payload string
		err := r.Scan(&t.Attempt, &payload)
		t.payload = []byte(payload)
		return t, err
	}, `UPDATE job SET lease = $1, lease_until = $2, attempts = attempts + 1
		WHERE id = $3 AND state = 'waiting' AND run_at <= $4 AND (lease = '' OR lease_until < $4) RETURNING attempts, payload`,
		t.lease, db.Micros(now.Add(k.Lease)), jobID, db.Micros(now))
}

func (w *Workers) extend(ctx context.Context, t Task) error {
	return w.db.Writer.Traffic(ctx, func(tx *db.Tx) error {
		n, err := tx.Affected(`UPDATE job SET lease_until = $1 WHERE id = $2 AND lease = $3`,
			db.Micros(tx.Now().Add(t.kind.Lease)), t.ID, t.lease)
		if err == nil && n == 0 {
			return ErrLost
		}
		return err
	})
}

// giveBack keeps the failure and sets the next turn: after 15 s, 30 s, 1 min … at most 2 hours. A
// process that stops gives its jobs back without counting an attempt.
func (w *Workers) giveBack(ctx context.Context, t Task, why error) error {
	attempt, state := t.Attempt, "waiting"
	if ctx.Err() != nil {
		attempt--
	} else if attempt >= t.kind.Attempts && t.kind.Next == nil {
		state = "dead"
	}
	return w.db.Writer.Traffic(context.WithoutCancel(ctx), func(tx *db.Tx) error {
		return tx.Exec(`UPDATE job SET state = $1, run_at = $2, attempts = $3, lease = '', lease_until = 0, trouble = $4
			WHERE id = $5 AND lease = $6`, state, db.Micros(again(t.kind, attempt, tx.Now())), attempt, clip(why.Error()), t.ID, t.lease)
	})
}

// again is when a job that failed is tried next: a periodic one at its turn at the latest. Before
// the first attempt it is at once, the zero time.
func again(k *Kind, attempts int, now time.Time) time.Time {
	if attempts < 1 {
		return time.Time{}
	}
	at := now.Add(min(15*time.Second<<min(attempts-1, 20), 2*time.Hour))
	if k.Next != nil {
		if turn := k.Next(now); turn.Before(at) {
			return turn
		}
	}
	return at
}

func clip(s string) string {
	const most = 500
	if len(s) > most {
		return strings.ToValidUTF8(s[:most], "") + "…"
	}
	return s
}

// Standing is a job as the operator sees it.
type Standing struct {
	ID, Kind  string
	Dead      bool
	Working   bool // a worker holds its lease
	RunAt     time.Time
	Attempts  int
	Trouble   string
	CreatedAt time.Time
}

// Standings lists up to 500 jobs, the dead ones first, then by turn.
func (w *Workers) Standings(ctx context.Context) ([]Standing, error) {
	now := db.Micros(w.clock.Now())
	return db.All(ctx, w.db.Readers, func(r db.Row) (s Standing, err error) {
		var state string
		var runAt, leaseUntil, created int64
		err = r.Scan(&s.ID, &s.Kind, &state, &runAt, &s.Attempts, &leaseUntil, &s.Trouble, &created)
		s.Dead, s.Working = state == "dead", leaseUntil >= now
		s.RunAt, s.CreatedAt = db.Instant(runAt), db.Instant(created)
		return s, err
	}, `SELECT id, kind, state, run_at, attempts, lease_until, trouble, created_at FROM job ORDER BY state, run_at, id LIMIT 500`)
}

// Revive lets a dead job be tried again from the first attempt.
func (w *Workers) Revive(ctx context.Context, jobID string) error {
	return w.changeDead(ctx, `UPDATE job SET state = 'waiting', run_at = 0, attempts = 0 WHERE id = $1 AND state = 'dead'`, jobID)
}

// Discard gives a dead job up.
func (w *Workers) Discard(ctx context.Context, jobID string) error {
	return w.changeDead(ctx, `DELETE FROM job WHERE id = $1 AND state = 'dead'`, jobID)
}

func (w *Workers) changeDead(ctx context.Context, statement, jobID string) error {
	return w.db.Writer.Traffic(ctx, func(tx *db.Tx) error {
		n, err := tx.Affected(statement, jobID)
		if err == nil && n == 0 {
			return fault.New(fault.NotFound, "job.not_dead")
		}
		return err
	})
}
