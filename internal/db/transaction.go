package db

import (
	"context"
	"time"
)

// Transaction is what a function needs that writes traffic (a fact, a job, a mail) beside the change
// that causes it: a *Tx, or the *act.Tx of a civic change.
type Transaction interface {
	Querier
	Context() context.Context
	Now() time.Time
	Exec(statement string, args ...any) error
	Affected(statement string, args ...any) (int64, error)
}
