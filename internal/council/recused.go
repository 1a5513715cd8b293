package council

import (
	"context"
	"slices"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// A recusal is a person's: who withdrew is away through every post that they hold, and whoever holds the post
// after them is not. Reads, writes, seats, circuits, letters and links all ask here.

// through lists the posts of whoever declared an interest: all that the person holds on a day. Where nobody says
// who held the post, it is that post, as long as its holder is the same.
func (r *Room) through(ctx context.Context, q db.Querier, i Interest, day calendar.Day) ([]id.ID, error) {
	if i.Person != "" && r.dir.HeldBy != nil {
		return r.dir.HeldBy(ctx, q, i.Person, day)
	}
	known, err := r.dir.Posts(ctx, q, []id.ID{i.Post}, day)
	if now := known[i.Post].Holder; err != nil || i.Holder != "" && now != "" && now != i.Holder {
		return nil, err
	}
	return []id.ID{i.Post}, nil
}

// away are the posts of those who withdrew, on a day.
func (r *Room) away(ctx context.Context, q db.Querier, all []Interest, day calendar.Day) (map[id.ID]bool, error) {
	away := map[id.ID]bool{}
	for _, i := range all {
		if i.Status != Recused {
			continue
		}
		posts, err := r.through(ctx, q, i, day)
		if err != nil {
			return nil, err
		}
		for _, p := range posts {
			away[p] = true
		}
	}
	return away, nil
}

// AwayFrom are the posts of those who withdrew from a question of the portfolio, on an agenda or not: nothing of it
// is sent to their holders.
func (r *Room) AwayFrom(ctx context.Context, q db.Querier, arbitration id.ID, day calendar.Day) (map[id.ID]bool, error) {
	root, err := rootOf(ctx, q, arbitration)
	if err != nil {
		return nil, err
	}
	return r.awayFrom(ctx, q, Item{Root: root, Arbitration: arbitration}, day)
}

func (r *Room) awayFrom(ctx context.Context, q db.Querier, i Item, day calendar.Day) (map[id.ID]bool, error) {
	all, err := interestsOf(ctx, q, i)
	if err != nil {
		return nil, err
	}
	return r.away(ctx, q, all, day)
}

// recused are the posts taken away from a matter today.
func (c *change) recused(i Item) (map[id.ID]bool, error) {
	return c.r.awayFrom(c.tx.Context(), c.tx, i, c.tx.Today())
}

// Barred refuses whoever acts on a question of the portfolio, or on what an item ordered, from which they withdrew. Faults:
// Denied council.recused.
func (r *Room) Barred(tx *act.Tx, matter act.Ref) error {
	if matter.Type == "item" {
		_, _, err := r.openItem(tx, matter.ID)
		return err
	}
	away, err := r.AwayFrom(tx.Context(), tx, matter.ID, tx.Today())
	if err == nil && away[tx.Actor().Post] {
		err = fault.New(fault.Denied, "council.recused")
	}
	return err
}

// farthestAbove bounds the way up to somebody who takes part.
const farthestAbove = 8

// above is the nearest post above another whose holder did not withdraw from a matter, "" at the top.
func (r *Room) above(ctx context.Context, q db.Querier, post id.ID, i Item, day calendar.Day) (id.ID, error) {
	away, err := r.awayFrom(ctx, q, i, day)
	for range farthestAbove {
		if err != nil || r.seats.Superior == nil {
			return "", err
		}
		var up id.ID
		if up, err = r.seats.Superior(ctx, q, post, day); up == "" || up == post {
			return "", err
		}
		if !away[up] {
			return up, err
		}
		post = up
	}
	return "", err
}

// deontologistCode is the code of the post of the référent déontologue: a city that has one gives it this code.
const deontologistCode = "DEONTOLOGUE"

// deontologist is the post of the référent déontologue de l'élu local (CGCT, art. L1111-1-1), "" while nobody holds it.
func (r *Room) deontologist(ctx context.Context, q db.Querier, day calendar.Day) (id.ID, error) {
	if r.dir.PostByCode == nil {
		return "", nil
	}
	post, err := r.dir.PostByCode(ctx, q, deontologistCode, day)
	if err != nil || post == "" {
		return "", err
	}
	found, err := r.dir.Posts(ctx, q, []id.ID{post}, day)
	if !found[post].Held {
		return "", err
	}
	return post, err
}

// standing leaves out what was declared by people who hold no post any more; what somebody declared at a former
// post stands under one that they hold now.
func (r *Room) standing(ctx context.Context, q db.Querier, all []Interest, day calendar.Day) ([]Interest, error) {
	var out []Interest
	for _, i := range all {
		posts, err := r.through(ctx, q, i, day)
		if err != nil {
			return nil, err
		}
		if len(posts) == 0 {
			continue
		}
		if !slices.Contains(posts, i.Post) {
			i.Post = posts[0]
		}
		out = append(out, i)
	}
	return out, nil
}
