package job

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// Job asks for work.
type Job struct {
	Kind    string    // names the handler: room.verb
	Payload any       // stored as JSON; ids rather than copies, no secret
	RunAt   time.Time // zero: at once
	Name    string    // a job of this name that already waits stands for this one; "": always a new one
}

// Put asks for a job in the transaction that causes it.
func Put(tx db.Transaction, j Job) error {
	payload, err := json.Marshal(j.Payload)
	if err != nil {
		return err
	}
	if j.Name == "" {
		j.Name = string(id.New(tx.Now()))
	}
	return tx.Exec(`INSERT INTO job (id, kind, payload, state, run_at, attempts, lease, lease_until, trouble, created_at)
		VALUES ($1, $2, $3, 'waiting', $4, 0, '', 0, '', $5) ON CONFLICT (id) DO NOTHING`,
		j.Name, j.Kind, string(payload), db.Micros(j.RunAt), db.Micros(tx.Now()))
}

// Kind is what a worker does with one kind of job; On makes it.
type Kind struct {
	Name     string
	Attempts int           // how often it is tried before it is dead; 0: 12, about nine hours
	Lease    time.Duration // how long a worker may be silent before another takes over; 0: one minute
	Next     Schedule      // not nil: a periodic job, put by the workers themselves
	run      func(context.Context, Task) error
}

// On makes the kind of a job whose payload is P.
func On[P any](name string, run func(ctx context.Context, t Task, payload P) error) Kind {
	return Kind{Name: name, run: func(ctx context.Context, t Task) error {
		var p P
		if err := json.Unmarshal(t.payload, &p); err != nil {
			return fmt.Errorf("job: payload of %s: %w", name, err)
		}
		return run(ctx, t, p)
	}}
}

// Every makes a periodic job: one in the whole city, however many processes work. Turns missed
// while nobody worked are made up by a single one.
func Every(name string, next Schedule, run func(ctx context.Context, t Task) error) Kind {
	return Kind{Name: name, Next: next, run: run}
}

// Task is a job in the hands of a worker.
type Task struct {
	ID      string
	Attempt int // from 1
	payload []byte
	lease   id.ID
	kind    *Kind
}

// ErrLost says that the lease has passed to another worker: what this one did must not be committed.
var ErrLost = fault.New(fault.Conflict, "job.lost")

// Finish ends the job in the transaction of its effect, so that both happen or neither. A handler
// that returns nil without it is finished by the worker.
func (t Task) Finish(tx db.Transaction) error {
	statement, args := `DELETE FROM job WHERE id = $1 AND lease = $2`, []any{t.ID, t.lease}
	if t.kind.Next != nil {
		statement = `UPDATE job SET run_at = $3, attempts = 0, lease = '', lease_until = 0, trouble = '' WHERE id = $1 AND lease = $2`
		args = append(args, db.Micros(t.kind.Next(tx.Now())))
	}
	n, err := tx.Affected(statement, args...)
	if err == nil && n == 0 {
		return ErrLost
	}
	return err
}
