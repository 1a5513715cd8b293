package portfolio

import (
	"context"

	"parvis/internal/id"
)

// name asks the directory for every post and unit of the sheet, once, and moves aside the sponsors
// and owners whose post nobody holds today (I27).
func (r *Room) name(ctx context.Context, s *Sheet) error {
	var posts, units []id.ID
	for _, list := range [][]Holder{s.Sponsors, s.Owners, s.Former} {
		for _, h := range list {
			posts = append(posts, h.Post)
		}
	}
	for _, p := range s.Parts {
		posts, units = append(posts, p.OfferedBy, p.AnsweredBy), append(units, p.Unit, p.IntroducedBy)
	}
	for _, list := range [][]OpenQuestion{s.Questions, s.Unknowns} {
		for _, q := range list {
			posts = append(posts, q.Post)
		}
	}
	for _, n := range s.Notes {
		posts = append(posts, n.Post)
	}
	for _, l := range s.Arbitrations {
		posts = append(posts, arbitrationPosts(l.Arbitration)...)
	}
	for _, a := range s.Actions {
		posts, units = append(posts, a.Post), append(units, a.Unit)
	}
	for _, sp := range append([]*Span{s.Maturing}, pointers(s.Waits)...) {
		if sp != nil {
			posts = append(posts, sp.Post)
		}
	}
	posts = append(posts, s.Author)
	var err error
	if s.Posts, err = r.dir.Posts(ctx, r.reads, distinct(posts), s.Today); err != nil {
		return err
	}
	s.Units, err = r.dir.Units(ctx, r.reads, distinct(units), s.Today)
	s.Sponsors, s.Vacant = held(s.Sponsors, s.Vacant, s.Posts)
	s.Owners, s.Vacant = held(s.Owners, s.Vacant, s.Posts)
	return err
}

func pointers(spans []Span) []*Span {
	out := make([]*Span, len(spans))
	for n := range spans {
		out[n] = &spans[n]
	}
	return out
}

func arbitrationPosts(a Arbitration) []id.ID {
	posts := []id.ID{a.AskedBy, a.DecidedBy}
	for _, p := range a.Asked {
		posts = append(posts, p.Post)
	}
	return posts
}

// held parts the holders whose post is held from those whose post is vacant.
func held(all, vacant []Holder, posts map[id.ID]Post) (kept, empty []Holder) {
	for _, h := range all {
		if posts[h.Post].Held {
			kept = append(kept, h)
		} else {
			vacant = append(vacant, h)
		}
	}
	return kept, vacant
}
