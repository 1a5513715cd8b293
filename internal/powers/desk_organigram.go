package powers

import (
	"context"

	"parvis/internal/db"
	"parvis/internal/id"
)

// Organigram is the function of that name: it draws any day from one reading of the city's units and of who led them.
func (d *Desk) Organigram(ctx context.Context, m Moment, names bool) ([]Node, error) {
	p, err := d.plans.Get(ctx, "", func(ctx context.Context) (*plan, error) { return readPlan(ctx, d.q) })
	if err != nil {
		return nil, err
	}
	return tree(p.nodes(m), p.heads(m, names), func(name string) string { return p.keys[name] }), nil
}

// at tells whether a statement holds at a moment: the condition that SQL writes in function at.
func (s Span) at(day string, known int64) bool {
	return s.Ended > known && s.Recorded <= known && string(s.From) <= day && string(s.To) > day
}

// factAt finds the fact about a thing at a moment.
func factAt[T any](facts map[id.ID][]dated[T], about id.ID, day string, known int64) (fact T) {
	for _, d := range facts[about] {
		if d.at(day, known) {
			return d.fact
		}
	}
	return fact
}

func (p *plan) nodes(m Moment) []Node {
	day, known := string(m.Day), db.Micros(m.Known)
	out := make([]Node, 0, len(p.units))
	for _, u := range p.units {
		if u.at(day, known) {
			out = append(out, Node{Unit: u, Naming: factAt(p.names, u.ID, day, known), Parent: factAt(p.parents, u.ID, day, known)})
		}
	}
	return out
}

// heads joins the posts that lead with their holdings; one that nobody holds stands alone.
func (p *plan) heads(m Moment, names bool) []Held {
	day, known := string(m.Day), db.Micros(m.Known)
	out := make([]Held, 0, len(p.leading))
	for _, post := range p.leading {
		if !post.at(day, known) {
			continue
		}
		vacant := true
		for _, h := range p.holdings[post.about] {
			if h.at(day, known) {
				out, vacant = append(out, join(post, h, names)), false
			}
		}
		if vacant {
			h := post.fact
			h.Post = post.about
			out = append(out, h)
		}
	}
	return out
}

// join is a post with one holding of it; the name is given as in heldColumns.
func join(post, h dated[Held], names bool) Held {
	out := h.fact
	p := post.fact
	out.Post, out.Code, out.Title, out.TitleEN, out.Layer, out.Unit, out.Head, out.Named =
		post.about, p.Code, p.Title, p.TitleEN, p.Layer, p.Unit, p.Head, p.Named
	out.From, out.To, out.First = h.From, h.To, h.First
	out.Who.ID = out.Person
	if !p.Named && !names {
		out.Who.Given, out.Who.Family = "", ""
	}
	return out
}
