package passation

import (
	"context"
	"strconv"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/fact"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/powers"
)

// OpenForm says who leaves which post, and who keeps it meanwhile.
type OpenForm struct {
	Post, Holder id.ID
	LeavesOn     calendar.Day
	Interim      id.ID
}

// Open opens the handover of a post and lists what it holds today.
//
// Faults: Invalid passation.form when a day or a post is missing, when nobody leaves that post on that day, when the
// interim does not exist; Conflict passation.open_already when this holder has one.
func (r *Room) Open(ctx context.Context, by act.Actor, in OpenForm) (Handover, error) {
	if err := in.check(); err != nil {
		return Handover{}, err
	}
	return run(ctx, r, by, func(c *change) (Handover, error) {
		if err := c.leaves(in); err != nil {
			return Handover{}, err
		}
		return c.begin(in, "")
	})
}

func (in OpenForm) check() error {
	f := fault.New(fault.Invalid, "passation.form")
	if in.Post == "" || in.Holder == "" {
		f = f.At("post", "passation.who_leaves")
	}
	if !in.LeavesOn.Valid() {
		f = f.At("leaves_on", "passation.when")
	}
	if in.Interim == in.Post && in.Interim != "" {
		f = f.At("interim", "passation.interim_itself")
	}
	return f.OrNil()
}

// begin opens a handover; cause is the act that led to it, "" when somebody thought of it.
func (c *change) begin(in OpenForm, cause id.ID) (h Handover, err error) {
	h, known, err := c.number(Handover{ID: c.tx.NewID(), Version: 1, Post: in.Post, Holder: in.Holder, LeavesOn: in.LeavesOn, Interim: in.Interim,
		Status: Open, StatusOn: c.today, OpenedBy: c.by.Post, OpenedOn: c.today})
	if err != nil {
		return h, err
	}
	if err := c.putHandover(h); err != nil {
		return h, err
	}
	added, err := c.list(h, known)
	if err != nil {
		return h, err
	}
	if added+len(known) == 0 { // a post that holds nothing has nothing to hand over
		if err := c.complete(&h, nil); err != nil {
			return h, err
		}
	}
	if err := c.among(Handover{Post: h.Post}); err != nil { // an interim is not one by naming themselves
		return h, err
	}
	err = c.record("open", act.Act{Object: h.Ref(), Version: h.Version, Cause: cause, When: act.When{Effective: h.LeavesOn},
		Args: map[string]string{"number": h.Number, "post": string(h.Post), "things": strconv.Itoa(added)}})
	if err != nil || h.Status != Open {
		return h, err
	}
	return h, fact.Insert(c.tx, HandoverOpenedV1{Handover: h.ID})
}

// HandoverOpenedV1: a handover has things to pass on; who leaves and who stands above are written to.
type HandoverOpenedV1 struct{ Handover id.ID }

// number gives a new handover its number, or goes on with one that was dropped: somebody leaves after all.
func (c *change) number(h Handover) (Handover, []Item, error) {
	was, err := handoverOf(c.ctx, c.tx, h.Post, h.Holder)
	switch {
	case fault.KindOf(err) == fault.NotFound:
		h.Year = c.today.Year()
		h.Seq, err = nextSeq(c.tx, h.Year)
		h.Number = "T-" + strconv.Itoa(h.Year) + "-" + strconv.Itoa(h.Seq)
		return h, nil, err
	case err != nil:
		return h, nil, err
	case was.Status != Dropped:
		return h, nil, fault.New(fault.Conflict, "passation.open_already", "number", was.Number)
	}
	h.ID, h.Version, h.Year, h.Seq, h.Number = was.ID, was.Version+1, was.Year, was.Seq, was.Number
	items, err := itemsOf(c.ctx, c.tx, h.ID)
	return h, items, err
}

