package demo

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/clock"
	"parvis/internal/council"
	"parvis/internal/id"
	"parvis/internal/identity"
	"parvis/internal/participation"
	"parvis/internal/portfolio"
	"parvis/internal/portfolio/passation"
	"parvis/internal/portfolio/strategy"
)

// City is what the story is told through: the use cases of a city that is still empty.
type City struct {
	Log           *act.Log
	Founder       act.Actor
	Portfolio     *portfolio.Room
	Participation *participation.Room
	Strategy      *strategy.Room
	Council       *council.Room
	Passation     *passation.Room
	Identity      *identity.Identity
	Clock         *clock.Set
	Settle        func(context.Context) error // delivers the facts that wait: letters leave, words are indexed
	Progress      func(done, total int64)     // hears of each scene of Valmont; may be nil
}

// Today is the day on which the story stops and visitors arrive.
const Today calendar.Day = "2018-03-12"

// Opening is the instant at which visitors arrive, nine in the morning in Paris.
func Opening() time.Time { return Today.Clock(9, 0) }

// Tell founds Valmont and tells its story up to Today.
func Tell(ctx context.Context, c City) error {
	t := &teller{City: c, ctx: ctx, bodies: map[string]id.ID{}, units: map[string]id.ID{}, posts: map[string]id.ID{},
		people: map[string]id.ID{}, holders: map[string]id.ID{}, initiatives: map[string]portfolio.Initiative{}, aims: newAims()}
	scenes := append(organisationScenes(), storyScenes()...)
	slices.SortStableFunc(scenes, func(a, b scene) int { return cmp.Compare(a.at, b.at) })
	t.scenes = len(scenes)
	last := slices.IndexFunc(scenes, func(s scene) bool { return s.at >= lastDays })
	for _, part := range []func() error{
		func() error { return t.playAll(scenes[:last]) },
		t.invite, // now letters find their readers
		func() error { return c.Settle(ctx) },
		func() error { return t.playAll(scenes[last:]) },
		func() error { return c.Settle(ctx) },
	} {
		if err := part(); err != nil {
			return err
		}
	}
	c.Clock.Move(Opening())
	return nil
}

// lastDays begin when there are accounts: what happens from then on leaves by mail.
const lastDays = "2018-03-09"

func (t *teller) playAll(scenes []scene) error {
	for _, s := range scenes {
		if err := t.play(s); err != nil {
			return fmt.Errorf("demo: %s %s: %w", s.at, s.name, err)
		}
		if t.played++; t.Progress != nil {
			t.Progress(int64(t.played), int64(t.scenes))
		}
	}
	return nil
}

// scene is something that happens at a moment, "2016-04-12 10:30", Paris time.
type scene struct {
	at   string
	name string
	play func(*teller) error
}

// teller remembers what the story has named so far.
type teller struct {
	City
	ctx         context.Context
	played      int // scenes
	scenes      int // of the whole story
	bodies      map[string]id.ID
	units       map[string]id.ID
	posts       map[string]id.ID
	people      map[string]id.ID // by name
	holders     map[string]id.ID // by code of the post
	initiatives map[string]portfolio.Initiative
	aims        aims
	sessions    sessions
	assembly    *assembly
	question    id.ID           // the arbitration of the visit
	put         portfolio.Case  // as it was put
	reports     portfolio.Paper // the latest edition of the report of the collection
}

func (t *teller) play(s scene) error {
	day, hours, _ := strings.Cut(s.at, " ")
	var h, m int
	if _, err := fmt.Sscanf(hours, "%d:%d", &h, &m); err != nil {
		return err
	}
	t.Clock.Move(calendar.Day(day).Clock(h, m))
	return s.play(t)
}

// as is whoever holds the post now.
func (t *teller) as(post string) act.Actor {
	return act.Actor{Kind: act.Agent, Post: t.posts[post], Holder: t.holders[post], Channel: "web"}
}

// do runs changes of the organisation in one transaction on behalf of a post, or of the founder.
func (t *teller) do(by act.Actor, fn func(*act.Tx) error) error {
	_, err := act.Do(t.ctx, t.Log, by, func(tx *act.Tx) (struct{}, error) { return struct{}{}, fn(tx) })
	return err
}

func (t *teller) postIDs(codes ...string) []id.ID {
	out := make([]id.ID, len(codes))
	for i, c := range codes {
		out[i] = t.posts[c]
	}
	return out
}
