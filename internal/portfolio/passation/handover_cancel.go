package passation

import (
	"context"
	"maps"
	"slices"

	"parvis/internal/act"
	"parvis/internal/db"
	"parvis/internal/id"
	"parvis/internal/powers"
)

// Cancelled tells whether a handover was dropped because its departure was taken back: whoever drops one says why.
func (h Handover) Cancelled() bool { return h.Status == Dropped && h.Note == "" }

// worked tells whether somebody did something in a handover: what they wrote or signed is not thrown away.
func worked(h Handover, items []Item) bool {
	return h.Interim != "" || slices.ContainsFunc(items, func(i Item) bool { return i.Status != Listed || i.Checklist != (Checklist{}) })
}

// idle tells whether a handover opened by itself, and waits.
func (h Handover) idle() bool { return h.Status == Open && h.OpenedBy == "" }

// stays tells whether whoever would leave by a handover does not any more: the same person goes on at the post, or the
// holding was corrected.
func stays(ctx context.Context, q db.Querier, h Handover) (bool, error) {
	day, err := powers.LeavesOn(ctx, q, h.Holder)
	return day == "", err
}

// dropCancelled drops the handovers that opened by themselves for departures that were taken back, and in which nobody
// did anything; the others say so on their page.
func (r *Room) dropCancelled(ctx context.Context, known map[id.ID]Handover) error {
	for _, holder := range slices.Sorted(maps.Keys(known)) {
		h := known[holder]
		if !h.idle() {
			continue
		}
		items, err := itemsOf(ctx, r.reads, h.ID)
		if err != nil {
			return err
		}
		back, err := stays(ctx, r.reads, h)
		if err != nil {
			return err
		}
		if back && !worked(h, items) {
			if err := r.cancel(ctx, h); err != nil {
				return err
			}
		}
	}
	return nil
}

// cancel drops a handover on account of the act that said last who holds the post.
func (r *Room) cancel(ctx context.Context, h Handover) error {
	recorded, err := powers.LastHolding(ctx, r.reads, h.Post)
	if err != nil {
		return err
	}
	_, err = do(ctx, r, act.Actor{Kind: act.System, SetOffBy: recorded, Channel: "job"}, func(c *change) (Handover, error) {
		now, err := loadHandover(c.ctx, c.tx, h.ID)
		if err != nil || now.Version != h.Version {
			return now, err // somebody works in it meanwhile: looked at again the next time
		}
		h.Status, h.StatusOn, h.Version = Dropped, c.today, h.Version+1
		if err := c.putHandover(h); err != nil {
			return h, err
		}
		return h, c.record("drop", act.Act{Object: h.Ref(), Version: h.Version, Cause: recorded,
			Args: map[string]string{"number": h.Number, "cancelled": "true"}})
	})
	return err
}