// list adds to a handover what the post holds and the handover does not know yet.
func (c *change) list(h Handover, known []Item) (added int, err error) {
	seen := map[string]bool{}
	for _, i := range known {
		seen[i.Kind+string(i.Thing.ID)] = true
	}
	things, err := c.r.heldBefore(c.ctx, c.tx, map[id.ID]calendar.Day{h.Post: h.LeavesOn})
	for _, t := range things[h.Post] {
		if seen[t.Kind+string(t.Thing.ID)] {
			continue
		}
		added++
		item := Item{ID: c.tx.NewID(), Version: 1, Handover: h.ID, Rank: len(known) + added, Kind: t.Kind, Thing: t.Thing, Label: t.Label, Due: t.Due, Status: Listed}
		if err := c.putItem(item); err != nil {
			return added, err
		}
	}
	return added, err
}

// Refresh lists what the post has come to hold since the handover was opened.
func (r *Room) Refresh(ctx context.Context, by act.Actor, handover id.ID) (int, error) {
	return run(ctx, r, by, func(c *change) (int, error) {
		h, items, err := c.open(handover)
		if err != nil {
			return 0, err
		}
		added, err := c.list(h, items)
		if err != nil || added == 0 {
			if err == nil {
				err = fault.New(fault.Conflict, "passation.nothing_new")
			}
			return 0, err
		}
		return added, c.record("refresh", act.Act{Object: h.Ref(), Version: h.Version,
			Args: map[string]string{"number": h.Number, "things": strconv.Itoa(added)}})
	})
}

// SetInterim says which post keeps everything until somebody arrives; "" for none.
func (r *Room) SetInterim(ctx context.Context, by act.Actor, handover id.ID, version int64, interim id.ID) error {
	return r.amend(ctx, by, handover, version, "interim", func(c *change, h *Handover) error {
		if interim == h.Post {
			return fault.New(fault.Invalid, "passation.form").At("interim", "passation.interim_itself")
		}
		h.Interim = interim
		return c.keeps(interim, h.LeavesOn)
	})
}

// Drop ends a handover that has no reason any more: nobody leaves after all.
func (r *Room) Drop(ctx context.Context, by act.Actor, handover id.ID, version int64, why string) error {
	return r.amend(ctx, by, handover, version, "drop", func(c *change, h *Handover) error {
		if why == "" {
			return fault.New(fault.Invalid, "passation.form").At("why", "passation.why")
		}
		h.Status, h.StatusOn, h.Note = Dropped, c.today, why
		return nil
	})
}

func (r *Room) amend(ctx context.Context, by act.Actor, handover id.ID, version int64, verb string, fn func(*change, *Handover) error) error {
	_, err := run(ctx, r, by, func(c *change) (Handover, error) {
		h, _, err := c.open(handover)
		if err != nil {
			return h, err
		}
		if h.Version != version {
			return h, fault.New(fault.Conflict, "passation.stale")
		}
		if err := fn(c, &h); err != nil {
			return h, err
		}
		h.Version++
		if err := c.putHandover(h); err != nil {
			return h, err
		}
		a := act.Act{Object: h.Ref(), Version: h.Version, Args: map[string]string{"number": h.Number, "post": string(h.Interim)}}
		if h.Note != "" {
			a.Texts = []act.Text{{Name: "why", Body: h.Note}}
		}
		return h, c.record(verb, a)
	})
	return err
}

// open reads a handover that is not over, with its things.
func (c *change) open(handover id.ID) (Handover, []Item, error) {
	h, err := loadHandover(c.ctx, c.tx, handover)
	if err != nil {
		return h, nil, err
	}
	if h.Status != Open {
		return h, nil, fault.New(fault.Conflict, "passation.over", "number", h.Number)
	}
	if err := c.among(h); err != nil {
		return h, nil, err
	}
	items, err := itemsOf(c.ctx, c.tx, h.ID)
	return h, items, err
}

// among tells the powers who is who in a handover: who holds the post, leaving or arriving (owner), the
// interim (asked), and the unit of whoever stands above the post (unit).
func (c *change) among(h Handover) error {
	above, err := powers.Superior(c.ctx, c.tx, h.Post, powers.Latest(c.today))
	if err != nil {
		return err
	}
	c.roles = map[string][]id.ID{"owner": {h.Post}}
	if h.Interim != "" {
		c.roles["asked"] = []id.ID{h.Interim}
	}
	if above.Unit != "" {
		c.roles["unit"] = []id.ID{above.Unit}
	}
	return nil
}
