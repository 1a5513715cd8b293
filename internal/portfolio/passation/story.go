package passation

import (
	"cmp"
	"context"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/fault"
	"parvis/internal/id"
	"parvis/internal/identity"
)

// StoryStatus is where a récit stands.
type StoryStatus string

// A récit is its author's until it is published, and again when it is withdrawn.
const (
	Written   StoryStatus = "written"
	Published StoryStatus = "published"
	Withdrawn StoryStatus = "withdrawn"
)

// The longest title and récit, in bytes.
const (
	maxTitle = 200
	maxStory = 40_000
)

// Story is a récit de passage: what somebody who holds or held a post wants to tell. Nobody is asked
// for one.
type Story struct {
	ID          id.ID
	Version     int64
	Post        id.ID
	Holder      id.ID // its author
	Title, Body string
	Lang        string
	Status      StoryStatus
	Visibility  act.Visibility
	WrittenOn   calendar.Day
	PublishedOn calendar.Day
	WithdrawnOn calendar.Day
}

// Ref names the récit in acts.
func (s Story) Ref() act.Ref { return act.Ref{Type: "story", ID: s.ID} }

// WriteStory writes a récit, or rewrites one that is not published. in.ID is "" for a new one.
func (r *Room) WriteStory(ctx context.Context, by act.Actor, in Story) (Story, error) {
	return run(ctx, r, by, func(c *change) (Story, error) {
		if err := in.check(); err != nil {
			return in, err
		}
		s := Story{ID: c.tx.NewID(), Post: by.Post, Holder: by.Holder, Status: Written, Visibility: act.Internal, WrittenOn: c.today}
		if in.ID != "" {
			old, err := c.ownStory(in.ID, in.Version)
			if err != nil {
				return in, err
			}
			if old.Status != Written {
				return in, fault.New(fault.Conflict, "passation.story.told")
			}
			s = old
		}
		s.Title, s.Body, s.Lang, s.Version = in.Title, in.Body, in.Lang, s.Version+1
		if err := c.putStory(s); err != nil {
			return s, err
		}
		return s, c.record("story.write", act.Act{Object: s.Ref(), Version: s.Version, Args: map[string]string{"post": string(s.Post)}})
	})
}

func (s Story) check() error {
	f := fault.New(fault.Invalid, "passation.form")
	for field, value := range map[string]struct {
		text string
		most int
	}{"title": {s.Title, maxTitle}, "body": {s.Body, maxStory}} {
		if value.text == "" {
			f = f.At(field, "passation.missing")
		}
		if len(value.text) > value.most {
			f = f.At(field, "passation.too_long", "max", value.most)
		}
	}
	if s.Lang != "fr" && s.Lang != "en" {
		f = f.At("lang", "passation.lang")
	}
	return f.OrNil()
}

// PublishStory shows a récit to everybody. Only its author may. Its words are texts of the act from then on, so that
// whoever they speak of can have them effaced; before, they are its author's alone and in no act. None is published before a vote.
func (r *Room) PublishStory(ctx context.Context, by act.Actor, story id.ID, version int64) (Story, error) {
	return r.turn(ctx, by, story, version, "story.publish", func(c *change, s *Story) error {
		if s.Status != Written {
			return fault.New(fault.Conflict, "passation.story.told")
		}
		if hushed, err := r.Hushed(c.ctx, identity.Visitor{}); hushed || err != nil {
			return cmp.Or(err, error(fault.New(fault.Conflict, "passation.story.before_vote")))
		}
		s.Status, s.Visibility, s.PublishedOn = Published, act.Public, c.today
		return nil
	}, func(s Story) []act.Text {
		return []act.Text{{Name: "title", Lang: s.Lang, Body: s.Title}, {Name: "body", Lang: s.Lang, Body: s.Body}}
	})
}

// WithdrawStory takes a récit back and erases it, in the log too: what was public leaves its place and its dates, no word.
// Only its author may.
func (r *Room) WithdrawStory(ctx context.Context, by act.Actor, story id.ID, version int64) (Story, error) {
	return r.turn(ctx, by, story, version, "story.withdraw", func(c *change, s *Story) error {
		if s.Status == Withdrawn {
			return fault.New(fault.Conflict, "passation.story.gone")
		}
		s.Status, s.WithdrawnOn, s.Title, s.Body = Withdrawn, c.today, "", ""
		return nil
	}, nil)
}

func (r *Room) turn(ctx context.Context, by act.Actor, story id.ID, version int64, verb string, fn func(*change, *Story) error, texts func(Story) []act.Text) (Story, error) {
	return run(ctx, r, by, func(c *change) (Story, error) {
		s, err := c.ownStory(story, version)
		if err != nil {
			return s, err
		}
		if err := fn(c, &s); err != nil {
			return s, err
		}
		s.Version++
		if err := c.putStory(s); err != nil {
			return s, err
		}
		a := act.Act{Object: s.Ref(), Version: s.Version, Visibility: s.Visibility, Args: map[string]string{"post": string(s.Post)}}
		if texts != nil {
			a.Texts = texts(s)
		}
		if err := c.record(verb, a); err != nil || s.Status != Withdrawn {
			return s, err
		}
		return s, act.EffaceOwn(c.tx, s.Ref(), map[string][]id.ID{"author": {s.Post}}, c.act)
	})
}

// ownStory reads a récit for its author.
func (c *change) ownStory(story id.ID, version int64) (Story, error) {
	s, err := loadStory(c.ctx, c.tx, story)
	switch {
	case err != nil:
		return s, err
	case s.Holder != c.by.Holder || s.Post != c.by.Post:
		return s, fault.New(fault.Denied, "passation.story.not_yours")
	case s.Version != version:
		return s, fault.New(fault.Conflict, "passation.stale")
	}
	return s, nil
}
