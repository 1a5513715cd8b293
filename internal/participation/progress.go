package participation

import (
	"context"

	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// CountState is how a count goes.
type CountState string

// The states of a count.
const (
	Waiting  CountState = "waiting"
	Counting CountState = "counting"
	Done     CountState = "done"
	Failed   CountState = "failed"
)

// Progress is how far the count of an election has got.
type Progress struct {
	Election    id.ID
	State       CountState // "": it was never asked for
	Done, Total int        // lots
	Trouble     string     // message key of the failure
}

func (r *Room) progress(ctx context.Context, p Progress) error {
	return r.writer.Traffic(ctx, func(tx *db.Tx) error { return putProgress(tx, p) })
}

// CountProgress tells how far the count of an election has got.
func (r *Room) CountProgress(ctx context.Context, election id.ID) (Progress, error) {
	p, err := loadProgress(ctx, r.reads, election)
	if fault.KindOf(err) == fault.NotFound {
		return Progress{Election: election}, nil
	}
	return p, err
}
