package passation

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// Describe fills in the checklist of a thing. It can be corrected until the thing is taken.
func (r *Room) Describe(ctx context.Context, by act.Actor, item id.ID, version int64, list Checklist) error {
	_, err := run(ctx, r, by, func(c *change) (Item, error) {
		i, h, err := c.item(item, version)
		if err != nil {
			return i, err
		}
		if !i.Waits() {
			return i, fault.New(fault.Conflict, "passation.item_over")
		}
		i.Checklist, i.Version = list, i.Version+1
		if err := c.putItem(i); err != nil {
			return i, err
		}
		return i, c.record("describe", act.Act{Object: h.Ref(), Version: h.Version, Texts: list.texts(),
			Args: map[string]string{"number": h.Number, "item": string(i.ID)}})
	})
	return err
}

func (l Checklist) texts() (texts []act.Text) {
	for _, t := range []act.Text{{Name: "state", Body: l.State}, {Name: "next", Body: l.Next}, {Name: "papers", Body: l.Papers}, {Name: "contacts", Body: l.Contacts}} {
		if t.Body != "" {
			texts = append(texts, t)
		}
	}
	return texts
}

// Hand signs the first side of some things: the one who leaves hands them over. The interim may do it
// in their place, and for want of both whoever the powers allow; the act says which. Who arrives signs
// the other side alone.
//
// Faults: Invalid passation.blank for a thing whose checklist is not filled in, Denied passation.not_yours
// for who arrives.
func (r *Room) Hand(ctx context.Context, by act.Actor, handover id.ID, items []id.ID) error {
	return r.sign(ctx, by, handover, items, "hand", func(c *change, h Handover, i *Item) error {
		if c.arrives(h) {
			return fault.New(fault.Denied, "passation.not_yours")
		}
		if i.Status != Listed {
			return fault.New(fault.Conflict, "passation.handed_already", "label", i.Label)
		}
		if !i.Complete() {
			return fault.New(fault.Invalid, "passation.blank", "label", i.Label)
		}
		i.Status, i.HandedBy, i.HandedOn, i.HandedAs = Handed, c.by.Post, c.today, c.side(h)
		return nil
	})
}

// arrives tells whether who acts holds the post after the one who leaves.
func (c *change) arrives(h Handover) bool { return c.by.Post == h.Post && c.by.Holder != h.Holder }

// side tells in which quality somebody hands over.
func (c *change) side(h Handover) string {
	switch {
	case c.by.Holder == h.Holder && c.by.Post == h.Post:
		return ByHolder
	case h.Interim != "" && c.by.Post == h.Interim:
		return ByInterim
	}
	return Absent
}

// Take signs the second side: who arrives, or the interim, takes the things as they are, with a reserve
// where their state is not what was said. What a post handed over the same one cannot take, interim or not.
//
// Faults: Denied passation.not_yours for another post, passation.both_sides, Conflict passation.not_handed before the first signature.
func (r *Room) Take(ctx context.Context, by act.Actor, handover id.ID, items []id.ID, reserve string) error {
	return r.sign(ctx, by, handover, items, "take", func(c *change, h Handover, i *Item) error {
		arrives := c.arrives(h)
		if !arrives && (h.Interim == "" || c.by.Post != h.Interim) {
			return fault.New(fault.Denied, "passation.not_yours")
		}
		if i.Status != Handed {
			return fault.New(fault.Conflict, "passation.not_handed", "label", i.Label)
		}
		if !arrives && (i.HandedAs == ByInterim || i.HandedBy == c.by.Post) {
			return fault.New(fault.Denied, "passation.both_sides")
		}
		i.Status, i.TakenBy, i.TakenAs, i.TakenOn, i.Reserve = Taken, c.by.Post, c.by.Holder, c.today, reserve
		return nil
	})
}

// Release takes things off a handover that the post no longer holds: what it still holds is handed over, or given to
// another first.
//
// Faults: Conflict passation.still_held.
func (r *Room) Release(ctx context.Context, by act.Actor, handover id.ID, items []id.ID) error {
	return r.sign(ctx, by, handover, items, "release", func(c *change, h Handover, i *Item) error {
		if !i.Waits() {
			return fault.New(fault.Conflict, "passation.item_over")
		}
		if still, err := c.stillHeld(h, *i); err != nil || still {
			return cmp.Or(err, error(fault.New(fault.Conflict, "passation.still_held", "label", i.Label)))
		}
		i.Status = Released
		return nil
	})
}

// stillHeld tells whether the post that is left holds a thing today.
func (c *change) stillHeld(h Handover, i Item) (bool, error) {
	things, err := c.r.heldBefore(c.ctx, c.tx, map[id.ID]calendar.Day{h.Post: h.LeavesOn})
	return slices.ContainsFunc(things[h.Post], func(t Held) bool { return t.Kind == i.Kind && t.Thing == i.Thing }), err
}

// sign changes some things of an open handover by one act, and completes it when nothing waits.
func (r *Room) sign(ctx context.Context, by act.Actor, handover id.ID, which []id.ID, verb string, fn func(*change, Handover, *Item) error) error {
	_, err := run(ctx, r, by, func(c *change) (Handover, error) {
		h, items, err := c.open(handover)
		if err != nil {
			return h, err
		}
		if len(which) == 0 {
			return h, fault.New(fault.Invalid, "passation.form").At("items", "passation.choose")
		}
		chosen, signed := set(which), act.Act{Args: map[string]string{"number": h.Number, "things": strconv.Itoa(len(which))}}
		for n := range items {
			if !chosen[items[n].ID] {
				continue
			}
			delete(chosen, items[n].ID)
			if err := fn(c, h, &items[n]); err != nil {
				return h, err
			}
			items[n].Version++
			if err := c.putItem(items[n]); err != nil {
				return h, err
			}
			if items[n].Reserve != "" {
				signed.Texts = []act.Text{{Name: "reserve", Body: items[n].Reserve}}
			}
			signed.Args["as"] = items[n].HandedAs
		}
		if len(chosen) > 0 {
			return h, fault.New(fault.NotFound, "passation.item_not_found")
		}
		if err := c.complete(&h, items); err != nil {
			return h, err
		}
		signed.Object, signed.Version = h.Ref(), h.Version
		return h, c.record(verb, signed)
	})
	return err
}

func set(list []id.ID) map[id.ID]bool {
	out := make(map[id.ID]bool, len(list))
	for _, i := range list {
		out[i] = true
	}
	return out
}

// complete ends a handover in which nobody has anything left to sign.
func (c *change) complete(h *Handover, items []Item) error {
	for _, i := range items {
		if i.Waits() {
			return nil
		}
	}
	h.Version, h.Status, h.StatusOn = h.Version+1, Complete, c.today
	return c.putHandover(*h)
}

// item reads one thing of an open handover, at the version that its reader saw.
func (c *change) item(item id.ID, version int64) (Item, Handover, error) {
	i, err := loadItem(c.ctx, c.tx, item)
	if err != nil {
		return i, Handover{}, err
	}
	if i.Version != version {
		return i, Handover{}, fault.New(fault.Conflict, "passation.stale")
	}
	h, _, err := c.open(i.Handover)
	return i, h, err
}
