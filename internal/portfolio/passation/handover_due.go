package passation

import (
	"context"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/powers"
)

// lookAhead is how many months before a departure its handover opens by itself.
const lookAhead = 2

// OpenDue opens the handover of every departure that has none: of who left while the post still holds what they
// held, however long ago, and of who leaves within two months. Nobody has to think of it: it follows from the act
// that recorded the departure, which is its cause. The day of one that opened so follows the departure when it is
// recorded anew; of a departure that is taken back it is dropped, unless somebody worked in it. It may run at any time
// and as often as one likes.
func (r *Room) OpenDue(ctx context.Context) (opened int, err error) {
	gone, known, err := r.departures(ctx)
	if err != nil {
		return 0, err
	}
	if err := r.dropCancelled(ctx, known); err != nil {
		return 0, err
	}
	for _, d := range gone {
		if h, has := known[d.Holder]; has && h.Status == Open && h.OpenedBy == "" && h.LeavesOn != d.Day {
			if err := r.move(ctx, d); err != nil {
				return 0, err
			}
		}
	}
	due, err := r.leaving(ctx, gone, known)
	if err != nil {
		return 0, err
	}
	for _, l := range due {
		_, err := do(ctx, r, onAccountOf(l.Departure), func(c *change) (Handover, error) {
			return c.begin(OpenForm{Post: l.Post, Holder: l.Holder, LeavesOn: l.Day}, l.Recorded)
		})
		switch {
		case fault.KindOf(err) == fault.Conflict: // somebody opened it meanwhile
		case err != nil:
			return opened, err
		default:
			opened++
		}
	}
	return opened, nil
}

// onAccountOf is the clock, which opens handovers because somebody recorded a departure.
func onAccountOf(d powers.Departure) act.Actor {
	return act.Actor{Kind: act.System, SetOffBy: d.Recorded, Channel: "job"}
}

// move gives an open handover the day of the departure as it was recorded last.
func (r *Room) move(ctx context.Context, d powers.Departure) error {
	_, err := do(ctx, r, onAccountOf(d), func(c *change) (Handover, error) {
		h, err := handoverOf(c.ctx, c.tx, d.Post, d.Holder)
		if err != nil {
			return h, err
		}
		h.LeavesOn, h.Version = d.Day, h.Version+1
		if err := c.putHandover(h); err != nil {
			return h, err
		}
		return h, c.record("move", act.Act{Object: h.Ref(), Version: h.Version, Cause: d.Recorded, When: act.When{Effective: h.LeavesOn},
			Args: map[string]string{"number": h.Number, "day": string(h.LeavesOn)}})
	})
	return err
}

// departures lists those that are recorded up to two months ahead, the last one of each post because what is held
// passes on from there, and the handovers that are known, by holder.
func (r *Room) departures(ctx context.Context) ([]powers.Departure, map[id.ID]Handover, error) {
	gone, err := powers.Departures(ctx, r.reads, "", r.Today().AddMonths(lookAhead))
	if err != nil {
		return nil, nil, err
	}
	known, err := opened(ctx, r.reads)
	return lastOfEach(gone), known, err
}

// leaving lists the departures that have no handover though the post still holds what its holder held.
func (r *Room) leaving(ctx context.Context, gone []powers.Departure, known map[id.ID]Handover) (out []Leaving, err error) {
	leaves := map[id.ID]calendar.Day{}
	for _, d := range gone {
		if h, has := known[d.Holder]; !has || !h.settles(d.Day) {
			leaves[d.Post] = d.Day
		}
	}
	things, err := r.heldBefore(ctx, r.reads, leaves)
	for _, d := range gone {
		if n := len(things[d.Post]); n > 0 {
			out = append(out, Leaving{Departure: d, Gone: !r.Today().Before(d.Day), Things: n})
		}
	}
	return out, err
}

// lastOfEach keeps the last departure of each post, in the order of their days.
func lastOfEach(all []powers.Departure) []powers.Departure {
	last := map[id.ID]int{}
	for n, d := range all {
		last[d.Post] = n
	}
	var out []powers.Departure
	for n, d := range all {
		if last[d.Post] == n {
			out = append(out, d)
		}
	}
	return out
}

// settles tells whether a departure on a day needs no other handover: this one is open or complete, or was dropped
// although that very departure was known.
func (h Handover) settles(day calendar.Day) bool {
	return h.Status != Dropped || h.LeavesOn == day && !h.Cancelled()
}
