package passation

import (
	"context"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/powers"
)

// lookAhead is how many months before a departure its handover opens by itself.
const lookAhead = 2

// OpenDue opens the handover of every departure that has none: of who left while the post still holds what they
// held, however long ago, and of who leaves within two months. Nobody has to think of it: it follows from the act
// that recorded the departure, which is its cause. It may run at any time and as often as one likes.
func (r *Room) OpenDue(ctx context.Context) (opened int, err error) {
	due, err := r.leaving(ctx)
	if err != nil {
		return 0, err
	}
	for _, l := range due {
		by := act.Actor{Kind: act.System, SetOffBy: l.Recorded, Channel: "job"}
		_, err := do(ctx, r, by, func(c *change) (Handover, error) {
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

// leaving lists the departures that have no handover though the post still holds what its holder held: the last one
// of each post, because what is held passes on from there.
func (r *Room) leaving(ctx context.Context) (out []Leaving, err error) {
	today := r.Today()
	gone, err := powers.Departures(ctx, r.reads, "", today.AddMonths(lookAhead))
	if err != nil {
		return nil, err
	}
	known, err := opened(ctx, r.reads)
	if err != nil {
		return nil, err
	}
	for _, d := range lastOfEach(gone) {
		if h, has := known[d.Holder]; has && h.settles(d.Day) {
			continue
		}
		things, err := r.heldBefore(ctx, r.reads, d.Post, d.Day)
		if err != nil {
			return nil, err
		}
		if len(things) > 0 {
			out = append(out, Leaving{Departure: d, Gone: !today.Before(d.Day), Things: len(things)})
		}
	}
	return out, nil
}

// lastOfEach keeps the last departure of each post, in the order of their days.
func lastOfEach(all []powers.Departure) (out []powers.Departure) {
	for n, d := range all {
		last := true
		for _, later := range all[n+1:] {
			last = last && later.Post != d.Post
		}
		if last {
			out = append(out, d)
		}
	}
	return out
}

// settles tells whether a departure on a day needs no other handover: this one is open or complete, or was dropped
// although that very departure was known.
func (h Handover) settles(day calendar.Day) bool { return h.Status != Dropped || h.LeavesOn == day }
