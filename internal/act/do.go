package act

import (
	"context"

	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// Log records acts. There is one for a city; app makes it and hands it to the rooms.
type Log struct {
	writer *db.Writer
	verbs  Verbs
	decide Decider
	wake   chan struct{} // tells the sequencer that leaves wait
}

// NewLog makes the log of a city.
func NewLog(w *db.Writer, verbs Verbs, decide Decider) *Log {
	return &Log{writer: w, verbs: verbs, decide: decide, wake: make(chan struct{}, 1)}
}

// Verbs is the closed table of what this log can record.
func (l *Log) Verbs() Verbs { return l.verbs }

// Tx is a civic transaction: everything a db.Tx can do, and the two things that make it civic.
type Tx struct {
	*db.Tx
	log   *Log
	by    Actor
	acts  []id.ID
	ids   id.Minter
	fault error // the first failure of Record, returned by Do
}

// Do runs fn in one transaction on behalf of by. fn asks for grants, changes the state and records
// the acts that explain the change. Without a recorded act everything is rolled back. fn must not
// use the network, nor call Do.
//
// Errors: those of fn and of Record; fault.Unavailable when the disk or the database is lost.
func Do[T any](ctx context.Context, l *Log, by Actor, fn func(*Tx) (T, error)) (T, error) {
	var out, zero T
	err := l.writer.Civic(ctx, func(dbtx *db.Tx) error {
		tx := &Tx{Tx: dbtx, log: l, by: by}
		var err error
		if out, err = fn(tx); err != nil {
			return err
		}
		if tx.fault != nil {
			return tx.fault
		}
		if len(tx.acts) == 0 {
			return fault.New(fault.Internal, "act.nothing_recorded")
		}
		return nil
	})
	if err != nil {
		return zero, err
	}
	nudge(l.wake)
	return out, nil
}

// nudge wakes whoever waits on c, without waiting for it.
func nudge(c chan<- struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// Actor is on whose behalf the transaction runs.
func (tx *Tx) Actor() Actor { return tx.by }

// Today is the legal day of the transaction, Europe/Paris.
func (tx *Tx) Today() calendar.Day { return calendar.DayOf(tx.Now()) }

// NewID mints an id that carries the transaction's time. Those of one transaction sort in the order in which they were
// minted: lists keep the order of the form.
func (tx *Tx) NewID() id.ID { return tx.ids.New(tx.Now()) }

// Allow asks the powers whether the actor may do this, inside the transaction that would do it.
func (tx *Tx) Allow(ask Ask) (Grant, error) {
	if ask.Day == "" {
		ask.Day = tx.Today()
	}
	chain, err := tx.log.decide(tx.Tx, tx.by, ask)
	if err != nil {
		return Grant{}, err
	}
	return Grant{ask: ask, chain: chain, tx: tx}, nil
}

// Acts lists what was recorded so far, for facts that name their cause.
func (tx *Tx) Acts() []id.ID { return tx.acts }
