package portfolio

import (
	"cmp"
	"context"
	"time"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/clock"
	"parvis/internal/db"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/powers"
)

// PowersDirectory is the Directory of a city whose powers are kept by package powers.
func PowersDirectory(engine *powers.Engine, c clock.Clock) Directory {
	return DeskDirectory(engine, c, nil)
}

// DeskDirectory is the same Directory; what pages ask is answered by the desk. A transaction reads the tables.
func DeskDirectory(engine *powers.Engine, c clock.Clock, desk *powers.Desk) Directory {
	d := powersDirectory{engine, c, desk}
	return Directory{Posts: d.posts, HeldBy: d.heldBy, Units: d.units, SpeaksFor: d.speaksFor, PostByCode: d.postByCode, UnitByCode: d.unitByCode, Who: d.who}
}

type powersDirectory struct {
	engine *powers.Engine
	clock  clock.Clock
	desk   *powers.Desk
}

// fromDesk tells whether the desk may answer: outside a transaction.
func (d powersDirectory) fromDesk(q db.Querier) bool {
	_, inside := q.(db.Transaction)
	return d.desk != nil && !inside
}

// moment is a day as known now; in a transaction, as known to it.
func (d powersDirectory) moment(q db.Querier, day calendar.Day) powers.Moment {
	now := d.clock.Now()
	if tx, ok := q.(interface{ Now() time.Time }); ok {
		now = tx.Now()
	}
	return powers.Now(now).On(day)
}

func (d powersDirectory) posts(ctx context.Context, q db.Querier, posts []id.ID, day calendar.Day) (map[id.ID]Post, error) {
	found, err := d.places(ctx, q, posts, day)
	out := make(map[id.ID]Post, len(found))
	for k, p := range found {
		out[k] = Post{ID: p.Post, Code: p.Code, Title: p.Title, TitleEN: p.TitleEN, Unit: p.Unit,
			Elected: p.Layer == identity.LayerElected, Held: p.Holder != "", Holder: p.Holder, Person: p.Person}
	}
	return out, err
}

func (d powersDirectory) heldBy(ctx context.Context, q db.Querier, person id.ID, day calendar.Day) ([]id.ID, error) {
	read := func() ([]powers.Place, error) { return powers.PostsHeldBy(ctx, q, person, d.moment(q, day)) }
	if d.fromDesk(q) {
		read = func() ([]powers.Place, error) { return d.desk.PostsHeldBy(ctx, person, day) }
	}
	places, err := read()
	posts := make([]id.ID, len(places))
	for n, p := range places {
		posts[n] = p.Post
	}
	return posts, err
}

func (d powersDirectory) places(ctx context.Context, q db.Querier, posts []id.ID, day calendar.Day) (map[id.ID]powers.Place, error) {
	if d.fromDesk(q) {
		return d.desk.PostsOn(ctx, posts, day)
	}
	return powers.PostsOn(ctx, q, posts, d.moment(q, day))
}

func (d powersDirectory) named(ctx context.Context, q db.Querier, units []id.ID, day calendar.Day) (map[id.ID]powers.NamedUnit, error) {
	if d.fromDesk(q) {
		return d.desk.UnitsOn(ctx, units, day)
	}
	return powers.UnitsOn(ctx, q, units, d.moment(q, day))
}

func (d powersDirectory) units(ctx context.Context, q db.Querier, units []id.ID, day calendar.Day) (map[id.ID]Unit, error) {
	found, err := d.named(ctx, q, units, day)
	out := make(map[id.ID]Unit, len(found))
	for k, u := range found {
		out[k] = Unit{ID: u.ID, Code: cmp.Or(u.Abbr, u.Code), Name: u.Name, NameEN: u.NameEN}
	}
	return out, err
}

func (d powersDirectory) speaksFor(ctx context.Context, q db.Querier, post, unit id.ID, day calendar.Day) (bool, error) {
	return powers.SpeaksFor(ctx, q, post, unit, d.moment(q, day))
}

func (d powersDirectory) postByCode(ctx context.Context, q db.Querier, code string, day calendar.Day) (id.ID, error) {
	return powers.PostOfCode(ctx, q, code, d.moment(q, day))
}

func (d powersDirectory) unitByCode(ctx context.Context, q db.Querier, code string, day calendar.Day) (id.ID, error) {
	return powers.UnitOfCode(ctx, q, code, d.moment(q, day))
}

// who proposes the posts that the profile in force names: those who decide, alone or as a seat of a
// joint decision, and those whose opinion or visa it wants.
func (d powersDirectory) who(ctx context.Context, q db.Querier, ask act.Ask) ([]AskedPost, error) {
	a, err := d.engine.Who(ctx, q, ask, d.moment(q, ask.Day))
	if err != nil {
		return nil, err
	}
	var out []AskedPost
	seen := map[id.ID]bool{}
	add := func(p powers.Place, c Capacity) {
		if p.Post != "" && p.Holder != "" && !seen[p.Post] {
			seen[p.Post] = true
			out = append(out, AskedPost{Post: p.Post, Capacity: c})
		}
	}
	for _, p := range a.Deciders {
		add(p.Place, Decides)
	}
	for _, way := range a.Joint {
		for _, s := range way.Seats {
			for _, p := range s.Places {
				add(p, Decides)
			}
		}
	}
	claim := func(claims []powers.Claim, c Capacity) {
		for _, one := range claims {
			for _, p := range one.Places {
				add(p, c)
			}
		}
	}
	claim(a.Opinions, Opinion)
	claim(a.Visas, Visa)
	return out, nil
}

// ProposeAsked proposes to whom a question on an initiative should be put under the profile in force.
func (r *Room) ProposeAsked(ctx context.Context, v identity.Visitor, a Arbitration) ([]AskedPost, error) {
	if r.dir.Who == nil {
		return nil, nil
	}
	ask, err := r.DecisionAsk(ctx, v, a)
	if err != nil {
		return nil, err
	}
	return r.dir.Who(ctx, r.reads, ask)
}
