package passation

import (
	"context"

	"parvis/internal/db"
	"parvis/internal/id"
	"parvis/internal/identity"
)

// Waiting is a handover in which somebody has something to sign.
type Waiting struct {
	Handover
	ToHand, ToTake int
	toInterim      int
}

// Waiting lists the open handovers in which a visitor has something to sign: what the visitor leaves and
// has not handed over, what the visitor finds at a post or keeps meanwhile and has not taken.
func (r *Room) Waiting(ctx context.Context, v identity.Visitor) (out []Waiting, err error) {
	if len(v.Posts) == 0 {
		return nil, nil
	}
	posts := make([]id.ID, len(v.Posts))
	for n, p := range v.Posts {
		posts[n] = p.ID
	}
	marks := db.Marks(1, len(posts))
	scan := func(r db.Row) (w Waiting, err error) {
		w.Handover, err = scanHandover(skip{r, []any{&w.ToHand, &w.ToTake, &w.toInterim}})
		return w, err
	}
	all, err := db.All(ctx, r.reads, scan, `SELECT `+handoverColumns.List("h")+`,
		(SELECT COUNT(*) FROM passation_item i WHERE i.handover = h.id AND i.status = 'listed'),
		(SELECT COUNT(*) FROM passation_item i WHERE i.handover = h.id AND i.status = 'handed'),
		(SELECT COUNT(*) FROM passation_item i WHERE i.handover = h.id AND i.status = 'handed' AND i.handed_as <> 'interim')
		FROM passation_handover h WHERE h.status = 'open' AND (h.post IN (`+marks+`) OR h.interim IN (`+marks+`)) ORDER BY h.leaves_on, h.id`, db.Args(posts)...)
	if err != nil {
		return nil, err
	}
	for _, w := range all {
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
		if w.ToHand+w.ToTake > 0 {
			out = append(out, w)
		}
	}
	return out, nil
}

// skip scans columns that follow those of a known row.
type skip struct {
	db.Row
	more []any
}

// Scan is db.Row's.
func (s skip) Scan(into ...any) error { return s.Row.Scan(append(into, s.more...)...) }

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
