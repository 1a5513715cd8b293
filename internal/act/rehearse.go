package act

import (
	"context"
	"errors"

	"parvis/internal/db"
)

var errOver = errors.New("act: the rehearsal is over")

// Rehearse runs fn as Do would, and takes everything back: what an import would change is found by
// running the very use cases that will change it. as gives the transaction on behalf of an actor;
// several may take part in turn, for nothing of it stays.
//
// Errors: those of fn and of Record.
func Rehearse(ctx context.Context, l *Log, fn func(as func(Actor) *Tx) error) error {
	err := l.writer.Civic(ctx, func(dbtx *db.Tx) error {
		var all []*Tx
		err := fn(func(by Actor) *Tx {
			tx := &Tx{Tx: dbtx, log: l, by: by}
			all = append(all, tx)
			return tx
		})
		for _, tx := range all {
			err = errors.Join(err, tx.fault)
		}
		if err == nil {
			err = dbtx.Flush() // what was put off must be found wrong here too
		}
		if err != nil {
			return err
		}
		return errOver
	})
	if errors.Is(err, errOver) {
		return nil
	}
	return err
}
