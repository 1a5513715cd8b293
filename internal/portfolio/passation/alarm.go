package passation

import (
	"context"

	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/powers"
)

// Leaving is somebody who leaves, or left, a post that still holds what they held, without a handover.
type Leaving struct {
	powers.Departure
	Gone   bool
	Things int
}

// Risk is a project on which work goes on and that rests on nobody, or on one post alone.
type Risk struct {
	Initiative    id.ID
	Number, Title string
	Post          id.ID // the last or only post; "" when there never was one
}

// Alarms is what might be lost, computed as one asks.
type Alarms struct {
	Leaving []Leaving
	Orphans []Risk // nobody holds any of the posts that run it
	Alone   []Risk // one held post runs it, and no second
}

// Alarms computes what might be lost today. They are about posts and projects: no person is named.
func (r *Room) Alarms(ctx context.Context, v identity.Visitor) (a Alarms, err error) {
	if err := inside(v); err != nil {
		return a, err
	}
	gone, known, err := r.departures(ctx)
	if err != nil {
		return a, err
	}
	if a.Leaving, err = r.leaving(ctx, gone, known); err != nil {
		return a, err
	}
	all, err := carriers(ctx, r.reads)
	if err != nil {
		return a, err
	}
	a.Orphans, a.Alone, err = r.risks(ctx, all)
	return a, err
}

// risks sorts out, project by project, those whose posts are all without holder and those that rest on one.
func (r *Room) risks(ctx context.Context, all []carrier) (orphans, alone []Risk, err error) {
	var posts []id.ID
	for _, c := range all {
		if c.Post != "" {
			posts = append(posts, c.Post)
		}
	}
	empty, err := powers.Unheld(ctx, r.reads, posts, powers.Now(r.clock.Now()))
	if err != nil {
		return nil, nil, err
	}
	for from := 0; from < len(all); {
		to, held := from, 0
		for ; to < len(all) && all[to].Initiative == all[from].Initiative; to++ {
			if all[to].Post != "" && !empty[all[to].Post] {
				held++
			}
		}
		risk := Risk{Initiative: all[from].Initiative, Number: all[from].Number, Title: all[from].Title, Post: all[from].Post}
		switch held {
		case 0:
			orphans = append(orphans, risk)
		case 1:
			risk.Post = theHeld(all[from:to], empty)
			alone = append(alone, risk)
		}
		from = to
	}
	return orphans, alone, nil
}

func theHeld(of []carrier, empty map[id.ID]bool) id.ID {
	for _, c := range of {
		if c.Post != "" && !empty[c.Post] {
			return c.Post
		}
	}
	return ""
}
