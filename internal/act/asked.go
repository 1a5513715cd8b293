package act

import (
	"context"

	"parvis/internal/fault"
)

// Asked tells, before anything is done, what the powers would answer an actor; an error of kind Denied refuses.
type Asked func(ctx context.Context, by Actor, ask Ask) (Chain, error)

// Holds tells whether an actor has the power for what they are asked about: where powers are advisory the deed would be
// taken without it too, and marked as lacking it. Without powers to ask everybody has it.
func (asked Asked) Holds(ctx context.Context, by Actor, ask Ask) (bool, error) {
	if asked == nil {
		return true, nil
	}
	chain, err := asked(ctx, by, ask)
	if fault.KindOf(err) == fault.Denied {
		return false, nil
	}
	return err == nil && !chain.Lacking, err
}
