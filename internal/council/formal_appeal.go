package council

import (
	"context"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/id"
)

// NoteAppeal notes the day on which a recours gracieux against a formal act was received, and that on which its express
// refusal was notified, if it was. Who made it is not kept. Noted again it takes the place of what was noted.
func (r *Room) NoteAppeal(ctx context.Context, by act.Actor, formal id.ID, version int64, received, refused calendar.Day) (Formal, error) {
	return r.moveFormal(ctx, by, formal, version, "appeal", func(c *change, f *Formal) (act.Act, error) {
		if err := f.appealable(received, refused, c.tx.Today()); err != nil {
			return act.Act{}, err
		}
		f.Appealed, f.Refused = received, refused
		return act.Act{Args: map[string]string{"received": string(received), "refused": string(refused)}}, nil
	})
}

// appealable checks that the days of a recours gracieux can follow each other.
func (f Formal) appealable(received, refused, today calendar.Day) error {
	bad := form()
	switch {
	case received == "":
		bad.At("received", "council.required")
	case received.Before(f.Signed):
		bad.At("received", "council.formal.appeal.before_signed", "day", f.Signed)
	case today.Before(received):
		bad.At("received", "council.formal.appeal.future")
	}
	switch {
	case refused == "":
	case refused.Before(received):
		bad.At("refused", "council.formal.appeal.before_received")
	case today.Before(refused):
		bad.At("refused", "council.formal.appeal.future")
	}
	return bad.OrNil()
}
