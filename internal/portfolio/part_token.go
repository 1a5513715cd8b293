package portfolio

import (
	"context"
	"time"

	"parvis/internal/act"
	"parvis/internal/calendar"
	"parvis/internal/db"
	"parvis/internal/fault"
	"parvis/internal/id"
)

// AnswerLifetime is how long the link of a letter answers.
const AnswerLifetime = 30 * 24 * time.Hour

// NewAnswerToken makes the secret of the link that a letter about a part carries to the holder of a
// post. Only its digest is kept. Opening the link shows the offer; only its form answers.
func (r *Room) NewAnswerToken(ctx context.Context, part, post, holder id.ID) (token string, err error) {
	err = r.writer.Traffic(ctx, func(tx *db.Tx) (err error) {
		token, err = r.AnswerTokenIn(tx, part, post, holder)
		return err
	})
	return token, err
}

// AnswerTokenIn is NewAnswerToken inside the transaction that queues the letter.
func (r *Room) AnswerTokenIn(tx db.Transaction, part, post, holder id.ID) (string, error) {
	p, err := loadPart(tx.Context(), tx, part)
	if err != nil {
		return "", err
	}
	ok, err := r.dir.SpeaksFor(tx.Context(), tx, post, p.Unit, calendar.DayOf(tx.Now()))
	if err != nil {
		return "", err
	}
	if p.Unit == "" || !ok {
		return "", fault.New(fault.Denied, "portfolio.part.not_your_unit", "verb", "portfolio.part.accept")
	}
	token := id.Token()
	return token, putToken(tx, token, answerToken{part: part, version: p.Version, post: post, holder: holder,
		expires: tx.Now().Add(AnswerLifetime)})
}

type answerToken struct {
	part         id.ID
	version      int64
	post, holder id.ID
	expires      time.Time
	used         time.Time
}

// check refuses a link that was used or is too old.
func (t answerToken) check(now time.Time) error {
	switch {
	case !t.used.IsZero():
		return fault.New(fault.Gone, "portfolio.token.used")
	case now.After(t.expires):
		return fault.New(fault.Gone, "portfolio.token.expired", "day", string(calendar.DayOf(t.expires)))
	}
	return nil
}

// Letter is what the link of a letter shows: the offer, and whether it can still be answered.
type Letter struct {
	Part       Part
	Initiative Summary
	Post       Post
	Unit       Unit
	Stale      bool // the terms changed since the letter
}

// ReadLetter shows the offer behind a link. It changes nothing: mail scanners open links.
func (r *Room) ReadLetter(ctx context.Context, token string) (Letter, error) {
	t, err := loadToken(ctx, r.reads, token)
	if err != nil {
		return Letter{}, err
	}
	if err := t.check(r.clock.Now()); err != nil {
		return Letter{}, err
	}
	p, err := loadPart(ctx, r.reads, t.part)
	if err != nil {
		return Letter{}, err
	}
	i, err := loadInitiative(ctx, r.reads, p.Initiative)
	if err != nil {
		return Letter{}, err
	}
	l := Letter{Part: p, Initiative: i.summary(), Stale: p.Version != t.version}
	posts, err := r.dir.Posts(ctx, r.reads, []id.ID{t.post}, r.Today())
	if err != nil {
		return Letter{}, err
	}
	units, err := r.dir.Units(ctx, r.reads, []id.ID{p.Unit}, r.Today())
	l.Post, l.Unit = posts[t.post], units[p.Unit]
	return l, err
}

// AnswerLetter gives the answer that the form behind a link posts. It is given by the post to whose
// holder the letter went, if it is still held by the same; the link then has served.
func (r *Room) AnswerLetter(ctx context.Context, token string, kind AnswerKind, text string) (Part, error) {
	t, err := loadToken(ctx, r.reads, token)
	if err != nil {
		return Part{}, err
	}
	by := act.Actor{Kind: act.Agent, Post: t.post, Holder: t.holder, Channel: "mail"}
	return do(ctx, r, by, func(tx *act.Tx) (Part, error) {
		if t, err = loadToken(tx.Context(), tx, token); err != nil {
			return Part{}, err
		}
		if err := t.check(tx.Now()); err != nil {
			return Part{}, err
		}
		held, err := r.post(tx, t.post, "post")
		if err != nil {
			return Part{}, err
		}
		if !held.Held {
			return Part{}, fault.New(fault.Gone, "portfolio.token.post_left")
		}
		p, err := r.answerPart(tx, Answer{Part: t.part, Version: t.version, Kind: kind, Text: text})
		if err != nil {
			return p, err
		}
		return p, useToken(tx, token)
	})
}
