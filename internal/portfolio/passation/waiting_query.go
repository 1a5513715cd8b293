package passation

import (
	"context"

	"parvis/internal/db"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/powers"
)

// Waiting is a handover in which somebody has something to do.
type Waiting struct {
	Handover
	ToHand, ToTake int
	ToSee          int // things of a post below one's own that nobody hands over, or keeps once it is vacant
	toInterim      int
}

// Waiting lists the open handovers in which a visitor has something to do: what the visitor leaves and has not handed
// over, what the visitor finds at a post or keeps meanwhile and has not taken, what is left to itself at a post below.
// Every page shows how many they are: the lists are kept until the next act about handovers or posts, and callers
// must not change them.
func (r *Room) Waiting(ctx context.Context, v identity.Visitor) ([]Waiting, error) {
	if len(v.Posts) == 0 {
		return nil, nil
	}
	key := string(r.Today())
	for _, p := range v.Posts {
		key += " " + string(p.ID) + "/" + string(p.Holder)
	}
	return r.waiting.Get(ctx, key, func(ctx context.Context) ([]Waiting, error) { return r.readWaiting(ctx, v) })
}

func (r *Room) readWaiting(ctx context.Context, v identity.Visitor) (out []Waiting, err error) {
	all, err := db.All(ctx, r.reads, func(r db.Row) (w Waiting, err error) {
		w.Handover, err = scanHandover(db.Leading{Row: r, First: []any{&w.ToHand, &w.ToTake, &w.toInterim}})
		return w, err
	}, `SELECT
		(SELECT COUNT(*) FROM passation_item i WHERE i.handover = h.id AND i.status = 'listed'),
		(SELECT COUNT(*) FROM passation_item i WHERE i.handover = h.id AND i.status = 'handed'),
		(SELECT COUNT(*) FROM passation_item i WHERE i.handover = h.id AND i.status = 'handed' AND i.handed_as <> 'interim'), `+
		handoverColumns.List("h")+` FROM passation_handover h WHERE h.status = 'open' ORDER BY h.leaves_on, h.id`)
	for _, w := range all {
		listed := w.ToHand
		w.signs(v)
		if w.ToHand+w.ToTake == 0 && listed > 0 {
			adrift, err := r.adrift(ctx, v, w.Handover)
			if err != nil {
				return nil, err
			}
			if adrift {
				w.ToSee = listed
			}
		}
		if w.ToHand+w.ToTake+w.ToSee > 0 {
			out = append(out, w)
		}
	}
	return out, err
}

// signs leaves what a visitor may sign of the things that wait.
func (w *Waiting) signs(v identity.Visitor) {
	if !w.MayHand(v) {
		w.ToHand = 0
	}
	switch {
	case w.arrives(v):
	case w.MayTake(v):
		w.ToTake = w.toInterim // what the interim handed over is not the interim's to take
	default:
		w.ToTake = 0
	}
}

// adrift tells whether a visitor stands above a post whose things nobody looks after: it has no interim, and who left
// is gone or nobody is appointed for the day after.
func (r *Room) adrift(ctx context.Context, v identity.Visitor, h Handover) (bool, error) {
	if h.Interim != "" {
		return false, nil
	}
	m := powers.Latest(r.Today())
	above, err := powers.Superior(ctx, r.reads, h.Post, m)
	if err != nil || !holds(v, func(p identity.PostRef) bool { return p.ID == above.Post }) {
		return false, err
	}
	if !r.Today().Before(h.LeavesOn) {
		return true, nil
	}
	vacant, err := powers.Unheld(ctx, r.reads, []id.ID{h.Post}, m.On(h.LeavesOn))
	return vacant[h.Post], err
}

// MayHand tells whether a visitor signs the first side without standing in for somebody who is missing:
// the one who leaves, or the interim.
func (h Handover) MayHand(v identity.Visitor) bool {
	return holds(v, func(p identity.PostRef) bool {
		return p.ID == h.Post && p.Holder == h.Holder || h.Interim != "" && p.ID == h.Interim
	})
}

// MayTake tells whether a visitor signs the second side: who arrives at the post, or the interim.
func (h Handover) MayTake(v identity.Visitor) bool {
	return h.arrives(v) || holds(v, func(p identity.PostRef) bool { return h.Interim != "" && p.ID == h.Interim })
}

// arrives tells whether a visitor holds the post after the one who leaves.
func (h Handover) arrives(v identity.Visitor) bool {
	return holds(v, func(p identity.PostRef) bool { return p.ID == h.Post && p.Holder != h.Holder })
}

func holds(v identity.Visitor, which func(identity.PostRef) bool) bool {
	for _, p := range v.Posts {
		if which(p) {
			return true
		}
	}
	return false
}

// OfPost lists the handovers of a post, the latest first.
func (r *Room) OfPost(ctx context.Context, v identity.Visitor, post id.ID) ([]Handover, error) {
	if inside(v) != nil {
		return nil, nil
	}
	return db.All(ctx, r.reads, scanHandover, `SELECT `+string(handoverColumns)+` FROM passation_handover WHERE post = $1 ORDER BY leaves_on DESC, id`, post)
}

// NumberOf gives the number of a handover by its id. Handovers are read inside only.
func (r *Room) NumberOf(ctx context.Context, v identity.Visitor, handover id.ID) (string, error) {
	if err := inside(v); err != nil {
		return "", err
	}
	h, err := loadHandover(ctx, r.reads, handover)
	return h.Number, err
}
